"""Who answers for an edition, by the name that they bore: readers see it."""

from typing import Any

from django.db import migrations, models


def name(apps: Any, schema_editor: Any) -> None:
    for edition in apps.get_model("issues", "Edition").objects.select_related("made_by"):
        edition.signer = (edition.made_by.name or edition.made_by.username)[:100]
        edition.save(update_fields=["signer"])


class Migration(migrations.Migration):
    dependencies = [("issues", "0017_making")]

    operations = [
        migrations.AddField(
            model_name="edition",
            name="signer",
            field=models.CharField(blank=True, max_length=100, verbose_name="签发人"),
        ),
        migrations.RunPython(name, migrations.RunPython.noop),
    ]
