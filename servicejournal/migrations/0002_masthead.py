"""The one row of the masthead."""

from typing import Any

from django.db import migrations


def add(apps: Any, schema_editor: Any) -> None:
    apps.get_model("servicejournal", "Masthead").objects.get_or_create(pk=1)


def remove(apps: Any, schema_editor: Any) -> None:
    apps.get_model("servicejournal", "Masthead").objects.filter(pk=1).delete()


class Migration(migrations.Migration):
    dependencies = [("servicejournal", "0001_initial")]
    operations = [migrations.RunPython(add, remove)]
