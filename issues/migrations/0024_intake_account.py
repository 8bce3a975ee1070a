"""Where each line of a back issue's file went."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("issues", "0023_signed_by_a_deputy")]

    operations = [
        migrations.AddField(
            model_name="backissueimport",
            name="account",
            field=models.JSONField(
                blank=True,
                default=dict,
                help_text="文件里每一行去了哪里：{lines, text, page, …}。",
                verbose_name="行数去向",
            ),
        ),
    ]
