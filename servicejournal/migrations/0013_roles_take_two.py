"""Nobody gives themselves a role; the chief editor's and the administrator's take two people."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("servicejournal", "0012_roles_given_before"),
    ]

    operations = [
        migrations.AddConstraint(
            model_name="rolegrant",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("earlier", True),
                    ("granted_by__isnull", True),
                    models.Q(("granted_by", models.F("user")), _negated=True),
                    _connector="OR",
                ),
                name="rolegrant_not_by_oneself",
            ),
        ),
        migrations.AddConstraint(
            model_name="rolegrant",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("confirmed_by__isnull", True),
                    models.Q(
                        ("granted_by__isnull", False),
                        models.Q(("confirmed_by", models.F("granted_by")), _negated=True),
                        models.Q(("confirmed_by", models.F("user")), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="rolegrant_second_is_another",
            ),
        ),
        migrations.AddConstraint(
            model_name="rolegrant",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("earlier", True),
                    ("granted_by__isnull", True),
                    ("confirmed_by__isnull", False),
                    models.Q(("role__in", ["administrator", "chief_editor"]), _negated=True),
                    _connector="OR",
                ),
                name="rolegrant_by_two_where_it_takes_two",
            ),
        ),
    ]
