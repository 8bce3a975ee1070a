"""`manage.py demo`: a journal that looks alive, in an empty database."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.urls import reverse

from issues.demo import fill, people
from issues.demo.staging import playing, scenes
from servicejournal.accounts.granting import COMMAND_LINE


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

        parser.add_argument(
            "--scene",
            metavar="NAME",
            help="把示范数据放回一个场景，显示打开它的链接："
            + "、".join(scene.title for scene in scenes.SCENES)
            + "。",
        )

    def handle(self, *args: Any, scene: str | None, **options: Any) -> None:
        if scene is None:
            self._fill(**options)
        else:
            self._put_back(scene, options["address"])

    def _put_back(self, name: str, address: str) -> None:
        scene = scenes.named(name)
        if scene is None:
            titles = "、".join(each.title for each in scenes.SCENES)
            raise CommandError(f"没有“{name}”这个场景，有的是：{titles}。")
        if not settings.DEMO:
            raise CommandError("这里没有打开示范场景。请运行 make demo，或者设 DEMO=on。")
        try:
            playing.put_back(scene, by=COMMAND_LINE)
        except playing.NotPutBack as reason:
            raise CommandError(str(reason)) from reason
        self._say(f"放回到“{scene.title}”了。")
        self._link(scene, address)

    def _link(self, scene: scenes.Scene, address: str) -> None:
        token = playing.make_link(scene, by=COMMAND_LINE)
        self._say(f"{scene.title:　<6}{address}{reverse('demo_enter', args=[token])}")

    def _fill(self, *, address: str, new_passwords: bool, **options: Any) -> None:
        accounts = people.new_passwords() if new_passwords else []
        try:
            accounts = accounts or self._filled()
        except fill.NotEmpty:
            self._say("数据库里已有内容，什么也没有改。忘了密码：manage.py demo --new-passwords")
        self._say(f"\n刊物    {address}/\n投稿    {address}/submit/\n编辑部  {address}/admin/\n")
        for account in accounts:
            self._say(
                f"{account.role:　<12}{account.username:<10}{account.password}  {account.name}"
            )

        if playing.is_on():
            self._say("\n场景（链接只能用一次，一小时内有效；再运行一次就有新的）：")
            for each in scenes.SCENES:
                self._link(each, address)

    def _filled(self) -> list[people.NewAccount]:
        """The mark comes behind the pages that are drawn once everything is filled in."""
        accounts = fill.fill(self._say)
        playing.mark()
        return accounts

    def _say(self, line: str) -> None:
        self.stdout.write(line)
        self.stdout.flush()
