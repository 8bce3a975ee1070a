"""The branch that somebody states who finds it in no list; user names once, in any case."""

import django.db.models.functions.text
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("servicejournal", "0003_registration")]

    operations = [
        migrations.AddField(
            model_name="user",
            name="stated_branch",
            field=models.CharField(
                blank=True,
                default="",
                editable=False,
                help_text="注册时列表里没有的单位；编辑核实时选定，不会因此新建单位。",
                max_length=40,
                verbose_name="自填单位",
            ),
            preserve_default=False,
        ),
        migrations.AddConstraint(
            model_name="user",
            constraint=models.UniqueConstraint(
                django.db.models.functions.text.Lower("username"),
                name="user_name_once_in_any_case",
                violation_error_message="这个用户名已经有人用了（不分大小写）。",
            ),
        ),
    ]
