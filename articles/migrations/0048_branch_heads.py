"""单位负责人: who stands for which branch."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import servicejournal.clock


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0047_notices_of_echoes"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="BranchHead",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "appointed_at",
                    models.DateTimeField(default=servicejournal.clock.now, verbose_name="指定时间"),
                ),
                (
                    "appointed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="指定人",
                    ),
                ),
                (
                    "branch",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="heads",
                        to="articles.branch",
                        verbose_name="单位",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="heads",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="账号",
                    ),
                ),
            ],
            options={
                "verbose_name": "单位负责人",
                "verbose_name_plural": "单位负责人",
                "ordering": ["branch", "pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("user", "branch"), name="branchhead_once"),
                    models.CheckConstraint(
                        condition=models.Q(("user", models.F("appointed_by")), _negated=True),
                        name="branchhead_not_by_oneself",
                    ),
                ],
            },
        ),
    ]
