"""What a counter-entry changes of the tax stands with it."""

from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [
        ("issues", "0046_print_order"),
    ]

    operations = [
        migrations.AddField(
            model_name="feeentry",
            name="tax_fen",
            field=models.IntegerField(db_default=0, default=0, verbose_name="代扣税增减（分）"),
        ),
        migrations.AddConstraint(
            model_name="feeentry",
            constraint=models.CheckConstraint(
                condition=Q(tax_fen__gte=-10_000_000, tax_fen__lte=10_000_000),
                name="feeentry_tax_is_plausible",
            ),
        ),
    ]
