"""What readers write to the editor."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0047_notices_of_echoes"),
        ("issues", "0035_closed_issues"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Echo",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(blank=True, max_length=20, verbose_name="称呼")),
                ("branch", models.CharField(blank=True, max_length=40, verbose_name="单位")),
                ("words", models.TextField(max_length=1000, verbose_name="来信")),
                (
                    "at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, verbose_name="收到时间"
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("waiting", "等编辑看"),
                            ("passed", "已登出"),
                            ("refused", "没有登"),
                        ],
                        default="waiting",
                        max_length=10,
                        verbose_name="状态",
                    ),
                ),
                (
                    "decided_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="处理时间"),
                ),
                ("why", models.CharField(blank=True, max_length=300, verbose_name="不登的理由")),
            ],
            options={
                "verbose_name": "读者来信",
                "verbose_name_plural": "读者来信",
                "ordering": ["-at", "-pk"],
            },
        ),
        migrations.AddField(
            model_name="echo",
            name="article",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="echoes",
                to="articles.article",
                verbose_name="文章",
            ),
        ),
        migrations.AddField(
            model_name="echo",
            name="decided_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="处理人",
            ),
        ),
        migrations.AddField(
            model_name="echo",
            name="manuscript",
            field=models.OneToOneField(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="echo",
                to="articles.article",
                verbose_name="成稿",
            ),
        ),
        migrations.AddIndex(
            model_name="echo",
            index=models.Index(fields=["article", "status", "at"], name="echo_under_an_article"),
        ),
        migrations.AddIndex(
            model_name="echo",
            index=models.Index(fields=["status", "at"], name="echo_by_status"),
        ),
        migrations.AddConstraint(
            model_name="echo",
            constraint=models.CheckConstraint(
                condition=models.Q(("words", ""), _negated=True), name="echo_says_something"
            ),
        ),
        migrations.AddConstraint(
            model_name="echo",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("decided_at__isnull", True),
                        ("decided_by__isnull", True),
                        ("status", "waiting"),
                        ("why", ""),
                    ),
                    models.Q(
                        ("decided_at__isnull", False),
                        ("decided_by__isnull", False),
                        ("status", "passed"),
                        ("why", ""),
                    ),
                    models.Q(
                        ("decided_at__isnull", False),
                        ("decided_by__isnull", False),
                        ("status", "refused"),
                        models.Q(("why", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="echo_decision_is_whole",
            ),
        ),
        migrations.AddConstraint(
            model_name="echo",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("manuscript__isnull", True),
                    models.Q(("status", "waiting"), _negated=True),
                    _connector="OR",
                ),
                name="echo_manuscript_of_one_that_was_passed",
            ),
        ),
    ]
