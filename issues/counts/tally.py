"""Counts what is read: in the memory of each process, written as sums every few seconds.

No row for a single look and nothing of who looked. Processes add to the same sums, each what it
counted. A process that is killed takes some seconds of counting with it, never more; one that ends
in order writes before it goes.
"""

import atexit
import logging
import os
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from threading import Lock, Timer
from unicodedata import normalize

from django.conf import settings
from django.db import DatabaseError, connection, connections, models, transaction
from django.utils import timezone

from articles.proofreading import proofread, texts
from articles.proofreading.rules import personal

from ..models import DailyCount, Edition, PrintedArticle, SearchedInVain

logger = logging.getLogger(__name__)

Kind = DailyCount.Kind
#: (kind, key, part, day), as `DailyCount` has them; of words that found nothing (words, day).
Look = tuple[str, int, int, date]
Words = tuple[str, date]
#: Of different things between two writings: who sends more than that is no reader.
MOST = 20_000
_LONGEST = 40
#: More digits than a year has may be somebody's; so may what the rules of the desk know.
_NUMBER, _BETWEEN = re.compile(r"\d{5}"), re.compile(r"[\s\-—.·]")

_lock = Lock()
_looks: Counter[Look] = Counter()
_in_vain: Counter[Words] = Counter()
_timer: Timer | None = None
_registered: set[int] = set()


def saw(kind: str, key: int, part: int = 0) -> None:
    """One more look at it, today. Whether there is such a thing is asked when it is written."""
    with _lock:
        if len(_looks) < MOST:
            _looks[kind, key, part, timezone.localdate()] += 1
    _write_soon()


def found_nothing(words: str) -> None:
    """These words were looked up in vain."""
    cleaned = without_persons(words)
    if not cleaned:
        return
    with _lock:
        if len(_in_vain) < MOST:
            _in_vain[cleaned, timezone.localdate()] += 1
    _write_soon()


def without_persons(words: str) -> str:
    """What may be kept of a query: folded, cut, and "" where any of it may be somebody's."""
    text = " ".join(normalize("NFKC", words).casefold().replace("\x00", " ").split())
    if _NUMBER.search(_BETWEEN.sub("", text)) or "@" in text:
        return ""
    is_somebodys = proofread(texts.of_file(text), rules=personal.RULES)
    return "" if is_somebodys else text[:_LONGEST].rstrip()


def _write_soon() -> None:
    global _timer
    if not settings.COUNTS_EVERY:
        write()
        return
    with _lock:
        if os.getpid() not in _registered:  # of a forked process the parent's is not its own
            _registered.add(os.getpid())
            atexit.register(write)
            _timer = None
        if _timer is None:
            _timer = Timer(settings.COUNTS_EVERY, _in_a_thread)
            _timer.daemon = True
            _timer.start()


def _in_a_thread() -> None:
    try:
        write()
    finally:
        connections.close_all()


def write() -> None:
    """Adds what was counted to the sums; what cannot be written now is counted on."""
    global _timer
    with _lock:
        looks, in_vain, _timer = Counter(_looks), Counter(_in_vain), None
        _looks.clear()
        _in_vain.clear()
    if not looks and not in_vain:
        return
    try:
        with transaction.atomic():
            add(_of_what_is_there(looks))
            _add_words(in_vain)
    except DatabaseError:
        logger.warning("What was read is counted on: the database is away", exc_info=True)
        with _lock:
            _looks.update(looks)
            _in_vain.update(in_vain)


def add(looks: Mapping[Look, int]) -> None:
    """In one order, so that two processes never wait for each other crosswise."""
    rows = [(*look, number) for look, number in sorted(looks.items())]
    _add_to(DailyCount, ("kind", "key", "part", "day"), rows)


def _add_words(in_vain: Mapping[Words, int]) -> None:
    rows = [(*found, number) for found, number in sorted(in_vain.items())]
    _add_to(SearchedInVain, ("words", "day"), rows)


#: Rows of one statement: SQLite takes some hundred values.
_ROWS = 150


def _add_to(
    model: type[models.Model], names: tuple[str, ...], rows: Sequence[tuple[str | int | date, ...]]
) -> None:
    """One statement for many rows, so that two who come at once are both counted."""
    table = model._meta.db_table
    named = ", ".join(f'"{name}"' for name in names)
    one = f"({', '.join(['%s'] * (len(names) + 1))})"
    with connection.cursor() as cursor:
        for start in range(0, len(rows), _ROWS):
            some = rows[start : start + _ROWS]
            cursor.execute(
                f'INSERT INTO {table} ({named}, "number")'  # noqa: S608  # names of our own
                f" VALUES {', '.join([one] * len(some))} ON CONFLICT ({named})"
                f' DO UPDATE SET "number" = {table}."number" + excluded."number"',
                [value for row in some for value in row],
            )


def _of_what_is_there(looks: Mapping[Look, int]) -> dict[Look, int]:
    """Without what was never out: anybody may name anything. Two queries."""
    articles = _out_of(_keys(looks, (Kind.ARTICLE,)))
    issues = _pages_of(_keys(looks, (Kind.ISSUE, Kind.PAGE)))
    return {
        look: number
        for look, number in looks.items()
        if _is_there(look, articles=articles, issues=issues)
    }


def _is_there(look: Look, *, articles: set[int], issues: Mapping[int, int]) -> bool:
    kind, key, part, _ = look
    if kind == Kind.PAGE:
        return 1 <= part <= issues.get(key, 0)
    return part == 0 and (key in issues if kind == Kind.ISSUE else key in articles)


def _keys(looks: Iterable[Look], kinds: tuple[str, ...]) -> set[int]:
    return {key for kind, key, _, _ in looks if kind in kinds}


def _out_of(articles: set[int]) -> set[int]:
    if not articles:
        return set()
    rows = PrintedArticle.objects.all_out().filter(article__in=articles).order_by()
    return set(rows.values_list("article", flat=True))


def _pages_of(issues: set[int]) -> dict[int, int]:
    """By issue that is out, how many pages it has."""
    if not issues:
        return {}
    rows = Edition.objects.all_out().filter(issue__in=issues).order_by()
    return dict(rows.values_list("issue", "page_count"))
