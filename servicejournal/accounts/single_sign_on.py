"""Single sign-on by OpenID Connect: who somebody is, and what the bank's own sign-in says of them.

The protocol is Authlib's: code flow with PKCE, state and nonce; the token's signature, issuer,
audience and time are checked here on purpose, because Authlib compares an audience only when told
what it must be. Roles and branch come from claims by a table (`ClaimRule`); roles that take two
people never do. A role that came with a claim goes with it, and is marked «由单点登录».
"""

from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest

from .. import record, spelling
from ..models import ClaimRule, Identity, RoleGrant, User
from ..roles import Role
from .registration import NotAllowed

#: Who acts, in the record.
ACTOR = "单点登录"
#: Signed with a key that the provider alone has.
_ALGORITHMS = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512")
_LEEWAY = 60  # seconds that clocks may differ
#: What a token calls a sign-in with more than a password (RFC 8176).
_MORE_THAN_A_PASSWORD = frozenset({"mfa", "otp", "hwk", "swk"})


def is_on() -> bool:
    return bool(settings.OIDC_ISSUER)


def client() -> Any:
    """Knows the provider's addresses and keys, for as long as the process lives."""
    return _client(settings.OIDC_ISSUER, settings.OIDC_CLIENT_ID, settings.OIDC_CLIENT_SECRET)


@lru_cache(maxsize=4)
def _client(issuer: str, client_id: str, secret: str) -> Any:
    # A fifth of a second and 20 MB, for those who have such a sign-in.
    from authlib.integrations.django_client import OAuth

    return OAuth().register(
        name="bank",
        server_metadata_url=f"{issuer}/.well-known/openid-configuration",
        client_id=client_id,
        client_secret=secret,
        client_kwargs={
            "scope": "openid profile email",
            "code_challenge_method": "S256",
            "timeout": 10,
        },
    )


def claims_of(request: HttpRequest) -> dict[str, Any]:
    """Of the token that the provider gives for the code in the address: checked, or an error of
    `authlib`, `joserfc` or `requests`.
    """
    bank = client()
    offered = bank.load_server_metadata().get("id_token_signing_alg_values_supported", [])
    signed = [each for each in offered if each in _ALGORITHMS]
    bank.server_metadata["id_token_signing_alg_values_supported"] = signed or ["RS256"]
    must_be = {
        "iss": {"essential": True, "value": settings.OIDC_ISSUER},
        "aud": {"essential": True, "value": settings.OIDC_CLIENT_ID},
        "sub": {"essential": True},
        "nonce": {"essential": True},
    }
    token = bank.authorize_access_token(request, claims_options=must_be, leeway=_LEEWAY)
    if "userinfo" not in token:
        raise NotAllowed("统一认证没有说您是谁，请稍后再试。")
    return dict(token["userinfo"])


def second_factor_in(claims: dict[str, Any]) -> str:
    """In words of the record, where the provider asked for more than a password."""
    methods = claims.get("amr") or []
    return ACTOR if _MORE_THAN_A_PASSWORD & set(map(str, methods)) else ""


@transaction.atomic
def enter(claims: dict[str, Any]) -> User:
    """The account of who the claims name, as they say it should be by now. Raises `NotAllowed`."""
    user = _known(claims["sub"]) or _linked(claims) or _made(claims)
    if not user.is_active:
        raise NotAllowed("您的账号已经停用，请与编辑部联系。")
    _must_not_run_the_server(user)  # also who came by it before they did
    rules = [rule for rule in ClaimRule.objects.select_related("branch") if _says(claims, rule)]
    _give(user, {rule.role for rule in rules if rule.role})
    _move(user, next((rule.branch for rule in rules if rule.branch), None))
    return User.objects.get(pk=user.pk)


def _known(subject: str) -> User | None:
    found = Identity.objects.filter(issuer=settings.OIDC_ISSUER, subject=subject)
    identity = found.select_related("user").first()
    return identity.user if identity else None


def _linked(claims: dict[str, Any]) -> User | None:
    """The first time: by the staff number, where an editor or a list answers for the account."""
    user = User.objects.filter(username=_number(claims)).first()
    if user is None:
        return None
    _must_not_run_the_server(user)
    if user.is_unconfirmed:
        raise NotAllowed("用这个工号注册的账号还没有核实，请联系编辑部，核实以后再来。")
    return _identified(user, claims)


def _must_not_run_the_server(user: User) -> None:
    if user.is_superuser:
        raise NotAllowed("系统管理员不能用单点登录，请用密码登录。")


def _made(claims: dict[str, Any]) -> User:
    if not settings.OIDC_CREATE:
        raise NotAllowed("这里还没有您的账号，请联系编辑部开通。")
    try:
        number = spelling.staff_number(_number(claims))
        name = spelling.name(str(claims.get("name") or number))
    except ValidationError as refusal:
        raise NotAllowed(f"统一认证说的工号或姓名用不了：{''.join(refusal.messages)}") from refusal
    user = User.objects.create_user(number, name=name)
    record.write("建立账号", user, by=ACTOR)
    _give(user, {Role.CONTRIBUTOR})
    return _identified(user, claims)


def _identified(user: User, claims: dict[str, Any]) -> User:
    if Identity.objects.filter(issuer=settings.OIDC_ISSUER, user=user).exists():
        raise NotAllowed("这个工号的账号已经连着另一个人，请联系管理员。")
    Identity.objects.create(issuer=settings.OIDC_ISSUER, subject=claims["sub"], user=user)
    record.write("连上单点登录", user, by=ACTOR)
    return user


def _number(claims: dict[str, Any]) -> str:
    return spelling.username(str(claims.get(settings.OIDC_USERNAME_CLAIM) or ""))


def _says(claims: dict[str, Any], rule: ClaimRule) -> bool:
    said = claims.get(rule.claim)
    values: Iterable[Any] = said if isinstance(said, list) else [said]
    return any(value is not None and str(value) == rule.value for value in values)


def _give(user: User, roles: set[str]) -> None:
    """Given and taken back by what the claims say; what people gave is left as it is."""
    user = User.objects.select_for_update(of=("self",)).get(pk=user.pk)
    keeps_writing = {Role.CONTRIBUTOR.value}
    for grant in RoleGrant.objects.filter(user=user, by_single_sign_on=True):
        if grant.role not in roles | keeps_writing:
            record.write("收回角色", user, by=ACTOR, role=grant.get_role_display())
            grant.delete()
    held = set(RoleGrant.objects.filter(user=user).values_list("role", flat=True))
    for role in sorted(roles - held):
        given = RoleGrant.objects.create(user=user, role=role, by_single_sign_on=True)
        record.write("授予角色", user, by=ACTOR, role=given.get_role_display())


def _move(user: User, branch: Any) -> None:
    if branch is None or user.branch_id == branch.pk:
        return
    before, after = {"单位": str(user.branch or "")}, {"单位": str(branch)}
    User.objects.filter(pk=user.pk).update(branch=branch)
    record.write("修改账号", user, by=ACTOR, before=before, after=after)
