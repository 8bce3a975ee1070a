from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("servicejournal", "0016_small_office_as_it_was"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="record",
            index=models.Index(fields=["verb"], name="record_verbs"),
        ),
    ]
