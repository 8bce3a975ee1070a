"""稿酬: rules, tax, sheets, counter-entries."""

import django.core.validators
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import servicejournal.clock


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0048_branch_heads"),
        ("issues", "0038_page_plan"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="FeeSheet",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "reckoned_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, verbose_name="计算时间"
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1, verbose_name="第几次改动")),
                (
                    "checked_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="核对时间"),
                ),
                ("closed_at", models.DateTimeField(blank=True, null=True, verbose_name="关账时间")),
                (
                    "checked_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="核对人",
                    ),
                ),
                (
                    "closed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="关账人",
                    ),
                ),
                (
                    "edition",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="issues.edition",
                        verbose_name="按哪一版算",
                    ),
                ),
                (
                    "issue",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="fee_sheet",
                        to="issues.issue",
                        verbose_name="期",
                    ),
                ),
            ],
            options={
                "verbose_name": "稿酬单",
                "verbose_name_plural": "稿酬单",
                "ordering": ["-reckoned_at", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="Fee",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("place", models.PositiveSmallIntegerField(verbose_name="次序")),
                ("title", models.CharField(max_length=120, verbose_name="题目")),
                ("author_name", models.CharField(max_length=40, verbose_name="印出的姓名")),
                (
                    "branch_name",
                    models.CharField(blank=True, max_length=40, verbose_name="印出的单位"),
                ),
                ("reckoned_fen", models.PositiveIntegerField(verbose_name="按标准（分）")),
                (
                    "fen",
                    models.PositiveIntegerField(
                        validators=[django.core.validators.MaxValueValidator(10000000)],
                        verbose_name="金额（分）",
                    ),
                ),
                ("how", models.CharField(max_length=300, verbose_name="怎样算的")),
                ("why", models.CharField(blank=True, max_length=300, verbose_name="改动的理由")),
                (
                    "article",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="fees",
                        to="articles.article",
                        verbose_name="文章",
                    ),
                ),
                (
                    "author",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="fees",
                        to="articles.author",
                        verbose_name="作者",
                    ),
                ),
                (
                    "branch",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="fees",
                        to="articles.branch",
                        verbose_name="署名单位",
                    ),
                ),
                (
                    "changed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="改动人",
                    ),
                ),
                (
                    "sheet",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="fees",
                        to="issues.feesheet",
                        verbose_name="稿酬单",
                    ),
                ),
            ],
            options={
                "verbose_name": "稿酬",
                "verbose_name_plural": "稿酬",
                "ordering": ["sheet", "place", "pk"],
            },
        ),
        migrations.CreateModel(
            name="TaxRule",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("since", models.DateField(unique=True, verbose_name="从哪天起")),
                (
                    "name",
                    models.CharField(
                        default="稿酬所得预扣个人所得税", max_length=40, verbose_name="名称"
                    ),
                ),
                (
                    "free_fen",
                    models.PositiveIntegerField(
                        default=80000, verbose_name="不满多少不扣，也是减除的费用（分）"
                    ),
                ),
                (
                    "flat_to_fen",
                    models.PositiveIntegerField(
                        default=400000, verbose_name="到多少为止减除定额（分）"
                    ),
                ),
                (
                    "off_permille",
                    models.PositiveSmallIntegerField(
                        default=200, verbose_name="以上减除（千分之）"
                    ),
                ),
                (
                    "taxed_permille",
                    models.PositiveSmallIntegerField(
                        default=700, verbose_name="按余额的多少计（千分之）"
                    ),
                ),
                (
                    "rate_permille",
                    models.PositiveSmallIntegerField(default=200, verbose_name="税率（千分之）"),
                ),
            ],
            options={
                "verbose_name": "代扣税款办法",
                "verbose_name_plural": "代扣税款办法",
                "ordering": ["-since"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("free_fen__lte", models.F("flat_to_fen")),
                            ("off_permille__lte", 1000),
                            ("rate_permille__lte", 1000),
                            ("taxed_permille__lte", 1000),
                        ),
                        name="taxrule_is_plausible",
                        violation_error_message="千分之不能大于 1000，减除的费用不能大于定额的上限。",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="FeeEntry",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("fen", models.IntegerField(verbose_name="增减（分）")),
                ("why", models.CharField(max_length=300, verbose_name="理由")),
                ("at", models.DateTimeField(default=servicejournal.clock.now, verbose_name="时间")),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="经手人",
                    ),
                ),
                (
                    "fee",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="entries",
                        to="issues.fee",
                        verbose_name="稿酬",
                    ),
                ),
            ],
            options={
                "verbose_name": "稿酬冲账",
                "verbose_name_plural": "稿酬冲账",
                "ordering": ["at", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("fen", 0), _negated=True),
                            models.Q(("why", ""), _negated=True),
                            ("fen__gte", -10000000),
                            ("fen__lte", 10000000),
                        ),
                        name="feeentry_is_whole",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="FeeRule",
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
                        help_text="这一天和以后出刊的各期适用；以前的不变。",
                        verbose_name="从哪天起",
                    ),
                ),
                (
                    "basis",
                    models.CharField(
                        choices=[
                            ("thousand", "正文：每千字"),
                            ("piece", "正文：每篇"),
                            ("picture", "图片：每幅"),
                            ("bonus", "奖励：每篇另加"),
                        ],
                        max_length=10,
                        verbose_name="算法",
                    ),
                ),
                (
                    "grade",
                    models.CharField(
                        blank=True,
                        choices=[("excellent", "优秀稿件"), ("headline", "头条")],
                        help_text="留空是不论等次；写了等次的优先。",
                        max_length=10,
                        verbose_name="等次",
                    ),
                ),
                (
                    "fen",
                    models.PositiveIntegerField(
                        validators=[django.core.validators.MaxValueValidator(10000000)],
                        verbose_name="金额（分）",
                    ),
                ),
                (
                    "at_least_fen",
                    models.PositiveIntegerField(
                        blank=True,
                        null=True,
                        validators=[django.core.validators.MaxValueValidator(10000000)],
                        verbose_name="每篇至少（分）",
                    ),
                ),
                (
                    "at_most_fen",
                    models.PositiveIntegerField(
                        blank=True,
                        null=True,
                        validators=[django.core.validators.MaxValueValidator(10000000)],
                        verbose_name="每篇至多（分）",
                    ),
                ),
                (
                    "counting",
                    models.CharField(
                        choices=[
                            ("exact", "按实际字数"),
                            ("halves", "不足五百字的按五百字，往上按整五百字"),
                        ],
                        default="exact",
                        help_text="只用于每千字。",
                        max_length=10,
                        verbose_name="字数",
                    ),
                ),
                (
                    "step_fen",
                    models.PositiveIntegerField(
                        default=100,
                        help_text="1 是分，100 是元，1000 是十元。",
                        verbose_name="取整到（分）",
                    ),
                ),
                (
                    "rounding",
                    models.CharField(
                        choices=[("half", "四舍五入"), ("up", "向上"), ("down", "舍去")],
                        default="half",
                        max_length=10,
                        verbose_name="取整",
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
                "verbose_name": "稿酬标准",
                "verbose_name_plural": "稿酬标准",
                "ordering": ["-since", "basis", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("since", "basis", "section", "grade"),
                        name="feerule_once_a_day",
                        violation_error_message="这一天起已有一条同样的标准，请改那一条。",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("section__isnull", True)),
                        fields=("since", "basis", "grade"),
                        name="feerule_of_all_sections_once_a_day",
                        violation_error_message="这一天起已有一条同样的标准，请改那一条。",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("basis__in", ["thousand", "piece", "picture", "bonus"]),
                            ("counting__in", ["exact", "halves"]),
                            ("rounding__in", ["half", "up", "down"]),
                            ("grade__in", ["", "excellent", "headline"]),
                            ("fen__lte", 10000000),
                            ("step_fen__gte", 1),
                        ),
                        name="feerule_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("at_least_fen__isnull", True),
                            ("at_most_fen__isnull", True),
                            ("at_least_fen__lte", models.F("at_most_fen")),
                            _connector="OR",
                        ),
                        name="feerule_least_is_below_most",
                        violation_error_message="“每篇至少”不能大于“每篇至多”。",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("basis", "bonus"), _negated=True),
                            models.Q(("grade", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="feerule_bonus_is_of_a_grade",
                        violation_error_message="奖励要写明是哪个等次。",
                    ),
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="feesheet",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("checked_at__isnull", True), ("checked_by__isnull", True)),
                    models.Q(("checked_at__isnull", False), ("checked_by__isnull", False)),
                    _connector="OR",
                ),
                name="feesheet_checking_is_whole",
            ),
        ),
        migrations.AddConstraint(
            model_name="feesheet",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("closed_at__isnull", True), ("closed_by__isnull", True)),
                    models.Q(
                        ("checked_by__isnull", False),
                        ("closed_at__isnull", False),
                        ("closed_by__isnull", False),
                        models.Q(("closed_by", models.F("checked_by")), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="feesheet_closed_by_a_second_person",
            ),
        ),
        migrations.AddIndex(
            model_name="fee",
            index=models.Index(fields=["author", "sheet"], name="fee_of_an_author"),
        ),
        migrations.AddConstraint(
            model_name="fee",
            constraint=models.UniqueConstraint(
                fields=("sheet", "article", "place"), name="fee_once_a_place"
            ),
        ),
        migrations.AddConstraint(
            model_name="fee",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("changed_by__isnull", True), ("fen", models.F("reckoned_fen")), ("why", "")
                    ),
                    models.Q(("changed_by__isnull", False), models.Q(("why", ""), _negated=True)),
                    _connector="OR",
                ),
                name="fee_is_changed_with_a_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="fee",
            constraint=models.CheckConstraint(
                condition=models.Q(("fen__lte", 10000000)), name="fee_is_plausible"
            ),
        ),
    ]
