"""`manage.py sweep_rejected [--days N] [--delete]`: texts and letters not taken, long ago."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from articles.writing import forgetting
from issues.echoes import forgetting as letters
from servicejournal.privacy import holdings


class Command(BaseCommand):
    help = (
        "找出很久以前没有采用或撤回的稿件，清理正文、历史版本、原稿、图片、署名和信；"
        "题目、稿号、审稿意见和工作记录留下。没有登的读者来信一样：写的字、称呼和单位清理掉，"
        "什么时候谁没有登、为什么留下。默认只列出来，什么也不删；加上 --delete 才真的清理。"
        "manage.py remind 会按 REJECTED_DAYS 自己清理。"
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--days",
            type=int,
            default=settings.REJECTED_DAYS,
            help=f"只看这么多天以前的（默认 %(default)s 天，至少 {holdings.RECORD_DAYS} 天）。",
        )
        parser.add_argument("--delete", action="store_true", help="真的清理。")

    def handle(self, *args: Any, days: int, delete: bool, **options: Any) -> None:
        if not holdings.RECORD_DAYS <= days <= 36_500:
            raise CommandError(f"--days 请写 {holdings.RECORD_DAYS} 到 36500 之间的数字。")
        for article in forgetting.due(days).select_related("contributor"):
            self.stdout.write(
                f"{article.receipt or '未投'}　{article.get_status_display()}　"
                f"{article.stage_since:%Y-%m-%d}　《{article.title}》"
            )
        for echo in letters.due(days).select_related("article"):
            self.stdout.write(
                f"来信　没有登　{echo.decided_at:%Y-%m-%d}　谈《{echo.article.title}》"
            )
        count = forgetting.sweep(days=days, for_good=delete)
        sent = letters.sweep(days=days, for_good=delete)
        done = "已经清理。" if delete else "什么也没有删。要清理，请加上 --delete。"
        self.stdout.write(f"共 {count} 篇，来信 {sent} 封。{done}")
