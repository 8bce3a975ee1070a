"""`manage.py sweep_pictures [--days N] [--delete]`: pictures that were uploaded and never used."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from articles.pictures import sweeping
from servicejournal.backup import keeping


class Command(BaseCommand):
    help = (
        "找出传上来却没有写进任何稿件的图片，和没有主人的图片文件。"
        "默认只列数目，什么也不删；加上 --delete 才真的删除。"
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--days",
            type=int,
            default=sweeping.DAYS,
            help="只看这么多天以前上传的（默认 %(default)s 天；少于 2 天不行，有人可能正在写）。",
        )
        parser.add_argument("--delete", action="store_true", help="真的删除。")

    def handle(self, *args: Any, days: int, delete: bool, **options: Any) -> None:
        if not 2 <= days <= 36_500:
            raise CommandError("--days 请写 2 到 36500 之间的数字。")
        found = sweeping.sweep(days=days, for_good=delete)
        self.stdout.write(
            f"没有用到的图片 {found.pictures} 张，没有主人的图片文件夹 {found.stray_folders} 个，"
            f"共 {found.size / 1_000_000:.1f} MB。"
        )
        if not (found.pictures or found.stray_folders):
            return
        self.stdout.write(
            f"已经删除；{keeping.GOES_LATE}"
            if delete
            else "什么也没有删。要删除，请加上 --delete。"
        )
