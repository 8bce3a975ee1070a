"""A letter that was refused is not kept for ever: what was written and who wrote it go.

When it came, which article it spoke of, who refused it, when and why stay, as with a manuscript
that was not taken, and after the same time: `REJECTED_DAYS`.
"""

from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from articles.writing.forgetting import GONE
from servicejournal import record
from servicejournal.models import User

from ..models import Echo

VERB = "清理没有登的来信"
_CLEARED = {"name": "", "branch": "", "words": GONE}


def due(days: int) -> QuerySet[Echo]:
    """Those that were refused so many days ago, and still say something."""
    before = timezone.now() - timedelta(days=days)
    refused = Echo.objects.filter(status=Echo.Status.REFUSED, decided_at__lt=before)
    return refused.exclude(**_CLEARED).order_by("pk")


def sweep(*, days: int | None = None, for_good: bool = True) -> int:
    """How many; nothing happens where it is not `for_good`, or the rule is off (0 days)."""
    days = settings.REJECTED_DAYS if days is None else days
    if not days:
        return 0
    keys = list(due(days).values_list("pk", flat=True))
    return sum(forget(pk, days=days) for pk in keys) if for_good else len(keys)


@transaction.atomic
def forget(pk: int, *, days: int) -> bool:
    """False where somebody else was faster. Writes the record."""
    echo = due(days).select_for_update(of=("self",)).filter(pk=pk).first()
    if echo is None:
        return False
    for name, left in _CLEARED.items():
        setattr(echo, name, left)
    echo.save(update_fields=list(_CLEARED))
    why = f"没有登已满 {days} 天"
    record.write(VERB, echo, by=User.objects.system(), why=why, article=echo.article_id)
    return True
