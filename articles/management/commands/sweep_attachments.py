"""`manage.py sweep_attachments [--days N] [--delete]`: Word files that nobody saved."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from articles.writing import attachments
from servicejournal.backup import keeping


class Command(BaseCommand):
    help = (
        "找出导入过、却没有随任何稿件保存的 Word 原稿。"
        "默认只列数目，什么也不删；加上 --delete 才真的删除。"
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--days",
            type=int,
            default=attachments.DAYS,
            help="只看这么多天以前导入的（默认 %(default)s 天；少于 2 天不行，有人可能正在写）。",
        )
        parser.add_argument("--delete", action="store_true", help="真的删除。")

    def handle(self, *args: Any, days: int, delete: bool, **options: Any) -> None:
        if not 2 <= days <= 36_500:
            raise CommandError("--days 请写 2 到 36500 之间的数字。")
        count, size = attachments.sweep(days=days, for_good=delete)
        self.stdout.write(f"没有用到的原稿 {count} 个，共 {size / 1_000_000:.1f} MB。")
        if count:
            self.stdout.write(
                f"已经删除；{keeping.GOES_LATE}"
                if delete
                else "什么也没有删。要删除，请加上 --delete。"
            )
