"""`manage.py rehearse`: the newest backup, restored into a database that is thrown away."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError

from servicejournal.accounts.granting import COMMAND_LINE
from servicejournal.backup import rehearsing
from servicejournal.backup.passphrases import add_argument, of_file


class Command(BaseCommand):
    help = (
        "演练：把最新的备份恢复到临时的数据库和媒体目录，逐条核对，再扔掉。"
        "不碰正在用的数据。临时目录要放得下数据库和全部媒体文件。请每月运行一次。"
    )

    def add_arguments(self, parser: CommandParser) -> None:
        add_argument(parser)

    def handle(self, *args: Any, passphrase_file: Path | None, **options: Any) -> None:
        of_file(passphrase_file)
        try:
            told = rehearsing.rehearse(passphrase_file=passphrase_file, by=COMMAND_LINE)
        except rehearsing.NotRehearsed as reason:
            raise CommandError(str(reason)) from reason
        except DatabaseError as broken:
            raise CommandError(f"没有演练，数据库答：{broken}") from broken
        self.stdout.write(f"{told.backup.path}\n{told.said}\n演练用了 {told.seconds:.0f} 秒。")
