"""A closed sheet keeps the terms of tax that it was closed by."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("issues", "0041_fees_of_the_masthead"),
    ]

    operations = [
        migrations.AddField(
            model_name="feesheet",
            name="tax_terms",
            field=models.JSONField(
                blank=True, editable=False, null=True, verbose_name="关账时的代扣税款办法"
            ),
        ),
    ]
