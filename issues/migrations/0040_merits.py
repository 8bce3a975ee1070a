"""Quotas, rules of points, praised articles, 通报."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0048_branch_heads"),
        ("issues", "0039_fees"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Bulletin",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("period", models.CharField(max_length=40, unique=True, verbose_name="时段")),
                ("heading", models.CharField(max_length=80, verbose_name="标题")),
                ("addressed", models.CharField(blank=True, max_length=100, verbose_name="主送")),
                ("opening", models.TextField(blank=True, max_length=2000, verbose_name="开头")),
                ("comment", models.TextField(blank=True, max_length=4000, verbose_name="评点")),
                ("call", models.TextField(blank=True, max_length=4000, verbose_name="下一步要求")),
                ("signed", models.CharField(blank=True, max_length=60, verbose_name="落款")),
                ("dated", models.DateField(blank=True, null=True, verbose_name="日期")),
                ("version", models.PositiveIntegerField(default=1, verbose_name="第几次保存")),
                (
                    "saved_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, verbose_name="保存时间"
                    ),
                ),
                (
                    "saved_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="保存人",
                    ),
                ),
            ],
            options={
                "verbose_name": "通报",
                "verbose_name_plural": "通报",
                "ordering": ["-period"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("period", ""), _negated=True),
                            models.Q(("heading", ""), _negated=True),
                        ),
                        name="bulletin_has_a_heading",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="PointRule",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "since",
                    models.DateField(
                        help_text="这一天和以后的投稿、出刊适用。", verbose_name="从哪天起"
                    ),
                ),
                (
                    "what",
                    models.CharField(
                        choices=[
                            ("handed", "投稿，每篇"),
                            ("printed", "刊出，每篇"),
                            ("grade", "等次，每篇另加"),
                            ("length", "长文，每篇另加"),
                            ("pictures", "图文稿，每篇另加"),
                            ("late", "过了征稿截止，每篇扣"),
                        ],
                        max_length=10,
                        verbose_name="项目",
                    ),
                ),
                (
                    "grade",
                    models.CharField(
                        blank=True,
                        choices=[("excellent", "优秀稿件"), ("headline", "头条")],
                        max_length=10,
                        verbose_name="等次",
                    ),
                ),
                (
                    "at_least",
                    models.PositiveIntegerField(
                        default=0, help_text="长文写字数，图文稿写图片幅数。", verbose_name="不少于"
                    ),
                ),
                (
                    "hundredths",
                    models.PositiveIntegerField(
                        help_text="200 是 2 分。", verbose_name="积分（百分之一分）"
                    ),
                ),
                (
                    "section",
                    models.ForeignKey(
                        blank=True,
                        help_text="留空是所有栏目；写了栏目的优先。",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="articles.section",
                        verbose_name="栏目",
                    ),
                ),
            ],
            options={
                "verbose_name": "积分办法",
                "verbose_name_plural": "积分办法",
                "ordering": ["-since", "what", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("since", "what", "section", "grade"),
                        name="pointrule_once_a_day",
                        violation_error_message="这一天起已有一条同样的办法，请改那一条。",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("section__isnull", True)),
                        fields=("since", "what", "grade"),
                        name="pointrule_of_all_sections_once_a_day",
                        violation_error_message="这一天起已有一条同样的办法，请改那一条。",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("grade__in", ["", "excellent", "headline"]),
                            ("hundredths__lte", 100000),
                            (
                                "what__in",
                                ["handed", "printed", "grade", "length", "pictures", "late"],
                            ),
                        ),
                        name="pointrule_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("what", "grade"), models.Q(("grade", ""), _negated=True)),
                            models.Q(models.Q(("what", "grade"), _negated=True), ("grade", "")),
                            _connector="OR",
                        ),
                        name="pointrule_grade_where_it_counts",
                        violation_error_message="等次只写在“等次，每篇另加”里，那里一定要写。",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Praise",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "grade",
                    models.CharField(
                        choices=[("excellent", "优秀稿件"), ("headline", "头条")],
                        default="excellent",
                        max_length=10,
                        verbose_name="等次",
                    ),
                ),
                ("reason", models.CharField(max_length=300, verbose_name="理由")),
                (
                    "at",
                    models.DateTimeField(default=django.utils.timezone.now, verbose_name="时间"),
                ),
                (
                    "article",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="praises",
                        to="articles.article",
                        verbose_name="文章",
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="经手人",
                    ),
                ),
            ],
            options={
                "verbose_name": "优秀稿件",
                "verbose_name_plural": "优秀稿件",
                "ordering": ["at", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("article", "grade"), name="praise_once_a_grade"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("grade__in", ["excellent", "headline"]),
                            models.Q(("reason", ""), _negated=True),
                        ),
                        name="praise_gives_a_reason",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Quota",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("year", models.PositiveSmallIntegerField(verbose_name="年")),
                ("pieces", models.PositiveSmallIntegerField(verbose_name="篇数")),
                (
                    "branch",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="quotas",
                        to="articles.branch",
                        verbose_name="单位",
                    ),
                ),
            ],
            options={
                "verbose_name": "考核任务",
                "verbose_name_plural": "考核任务",
                "ordering": ["-year", "branch"],
                "constraints": [
                    models.UniqueConstraint(fields=("branch", "year"), name="quota_once_a_year"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("pieces__gte", 1),
                            ("pieces__lte", 999),
                            ("year__gte", 1980),
                            ("year__lte", 2100),
                        ),
                        name="quota_is_plausible",
                    ),
                ],
            },
        ),
    ]
