"""A byline holds its names as they are printed: renaming what it refers to does not change it."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("articles", "0015_section_and_call")]

    operations = [
        migrations.AddField(
            model_name="authorship",
            name="author_name",
            field=models.CharField(
                blank=True, default="", editable=False, max_length=40, verbose_name="印出的姓名"
            ),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="authorship",
            name="branch_name",
            field=models.CharField(
                blank=True, default="", editable=False, max_length=40, verbose_name="印出的单位"
            ),
            preserve_default=False,
        ),
    ]
