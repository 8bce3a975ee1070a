"""What a gate counted: in the database, so that all processes count together."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("servicejournal", "0024_single_sign_on")]

    operations = [
        migrations.CreateModel(
            name="Turn",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("gate", models.CharField(max_length=40, verbose_name="处")),
                (
                    "who",
                    models.CharField(
                        help_text="账号或网络地址的散列，不存原文。",
                        max_length=64,
                        verbose_name="谁",
                    ),
                ),
                ("until", models.DateTimeField(db_index=True, verbose_name="到何时")),
                ("number", models.PositiveIntegerField(verbose_name="次数")),
            ],
            options={"verbose_name": "次数", "verbose_name_plural": "次数"},
        ),
        migrations.AddConstraint(
            model_name="turn",
            constraint=models.UniqueConstraint(
                fields=("gate", "who", "until"), name="turn_counted_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="turn",
            constraint=models.CheckConstraint(
                condition=models.Q(number__gte=1), name="turn_counts_something"
            ),
        ),
    ]
