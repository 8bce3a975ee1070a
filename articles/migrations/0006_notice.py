"""What people are told."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0005_endorsement"),
        ("servicejournal", "__first__"),
    ]

    operations = [
        migrations.CreateModel(
            name="Notice",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("received", "收到稿件"),
                            ("endorsed", "单位已签审"),
                            ("not_endorsed", "单位退回"),
                            ("returned", "请您修改"),
                            ("accepted", "稿件采用"),
                            ("held", "留作备用"),
                            ("rejected", "没有采用"),
                            ("placed", "编入一期"),
                            ("out", "已经刊出"),
                            ("deadline", "截稿临近"),
                        ],
                        max_length=20,
                        verbose_name="事由",
                    ),
                ),
                (
                    "key",
                    models.CharField(
                        editable=False, max_length=100, unique=True, verbose_name="场合"
                    ),
                ),
                ("subject", models.CharField(max_length=160, verbose_name="标题")),
                ("words", models.TextField(verbose_name="内容")),
                ("path", models.CharField(blank=True, max_length=200, verbose_name="页面")),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="时间")),
                ("read_at", models.DateTimeField(blank=True, null=True, verbose_name="看过")),
                ("address", models.EmailField(blank=True, max_length=254, verbose_name="寄往")),
                (
                    "attempts",
                    models.PositiveSmallIntegerField(
                        default=0, editable=False, verbose_name="寄了几次"
                    ),
                ),
                (
                    "sent_at",
                    models.DateTimeField(
                        blank=True, editable=False, null=True, verbose_name="寄出"
                    ),
                ),
                (
                    "given_up_at",
                    models.DateTimeField(
                        blank=True, editable=False, null=True, verbose_name="没有寄到"
                    ),
                ),
                (
                    "error",
                    models.CharField(
                        blank=True, editable=False, max_length=300, verbose_name="寄信的错误"
                    ),
                ),
                (
                    "article",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="notices",
                        to="articles.article",
                        verbose_name="稿件",
                    ),
                ),
                (
                    "recipient",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="notices",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="收件人",
                    ),
                ),
            ],
            options={
                "verbose_name": "通知",
                "verbose_name_plural": "通知",
                "ordering": ["-created_at", "-pk"],
                "indexes": [models.Index(fields=["recipient", "read_at"], name="notice_unread")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("sent_at__isnull", True),
                            ("given_up_at__isnull", True),
                            _connector="OR",
                        ),
                        name="notice_letter_is_sent_or_given_up",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("given_up_at__isnull", True),
                            models.Q(("error", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="notice_given_up_says_why",
                    ),
                ],
            },
        ),
    ]
