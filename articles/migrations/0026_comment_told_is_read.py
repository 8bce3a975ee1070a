"""What the writer of a manuscript has seen, somebody else has seen."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0025_old_comments_are_read"),
    ]

    operations = [
        migrations.AddConstraint(
            model_name="comment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("told_at__isnull", True), ("read_at__isnull", False), _connector="OR"
                ),
                name="comment_told_is_read",
            ),
        ),
    ]
