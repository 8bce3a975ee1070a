"""`manage.py check_files [--heal] [--delete]`: rows and files, held against each other."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError

from servicejournal import errands
from servicejournal.backup import keeping

_SHOWN = 20


class Command(BaseCommand):
    help = (
        "核对数据库和媒体目录：哪些记录缺了文件，哪些文件没有记录。默认只说，什么也不改。"
        "请让 cron 每天运行一次 check_files --heal --delete。"
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--heal", action="store_true", help="重做能重做的：翻页版面、PDF、EPUB、图片、封面。"
        )
        parser.add_argument(
            "--delete",
            action="store_true",
            help=f"记下没有记录的文件，删掉已经记下 {keeping.LATE.days} 天的"
            "（留着的备份可能还要用）；删掉排版中断留下的临时目录。",
        )

    def handle(self, *args: Any, heal: bool, delete: bool, **options: Any) -> None:
        try:
            found = keeping.look(heal=heal, sweep=delete)
        except OSError as broken:
            raise CommandError(f"没有核对完：{broken}") from broken
        except DatabaseError as broken:
            raise CommandError(f"没有核对完，数据库答：{broken}") from broken
        errands.finish()
        for what, count in found.healed.items():
            self.stdout.write(f"重做了{what}：{count}")
        size = sum(found.strays.values()) / 1_000_000
        self.stdout.write(f"没有记录的文件 {len(found.strays)} 个，共 {size:.1f} MB。")
        if found.strays and delete:
            self.stdout.write(f"删掉了 {found.swept} 个；其余的记下了，满期再删。")
        if found.benches:
            done = "已删" if delete else "加上 --delete 就删"
            self.stdout.write(f"排版中断留下的临时目录 {found.benches} 个（{done}）。")
        if not found.missing:
            self.stdout.write("记录的文件都在。")
            return
        for name in found.missing[:_SHOWN]:
            self.stdout.write(f"缺文件：{name}")
        advice = "请从备份恢复这些文件" if heal else "请先运行 check_files --heal"
        raise CommandError(f"缺 {len(found.missing)} 个文件。{advice}。")
