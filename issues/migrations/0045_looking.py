"""An issue in the making is looked at by a link: notes, and 同意付印."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import servicejournal.clock


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0048_branch_heads"),
        ("issues", "0044_cover_designed"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="PreviewLink",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("for_whom", models.CharField(max_length=40, verbose_name="给谁看")),
                ("key", models.CharField(max_length=40, unique=True, verbose_name="随机数")),
                ("may_agree", models.BooleanField(default=False, verbose_name="可以同意付印")),
                (
                    "made_at",
                    models.DateTimeField(default=servicejournal.clock.now, verbose_name="生成时间"),
                ),
                ("expires_at", models.DateTimeField(verbose_name="有效到")),
                (
                    "revoked_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="收回时间"),
                ),
                ("opened_at", models.DateTimeField(blank=True, null=True, verbose_name="最近打开")),
                ("opened", models.PositiveIntegerField(default=0, verbose_name="打开次数")),
                (
                    "issue",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="preview_links",
                        to="issues.issue",
                        verbose_name="期",
                    ),
                ),
                (
                    "made_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="生成人",
                    ),
                ),
                (
                    "revoked_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="收回人",
                    ),
                ),
            ],
            options={
                "verbose_name": "送看链接",
                "verbose_name_plural": "送看链接",
                "ordering": ["-made_at", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="PageNote",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "round",
                    models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="校次"),
                ),
                ("name", models.CharField(max_length=40, verbose_name="姓名")),
                ("at", models.DateTimeField(default=servicejournal.clock.now, verbose_name="时间")),
                ("words", models.TextField(max_length=1000, verbose_name="意见")),
                ("quote", models.CharField(blank=True, max_length=200, verbose_name="原文")),
                ("before", models.CharField(blank=True, max_length=30, verbose_name="前文")),
                ("after", models.CharField(blank=True, max_length=30, verbose_name="后文")),
                (
                    "settled_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="处理时间"),
                ),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[("taken", "已照改"), ("left", "不改")],
                        max_length=10,
                        verbose_name="结果",
                    ),
                ),
                ("answer", models.CharField(blank=True, max_length=300, verbose_name="说明")),
                (
                    "article",
                    models.ForeignKey(
                        blank=True,
                        help_text="不填是对全期说的。",
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="page_notes",
                        to="articles.article",
                        verbose_name="文章",
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="校对人",
                    ),
                ),
                (
                    "issue",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="notes",
                        to="issues.issue",
                        verbose_name="期",
                    ),
                ),
                (
                    "settled_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="处理人",
                    ),
                ),
                (
                    "link",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="notes",
                        to="issues.previewlink",
                        verbose_name="送看链接",
                    ),
                ),
            ],
            options={
                "verbose_name": "版面意见",
                "verbose_name_plural": "版面意见",
                "ordering": ["at", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Consent",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=40, verbose_name="姓名")),
                ("words", models.CharField(blank=True, max_length=300, verbose_name="批语")),
                ("at", models.DateTimeField(default=servicejournal.clock.now, verbose_name="时间")),
                ("digest", models.CharField(max_length=64, verbose_name="所看内容的校验值")),
                (
                    "taken_back_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="收回时间"),
                ),
                (
                    "issue",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="consents",
                        to="issues.issue",
                        verbose_name="期",
                    ),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        blank=True,
                        help_text="在纸上同意的，由主编登记。",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="登记人",
                    ),
                ),
                (
                    "link",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="consents",
                        to="issues.previewlink",
                        verbose_name="送看链接",
                    ),
                ),
            ],
            options={
                "verbose_name": "同意付印",
                "verbose_name_plural": "同意付印",
                "ordering": ["at", "pk"],
            },
        ),
        migrations.AddConstraint(
            model_name="previewlink",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("key", ""), _negated=True),
                    models.Q(("for_whom", ""), _negated=True),
                    ("expires_at__gt", models.F("made_at")),
                ),
                name="preview_link_is_whole",
            ),
        ),
        migrations.AddConstraint(
            model_name="previewlink",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("revoked_at__isnull", True), ("revoked_by__isnull", True)),
                    models.Q(("revoked_at__isnull", False), ("revoked_by__isnull", False)),
                    _connector="OR",
                ),
                name="preview_link_revoked_is_whole",
            ),
        ),
        migrations.AddConstraint(
            model_name="previewlink",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("opened", 0), ("opened_at__isnull", True)),
                    models.Q(("opened__gte", 1), ("opened_at__isnull", False)),
                    _connector="OR",
                ),
                name="preview_link_opened_is_whole",
            ),
        ),
        migrations.AddConstraint(
            model_name="pagenote",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("words", ""), _negated=True), models.Q(("name", ""), _negated=True)
                ),
                name="page_note_says_something",
            ),
        ),
        migrations.AddConstraint(
            model_name="pagenote",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("by__isnull", True), ("link__isnull", False), ("round__isnull", True)
                    ),
                    models.Q(
                        ("by__isnull", False), ("link__isnull", True), ("round__in", [1, 2, 3])
                    ),
                    _connector="OR",
                ),
                name="page_note_is_of_a_link_or_a_proof",
            ),
        ),
        migrations.AddConstraint(
            model_name="pagenote",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("answer", ""),
                        ("outcome", ""),
                        ("settled_at__isnull", True),
                        ("settled_by__isnull", True),
                    ),
                    models.Q(
                        ("outcome__in", ["taken", "left"]),
                        ("settled_at__isnull", False),
                        ("settled_by__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="page_note_settled_is_whole",
            ),
        ),
        migrations.AddConstraint(
            model_name="pagenote",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("outcome", "left"), _negated=True),
                    models.Q(("answer", ""), _negated=True),
                    _connector="OR",
                ),
                name="page_note_left_with_a_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="pagenote",
            constraint=models.CheckConstraint(
                condition=models.Q(("quote", ""), ("article__isnull", False), _connector="OR"),
                name="page_note_quotes_an_article",
            ),
        ),
        migrations.AddConstraint(
            model_name="consent",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("name", ""), _negated=True), models.Q(("digest", ""), _negated=True)
                ),
                name="consent_is_by_name",
            ),
        ),
        migrations.AddConstraint(
            model_name="consent",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("link__isnull", False), ("recorded_by__isnull", True)),
                    models.Q(("link__isnull", True), ("recorded_by__isnull", False)),
                    _connector="OR",
                ),
                name="consent_is_by_a_link_or_on_paper",
            ),
        ),
        migrations.AddConstraint(
            model_name="consent",
            constraint=models.UniqueConstraint(
                condition=models.Q(("taken_back_at__isnull", True)),
                fields=("link",),
                name="consent_once_a_link",
            ),
        ),
    ]
