"""Files that no row names any more, which go late."""

import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("servicejournal", "0018_backups"),
    ]

    operations = [
        migrations.CreateModel(
            name="Discarded",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("path", models.CharField(max_length=300, unique=True, verbose_name="文件")),
                (
                    "at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, verbose_name="不用的时间"
                    ),
                ),
            ],
            options={
                "verbose_name": "不用的文件",
                "verbose_name_plural": "不用的文件",
                "ordering": ["at", "pk"],
            },
        ),
    ]
