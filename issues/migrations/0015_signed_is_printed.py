"""A signature stands on an edition: the constraint, once every signed issue has one."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("issues", "0014_printed_by_standing_editions")]

    operations = [
        migrations.RemoveConstraint(
            model_name="issue",
            name="issue_signing_off_is_whole",
        ),
        migrations.AddConstraint(
            model_name="issue",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("signed_off_at__isnull", True),
                        ("signed_off_by__isnull", True),
                        ("signed_off_digest", ""),
                        ("standing__isnull", True),
                    ),
                    models.Q(
                        ("signed_off_at__isnull", False),
                        ("signed_off_by__isnull", False),
                        ("standing__isnull", False),
                        models.Q(("signed_off_digest", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="issue_signing_off_is_whole",
            ),
        ),
    ]
