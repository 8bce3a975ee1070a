"""`manage.py remind`: what falls due by itself; cron runs it every 15 minutes."""

import logging
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from issues import reminders

logger = logging.getLogger(__name__)


class Command(BaseCommand):
    help = (
        "告诉投稿人到期的事：截稿临近、定时发布的一期已经刊出；再寄没有寄出的信。"
        "请让 cron 每 15 分钟运行一次；漏了一次不会漏事，多运行一次也不会重复。"
    )

    def handle(self, *args: Any, **options: Any) -> None:
        """A round that breaks does not keep the others from going on."""
        connection.ensure_connection()  # no round goes without: said once, by `manage.py`
        broken = []
        for name, go_round in reminders.ROUNDS:
            try:
                count = go_round()
            except Exception:
                logger.exception("Reminder round %s broke off", go_round.__name__)
                broken.append(name)
            else:
                self.stdout.write(f"{name}：{count}")
        if broken:
            raise CommandError(f"没有做完：{'、'.join(broken)}。原因见日志。")
