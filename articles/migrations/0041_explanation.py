"""Why a writer leaves somebody's number in a text that is handed in."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import servicejournal.clock


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0040_manuscripts_of_an_issue"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Explanation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("anchors", models.JSONField(default=list, verbose_name="所指各处")),
                ("digest", models.CharField(max_length=64, verbose_name="当时文本的校验值")),
                ("reason", models.CharField(max_length=300, verbose_name="理由")),
                (
                    "at",
                    models.DateTimeField(default=servicejournal.clock.now, verbose_name="时间"),
                ),
                (
                    "article",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="explanations",
                        to="articles.article",
                        verbose_name="稿件",
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="说明人",
                    ),
                ),
            ],
            options={
                "verbose_name": "保留号码的说明",
                "verbose_name_plural": "保留号码的说明",
                "ordering": ["-at", "-pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("reason", ""), _negated=True),
                            models.Q(("digest", ""), _negated=True),
                        ),
                        name="explanation_gives_a_reason",
                    )
                ],
            },
        ),
    ]
