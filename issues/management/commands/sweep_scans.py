"""`manage.py sweep_scans [--days N] [--delete]`: uploaded PDFs that became no back issue."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from issues.backissues import scanned
from servicejournal.backup import keeping


class Command(BaseCommand):
    help = (
        "找出上传过、却没有成为任何一期的过刊 PDF。"
        "默认只列数目，什么也不删；加上 --delete 才真的删除。"
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--days",
            type=int,
            default=scanned.DAYS,
            help="只看这么多天以前上传的（默认 %(default)s 天，至少 15 天：可能还在导入）。",
        )
        parser.add_argument("--delete", action="store_true", help="真的删除。")

    def handle(self, *args: Any, days: int, delete: bool, **options: Any) -> None:
        if not 15 <= days <= 36_500:
            raise CommandError("--days 请写 15 到 36500 之间的数字。")
        count, size = scanned.sweep(days=days, for_good=delete)
        self.stdout.write(f"没有用到的过刊 PDF {count} 个，共 {size / 1_000_000:.1f} MB。")
        if count:
            self.stdout.write(
                f"已经删除；{keeping.GOES_LATE}"
                if delete
                else "什么也没有删。要删除，请加上 --delete。"
            )
