"""单位负责人签审."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0004_attachment"),
        ("servicejournal", "__first__"),
    ]

    operations = [
        migrations.CreateModel(
            name="Endorsement",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("digest", models.CharField(max_length=64, verbose_name="送签文本的校验值")),
                (
                    "asked_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, verbose_name="送签时间"
                    ),
                ),
                (
                    "answer",
                    models.CharField(
                        blank=True,
                        choices=[("agreed", "同意报送"), ("refused", "退回作者")],
                        max_length=10,
                        verbose_name="结果",
                    ),
                ),
                ("signer", models.CharField(blank=True, max_length=40, verbose_name="签审人")),
                ("post", models.CharField(blank=True, max_length=40, verbose_name="职务")),
                ("words", models.TextField(blank=True, max_length=500, verbose_name="意见")),
                (
                    "answered_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="签审时间"),
                ),
                (
                    "article",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="endorsements",
                        to="articles.article",
                        verbose_name="稿件",
                    ),
                ),
                (
                    "asked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="送签人",
                    ),
                ),
            ],
            options={
                "verbose_name": "单位签审",
                "verbose_name_plural": "单位签审",
                "ordering": ["-asked_at", "-pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("answer", ""), ("answered_at__isnull", True), ("signer", "")),
                            models.Q(
                                ("answer__in", ["agreed", "refused"]),
                                ("answered_at__isnull", False),
                                models.Q(("signer", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="endorsement_is_whole",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("answer", "refused"), _negated=True),
                            models.Q(("words", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="endorsement_refused_gives_a_reason",
                    ),
                ],
            },
        ),
    ]
