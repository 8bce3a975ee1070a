"""What is in pages has some."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("issues", "0019_in_pages")]

    operations = [
        migrations.AddConstraint(
            model_name="edition",
            constraint=models.CheckConstraint(
                condition=models.Q(in_pages=False) | models.Q(page_count__gte=1),
                name="edition_in_pages_has_pages",
            ),
        ),
    ]
