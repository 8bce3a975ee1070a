"""`manage.py grant_role USERNAME ROLE`: the first chief editor, the first administrator."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from servicejournal.accounts import granting
from servicejournal.accounts.registration import NotAllowed
from servicejournal.models import User
from servicejournal.roles import Role


class Command(BaseCommand):
    help = (
        "给账号授予角色，并记入工作记录（经手人是“命令行”）。"
        "主编和管理员平时要两个人：一位管理员提出，主编或另一位管理员同意；"
        "还没有第二个人的时候，由掌管服务器的人用这个命令授予。"
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("username", help="账号的用户名（工号）。")
        roles = "、".join(f"{role.value} {role.label}" for role in Role)
        parser.add_argument("role", choices=Role.values, metavar="role", help=f"角色：{roles}。")
        parser.add_argument("--why", default="", help="理由，写进工作记录。")

    def handle(self, *args: Any, username: str, role: str, why: str, **options: Any) -> None:
        try:
            user = User.objects.get_by_natural_key(username)
            granting.grant_at_the_command_line(user, role, why=why)
        except User.DoesNotExist as error:
            raise CommandError(f"没有用户名是“{username}”的账号。") from error
        except NotAllowed as refused:
            raise CommandError(str(refused)) from refused
        self.stdout.write(f"{user}现在是“{Role(role).label}”。")
