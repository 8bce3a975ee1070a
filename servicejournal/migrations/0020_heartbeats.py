"""Workers that live, so that everybody can see it."""

import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("servicejournal", "0019_discarded_files"),
    ]

    operations = [
        migrations.CreateModel(
            name="Heartbeat",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("worker", models.CharField(max_length=64, unique=True, verbose_name="后台程序")),
                ("host", models.CharField(max_length=100, verbose_name="机器")),
                (
                    "began_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, verbose_name="启动时间"
                    ),
                ),
                (
                    "seen_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, verbose_name="最近一次"
                    ),
                ),
            ],
            options={
                "verbose_name": "后台程序",
                "verbose_name_plural": "后台程序",
                "ordering": ["-seen_at"],
            },
        ),
    ]
