"""Section and Call are words of the desk too: they come here from `issues`, in state alone.

The tables keep their names, and no row of theirs is touched; `issues` 0011 gives the two up.
"""

from typing import Any

import django.db.models.deletion
from django.db import migrations, models


def move_here(apps: Any, schema_editor: Any) -> None:
    """What the admin logged of sections stays theirs. A new database has no content types yet.

    The way back begins in `issues` 0011, and so does theirs: one that Django makes anew in between
    would stand in its way.
    """
    types = apps.get_model("contenttypes", "ContentType").objects
    for name in ("call", "section"):
        if not types.filter(app_label="articles", model=name).exists():
            types.filter(app_label="issues", model=name).update(app_label="articles")


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0014_search_index"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("issues", "0010_scan_of_a_back_issue"),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.CreateModel(
                    name="Call",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("theme", models.CharField(max_length=40, verbose_name="主题")),
                        (
                            "words",
                            models.TextField(
                                help_text="写什么、多长、有什么要求；空一行就是另起一段。投稿人和首页的读者都看得到。",
                                max_length=2000,
                                verbose_name="征稿说明",
                            ),
                        ),
                        (
                            "deadline",
                            models.DateField(help_text="当天仍可以投稿。", verbose_name="截稿日期"),
                        ),
                        (
                            "closed",
                            models.BooleanField(
                                default=False,
                                help_text="不再出现在首页和投稿表单里；已投的稿件不受影响。",
                                verbose_name="提前结束",
                            ),
                        ),
                        (
                            "created_at",
                            models.DateTimeField(auto_now_add=True, verbose_name="建立"),
                        ),
                        (
                            "issue",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="calls",
                                to="issues.issue",
                                verbose_name="为哪一期",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "征稿启事",
                        "verbose_name_plural": "征稿启事",
                        "db_table": "issues_call",
                        "ordering": ["deadline", "pk"],
                    },
                ),
                migrations.AlterField(
                    model_name="article",
                    name="call",
                    field=models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="articles",
                        to="articles.call",
                        verbose_name="应征",
                    ),
                ),
                migrations.AlterField(
                    model_name="historicalarticle",
                    name="call",
                    field=models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="articles.call",
                        verbose_name="应征",
                    ),
                ),
                migrations.CreateModel(
                    name="Section",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        (
                            "name",
                            models.CharField(max_length=20, unique=True, verbose_name="栏目名"),
                        ),
                        (
                            "name_en",
                            models.CharField(blank=True, max_length=60, verbose_name="英文名"),
                        ),
                        (
                            "slug",
                            models.SlugField(
                                help_text="如 service-management",
                                max_length=60,
                                unique=True,
                                verbose_name="网址名",
                            ),
                        ),
                        (
                            "order",
                            models.PositiveSmallIntegerField(
                                default=0, help_text="目录里由小到大排列。", verbose_name="次序"
                            ),
                        ),
                        (
                            "description",
                            models.CharField(
                                blank=True,
                                help_text="给投稿人看：这个栏目登什么、多长为宜。",
                                max_length=200,
                                verbose_name="说明",
                            ),
                        ),
                        (
                            "shortest",
                            models.PositiveIntegerField(
                                blank=True,
                                help_text="字数，不含空格。写稿时显示在字数旁边。",
                                null=True,
                                verbose_name="一般不少于",
                            ),
                        ),
                        (
                            "longest",
                            models.PositiveIntegerField(
                                blank=True, help_text="字数。", null=True, verbose_name="一般不超过"
                            ),
                        ),
                        (
                            "is_preamble",
                            models.BooleanField(
                                default=False,
                                help_text="排在目录之前，单独成页，如卷首语。",
                                verbose_name="卷首",
                            ),
                        ),
                        (
                            "retired",
                            models.BooleanField(
                                default=False,
                                help_text="不再出现在投稿表单里；旧文章不变。",
                                verbose_name="已停用",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "栏目",
                        "verbose_name_plural": "栏目",
                        "db_table": "issues_section",
                        "ordering": ["order", "pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("shortest__isnull", True),
                                    ("longest__isnull", True),
                                    ("shortest__lte", models.F("longest")),
                                    _connector="OR",
                                ),
                                name="section_usual_length_is_a_range",
                                violation_error_message="“一般不少于”不能大于“一般不超过”。",
                            )
                        ],
                    },
                ),
                migrations.AlterField(
                    model_name="article",
                    name="section",
                    field=models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="articles",
                        to="articles.section",
                        verbose_name="栏目",
                    ),
                ),
                migrations.AlterField(
                    model_name="historicalarticle",
                    name="section",
                    field=models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="articles.section",
                        verbose_name="栏目",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="call",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("theme", ""), _negated=True), name="call_has_a_theme"
                    ),
                ),
            ],
        ),
        migrations.RunPython(move_here, migrations.RunPython.noop),
    ]
