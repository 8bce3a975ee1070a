"""What an installation had set as SMALL_OFFICE in its environment stays so, now in the masthead."""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

from servicejournal.settings import env


def keep(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    if not env.bool("SMALL_OFFICE", default=False):
        return
    masthead, _ = apps.get_model("servicejournal", "Masthead").objects.get_or_create(pk=1)
    masthead.small_office = True
    masthead.save(update_fields=["small_office"])
    apps.get_model("servicejournal", "Record").objects.create(
        actor="系统",
        verb="打开“编辑部人手少”",
        subject_type="servicejournal.masthead",
        subject_pk=masthead.pk,
        subject=masthead.name[:250],
        why="升级前在环境变量 SMALL_OFFICE 里就是打开的。",
    )


class Migration(migrations.Migration):
    dependencies = [
        ("servicejournal", "0015_small_office"),
    ]

    operations = [
        migrations.RunPython(keep, migrations.RunPython.noop),
    ]
