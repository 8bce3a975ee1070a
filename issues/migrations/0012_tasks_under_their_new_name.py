"""Orders for pages that wait in the queue name the module that makes them: it has moved."""

from django.db import migrations

OLD, NEW = "issues.flipbook.make_pages", "issues.making.page_making.make_pages"


def rename(apps, old: str, new: str) -> None:
    apps.get_model("django_tasks_database", "DBTaskResult").objects.filter(task_path=old).update(
        task_path=new
    )


def move_here(apps, schema_editor) -> None:
    rename(apps, OLD, NEW)


def move_back(apps, schema_editor) -> None:
    rename(apps, NEW, OLD)


class Migration(migrations.Migration):
    dependencies = [
        ("django_tasks_database", "0001_initial"),
        ("issues", "0011_section_and_call_left"),
    ]

    operations = [migrations.RunPython(move_here, move_back)]
