"""Section and Call are gone to `articles`, which has their tables now: in state alone."""

from typing import Any

from django.db import migrations


def move_back(apps: Any, schema_editor: Any) -> None:
    """The content types go the way back that they came (`articles` 0015)."""
    types = apps.get_model("contenttypes", "ContentType").objects
    for name in ("call", "section"):
        if not types.filter(app_label="issues", model=name).exists():
            types.filter(app_label="articles", model=name).update(app_label="issues")


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0015_section_and_call"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("issues", "0010_scan_of_a_back_issue"),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.RemoveField(
                    model_name="call",
                    name="issue",
                ),
                migrations.DeleteModel(
                    name="Section",
                ),
                migrations.DeleteModel(
                    name="Call",
                ),
            ],
        ),
        migrations.RunPython(migrations.RunPython.noop, move_back),
    ]
