"""Where the letters of a page stand. Pages made before are measured by `manage.py remind`."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("issues", "0031_printed_leads")]

    operations = [
        migrations.AddField(
            model_name="page",
            name="lines",
            field=models.JSONField(
                editable=False,
                help_text="见 exports/letters.py；还没有量过为空。",
                null=True,
                verbose_name="各字的位置",
            ),
        ),
    ]
