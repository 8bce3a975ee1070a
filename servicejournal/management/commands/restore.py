"""`manage.py restore PATH`: a backup, into an empty database of either engine."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from servicejournal.accounts.granting import COMMAND_LINE
from servicejournal.backup import restoring
from servicejournal.backup.passphrases import add_argument, of_file


class Command(BaseCommand):
    help = (
        "把备份恢复到空的数据库（SQLite、PostgreSQL 都行，不必与做备份时相同）和空的媒体目录。"
        "较早版本做的备份也行，会先在临时目录里升级。"
        "先逐个核对校验值，再动手；没有恢复成，就什么也没有变。"
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("path", type=Path, metavar="PATH", help="备份文件。")
        add_argument(parser)

    def handle(self, *args: Any, path: Path, **options: Any) -> None:
        passphrase = of_file(options["passphrase_file"])
        try:
            told = restoring.restore(path, passphrase=passphrase, by=COMMAND_LINE)
        except restoring.NotRestored as reason:
            raise CommandError(str(reason)) from reason
        carried = f"，是较早版本的备份，升级了 {told.steps} 步" if told.steps else ""
        self.stdout.write(
            f"恢复好了：{told.rows} 条记录，{told.files} 个文件，与备份逐条一致"
            f"（备份时间 {told.made_at}{carried}）。\n"
            "登录过的人要重新登录。请再运行 manage.py check_files --heal，"
            "能重做的文件会重做。"
        )
        if told.steps:
            self.stdout.write("较早版本的备份，还请运行一次 manage.py reindex，重做检索。")
        if told.missing:
            self.stderr.write(f"注意：做备份时就缺 {len(told.missing)} 个文件。")
