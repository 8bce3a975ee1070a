"""Counts who comes through, so that nobody makes accounts or sends mail by the hundred."""

import time
from hashlib import sha256

from django.core.cache import cache

_HOUR = 3600


def lets_through(gate: str, who: str, *, limit: int) -> bool:
    """Counts one more of this hour for `who`; False when that is more than `limit`."""
    return count(gate, who) <= limit


def count(gate: str, who: str) -> int:
    """Counts one more of this hour for `who`; how many that makes."""
    slot = _slot(gate, who)
    cache.add(slot, 0, timeout=_HOUR)
    try:
        number = int(cache.incr(slot))
    except ValueError:  # it was thrown out between the two lines
        return 1
    cache.touch(slot, _HOUR)  # some caches forget the time when they count
    return number


def counted(gate: str, who: str) -> int:
    """How many of this hour; counts nothing."""
    return int(cache.get(_slot(gate, who), 0))


def is_shut(gate: str, who: str, *, limit: int) -> bool:
    """True where the next one would be too many; counts nothing."""
    return counted(gate, who) >= limit


def _slot(gate: str, who: str) -> str:
    """Hashed: a cache is no place for addresses in the clear, and some refuse such keys."""
    return f"turnstile:{gate}:{int(time.time()) // _HOUR}:{sha256(who.encode()).hexdigest()}"
