"""Which of the lines that are nothing but a number are the pages' numbers: those that go on.

16, 9, 21 of a table that was laid flat are text. What fits neither is left out or kept, and said.
"""

import re
from collections.abc import Iterator, Sequence

from issues.backissues.facts import Doubt
from issues.backissues.sections import Kind, Print
from issues.backissues.shapes import is_closed, is_prose

_FURNITURE = (Kind.SECTION, Kind.MASTHEAD, Kind.MARK, Kind.CONTENTS)
_SHORTEST_CELL_ROW = 8
#: From one number that was copied to the next, at most.
_STEP = 12
#: Without a running head beside it, where there are but two.
_SMALL_STEP = 2
#: So many numbers back is the page before looked for; a dump of nothing but numbers stays linear.
_LOOK_BACK = 60


def settle(page: Print, zones: Sequence[range]) -> tuple[list[Doubt], set[int]]:
    """Makes text of the numbers that are no page's. Gives the doubts, and what was left out."""
    listed = {at for zone in zones for at in zone}
    found = [at for at, kind in enumerate(page.kinds) if kind is Kind.PAGE and at not in listed]
    found = [at for at in found if not _is_the_issues(page, at)]
    pages = _chain(page, [at for at in found if _may_be(page, at)])
    doubts: list[Doubt] = []
    out: set[int] = set()
    for at in found:
        if at in pages:
            continue
        text, number = page.lines[at].text, page.lines[at].number
        if _beside_furniture(page, at) or _in_a_sentence(page, at):
            out.add(at)
            said = f"单独一行的“{text}”和别的页码接不上，没有收入，请核对。"
            doubts.append(Doubt(number, "page-number", said))
            continue
        page.kinds[at] = Kind.TEXT
        if page.boxed_alone(at):
            said = f"单独一行的“{text}”不像页码，当作正文，请核对。"
            doubts.append(Doubt(number, "number", said))
    return doubts, out


def _value(page: Print, at: int) -> int:
    found = re.search(r"\d+", page.lines[at].text)
    return int(found[0]) if found else 0


def _is_the_issues(page: Print, at: int) -> bool:
    """02 on the cover of 第2期, printed large."""
    which = page.mark.which
    near = range(max(0, at - 3), min(len(page.kinds), at + 4))
    if not which or _value(page, at) != which.number:
        return False
    if not any(page.kinds[i] is Kind.MARK for i in near):
        return False
    page.kinds[at] = Kind.MARK
    return True


def _may_be(page: Print, at: int) -> bool:
    """In a frame of its own or of furniture, and no cell among cells."""
    lines, box = page.lines, page.lines[at].box
    around = [i for i in (at - 1, at + 1) if 0 <= i < len(lines)]
    if any(page.kinds[i] is Kind.PAGE for i in around):
        return False
    if any(lines[i].box == box and page.kinds[i] is Kind.TEXT for i in around):
        return False
    cells = [page.is_text(i) and len(lines[i].text) < _SHORTEST_CELL_ROW for i in around]
    return not (len(cells) > 1 and all(cells))


def _beside_furniture(page: Print, at: int) -> bool:
    around = (i for i in (at - 1, at + 1) if 0 <= i < len(page.kinds))
    return page.boxed_alone(at) and any(page.kinds[i] in _FURNITURE for i in around)


def _in_a_sentence(page: Print, at: int) -> bool:
    """Where a page ends in the middle of a sentence, its number does too."""
    if not (page.is_text(at - 1) and page.is_text(at + 1) and page.boxed_alone(at)):
        return False
    before, after = page.lines[at - 1].text, page.lines[at + 1]
    return is_prose(before) and not is_closed(before) and not after.indent and is_prose(after.text)


def _chain(page: Print, found: list[int]) -> set[int]:
    """The longest row of numbers that rise as pages do, a page's text or head between them."""
    turned = _pages_so_far(page)
    values = [_value(page, at) for at in found]
    looks = [re.sub(r"\d+", "0", page.lines[at].text) for at in found]
    best: list[tuple[int, int]] = []  # (weight, place of the one before) of each
    for i, at in enumerate(found):
        own = 2 if _beside_furniture(page, at) or _in_a_sentence(page, at) else 1
        earlier = [
            (best[j][0] + own, j)
            for j in range(max(0, i - _LOOK_BACK), i)
            if 0 < values[i] - values[j] <= _STEP
            and turned[at] > turned[found[j]]
            and looks[i] == looks[j]
        ]
        best.append(max(earlier, default=(own, -1)))
    i = max(range(len(found)), key=lambda i: best[i][0], default=-1)
    row = list(_back(best, i))
    chain = [found[i] for i in row]
    return set(chain) if _is_sure(page, chain) else set()


def _back(best: list[tuple[int, int]], i: int) -> Iterator[int]:
    while i >= 0:
        yield i
        i = best[i][1]


def _is_sure(page: Print, chain: list[int]) -> bool:
    """Two numbers alone are pages beside running heads, or one directly after the other. 1, 2, 3
    with nothing but text around them are the parts of a text."""
    values = sorted(_value(page, at) for at in chain)
    headed = any(_beside_furniture(page, at) for at in chain)
    if len(chain) < 2 or (values[0] == 1 and not headed):
        return False
    return headed or len(chain) > 2 or values[1] - values[0] <= _SMALL_STEP


def _pages_so_far(page: Print) -> list[int]:
    """For each line, how many lines before it are prose or furniture: what a page holds."""
    count, found = 0, []
    for at, line in enumerate(page.lines):
        found.append(count)
        held = page.kinds[at] in _FURNITURE or (page.is_text(at) and is_prose(line.text))
        count += held
    return found
