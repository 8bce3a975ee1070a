"""质检: what chance drew from an issue, who read it, and the faults found."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0037_plainer_words_of_the_checking"),
        ("issues", "0024_intake_account"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="QualityCheck",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "seed",
                    models.PositiveBigIntegerField(
                        help_text="同一种子抽出同样的文章。", verbose_name="随机种子"
                    ),
                ),
                (
                    "drawn",
                    models.JSONField(
                        help_text="[{article, title, characters, digest}]，按抽到的次序。",
                        verbose_name="抽到的文章",
                    ),
                ),
                ("characters", models.PositiveIntegerField(verbose_name="检查字数")),
                ("whole", models.PositiveIntegerField(verbose_name="全期字数")),
                (
                    "drawn_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, verbose_name="抽取时间"
                    ),
                ),
                (
                    "finished_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="完成时间"),
                ),
                ("words", models.TextField(blank=True, max_length=2000, verbose_name="质检意见")),
                (
                    "drawn_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="抽取人",
                    ),
                ),
                (
                    "edition",
                    models.ForeignKey(
                        blank=True,
                        help_text="签发以前抽的没有版次。",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="quality_checks",
                        to="issues.edition",
                        verbose_name="版次",
                    ),
                ),
                (
                    "finished_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="质检人",
                    ),
                ),
                (
                    "issue",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="quality_checks",
                        to="issues.issue",
                        verbose_name="期",
                    ),
                ),
            ],
            options={
                "verbose_name": "质检",
                "verbose_name_plural": "质检",
                "ordering": ["-drawn_at", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="QualityFault",
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
                            ("fact", "事实、知识、逻辑、语法"),
                            ("characters", "错字、别字、多字、漏字"),
                            ("numerals", "数字"),
                            ("script", "简繁、字母混用"),
                            ("unit", "计量单位、符号"),
                            ("mark", "标点"),
                            ("form", "格式、序号"),
                        ],
                        max_length=10,
                        verbose_name="种类",
                    ),
                ),
                (
                    "quote",
                    models.CharField(
                        help_text="照抄错的那几个字。", max_length=100, verbose_name="错处"
                    ),
                ),
                ("right", models.CharField(blank=True, max_length=100, verbose_name="应为")),
                (
                    "place",
                    models.CharField(
                        blank=True, help_text="第几段、第几页。", max_length=60, verbose_name="位置"
                    ),
                ),
                (
                    "is_double",
                    models.BooleanField(
                        default=False,
                        help_text="封一上的，或重要名称、时间、图片，按两倍计。",
                        verbose_name="加倍",
                    ),
                ),
                (
                    "weight",
                    models.DecimalField(decimal_places=1, max_digits=4, verbose_name="计错"),
                ),
                (
                    "entered_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, verbose_name="记录时间"
                    ),
                ),
                (
                    "taken_back_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="划去时间"),
                ),
                (
                    "article",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="articles.article",
                        verbose_name="文章",
                    ),
                ),
                (
                    "entered_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="记录人",
                    ),
                ),
                (
                    "inspection",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="faults",
                        to="issues.qualitycheck",
                        verbose_name="质检",
                    ),
                ),
            ],
            options={
                "verbose_name": "质检差错",
                "verbose_name_plural": "质检差错",
                "ordering": ["entered_at", "pk"],
            },
        ),
        migrations.AddConstraint(
            model_name="qualitycheck",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("finished_at__isnull", True), ("finished_by__isnull", True)),
                    models.Q(("finished_at__isnull", False), ("finished_by__isnull", False)),
                    _connector="OR",
                ),
                name="quality_check_is_finished_by_somebody",
            ),
        ),
        migrations.AddConstraint(
            model_name="qualitycheck",
            constraint=models.CheckConstraint(
                condition=models.Q(("characters__gte", 1), ("whole__gte", models.F("characters"))),
                name="quality_check_reads_a_part",
            ),
        ),
        migrations.AddConstraint(
            model_name="qualitycheck",
            constraint=models.UniqueConstraint(
                condition=models.Q(("finished_at__isnull", True)),
                fields=("issue",),
                name="quality_check_one_at_a_time",
            ),
        ),
        migrations.AddConstraint(
            model_name="qualityfault",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("quote", ""), _negated=True),
                    ("weight__gt", 0),
                    ("weight__lte", 8),
                    (
                        "kind__in",
                        ["fact", "characters", "numerals", "script", "unit", "mark", "form"],
                    ),
                ),
                name="quality_fault_is_whole",
            ),
        ),
    ]
