"""The colophon has every line that an 内部资料性出版物 must have; whatever stands, has none yet."""

import django.core.validators
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("issues", "0042_tax_of_a_closed_sheet"),
    ]

    operations = [
        migrations.AddField(
            model_name="historicalissue",
            name="copies",
            field=models.PositiveIntegerField(
                blank=True,
                help_text="多少册。",
                null=True,
                validators=[
                    django.core.validators.MinValueValidator(1),
                    django.core.validators.MaxValueValidator(1000000),
                ],
                verbose_name="印数",
            ),
        ),
        migrations.AddField(
            model_name="historicalissue",
            name="distributed_to",
            field=models.CharField(
                blank=True, default="", db_default="", max_length=100, verbose_name="发送对象"
            ),
        ),
        migrations.AddField(
            model_name="historicalissue",
            name="editors",
            field=models.CharField(
                blank=True,
                default="",
                db_default="",
                help_text="留空就按记录写：本期各篇是谁初审通过的。",
                max_length=200,
                verbose_name="责任编辑",
            ),
        ),
        migrations.AddField(
            model_name="historicalissue",
            name="notice",
            field=models.CharField(
                blank=True,
                default="",
                db_default="",
                help_text="如：内部资料\u3000免费交流",
                max_length=40,
                verbose_name="声明",
            ),
        ),
        migrations.AddField(
            model_name="historicalissue",
            name="permit",
            field=models.CharField(
                blank=True, default="", db_default="", max_length=60, verbose_name="准印证号"
            ),
        ),
        migrations.AddField(
            model_name="historicalissue",
            name="printed_by",
            field=models.CharField(
                blank=True, default="", db_default="", max_length=60, verbose_name="印刷单位"
            ),
        ),
        migrations.AddField(
            model_name="historicalissue",
            name="printed_on",
            field=models.DateField(blank=True, null=True, verbose_name="印刷日期"),
        ),
        migrations.AddField(
            model_name="historicalissue",
            name="proofreaders",
            field=models.CharField(
                blank=True,
                default="",
                db_default="",
                help_text="留空就按记录写：三校是谁做的。",
                max_length=200,
                verbose_name="校对",
            ),
        ),
        migrations.AddField(
            model_name="issue",
            name="copies",
            field=models.PositiveIntegerField(
                blank=True,
                help_text="多少册。",
                null=True,
                validators=[
                    django.core.validators.MinValueValidator(1),
                    django.core.validators.MaxValueValidator(1000000),
                ],
                verbose_name="印数",
            ),
        ),
        migrations.AddField(
            model_name="issue",
            name="distributed_to",
            field=models.CharField(
                blank=True, default="", db_default="", max_length=100, verbose_name="发送对象"
            ),
        ),
        migrations.AddField(
            model_name="issue",
            name="editors",
            field=models.CharField(
                blank=True,
                default="",
                db_default="",
                help_text="留空就按记录写：本期各篇是谁初审通过的。",
                max_length=200,
                verbose_name="责任编辑",
            ),
        ),
        migrations.AddField(
            model_name="issue",
            name="notice",
            field=models.CharField(
                blank=True,
                default="",
                db_default="",
                help_text="如：内部资料\u3000免费交流",
                max_length=40,
                verbose_name="声明",
            ),
        ),
        migrations.AddField(
            model_name="issue",
            name="permit",
            field=models.CharField(
                blank=True, default="", db_default="", max_length=60, verbose_name="准印证号"
            ),
        ),
        migrations.AddField(
            model_name="issue",
            name="printed_by",
            field=models.CharField(
                blank=True, default="", db_default="", max_length=60, verbose_name="印刷单位"
            ),
        ),
        migrations.AddField(
            model_name="issue",
            name="printed_on",
            field=models.DateField(blank=True, null=True, verbose_name="印刷日期"),
        ),
        migrations.AddField(
            model_name="issue",
            name="proofreaders",
            field=models.CharField(
                blank=True,
                default="",
                db_default="",
                help_text="留空就按记录写：三校是谁做的。",
                max_length=200,
                verbose_name="校对",
            ),
        ),
        migrations.AlterField(
            model_name="historicalissue",
            name="compiled_by",
            field=models.CharField(blank=True, max_length=60, verbose_name="编印单位"),
        ),
        migrations.AlterField(
            model_name="issue",
            name="compiled_by",
            field=models.CharField(blank=True, max_length=60, verbose_name="编印单位"),
        ),
    ]
