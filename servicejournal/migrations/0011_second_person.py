"""Who confirmed a role beside who gave it, and who asks for a second person."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("servicejournal", "0010_issues_per_year"),
    ]

    operations = [
        migrations.CreateModel(
            name="RoleRequest",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("contributor", "投稿人"),
                            ("editor", "编辑（初审）"),
                            ("senior_editor", "副主编（复审）"),
                            ("chief_editor", "主编（终审、签发）"),
                            ("auditor", "审计员"),
                            ("administrator", "管理员"),
                        ],
                        max_length=20,
                        verbose_name="角色",
                    ),
                ),
                (
                    "asked_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, verbose_name="提出时间"
                    ),
                ),
                ("why", models.CharField(max_length=300, verbose_name="理由")),
                (
                    "answer",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("confirmed", "同意"),
                            ("refused", "不同意"),
                            ("withdrawn", "收回"),
                        ],
                        default="",
                        max_length=10,
                        verbose_name="答复",
                    ),
                ),
                (
                    "answered_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="答复时间"),
                ),
                ("words", models.CharField(blank=True, max_length=300, verbose_name="说明")),
            ],
            options={
                "verbose_name": "授予请求",
                "verbose_name_plural": "授予请求",
                "ordering": ["asked_at", "pk"],
            },
        ),
        migrations.AddField(
            model_name="rolegrant",
            name="confirmed_by",
            field=models.ForeignKey(
                blank=True,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="第二人",
            ),
        ),
        migrations.AddField(
            model_name="rolegrant",
            name="earlier",
            field=models.BooleanField(default=False, editable=False, verbose_name="双人制以前"),
        ),
        migrations.AddField(
            model_name="rolerequest",
            name="answered_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="答复人",
            ),
        ),
        migrations.AddField(
            model_name="rolerequest",
            name="asked_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="提出人",
            ),
        ),
        migrations.AddField(
            model_name="rolerequest",
            name="user",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="role_requests",
                to=settings.AUTH_USER_MODEL,
                verbose_name="账号",
            ),
        ),
        migrations.AddConstraint(
            model_name="rolerequest",
            constraint=models.UniqueConstraint(
                condition=models.Q(("answer", "")),
                fields=("user", "role"),
                name="rolerequest_one_at_a_time",
            ),
        ),
        migrations.AddConstraint(
            model_name="rolerequest",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("role__in", ["administrator", "chief_editor"]),
                    models.Q(("why", ""), _negated=True),
                    models.Q(("asked_by", models.F("user")), _negated=True),
                ),
                name="rolerequest_is_whole",
            ),
        ),
        migrations.AddConstraint(
            model_name="rolerequest",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("answer", ""), ("answered_at__isnull", True), ("answered_by__isnull", True)
                    ),
                    models.Q(
                        ("answer", "withdrawn"),
                        ("answered_at__isnull", False),
                        ("answered_by", models.F("asked_by")),
                    ),
                    models.Q(
                        ("answer__in", ["confirmed", "refused"]),
                        ("answered_at__isnull", False),
                        ("answered_by__isnull", False),
                        models.Q(("answered_by", models.F("asked_by")), _negated=True),
                        models.Q(("answered_by", models.F("user")), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="rolerequest_answered_by_another",
            ),
        ),
    ]
