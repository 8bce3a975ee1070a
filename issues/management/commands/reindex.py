"""`manage.py reindex`: the index of the search from the beginning, for instance after an update."""

from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction

from issues.making import indexing


class Command(BaseCommand):
    help = "重建检索：升级之后、恢复备份之后运行一次；作者或单位改名之后也可以运行。"

    def handle(self, *args: Any, **options: Any) -> None:
        with transaction.atomic():
            count = indexing.index_everything()
        self.stdout.write(f"已重建检索：{count} 条")
