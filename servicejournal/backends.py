"""Permissions come from roles, not from rows that could drift from them."""

from typing import Any

from django.contrib.auth.backends import ModelBackend
from django.contrib.auth.hashers import make_password

from . import spelling
from .models import User
from .roles import Role, permissions_of


class RoleBackend(ModelBackend):
    """Django's password check; the permissions are those of the user's roles. Who runs the server
    is an administrator: manuscripts and what is said of them are not theirs to read.
    """

    def authenticate(
        self, request: Any, username: Any = None, password: Any = None, **kwargs: Any
    ) -> Any:
        """Also accounts beside the one of a staff number (`registration.register`). What was just
        registered costs as much time whether it was the first of its number or not, and so does a
        wrong password.

        Such an account is entered by its number alone: a name that opens where the number was
        taken, and nowhere else, would tell that. Who is in is asked once more by their own name.
        """
        found = super().authenticate(request, username=username, password=password, **kwargs)
        if username is None or password is None:
            return found
        if isinstance(found, User) and found.login_name != found.username:
            return found if getattr(request, "user", None) == found else None
        if isinstance(found, User):
            if found.is_unconfirmed:
                make_password(password)
            return found
        beside = list(User.objects.beside(username))
        found = next((user for user in beside if user.check_password(password)), None)
        if found is None and not (beside and _is_anothers(username)):
            make_password(password)
        return found

    def get_all_permissions(self, user_obj: Any, obj: Any = None) -> set[str]:
        if not user_obj.is_active or user_obj.is_anonymous or obj is not None:
            return set()
        runs_the_server = {Role.ADMINISTRATOR} if user_obj.is_superuser else set()
        return permissions_of(user_obj.roles | runs_the_server)

    def has_module_perms(self, user_obj: Any, app_label: str) -> bool:
        granted = self.get_all_permissions(user_obj)
        return any(perm.partition(".")[0] == app_label for perm in granted)


def _is_anothers(username: str) -> bool:
    """Whether the number had an owner before those who registered with it."""
    first = User.objects.filter(username=spelling.username(username)).first()
    return first is not None and not first.is_unconfirmed
