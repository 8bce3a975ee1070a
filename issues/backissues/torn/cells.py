"""A table that the host laid flat: a cell in each line, or a row in each. And verse, line by line.

Both are runs of short lines that nothing may join.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from issues.backissues.lines import Line
from issues.backissues.shapes import (
    begins_inside,
    closes_a_letter,
    heading,
    is_caption,
    is_closed,
    is_lead_in,
    item_mark,
)

_FIGURE = re.compile(
    r"[±+\-−]?\d[\d,]*(?:\.\d+)?(?:[/:-]\d+)?\s*"
    r"(?:%|％|‰|[万亿]?元|[万亿千百]|[笔户人次把件个天分秒家台张项名岁点]|分钟|小时|个百分点)?|[—\-/／–]{1,2}"
)
_LONGEST_CELL = 12
_MARKS = re.compile("[，。；！？;!?]|[：:]$")
_FEWEST_CELLS = 4
_MOST_COLUMNS = 8
#: Lines of a table's own name that may stand in its frame.
_MOST_ABOVE = 2

_LONGEST_VERSE = 18
_FEWEST_VERSES = 4
_COUPLET = 2
_DATED = re.compile(r".{0,12}\d{2,4}年\d{1,2}月(?:\d{1,2}日)?")

Rows = tuple[tuple[str, ...], ...]


def is_figure(text: str) -> bool:
    return bool(_FIGURE.fullmatch(text))


def tables(lines: Sequence[Line]) -> Iterator[tuple[range, int, Rows]]:
    """(lines, how many of them stand above as its name, rows) of each; no rows where the columns
    cannot be told."""
    at, runs = 0, _runs(lines)
    while at < len(lines):
        stop, rows = _rows_of_lines(lines, at, runs)
        if rows:
            yield range(at, stop), 0, rows
            at = stop
            continue
        stop = _end_of_cells(lines, at)
        texts = [line.text for line in lines[at:stop]]
        if len(texts) >= _FEWEST_CELLS and sum(map(is_figure, texts)) > 1:
            above, rows = _columns(texts)
            yield range(at, stop), above, rows
        at = max(stop, at + 1)


def _is_cell(text: str) -> bool:
    if len(text) > _LONGEST_CELL or heading(text) or item_mark(text):
        return is_figure(text)
    return not _MARKS.search(text)


def _end_of_cells(lines: Sequence[Line], at: int) -> int:
    stop = at
    while stop < len(lines) and _is_cell(lines[stop].text):
        stop += 1
    return stop


def _columns(cells: list[str]) -> tuple[int, Rows]:
    """The only number of columns under which each column is of one kind; a name may stand above."""
    for above in range(min(_MOST_ABOVE, len(cells)) + 1):
        rest = cells[above:]
        fits = [
            width
            for width in range(2, _MOST_COLUMNS + 1)
            if len(rest) % width == 0 and len(rest) >= 3 * width and _is_regular(rest, width)
        ]
        if len(fits) == 1 and not any(map(is_figure, cells[:above])):
            return above, _cut(rest, fits[0])
    return 0, ()


def _cut(cells: Sequence[str], width: int) -> Rows:
    return tuple(tuple(cells[i : i + width]) for i in range(0, len(cells), width))


def _is_regular(cells: list[str], width: int) -> bool:
    return _has_columns(_cut(cells, width))


def _has_columns(rows: Rows) -> bool:
    """A head without figures; below, figures in whole columns, and words in the first."""
    head, *body = rows
    if any(map(is_figure, head)) or not body:
        return False
    kinds = [{is_figure(row[i]) for row in body} for i in range(len(head))]
    return all(len(kind) == 1 for kind in kinds) and any(True in kind for kind in kinds)


@dataclass(frozen=True, slots=True)
class _Run:
    """Lines of as many cells each, from one of them to the last."""

    stop: int
    kinds: tuple[frozenset[bool], ...]  # by column, whether its cells are figures


def _runs(lines: Sequence[Line]) -> list[_Run | None]:
    """By line, the run that begins there. From the end, so that each line is looked at once."""
    found: list[_Run | None] = []
    below: _Run | None = None
    for at in reversed(range(len(lines))):
        cells = lines[at].text.split()
        kinds = tuple(frozenset({is_figure(cell)}) for cell in cells)
        if len(cells) < 2 or not all(map(_is_cell, cells)):
            below = None
        elif below and len(below.kinds) == len(cells):
            below = _Run(below.stop, tuple(map(frozenset.union, kinds, below.kinds)))
        else:
            below = _Run(at + 1, kinds)
        found.append(below)
    return found[::-1]


def _rows_of_lines(lines: Sequence[Line], at: int, runs: Sequence[_Run | None]) -> tuple[int, Rows]:
    """Rows in a line each, their cells apart by spaces; columns as `_has_columns` wants them."""
    run = runs[at]
    if run is None or run.stop - at < 3 or any(map(is_figure, lines[at].text.split())):
        return at, ()
    body = runs[at + 1]
    if body is None or any(len(kind) > 1 for kind in body.kinds):
        return at, ()
    if not any(True in kind for kind in body.kinds):
        return at, ()
    return run.stop, tuple(tuple(line.text.split()) for line in lines[at : run.stop])


def verses(lines: Sequence[Line], *, is_whole: bool) -> Iterator[range]:
    """Runs of lines that are a poem: short, of unlike lengths, most of them without an end.

    Where nothing else is in a whole text, two lines are a poem.
    """
    is_poem = is_whole and all(_may_be_verse(line.text) for line in lines)
    fewest = _COUPLET if is_poem else _FEWEST_VERSES
    at = 0
    while at < len(lines):
        stop = at
        while stop < len(lines) and _may_be_verse(lines[stop].text):
            stop += 1
        if stop - at >= fewest and _sounds_like_verse([x.text for x in lines[at:stop]]):
            yield range(at, stop)
        at = max(stop, at + 1)


def _may_be_verse(text: str) -> bool:
    if len(text) > _LONGEST_VERSE or heading(text) or item_mark(text) or is_caption(text):
        return False
    if begins_inside(text) or is_figure(text) or is_lead_in(text):
        return False
    return not _closes(text)


def _closes(text: str) -> bool:
    return closes_a_letter(text) or bool(_DATED.fullmatch(text))


def _sounds_like_verse(texts: list[str]) -> bool:
    """Print broken into lines fills each of them; talk ends each of them."""
    longest = max(map(len, texts))
    full = sum(len(text) >= longest - 1 for text in texts)
    whole = full == len(texts) and not any(re.search("[，,。；;]", text[:-1]) for text in texts)
    open_ends = sum(not is_closed(text) for text in texts)
    return open_ends * 2 >= len(texts) and (full * 10 < len(texts) * 7 or whole)


def stanzas(lines: Sequence[Line]) -> list[list[Line]]:
    """A poem's lines, parted where more stands between two lines than between most."""
    gaps = [after.number - before.number for before, after in pairwise(lines)]
    usual = min(gaps, default=1)
    found = [[lines[0]]]
    for gap, line in zip(gaps, lines[1:], strict=True):
        if gap > usual:
            found.append([line])
        else:
            found[-1].append(line)
    return found
