"""Whoever read the comments that are there already: nobody noted it, so all of them count as read."""

from typing import Any

from django.db import migrations, models


def note_as_read(apps: Any, schema_editor: Any) -> None:
    comments = apps.get_model("articles", "Comment").objects
    comments.update(read_at=models.F("at"))
    comments.filter(audience="writer").update(told_at=models.F("at"))


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0024_comment_read"),
    ]

    operations = [
        migrations.RunPython(note_as_read, migrations.RunPython.noop),
    ]
