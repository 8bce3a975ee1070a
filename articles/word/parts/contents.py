"""A table of contents that Word made: a field whose lines only repeat headings and pages.

In many files its lines bear no style of their own and look like the headings that they repeat. It
goes with the words 目录 above it, whatever looks it has. Changes the tree in place.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from .names import W

_MADE = re.compile(r"\s*TO[CA]\b", re.IGNORECASE)
_HEAD = re.compile(r"(?:目\s*[录次錄]|contents)\s*[:：]?", re.IGNORECASE)


@dataclass(slots=True)
class _Open:
    """A field: which run it begins with, by number, and its instruction so far."""

    first: int
    code: str = ""
    is_told: bool = False


def is_head(words: str) -> bool:
    """目　录, alone on its line."""
    return bool(_HEAD.fullmatch(words.strip()))


def leave_out(root: Element) -> int:
    """How many there were. One that never ends is none, and stays."""
    told = "".join(each.text or "" for each in root.iter(W + "instrText")).upper()
    simple = [each for each in root.iter(W + "fldSimple") if _MADE.match(each.get(W + "instr", ""))]
    for each in simple:
        each.clear()
    made = _made(root) if "TOC" in told or "TOA" in told else []
    _take_out(root, made)
    return len(made) + len(simple)


def _made(root: Element) -> list[list[Element]]:
    """Of each its runs."""
    runs: list[Element] = []
    fields: list[_Open] = []
    made: list[range] = []
    for run in root.iter(W + "r"):
        runs.append(run)
        for mark in run:
            if mark.tag == W + "fldChar":
                _mark(mark, len(runs) - 1, fields, made)
            elif mark.tag == W + "instrText" and fields and not fields[-1].is_told:
                fields[-1].code += mark.text or ""
    return [[runs[at] for at in span] for span in made]


def _mark(mark: Element, at: int, fields: list[_Open], made: list[range]) -> None:
    kind = mark.get(W + "fldCharType", "")
    if kind == "begin":
        fields.append(_Open(at))
    elif fields and kind == "separate":
        fields[-1].is_told = True
    elif fields and kind == "end":
        ended = fields.pop()
        if ended.is_told and _MADE.match(ended.code):
            made.append(range(ended.first, at + 1))


def _take_out(root: Element, made: list[list[Element]]) -> None:
    gone = {id(run) for runs in made for run in runs}
    if not gone:
        return
    above: Element | None = None
    for paragraph in list(root.iter(W + "p")):
        own = [run for run in paragraph.iter(W + "r") if id(run) in gone]
        if own and above is not None and is_head(_words(above)):
            above[:] = []
        for parent in list(paragraph.iter()) if own else ():
            parent[:] = [each for each in parent if id(each) not in gone]
        if own and not _words(paragraph):
            paragraph[:] = []  # without words its number counts nothing
        above = paragraph if _words(paragraph) else above


def _words(paragraph: Element) -> str:
    return "".join(_texts(paragraph)).strip()


def _texts(paragraph: Element) -> Iterator[str]:
    return (each.text or "" for each in paragraph.iter(W + "t"))
