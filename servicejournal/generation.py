"""When what readers see has changed: every process asks for this name once a second.

Whoever changes what stored pages show turns it, within the transaction that makes the change.
"""

import secrets
from typing import Any

from django.db.models import F, Subquery

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
    return current_and()[0]


def current_and(*others: Subquery) -> tuple[str, Any]:
    """The name of the generation and what else is asked in the same query: None where nothing was
    ever turned.
    """
    for number, token, *told in Generation.objects.filter(pk=1).values_list(
        "number", "token", *others
    ):
        return f"{number}-{token}", told
    return "0-", None
