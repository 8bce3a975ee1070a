"""The backups that were made, so that the dashboard can say how old the newest one is."""

import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("servicejournal", "0017_verbs_of_the_record"),
    ]

    operations = [
        migrations.CreateModel(
            name="Backup",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "at",
                    models.DateTimeField(default=django.utils.timezone.now, verbose_name="时间"),
                ),
                ("path", models.CharField(max_length=500, verbose_name="文件")),
                ("size", models.PositiveBigIntegerField(verbose_name="字节")),
                ("sha256", models.CharField(max_length=64, verbose_name="清单校验值")),
                ("rows", models.PositiveBigIntegerField(verbose_name="记录数")),
                ("files", models.PositiveBigIntegerField(verbose_name="文件数")),
                ("is_sealed", models.BooleanField(default=False, verbose_name="加密")),
                ("missing", models.PositiveIntegerField(default=0, verbose_name="缺的文件")),
                (
                    "rehearsed_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="演练时间"),
                ),
                (
                    "rehearsal",
                    models.CharField(blank=True, max_length=300, verbose_name="演练的问题"),
                ),
            ],
            options={
                "verbose_name": "备份",
                "verbose_name_plural": "备份",
                "ordering": ["-at", "-pk"],
            },
        ),
    ]
