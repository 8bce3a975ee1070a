"""Rows of a Word table as mammoth reads them: a row that begins late has an empty cell before it,
cells that are joined in the old way are one. Changes the tree in place.
"""

import re
from xml.etree.ElementTree import Element

from .art import below
from .names import W

_OFF = ("0", "false", "off")


def is_hidden(element: Element) -> bool:
    if element.tag != W + "tr":
        return False
    mark = element.find(f"{W}trPr/{W}hidden")
    return mark is not None and mark.get(W + "val", "1") not in _OFF


def make_plain(row: Element) -> None:
    cells = row.findall(W + "tc")  # those of its own: a cell in a control is none
    for cell in cells:
        _check_span(cell)
    _join(row, cells)
    late = _count(row.find(f"{W}trPr/{W}gridBefore"), least=0)
    if late and cells:
        empty = Element(W + "tc")
        below(below(empty, W + "tcPr"), W + "gridSpan").set(W + "val", str(late))
        below(empty, W + "p")
        row.insert(list(row).index(cells[0]), empty)


def _check_span(cell: Element) -> None:
    """mammoth takes any text for a number."""
    for span in cell.iter(W + "gridSpan"):
        span.set(W + "val", str(_count(span)))


def _count(element: Element | None, *, least: int = 1) -> int:
    said = element.get(W + "val", "") if element is not None else ""
    return int(said) if re.fullmatch(r"[1-9]\d?", said) else least


def _join(row: Element, cells: list[Element]) -> None:
    """What stands in a cell that is joined to the one before is not seen."""
    first: Element | None = None
    for cell in cells:
        mark = cell.find(f"{W}tcPr/{W}hMerge")
        if mark is None:
            first = None
        elif mark.get(W + "val") == "restart":
            first = cell
        elif first is not None:
            _widen(first, _count(cell.find(f"{W}tcPr/{W}gridSpan")))
            row.remove(cell)


def _widen(cell: Element, by: int) -> None:
    look = cell.find(W + "tcPr")
    if look is not None:
        span = look.find(W + "gridSpan")
        wide = below(look, W + "gridSpan") if span is None else span
        wide.set(W + "val", str(min(_count(span) + by, 99)))
