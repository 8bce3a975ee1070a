"""Roles given and taken back: nobody gives themselves one, and the chief editor's and the
administrator's take two people, one who asks and one who confirms.

The only writer of `RoleGrant` and `RoleRequest`. Every verb is one transaction and writes the
record; `by=` is the actor.
"""

import hashlib
from datetime import timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from .. import record, spelling
from ..models import RoleGrant, RoleRequest, User
from ..roles import BY_TWO, Role
from .registration import NotAllowed

#: Who acts where the program itself is told to, in the record.
COMMAND_LINE = "命令行"
MAX_REASON = 300
#: Days for which who set somebody's password is not confirmed by that somebody.
HELD_DAYS = 30
#: In the record: what gives an administrator a way into another's account.
_INTO_AN_ACCOUNT = (
    "设密码",
    "生成设密码链接",
    "做设密码的链接",
    "修改账号",
    "建立账号",
    "重置动态口令",
)

Answer = RoleRequest.Answer


class Changed(NotAllowed):
    """The roles are not those that the page showed; nothing was done."""

    def __init__(self) -> None:
        super().__init__(
            "您打开这一页以后，这个账号的角色有了变化，所以还没有动。请看看现在的，再决定。"
        )


def digest(user: User) -> str:
    """Of the roles and the open requests, as a page shows them."""
    grants = list(RoleGrant.objects.filter(user=user).values_list("pk", "role"))
    asked = list(RoleRequest.objects.pending().filter(user=user).values_list("pk", "role"))
    return hashlib.sha256(repr((grants, asked)).encode()).hexdigest()


@transaction.atomic
def grant(
    user: User, role: str, *, by: User, why: str = "", seen: str | None = None
) -> RoleGrant | RoleRequest:
    """Gives a role; where it takes two people, asks for the second. `seen` is the digest that a
    page was shown with. Raises `NotAllowed` and `Changed`.
    """
    _must(by, "add_rolegrant", "您的账号不能授予角色，请管理员来做。")
    if by.pk == user.pk:
        raise NotAllowed("不能给自己授予角色，请另一位管理员来做。")
    current = _as_shown(user, seen)
    _must_be_free(current, _known(role))
    why = _reason(why)
    if role in BY_TWO:
        return _ask(current, role, by=by, why=why)
    given = RoleGrant.objects.create(user=current, role=role, granted_by=by)
    record.write("授予角色", current, by=by, why=why, role=given.get_role_display())
    return given


def _ask(user: User, role: str, *, by: User, why: str) -> RoleRequest:
    name = Role(role).label
    if not why:
        raise NotAllowed(f"“{name}”要第二个人同意，请写明理由给他看。")
    if RoleRequest.objects.pending().filter(user=user, role=role).exists():
        raise NotAllowed(f"已经有人提出授予{user}“{name}”，正在等第二个人同意。")
    asked = RoleRequest.objects.create(user=user, role=role, asked_by=by, why=why)
    record.write("提出授予角色", user, by=by, why=why, role=name)
    return asked


@transaction.atomic
def confirm(request: RoleRequest, *, by: User) -> RoleGrant:
    """The second person agrees: from now on the account has the role. Raises `NotAllowed`."""
    asked = _open(request, by=by)
    if not asked.asked_by.has_perm("servicejournal.add_rolegrant"):
        raise NotAllowed(f"{asked.asked_by}已经不是管理员，这个请求不作数了，请选“不同意”。")
    _must_be_free(asked.user, asked.role)
    given = RoleGrant.objects.create(
        user=asked.user, role=asked.role, granted_by=asked.asked_by, confirmed_by=by
    )
    _answer(asked, Answer.CONFIRMED, by=by)
    told = {"role": given.get_role_display(), "asked_by": str(asked.asked_by)}
    record.write("同意授予角色", asked.user, by=by, why=asked.why, **told)
    return given


@transaction.atomic
def refuse(request: RoleRequest, *, by: User, why: str = "") -> None:
    """The second person does not agree. Raises `NotAllowed`."""
    asked = _open(request, by=by)
    why = _reason(why)
    _answer(asked, Answer.REFUSED, by=by, words=why)
    told = {"role": asked.get_role_display(), "asked_by": str(asked.asked_by)}
    record.write("不同意授予角色", asked.user, by=by, why=why, **told)


@transaction.atomic
def withdraw(request: RoleRequest, *, by: User) -> None:
    """Who asked takes it back. Raises `NotAllowed`."""
    asked = _locked(request)
    if asked.asked_by_id != by.pk:
        raise NotAllowed(f"只有提出的人（{asked.asked_by}）能收回；您可以选“不同意”。")
    if asked.answer:
        raise NotAllowed(f"这个请求已经有了答复：{asked.get_answer_display()}。")
    _answer(asked, Answer.WITHDRAWN, by=by)
    record.write("收回授予请求", asked.user, by=by, role=asked.get_role_display())


