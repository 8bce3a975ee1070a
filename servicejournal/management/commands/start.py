"""`manage.py start`: the first administrator and the first chief editor of a new installation."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError
from django.utils import timezone

from servicejournal.accounts import first
from servicejournal.accounts.first import Beginner
from servicejournal.accounts.registration import NotAllowed
from servicejournal.roles import Role

_ASKED = (
    (Role.ADMINISTRATOR, "administrator", "管理员（管账号，不看稿）"),
    (Role.CHIEF_EDITOR, "chief", "主编（终审、签发）"),
)


class Command(BaseCommand):
    help = (
        "新装好以后运行一次：建立第一位管理员和第一位主编的账号，"
        "显示各自设密码的链接（只能用一次）。不写参数就逐项问。"
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        for _, option, what in _ASKED:
            parser.add_argument(f"--{option}", metavar="工号:姓名", help=f"{what}，如 g001:柳青。")
        parser.add_argument(
            "--address",
            default=settings.SITE_URL or "http://127.0.0.1:8000",
            help="网站的地址，写在链接里（默认 %(default)s）。",
        )

    def handle(self, *args: Any, address: str, **options: Any) -> None:
        try:
            refused = first.why_not()
        except DatabaseError as broken:
            raise CommandError(
                f"数据库答：{broken}。请查 DATABASE_URL，先运行 manage.py migrate。"
            ) from broken
        if refused:
            raise CommandError(refused)
        people = [self._asked(role, options[option], what) for role, option, what in _ASKED]
        try:
            slips = first.make(people, absolute=lambda path: f"{address.rstrip('/')}{path}")
        except NotAllowed as refused_:
            raise CommandError(f"{refused_}什么也没有建立。") from refused_
        for person, slip in zip(people, slips, strict=True):
            self.stdout.write(f"\n{person.role.label}　{slip.user}　{slip.user.username}")
            until = timezone.localtime(slip.until)
            self.stdout.write(f"  设密码的链接，到 {until:%Y-%m-%d %H:%M} 有效：\n  {slip.url}")
        self.stdout.write(
            f"\n设好密码，到 {address.rstrip('/')}/admin/ 登录，首页会一步一步带您做完。"
        )

    def _asked(self, role: Role, given: str | None, what: str) -> Beginner:
        if given is None:
            self.stdout.write(f"\n{what}")
            try:
                return Beginner(input("  工号："), input("  姓名："), role)
            except EOFError as nobody:
                asked = " ".join(f"--{option} 工号:姓名" for _, option, _ in _ASKED)
                raise CommandError(
                    f"这里没有人回答。请写明：manage.py start {asked}。什么也没有建立。"
                ) from nobody
        username, mark, name = given.replace("：", ":").partition(":")
        if not mark:
            raise CommandError(f"“{given}”要写成 工号:姓名，如 g001:柳青。什么也没有建立。")
        return Beginner(username, name, role)
