"""A worker that empties the queue, time that has passed, and a mail server behind the settings."""

from datetime import timedelta

from django.db.models import F
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult, get_date_max

from articles.models import Notice

SMTP = "django.core.mail.backends.smtp.EmailBackend"


def worker_runs() -> None:
    """Empties the queue as `manage.py db_worker --batch` does.

    Its own loop drops the connection inside a test's transaction; the command itself is run in
    `test_post.py`, in a process of its own.
    """
    worker = Worker(
        queue_names=["default"],
        interval=0,
        batch=True,
        backend_name="default",
        startup_delay=False,
        max_tasks=None,
        worker_id="test",
        excluded_queue_names=[],
    )
    while task := DBTaskResult.objects.ready().first():
        task.claim(worker.worker_id)
        worker.run_task(task)


def time_passes(**how_much) -> None:
    """For letters and for the queue: what was to come in an hour comes now."""
    gap = timedelta(**how_much)
    Notice.objects.filter(not_before__isnull=False).update(not_before=F("not_before") - gap)
    Notice.objects.filter(due_at__isnull=False).update(due_at=F("due_at") - gap)
    waiting = DBTaskResult.objects.exclude(run_after=get_date_max())
    waiting.update(run_after=F("run_after") - gap)


def mail_goes_to(settings, port: int) -> None:
    settings.EMAIL_BACKEND, settings.EMAIL_HOST, settings.EMAIL_PORT = SMTP, "127.0.0.1", port
    settings.EMAIL_TIMEOUT = 0.3
