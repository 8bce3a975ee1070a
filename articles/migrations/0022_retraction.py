"""A decision is taken back by a row of its own (撤回决定)."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import servicejournal.clock


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0021_back_to_the_stage_before"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Retraction",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "at",
                    models.DateTimeField(default=servicejournal.clock.now, verbose_name="撤回时间"),
                ),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="撤回人",
                    ),
                ),
                (
                    "review",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="retraction",
                        to="articles.review",
                        verbose_name="审稿意见",
                    ),
                ),
            ],
            options={
                "verbose_name": "撤回的决定",
                "verbose_name_plural": "撤回的决定",
                "ordering": ["at", "pk"],
            },
        ),
    ]
