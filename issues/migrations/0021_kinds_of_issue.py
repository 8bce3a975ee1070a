"""合刊, 增刊 and 号外. What is there is a 正刊 of one number, and stays so.

Back again only while every issue is one: the schema before had no word for the others.
"""

from typing import Any

import django.core.validators
import django.db.models.functions.comparison
from django.conf import settings
from django.db import migrations, models

import issues.models.overlap


def only_regular(apps: Any, schema_editor: Any) -> None:
    others = apps.get_model("issues", "Issue").objects.exclude(kind="regular", last_number=None)
    if told := [f"{each.year} {each.kind} {each.number}" for each in others]:
        raise RuntimeError(f"Before going back, renumber or delete: {', '.join(told)}")


class Migration(migrations.Migration):
    dependencies = [
        ("issues", "0020_in_pages_has_pages"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterModelOptions(
            name="issue",
            options={
                "ordering": [
                    models.OrderBy(models.F("year"), descending=True),
                    models.OrderBy(
                        django.db.models.functions.comparison.Coalesce(
                            models.F("after"), models.F("number")
                        ),
                        descending=True,
                    ),
                    models.OrderBy(models.F("after"), descending=True, nulls_last=True),
                    models.OrderBy(models.F("date"), descending=True, nulls_first=True),
                    models.OrderBy(models.F("kind"), descending=True),
                    models.OrderBy(models.F("number"), descending=True),
                ],
                "verbose_name": "期",
                "verbose_name_plural": "期",
            },
        ),
        migrations.RemoveConstraint(
            model_name="issue",
            name="issue_once_a_year_and_number",
        ),
        migrations.AddField(
            model_name="historicalissue",
            name="after",
            field=models.PositiveSmallIntegerField(
                blank=True,
                help_text="只给增刊、号外；排在第1期之前写 0。留空就按出刊日期排。",
                null=True,
                validators=[django.core.validators.MaxValueValidator(53)],
                verbose_name="排在第几期之后",
            ),
        ),
        migrations.AddField(
            model_name="historicalissue",
            name="kind",
            field=models.CharField(
                choices=[("regular", "正刊"), ("supplement", "增刊"), ("extra", "号外")],
                default="regular",
                max_length=10,
                verbose_name="种类",
            ),
        ),
        migrations.AddField(
            model_name="historicalissue",
            name="last_number",
            field=models.PositiveSmallIntegerField(
                blank=True,
                help_text="第7–8期合刊：期号写 7，这里写 8。不是合刊就留空。",
                null=True,
                validators=[
                    django.core.validators.MinValueValidator(2),
                    django.core.validators.MaxValueValidator(53),
                ],
                verbose_name="合刊到第几期",
            ),
        ),
        migrations.AddField(
            model_name="issue",
            name="after",
            field=models.PositiveSmallIntegerField(
                blank=True,
                help_text="只给增刊、号外；排在第1期之前写 0。留空就按出刊日期排。",
                null=True,
                validators=[django.core.validators.MaxValueValidator(53)],
                verbose_name="排在第几期之后",
            ),
        ),
        migrations.AddField(
            model_name="issue",
            name="kind",
            field=models.CharField(
                choices=[("regular", "正刊"), ("supplement", "增刊"), ("extra", "号外")],
                default="regular",
                max_length=10,
                verbose_name="种类",
            ),
        ),
        migrations.AddField(
            model_name="issue",
            name="last_number",
            field=models.PositiveSmallIntegerField(
                blank=True,
                help_text="第7–8期合刊：期号写 7，这里写 8。不是合刊就留空。",
                null=True,
                validators=[
                    django.core.validators.MinValueValidator(2),
                    django.core.validators.MaxValueValidator(53),
                ],
                verbose_name="合刊到第几期",
            ),
        ),
        migrations.AlterField(
            model_name="historicalissue",
            name="number",
            field=models.PositiveSmallIntegerField(
                help_text="增刊、号外在一年里另数：头一本增刊是 1。",
                validators=[
                    django.core.validators.MinValueValidator(1),
                    django.core.validators.MaxValueValidator(53),
                ],
                verbose_name="期号",
            ),
        ),
        migrations.AlterField(
            model_name="issue",
            name="number",
            field=models.PositiveSmallIntegerField(
                help_text="增刊、号外在一年里另数：头一本增刊是 1。",
                validators=[
                    django.core.validators.MinValueValidator(1),
                    django.core.validators.MaxValueValidator(53),
                ],
                verbose_name="期号",
            ),
        ),
        migrations.AddConstraint(
            model_name="issue",
            constraint=models.UniqueConstraint(
                condition=models.Q(("kind", "regular"), _negated=True),
                fields=("year", "kind", "number"),
                name="issue_of_a_kind_once_a_year_and_number",
                violation_error_message="这一年已经有这个号的增刊或号外，请换一个期号。",
            ),
        ),
        migrations.AddConstraint(
            model_name="issue",
            constraint=issues.models.overlap.NumbersDoNotOverlap(
                name="issue_numbers_do_not_overlap"
            ),
        ),
        migrations.AddConstraint(
            model_name="issue",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("after__isnull", True),
                        ("kind", "regular"),
                        models.Q(
                            ("last_number__isnull", True),
                            models.Q(
                                ("last_number__gt", models.F("number")), ("last_number__lte", 53)
                            ),
                            _connector="OR",
                        ),
                    ),
                    models.Q(
                        ("after__isnull", False),
                        ("after__lte", 53),
                        ("kind__in", ["supplement", "extra"]),
                        ("last_number__isnull", True),
                    ),
                    _connector="OR",
                ),
                name="issue_kind_is_whole",
                violation_error_message="合刊的末期号要大于期号；增刊、号外没有合刊。",
            ),
        ),
        migrations.RunPython(migrations.RunPython.noop, only_regular),
    ]
