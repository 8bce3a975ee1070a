"""征稿启事: calls for papers."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("issues", "0002_ten_sections"),
    ]

    operations = [
        migrations.CreateModel(
            name="Call",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
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
                (
                    "closed",
                    models.BooleanField(
                        default=False,
                        help_text="不再出现在首页和投稿表单里；已投的稿件不受影响。",
                        verbose_name="提前结束",
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="建立")),
            ],
            options={
                "verbose_name": "征稿启事",
                "verbose_name_plural": "征稿启事",
                "ordering": ["deadline", "pk"],
            },
        ),
        migrations.AddConstraint(
            model_name="call",
            constraint=models.CheckConstraint(
                condition=models.Q(("theme", ""), _negated=True), name="call_has_a_theme"
            ),
        ),
    ]
