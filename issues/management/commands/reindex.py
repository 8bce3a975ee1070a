"""`manage.py reindex`: the index of the search from the beginning, for instance after an update."""

from time import monotonic
from typing import Any

from django.core.management.base import BaseCommand

from articles import search
from issues.making import indexing

#: Seconds between two lines.
EVERY = 2


class Command(BaseCommand):
    help = "重建检索：升级之后、恢复备份之后运行一次；作者或单位改名之后也可以运行。"

    def handle(self, *args: Any, **options: Any) -> None:
        told = monotonic()
        for done, whole in indexing.index_everything():
            if monotonic() - told >= EVERY:
                told = monotonic()
                self.stdout.write(f"已做 {done}/{whole}（{done * 100 // whole}%）")
        self.stdout.write(f"已重建检索：{search.count()} 条")
