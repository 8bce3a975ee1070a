"""When what readers see has changed: every process asks for this name once a second.

Whoever changes what stored pages show turns it, within the transaction that makes the change.
"""

import secrets

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
    row = Generation.objects.filter(pk=1).first()
    return named(row.number, row.token) if row else named(None, None)


def beside() -> tuple[Subquery, Subquery]:
    """For somebody else's query, which asks for both parts of the name too (`named`)."""
    rows = Generation.objects.filter(pk=1)
    return Subquery(rows.values("number")), Subquery(rows.values("token"))


def named(number: int | None, token: str | None) -> str:
    """Both are None where nothing was ever turned."""
    return f"{number or 0}-{token or ''}"
