"""Those whose article readers write about are told."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0046_what_a_section_tells_readers"),
    ]

    operations = [
        migrations.AlterField(
            model_name="notice",
            name="kind",
            field=models.CharField(
                choices=[
                    ("received", "收到稿件"),
                    ("endorsed", "单位已签审"),
                    ("not_endorsed", "单位退回"),
                    ("returned", "请您修改"),
                    ("accepted", "稿件采用"),
                    ("held", "留作备用"),
                    ("rejected", "没有采用"),
                    ("placed", "编入一期"),
                    ("out", "已经刊出"),
                    ("corrected", "刊出后更正"),
                    ("taken_back", "刊出后撤下"),
                    ("deadline", "截稿临近"),
                    ("review", "审稿到期"),
                    ("role", "角色"),
                    ("confirm", "请您确认改动"),
                    ("deputy", "代行"),
                    ("assigned", "分派给您"),
                    ("taken_off", "不用您审了"),
                    ("echo", "读者来信"),
                ],
                max_length=20,
                verbose_name="事由",
            ),
        ),
    ]
