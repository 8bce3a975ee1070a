"""可能是同一单位, 可能是同一人: rows whose names differ in spaces, dots, width and case alone.

A query or two and one pass: 10,000 authors take a moment, so lists can ask whenever they are shown.
"""

from collections import defaultdict
from collections.abc import Hashable, Iterable
from dataclasses import dataclass

from servicejournal import spelling

from ..models import Author, Branch


@dataclass(frozen=True, slots=True)
class Alike:
    """Rows that may be one: their keys, and how each is called in the lists."""

    keys: tuple[int, ...]
    names: tuple[str, ...]


def branches() -> list[Alike]:
    rows = Branch.objects.order_by("pk").values_list("pk", "name")
    return _groups((spelling.folded(name), pk, name) for pk, name in rows)


def authors() -> list[Alike]:
    """In one branch, or in two that are spelt alike, or of which one moved into the other. Who has
    a 同名区分 was told apart by somebody, and is not asked about again.
    """
    named = {pk: (name, into) for pk, name, into in _branches()}
    ends = {pk: spelling.folded(_end(pk, named)) for pk in named}
    rows = Author.objects.filter(namesake="").order_by("pk")
    found = []
    for pk, name, branch in rows.values_list("pk", "name", "branch_id"):
        shown = f"{named[branch][0]} {name}" if branch in named else name
        found.append(((spelling.folded(name), ends.get(branch, "")), pk, shown))
    return _groups(found)


def _branches() -> Iterable[tuple[int, str, int | None]]:
    return Branch.objects.values_list("pk", "name", "moved_into_id")


def _end(pk: int, named: dict[int, tuple[str, int | None]]) -> str:
    """The name of the branch that this one is part of by now: branches move more than once."""
    passed = {pk}
    name, into = named[pk]
    while into in named and into not in passed:
        passed.add(into)
        name, into = named[into]
    return name


def _groups(rows: Iterable[tuple[Hashable, int, str]]) -> list[Alike]:
    by_key: dict[Hashable, list[tuple[int, str]]] = defaultdict(list)
    for key, pk, name in rows:
        by_key[key].append((pk, name))
    several = (group for group in by_key.values() if len(group) > 1)
    return [Alike(*map(tuple, zip(*group, strict=True))) for group in several]
