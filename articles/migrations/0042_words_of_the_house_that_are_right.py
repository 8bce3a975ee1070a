"""The house's list also holds what is right as it stands, so that nobody is told of it again."""

from typing import Any

from django.db import migrations, models
from django.db.models import Q


def out_of_use(apps: Any, schema_editor: Any) -> None:
    """Backwards: the level of before that says least, and out of use."""
    terms = apps.get_model("articles", "HouseTerm").objects.filter(level="right")
    terms.update(level="info", retired=True)


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0041_explanation"),
    ]

    operations = [
        migrations.RemoveConstraint(model_name="houseterm", name="houseterm_is_whole"),
        migrations.AlterField(
            model_name="houseterm",
            name="level",
            field=models.CharField(
                choices=[
                    ("block", "不得刊出"),
                    ("error", "差错"),
                    ("warn", "存疑"),
                    ("info", "提示"),
                    ("right", "正确写法（不提示）"),
                ],
                default="warn",
                max_length=10,
                verbose_name="级别",
            ),
        ),
        migrations.AlterField(
            model_name="houseterm",
            name="word",
            field=models.CharField(
                help_text="要找出来的写法；或本刊认可、不再提示的写法。",
                max_length=60,
                unique=True,
                verbose_name="词",
            ),
        ),
        migrations.AddConstraint(
            model_name="houseterm",
            constraint=models.CheckConstraint(
                condition=~Q(word="") & Q(level__in=["block", "error", "warn", "info", "right"]),
                name="houseterm_is_whole",
            ),
        ),
        migrations.AddConstraint(
            model_name="houseterm",
            constraint=models.CheckConstraint(
                condition=~Q(level="right") | Q(preferred=""),
                name="houseterm_right_is_preferred",
                violation_error_message="正确写法不填“应写作”。",
            ),
        ),
        migrations.RunPython(migrations.RunPython.noop, out_of_use),
    ]
