"""How large the files of an edition are is known of itself: a page asks no storage."""

from typing import Any

from django.core.files.storage import default_storage
from django.db import migrations, models


def measure(apps: Any, schema_editor: Any) -> None:
    """0 where a file is not there: nobody is told its size then."""
    for edition in apps.get_model("issues", "Edition").objects.defer("contents", "outline"):
        edition.pdf_size = _size(edition.pdf.name)
        edition.epub_size = _size(edition.epub.name)
        edition.save(update_fields=["pdf_size", "epub_size"])


def _size(name: str) -> int:
    try:
        return default_storage.size(name) if name else 0
    except OSError:
        return 0


class Migration(migrations.Migration):
    dependencies = [("issues", "0027_printed_by_edition_and_section")]

    operations = [
        migrations.AddField(
            model_name="edition",
            name="pdf_size",
            field=models.PositiveBigIntegerField(default=0, verbose_name="PDF 字节"),
        ),
        migrations.AddField(
            model_name="edition",
            name="epub_size",
            field=models.PositiveBigIntegerField(default=0, verbose_name="EPUB 字节"),
        ),
        migrations.RunPython(measure, migrations.RunPython.noop),
    ]
