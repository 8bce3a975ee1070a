"""Secrets of telephones that lay open are sealed; on the way back they lie open again.

What cannot be opened, because SECRET_KEY is another, stays as it is either way.
"""

from collections.abc import Iterator
from contextlib import suppress
from typing import Any

from django.db import migrations

from servicejournal.models import telephone


def seal(apps: Any, schema_editor: Any) -> None:
    for phone in _phones(apps, schema_editor):
        if not telephone.is_current(phone.key, account=phone.user_id):
            with suppress(telephone.Unreadable):
                secret = telephone.opened(phone.key, account=phone.user_id)
                _keep(phone, telephone.sealed(secret, account=phone.user_id))


def lay_open(apps: Any, schema_editor: Any) -> None:
    for phone in _phones(apps, schema_editor):
        with suppress(telephone.Unreadable):
            _keep(phone, telephone.opened(phone.key, account=phone.user_id).hex())


def _phones(apps: Any, schema_editor: Any) -> Iterator[Any]:
    every = apps.get_model("otp_totp", "TOTPDevice").objects
    yield from every.using(schema_editor.connection.alias).order_by("pk").iterator()


def _keep(phone: Any, key: str) -> None:
    phone.key = key
    phone.save(update_fields=["key"])


class Migration(migrations.Migration):
    dependencies = [("servicejournal", "0028_telephone")]

    operations = [migrations.RunPython(seal, lay_open)]
