"""`manage.py backup PATH`: database and media in one file, while people work."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from servicejournal.accounts.granting import COMMAND_LINE
from servicejournal.backup import making
from servicejournal.backup.passphrases import add_argument, of_file


class Command(BaseCommand):
    help = (
        "做备份：数据库和媒体文件在一个文件里，不用停下网站。PATH 是目录时，文件按时间取名，"
        "图片等另存在目录的 pool 里，每个只写一次（以后的备份只写新的）；恢复时要整个目录。"
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("path", type=Path, metavar="PATH", help="新的文件，或已有的目录。")
        parser.add_argument(
            "--keep", type=int, metavar="N", help="目录里只留最新的 N 份，更早的删掉。"
        )
        add_argument(parser)

    def handle(self, *args: Any, path: Path, keep: int | None, **options: Any) -> None:
        if keep is not None and (keep < 1 or not path.is_dir()):
            raise CommandError("--keep 只用于目录，至少留 1 份。")
        passphrase = of_file(options["passphrase_file"])
        try:
            made = making.make(path, passphrase=passphrase, by=COMMAND_LINE)
            dropped = making.drop_all_but(keep, path, passphrase=passphrase) if keep else 0
        except making.NotMade as reason:
            raise CommandError(str(reason)) from reason
        self._tell(made, dropped)

    def _tell(self, made: making.Made, dropped: int) -> None:
        backup = made.backup
        size = (backup.size + made.written) / 1_000_000
        self.stdout.write(
            f"备份做好了：{backup.path}\n"
            f"{backup.rows} 条记录，{backup.files} 个文件，这次写了 {size:.1f} MB。\n"
            f"校验值 {backup.sha256}"
        )
        if dropped:
            self.stdout.write(f"删掉了更早的备份 {dropped} 份。")
        if made.missing:
            self.stderr.write(
                f"注意：有 {len(made.missing)} 个文件本来就不在了，如 {made.missing[0]}。"
                "请运行 manage.py check_files。"
            )
