"""Manuscripts are in the index of the search, each with the moment of its text."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0031_notices_of_deputies"),
    ]

    operations = [
        migrations.AddField(
            model_name="searchentry",
            name="made_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="建立"),
        ),
        migrations.AddIndex(
            model_name="searchentry",
            index=models.Index(fields=["kind", "-made_at"], name="search_entry_newest"),
        ),
    ]
