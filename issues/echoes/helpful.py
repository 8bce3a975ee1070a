"""有帮助: once for each reader and day, and nothing is stored of who it was.

What is kept is a hash under a salt that is drawn for the day; both go when the day is over, and
then nobody can try whose it was.
"""

import hmac
import secrets
from datetime import date

from django.db import transaction
from django.utils import timezone

from ..counts import tally
from ..models import DailyCount, DailySalt, HelpfulToday

Kind = DailyCount.Kind


@transaction.atomic
def mark(kind: DailyCount.Kind, key: int, *, reader: str) -> bool:
    """Counts that `reader` found it helpful; False where they said so today already."""
    today = timezone.localdate()
    said = f"{kind} {key} {reader}".encode()
    digest = hmac.digest(_salt(today).encode(), said, "sha256").hex()
    _, is_first = HelpfulToday.objects.get_or_create(mark=digest, defaults={"day": today})
    if is_first:
        tally.add({(kind, key, 0, today): 1})
    return is_first


def _salt(today: date) -> str:
    row, is_new = DailySalt.objects.get_or_create(
        day=today, defaults={"salt": secrets.token_hex(32)}
    )
    if is_new:
        forget(today)
    return row.salt


def forget(today: date | None = None) -> int:
    """Drops what was kept of earlier days; how many rows."""
    day = today or timezone.localdate()
    salts, _ = DailySalt.objects.filter(day__lt=day).delete()
    return salts + HelpfulToday.objects.filter(day__lt=day).delete()[0]
