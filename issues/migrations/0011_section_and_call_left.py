"""Section and Call are gone to `articles`, which has their tables now: in state alone."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0015_section_and_call"),
        ("issues", "0010_scan_of_a_back_issue"),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.RemoveField(
                    model_name="call",
                    name="issue",
                ),
                migrations.DeleteModel(
                    name="Section",
                ),
                migrations.DeleteModel(
                    name="Call",
                ),
            ],
        ),
    ]
