"""The only writer of the record of who did what."""

from typing import Any

from django.db import models

from .models import Record, User
from .web import whereabouts


def write(
    verb: str, subject: models.Model, *, by: User | str, why: str = "", **what: Any
) -> Record:
    """Adds one row to the record. `what` must be JSON; call it inside the verb's transaction.

    `by` is an account, or the name that somebody without one gave.
    """
    actor, actor_pk = (by, None) if isinstance(by, str) else (by.name or by.username, by.pk)
    return Record.objects.create(
        actor=actor[:100],
        actor_pk=actor_pk,
        address=whereabouts.address(),
        verb=verb,
        subject_type=subject._meta.label_lower,
        subject_pk=subject.pk,
        subject=str(subject)[:250],
        why=why,
        what=what,
    )


def of(subject: models.Model) -> models.QuerySet[Record]:
    """What happened to one object, the newest first."""
    return Record.objects.filter(subject_type=subject._meta.label_lower, subject_pk=subject.pk)
