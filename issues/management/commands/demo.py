"""`manage.py demo`: a journal that looks alive, in an empty database."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from issues.demo import fill, people


class Command(BaseCommand):
    help = (
        "在空数据库里装入示范数据：已出的几期、正在编的一期、各个状态的稿件、"
        "每种角色一个账号（密码随机，只显示这一次）。再运行一次什么也不改。"
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--new-passwords", action="store_true", help="给演示账号换一批新密码并显示出来。"
        )
        parser.add_argument(
            "--address", default="http://127.0.0.1:8000", help="显示哪个网址（默认 %(default)s）。"
        )

    def handle(self, *args: Any, address: str, new_passwords: bool, **options: Any) -> None:
        accounts = people.new_passwords() if new_passwords else []
        try:
            accounts = accounts or fill.fill(self._say)
        except fill.NotEmpty:
            self._say("数据库里已有内容，什么也没有改。忘了密码：manage.py demo --new-passwords")
        self._say(f"\n刊物    {address}/\n投稿    {address}/submit/\n编辑部  {address}/admin/\n")
        for account in accounts:
            self._say(
                f"{account.role:　<12}{account.username:<10}{account.password}  {account.name}"
            )

    def _say(self, line: str) -> None:
        self.stdout.write(line)
        self.stdout.flush()
