"""Failed sign-ins under a name that nobody has: what was typed there may be a password."""

from typing import Any

from django.db import migrations


def forget(apps: Any, schema_editor: Any) -> None:
    record, user = (apps.get_model("servicejournal", name) for name in ("Record", "User"))
    system = user.objects.filter(username="system").values("pk")
    rows = record.objects.filter(
        verb="登录失败", subject_type="servicejournal.user", subject_pk__in=system
    )
    rows.update(what={"no_account": True})


class Migration(migrations.Migration):
    dependencies = [
        ("servicejournal", "0013_roles_take_two"),
    ]

    operations = [
        migrations.RunPython(forget, migrations.RunPython.noop),
    ]
