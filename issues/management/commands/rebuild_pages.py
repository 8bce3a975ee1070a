"""`manage.py rebuild_pages`: the store of readers' pages, thrown away and made again."""

from time import monotonic
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from issues.reading import rebuilding, store

#: Seconds between two lines of progress.
EVERY = 2


class Command(BaseCommand):
    help = (
        "重做读者页面的存放区（PAGES_ROOT）：先清空，再按已签发的版次一页一页做好。"
        "随时可以运行，读者照常打得开；不运行也行，有人来看时才做那一页。"
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--keep", action="store_true", help="不清空，只补上缺的页。")

    def handle(self, *args: Any, keep: bool, **options: Any) -> None:
        if not keep:
            store.throw_away()
        began = told = monotonic()
        done = total = missing = 0
        for done, total, is_stored in rebuilding.rebuild():
            missing += not is_stored
            if monotonic() - told >= EVERY:
                told = monotonic()
                left = (told - began) / done * (total - done)
                self.stdout.write(
                    f"{done} / {total} 页（{100 * done // total}%），还要约 {left:.0f} 秒"
                )
        if missing:
            raise CommandError(
                f"{total} 页里有 {missing} 页没有做成：请看日志，查 PAGES_ROOT 能不能写，"
                "SITE_URL 的主机名在不在 ALLOWED_HOSTS 里。"
            )
        self.stdout.write(f"做好了 {total} 页，用时 {monotonic() - began:.1f} 秒。")
