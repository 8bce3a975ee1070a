"""PDF and EPUB of an edition, or why it has no PDF."""

from django.db import migrations, models

import issues.models.edition


class Migration(migrations.Migration):
    dependencies = [
        ("issues", "0007_open_findings_of_a_proof"),
    ]

    operations = [
        migrations.AddField(
            model_name="edition",
            name="epub",
            field=models.FileField(
                blank=True,
                max_length=200,
                upload_to=issues.models.edition.archive_path,
                verbose_name="EPUB",
            ),
        ),
        migrations.AddField(
            model_name="edition",
            name="pdf",
            field=models.FileField(
                blank=True,
                max_length=200,
                upload_to=issues.models.edition.archive_path,
                verbose_name="PDF",
            ),
        ),
        migrations.AddField(
            model_name="edition",
            name="without_pdf",
            field=models.CharField(blank=True, max_length=200, verbose_name="没有 PDF 的原因"),
        ),
    ]
