"""Where each article stands in a part of the flat plan, and what was done to fill its pages."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("issues", "0047_tax_of_a_counter_entry"),
    ]

    operations = [
        migrations.AddField(
            model_name="laidpart",
            name="articles",
            field=models.JSONField(
                db_default=[],
                default=list,
                help_text="按顺序：起止页（从 1 数）和为补满版面做了什么。",
                verbose_name="各篇的位置",
            ),
        ),
    ]
