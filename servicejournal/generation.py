"""When what readers see has changed: every process asks for this name once a second.

Whoever changes what stored pages show turns it, within the transaction that makes the change.
"""

import secrets

from django.db.models import F

from .models import Generation


def turn() -> None:
    """What readers see is another from the end of this transaction on. One query."""
    token = secrets.token_hex(4)
    if not Generation.objects.filter(pk=1).update(number=F("number") + 1, token=token):
        Generation.objects.bulk_create(
            [Generation(pk=1, number=1, token=token)], ignore_conflicts=True
        )


def current() -> str:
    """The name of the generation. One query."""
    row = Generation.objects.filter(pk=1).first()
    return f"{row.number}-{row.token}" if row else "0-"
