"""When a letter is to be tried (again): it is due, or was sent, or was given up."""

from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0008_assignment_comment_presence"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="notice",
            name="notice_letter_is_sent_or_given_up",
        ),
        migrations.AddField(
            model_name="notice",
            name="due_at",
            field=models.DateTimeField(
                blank=True, editable=False, null=True, verbose_name="下次寄"
            ),
        ),
        migrations.AddIndex(
            model_name="notice",
            index=models.Index(
                condition=models.Q(("due_at__isnull", False)), fields=["due_at"], name="notice_due"
            ),
        ),
        migrations.AddConstraint(
            model_name="notice",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("address", ""),
                        ("due_at__isnull", True),
                        ("sent_at__isnull", True),
                        ("given_up_at__isnull", True),
                    ),
                    models.Q(
                        models.Q(("address", ""), _negated=True),
                        models.Q(
                            models.Q(
                                ("due_at__isnull", False),
                                ("given_up_at__isnull", True),
                                ("sent_at__isnull", True),
                            ),
                            models.Q(
                                ("due_at__isnull", True),
                                ("given_up_at__isnull", True),
                                ("sent_at__isnull", False),
                            ),
                            models.Q(
                                ("due_at__isnull", True),
                                ("given_up_at__isnull", False),
                                ("sent_at__isnull", True),
                            ),
                            _connector="OR",
                        ),
                    ),
                    _connector="OR",
                ),
                name="notice_letter_is_due_sent_or_given_up",
            ),
        ),
    ]
