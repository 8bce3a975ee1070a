"""`manage.py db_worker`: editions, pages and letters are made; it lives through what goes away."""

from typing import Any

from django.core.management.base import CommandError
from django_tasks_db.management.commands import db_worker

from servicejournal.standing import worker


class Command(db_worker.Command):
    help = (
        "后台程序：做版次、画版面、寄信，请让它一直运行。数据库断开时等它回来，接着做；"
        "信另有一队，不耽误别的。停止（SIGTERM）时先把手上的做完。"
    )

    def handle(self, *args: Any, **options: Any) -> None:
        self.configure_logging(options["verbosity"])
        names = options["queue_name"].split(",")
        excluded = options["exclude_queues"].split(",") if options["exclude_queues"] else []
        if excluded and "*" not in names:
            raise CommandError("--exclude-queues 只能和 --queue-name=* 一起用。")
        told = {
            "queue_names": names,
            "excluded_queue_names": excluded,
            **{
                name: options[name]
                for name in (
                    "interval",
                    "batch",
                    "backend_name",
                    "startup_delay",
                    "max_tasks",
                    "worker_id",
                )
            },
        }
        worker.run(told, with_letters=names == ["default"])
