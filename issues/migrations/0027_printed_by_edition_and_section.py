from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("issues", "0026_issues_by_their_hour")]

    operations = [
        migrations.AddIndex(
            model_name="printedarticle",
            index=models.Index(fields=["edition", "section"], name="printed_by_edition_section"),
        ),
    ]