@transaction.atomic
def revoke(user: User, role: str, *, by: User, why: str = "", seen: str | None = None) -> None:
    """Takes a role back, at once: one person suffices. Raises `NotAllowed` and `Changed`."""
    _must(by, "delete_rolegrant", "您的账号不能收回角色，请管理员来做。")
    last = why_last(user) if role == Role.ADMINISTRATOR and not user.is_superuser else ""
    current = _as_shown(user, seen)
    named = role if role in Role.values else ""
    given = RoleGrant.objects.filter(user=current, role=named).first()
    if given is None:
        raise NotAllowed(f"{user}没有这个角色，什么也没有改。")
    if last:
        raise NotAllowed(last)
    told = {"role": given.get_role_display(), "granted_by": str(given.granted_by or "")}
    given.delete()
    record.write("收回角色", current, by=by, why=_reason(why), **told)


def why_last(user: User) -> str:
    """Why this account stays as it is: without it nobody could give roles; "" where others can.

    Holds all who can, in one order, until the transaction ends: of two who take each other's role
    the second is asked when the first has done it.
    """
    can = User.objects.with_role(Role.ADMINISTRATOR) | User.objects.filter(
        is_active=True, is_superuser=True
    )
    everybody = User.objects.filter(Q(pk__in=can.values("pk")) | Q(pk=user.pk))
    list(everybody.order_by("pk").select_for_update(of=("self",)))
    if not can.filter(pk=user.pk).exists() or can.exclude(pk=user.pk).exists():
        return ""
    return f"{user}是最后一位管理员，这样就没有人能管理账号了。请先授予另一位同事“管理员”。"


@transaction.atomic
def grant_at_the_command_line(user: User, role: str, *, why: str = "") -> RoleGrant:
    """For the first chief editor and administrator, when there is nobody yet who could be the
    second person: whoever holds the server gives it. Raises `NotAllowed`.
    """
    current = User.objects.select_for_update(of=("self",)).get(pk=user.pk)
    _must_be_free(current, _known(role))
    given = RoleGrant.objects.create(user=current, role=role)
    for asked in RoleRequest.objects.pending().filter(user=current, role=role):
        _answer(asked, Answer.WITHDRAWN, by=asked.asked_by, words=COMMAND_LINE)
    told = {"role": given.get_role_display()}
    record.write("授予角色", current, by=COMMAND_LINE, why=_reason(why), **told)
    return given


def why_not_answer(request: RoleRequest, *, by: User) -> str:
    """Why this account is not the second person, in Chinese; "" where it may be."""
    if request.answer:
        return f"这个请求已经有了答复：{request.get_answer_display()}。"
    if not by.may_be_second:
        return "第二个人要是主编，或另一位管理员。"
    if by.pk == request.asked_by_id:
        return "这是您自己提出的，要请主编或另一位管理员同意。"
    if by.pk == request.user_id:
        return "给您自己的角色，要请别人同意。"
    if _held_in_hand(by, request.asked_by):
        return (
            f"{request.asked_by}这 {HELD_DAYS} 天里给您的账号设过密码、做过链接或改过资料，"
            "这一次要请另一个人同意。"
        )
    return ""


def _held_in_hand(second: User, asker: User) -> bool:
    """Who asks could have come into the account that is to confirm: two accounts, one person."""
    rows = record.of(second).filter(actor_pk=asker.pk, verb__in=_INTO_AN_ACCOUNT)
    return rows.filter(at__gte=timezone.now() - timedelta(days=HELD_DAYS)).exists()


def _open(request: RoleRequest, *, by: User) -> RoleRequest:
    """Locked, and open to an answer of this account."""
    asked = _locked(request)
    if refused := why_not_answer(asked, by=by):
        raise NotAllowed(refused)
    return asked


def _locked(request: RoleRequest) -> RoleRequest:
    """First its account, as `grant` does: two who act on it at once come one after the other."""
    list(User.objects.select_for_update(of=("self",)).filter(pk=request.user_id))
    waiting = RoleRequest.objects.select_for_update(of=("self",))
    return waiting.select_related("user", "asked_by").get(pk=request.pk)


def _answer(asked: RoleRequest, answer: Answer, *, by: User, words: str = "") -> None:
    asked.answer, asked.answered_by, asked.answered_at = answer, by, timezone.now()
    asked.words = words
    asked.save(update_fields=["answer", "answered_by", "answered_at", "words"])


def _as_shown(user: User, seen: str | None) -> User:
    current = User.objects.select_for_update(of=("self",)).get(pk=user.pk)
    if seen is not None and seen != digest(current):
        raise Changed
    return current


def _must_be_free(user: User, role: str) -> None:
    if not user.is_active:
        raise NotAllowed(f"{user}的账号已经停用，先启用才能授予角色。")
    if RoleGrant.objects.filter(user=user, role=role).exists():
        raise NotAllowed(f"{user}已经是“{Role(role).label}”了，什么也没有改。")


def _known(role: str) -> str:
    if role not in Role.values:
        raise NotAllowed("请从列表里选一个角色。")
    return role


def _reason(why: str) -> str:
    plain = spelling.line(why)
    if len(plain) > MAX_REASON:
        raise NotAllowed(f"理由有 {len(plain)} 个字，最多 {MAX_REASON} 个字，请写短些。")
    return plain


def _must(by: User, permission: str, sentence: str) -> None:
    if not by.has_perm(f"servicejournal.{permission}"):
        raise NotAllowed(sentence)
