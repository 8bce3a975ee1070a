"""The usual lengths that the descriptions of the ten sections name, as numbers."""

from typing import Any

from django.db import migrations

LENGTHS = {
    "preamble": (400, 800),
    "service-management": (1500, 3000),
    "service-discussion": (1500, 3000),
    "service-sketch": (500, 1200),
    "service-vanguard": (800, 2000),
    "service-emotion": (None, 2000),
    "extraterritorial-service": (800, 2000),
    "service-support": (800, 2000),
    "service-echoes": (300, 1000),
    "service-innovate": (800, 2000),
}


def fill_in(apps: Any, schema_editor: Any) -> None:
    """Where editors have set none."""
    Section = apps.get_model("issues", "Section")
    for slug, (shortest, longest) in LENGTHS.items():
        empty = Section.objects.filter(slug=slug, shortest=None, longest=None)
        empty.update(shortest=shortest, longest=longest)


class Migration(migrations.Migration):
    dependencies = [("issues", "0004_usual_length_of_a_section")]
    operations = [migrations.RunPython(fill_in, migrations.RunPython.noop)]
