"""The password that an account has is the first of its past; its age counts from here."""

from typing import Any

from django.db import migrations
from django.db.models import Q


def note(apps: Any, schema_editor: Any) -> None:
    User, PasswordSet = (apps.get_model("servicejournal", name) for name in ("User", "PasswordSet"))
    unusable = Q(password="") | Q(password__startswith="!")  # noqa: S106  # as Django marks them
    with_one = User.objects.exclude(unusable)
    PasswordSet.objects.bulk_create(
        PasswordSet(user=user, digest=user.password) for user in with_one.iterator()
    )


class Migration(migrations.Migration):
    dependencies = [("servicejournal", "0021_passwords_that_were_set")]

    operations = [migrations.RunPython(note, migrations.RunPython.noop)]
