"""One of 本刊词表 is a 词条."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("articles", "0048_branch_heads")]

    operations = [
        migrations.AlterModelOptions(
            name="houseterm",
            options={
                "ordering": ["word"],
                "verbose_name": "词条",
                "verbose_name_plural": "本刊词表",
            },
        ),
    ]
