"""Letters with a link that wait in the queue name the module that sends them: it has moved."""

from typing import Any

from django.db import migrations

OLD, NEW = "servicejournal.reset_mail.send", "servicejournal.accounts.reset_mail.send"


def rename(apps: Any, old: str, new: str) -> None:
    apps.get_model("django_tasks_database", "DBTaskResult").objects.filter(task_path=old).update(
        task_path=new
    )


def move_here(apps: Any, schema_editor: Any) -> None:
    rename(apps, OLD, NEW)


def move_back(apps: Any, schema_editor: Any) -> None:
    rename(apps, NEW, OLD)


class Migration(migrations.Migration):
    dependencies = [
        ("django_tasks_database", "0001_initial"),
        ("servicejournal", "0007_newest_slip"),
    ]

    operations = [migrations.RunPython(move_here, move_back)]
