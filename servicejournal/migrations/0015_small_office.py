"""A small editorial office says so in the masthead."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("servicejournal", "0014_what_was_typed_is_forgotten"),
    ]

    operations = [
        migrations.AddField(
            model_name="masthead",
            name="small_office",
            field=models.BooleanField(
                default=False,
                help_text="打开以后，同一个人可以审三审中的两级、接连做两次校对；稿签和记录会写明。"
                "自己的稿件仍然不能审。",
                verbose_name="编辑部人手少",
            ),
        ),
    ]
