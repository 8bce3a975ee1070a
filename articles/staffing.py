"""Roles given and taken back, and who is told: `servicejournal.accounts.granting`, with letters."""

from django.db import transaction

from servicejournal.accounts import granting
from servicejournal.models import RoleGrant, RoleRequest, User
from servicejournal.roles import EDITORIAL, Role

from . import letters


@transaction.atomic
def grant(
    user: User, role: str, *, by: User, why: str = "", seen: str | None = None
) -> RoleGrant | RoleRequest:
    """As `granting.grant`. Who may be the second person is told; the chief editors, where an
    administrator takes up an editor's work, or an editor the accounts.
    """
    made = granting.grant(user, role, by=by, why=why, seen=seen)
    if isinstance(made, RoleRequest):
        letters.role_asked(made)
    else:
        _tell_of_two_hats(made, by=str(by))
    return made


@transaction.atomic
def confirm(request: RoleRequest, *, by: User) -> RoleGrant:
    """As `granting.confirm`; tells the chief editors as `grant` does."""
    given = granting.confirm(request, by=by)
    _tell_of_two_hats(given, by=f"{given.granted_by}，{by}同意")
    return given


def _tell_of_two_hats(given: RoleGrant, *, by: str) -> None:
    is_a_hat = given.role in EDITORIAL | {Role.ADMINISTRATOR}
    if is_a_hat and User.objects.get(pk=given.user_id).wears_two_hats:
        letters.two_hats(given, by=by)
