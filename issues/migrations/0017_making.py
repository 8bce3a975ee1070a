"""Editions that were asked for: how far they are, and what came of them."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0020_notices_after_publication"),
        ("issues", "0016_taken_back"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Making",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "verb",
                    models.CharField(
                        choices=[
                            ("sign_off", "签发"),
                            ("correct", "更正"),
                            ("confirm", "确认更正"),
                            ("facts", "更正封面与版权页"),
                            ("withdraw", "撤稿"),
                            ("restore", "恢复版次"),
                        ],
                        max_length=20,
                        verbose_name="事项",
                    ),
                ),
                ("what", models.JSONField(default=dict, verbose_name="内容")),
                (
                    "asked_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, verbose_name="交办时间"
                    ),
                ),
                ("step", models.CharField(blank=True, max_length=60, verbose_name="正在做")),
                ("percent", models.PositiveSmallIntegerField(default=0, verbose_name="百分之")),
                (
                    "seen_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, verbose_name="最近有动静"
                    ),
                ),
                ("ended_at", models.DateTimeField(blank=True, null=True, verbose_name="结束时间")),
                ("said", models.CharField(blank=True, max_length=300, verbose_name="结果")),
                (
                    "problem",
                    models.CharField(blank=True, max_length=300, verbose_name="没有做成的原因"),
                ),
                (
                    "article",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="articles.article",
                        verbose_name="文章",
                    ),
                ),
                (
                    "asked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="交办人",
                    ),
                ),
                (
                    "issue",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="makings",
                        to="issues.issue",
                        verbose_name="期",
                    ),
                ),
            ],
            options={
                "verbose_name": "制作",
                "verbose_name_plural": "制作",
                "ordering": ["-asked_at", "-pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at__isnull", True)),
                        fields=("issue",),
                        name="making_one_at_a_time_for_an_issue",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_at__isnull", True), ("problem", ""), ("said", "")),
                            models.Q(
                                ("ended_at__isnull", False),
                                models.Q(
                                    models.Q(("said", ""), _negated=True),
                                    models.Q(("problem", ""), _negated=True),
                                    _connector="OR",
                                ),
                            ),
                            _connector="OR",
                        ),
                        name="making_that_ended_says_how",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("percent__lte", 100)), name="making_percent_is_one"
                    ),
                ],
            },
        ),
    ]
