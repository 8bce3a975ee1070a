"""The generation of what readers see, which processes ask for."""

from typing import Any

from django.db import migrations, models


def begin(apps: Any, schema_editor: Any) -> None:
    apps.get_model("servicejournal", "Generation").objects.get_or_create(pk=1)


class Migration(migrations.Migration):
    dependencies = [
        ("servicejournal", "0008_tasks_under_their_new_name"),
    ]

    operations = [
        migrations.CreateModel(
            name="Generation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "number",
                    models.PositiveBigIntegerField(default=0, editable=False, verbose_name="代"),
                ),
                (
                    "token",
                    models.CharField(
                        blank=True, editable=False, max_length=12, verbose_name="标记"
                    ),
                ),
            ],
            options={
                "verbose_name": "读者页面的代",
                "verbose_name_plural": "读者页面的代",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("pk", 1)), name="generation_there_is_only_one"
                    )
                ],
            },
        ),
        migrations.RunPython(begin, migrations.RunPython.noop),
    ]
