"""Roles that one person gave to themselves, or alone where it takes two today, say so."""

from typing import Any

from django.db import migrations
from django.db.models import F, Q


def mark(apps: Any, schema_editor: Any) -> None:
    grants = apps.get_model("servicejournal", "RoleGrant").objects.exclude(granted_by=None)
    alone = Q(granted_by=F("user")) | Q(role__in=["chief_editor", "administrator"])
    grants.filter(alone, confirmed_by=None).update(earlier=True)


class Migration(migrations.Migration):
    dependencies = [
        ("servicejournal", "0011_second_person"),
    ]

    operations = [
        migrations.RunPython(mark, migrations.RunPython.noop),
    ]
