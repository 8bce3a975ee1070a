"""What every issue takes into its colophon, and whether all of it is demanded."""

import django.core.validators
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("servicejournal", "0029_secrets_of_telephones_are_sealed"),
    ]

    operations = [
        migrations.AddField(
            model_name="masthead",
            name="copies",
            field=models.PositiveIntegerField(
                blank=True,
                help_text="多少册。",
                null=True,
                validators=[django.core.validators.MinValueValidator(1)],
                verbose_name="印数",
            ),
        ),
        migrations.AddField(
            model_name="masthead",
            name="distributed_to",
            field=models.CharField(
                blank=True,
                default="",
                db_default="",
                help_text="如：全行员工",
                max_length=100,
                verbose_name="发送对象",
            ),
        ),
        migrations.AddField(
            model_name="masthead",
            name="is_internal",
            field=models.BooleanField(
                db_default=False,
                default=False,
                help_text="凭准印证印刷的，请打开：封面和版权页上缺了《内部资料性出版物管理办法》要的任何一项，就不能签发。",
                verbose_name="内部资料性出版物",
            ),
        ),
        migrations.AddField(
            model_name="masthead",
            name="notice",
            field=models.CharField(
                blank=True,
                default="",
                db_default="",
                help_text="内部资料性出版物写：内部资料\u3000免费交流",
                max_length=40,
                verbose_name="声明",
            ),
        ),
        migrations.AddField(
            model_name="masthead",
            name="permit",
            field=models.CharField(
                blank=True,
                default="",
                db_default="",
                help_text="写全：省、年份和编号。",
                max_length=60,
                verbose_name="准印证号",
            ),
        ),
        migrations.AddField(
            model_name="masthead",
            name="printed_by",
            field=models.CharField(
                blank=True, default="", db_default="", max_length=60, verbose_name="印刷单位"
            ),
        ),
        migrations.AlterField(
            model_name="masthead",
            name="compiled_by",
            field=models.CharField(
                blank=True,
                help_text="如：某某银行党群工作部",
                max_length=60,
                verbose_name="编印单位",
            ),
        ),
    ]
