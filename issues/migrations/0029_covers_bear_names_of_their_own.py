"""Two covers that come in at once never have one name, whatever the storage is."""

from django.db import migrations, models

import issues.models.stated


class Migration(migrations.Migration):
    dependencies = [("issues", "0028_sizes_of_an_edition")]

    operations = [
        migrations.AlterField(
            model_name="issue",
            name="cover",
            field=models.ImageField(
                blank=True,
                help_text="竖版，210×285 毫米的比例。留空就用自动画出的封面。",
                max_length=200,
                upload_to=issues.models.stated.cover_path,
                verbose_name="封面图片",
            ),
        ),
    ]
