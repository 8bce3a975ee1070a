"""稿酬 is reckoned by rules (`issues.models.fees`): the program asks the masthead no more.

The two columns stay in the table, unread, for the program of the version before, which goes on
while this one is put in (docs/upgrading.md). The next version may take them away.
"""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("servicejournal", "0026_branch_head_role"),
        ("issues", "0041_fees_of_the_masthead"),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.RemoveField(
                    model_name="masthead",
                    name="fee_at_least",
                ),
                migrations.RemoveField(
                    model_name="masthead",
                    name="fee_per_thousand",
                ),
            ]
        ),
    ]
