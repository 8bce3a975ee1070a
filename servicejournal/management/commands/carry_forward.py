"""`manage.py carry_forward PATH`: what `restore` does with a backup of an earlier version."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from servicejournal.backup import older
from servicejournal.backup.passphrases import add_argument, of_file


class Command(BaseCommand):
    help = (
        "把较早版本的备份装进 DATABASE_URL 指的空数据库，再升级到这个版本，不管媒体文件。"
        "恢复较早版本的备份时，restore 自己会在临时库里运行它，一般不用人来运行。"
    )
    # The tables are those of another day; what checks ask of the database is not there yet.
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("path", type=Path, metavar="PATH", help="备份文件。")
        add_argument(parser)

    def handle(self, *args: Any, path: Path, **options: Any) -> None:
        passphrase = of_file(options["passphrase_file"])
        try:
            steps = older.carry_forward(path, passphrase=passphrase)
        except older.NotCarried as reason:
            raise CommandError(str(reason)) from reason
        except OSError as broken:
            raise CommandError(f"备份读不出来：{broken}") from broken
        self.stdout.write(f"升级了 {steps} 步。")
