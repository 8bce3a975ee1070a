"""Covers whose words are outlines. Of older editions `manage.py remind` draws them."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("issues", "0032_letters_of_a_page")]

    operations = [
        migrations.CreateModel(
            name="OutlinedCover",
            fields=[
                (
                    "edition",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="outlined",
                        serialize=False,
                        to="issues.edition",
                        verbose_name="版次",
                    ),
                ),
                ("drawing", models.TextField(verbose_name="封面")),
            ],
            options={
                "verbose_name": "描出字形的封面",
                "verbose_name_plural": "描出字形的封面",
            },
        ),
    ]
