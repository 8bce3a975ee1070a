"""稿酬 is reckoned by rules (`issues.models.fees`)."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("servicejournal", "0026_branch_head_role"),
        ("issues", "0041_fees_of_the_masthead"),
    ]

    operations = [
        migrations.RemoveField(
            model_name="masthead",
            name="fee_at_least",
        ),
        migrations.RemoveField(
            model_name="masthead",
            name="fee_per_thousand",
        ),
    ]
