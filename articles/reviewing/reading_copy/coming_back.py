"""A reading copy that comes back edited: what it says now, line by line. Pure.

Only words are read: how they look is the journal's. Insertions that Word tracks count as written,
deletions as struck out; what stands in a remark is told beside.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from articles.bodies.html import visible
from articles.word.parts import guard
from articles.word.parts.names import MC, W
from articles.word.parts.package import Package

from .. import reading_copy

#: Above each manuscript of the paper (`Copy.label`).
_LABEL = re.compile(r"稿件编号\s*(\d{1,18})\s*校验\s*([0-9a-f]{16})")
_SECTION = re.compile(r"栏目：.{0,40}")
#: Stands before the byline on paper.
_RING = "◎"
NOT_OURS = (
    "这不是本系统生成的送审稿：找不到“稿件编号”那一行。请在送审稿上改，改完用 .docx 存，"
    "那一行不要删。"
)
_STRUCK = frozenset({f"{W}del", f"{W}moveFrom", f"{MC}Fallback", f"{W}sectPr"})


@dataclass(slots=True)
class Returned:
    """One manuscript of the paper: `lines` without what only the paper says."""

    number: int
    mark: str
    lines: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Remark:
    """批注 that somebody made in Word."""

    by: str
    words: str


def read(data: bytes, name: str = "") -> tuple[list[Returned], list[Remark]]:
    """Raises `WordRefused`."""
    guard.check(data, name)
    package = Package(data)
    document = package.xml(package.main)
    found: list[Returned] = []
    for line in _lines(document) if document is not None else ():
        if label := _LABEL.search(line):
            found.append(Returned(int(label[1]), label[2]))
        elif found and not (_SECTION.fullmatch(line) and not found[-1].lines):
            found[-1].lines.append(line.removeprefix(_RING))
    if not found:
        raise guard.WordRefused(NOT_OURS)
    return found, list(_remarks(package))


def lines_of(copy: "reading_copy.Copy") -> list[str]:
    """What the paper says of it, as `read` gives it back."""
    return [each.words for each in copy.lines if each.words]


def _lines(document: Element) -> Iterator[str]:
    body = document.find(f"{W}body")
    for block in body if body is not None else ():
        yield from _of_block(block)


def _of_block(block: Element) -> Iterator[str]:
    if block.tag == f"{W}p":
        yield from _cut(_words(block))
    elif block.tag == f"{W}tbl":
        for row in block.iter(f"{W}tr"):
            cells = (
                " ".join(_words(p).strip() for p in each.iter(f"{W}p")) for each in _cells(row)
            )
            yield from _cut(" ".join(cells))
    elif block.tag not in _STRUCK:
        for each in block:  # what a program wraps around paragraphs
            yield from _of_block(each)


def _cells(row: Element) -> Iterator[Element]:
    return (each for each in row.iter(f"{W}tc"))


def _cut(words: str) -> Iterator[str]:
    lines = (visible(line).strip() for line in words.split("\n"))
    return (line for line in lines if line)


def _words(paragraph: Element) -> str:
    return "".join(_pieces(paragraph))


def _pieces(element: Element) -> Iterator[str]:
    for each in element:
        if each.tag in _STRUCK:
            continue
        if each.tag == f"{W}t":
            yield each.text or ""
        elif each.tag == f"{W}tab":
            yield " "
        elif each.tag in (f"{W}br", f"{W}cr"):
            yield "\n"
        elif each.tag == f"{W}noBreakHyphen":
            yield "-"
        else:
            yield from _pieces(each)


def _remarks(package: Package) -> Iterator[Remark]:
    comments = package.part("comments")
    for each in comments.iter(f"{W}comment") if comments is not None else ():
        words = "\n".join(filter(None, (_words(p).strip() for p in each.iter(f"{W}p"))))
        if words:
            yield Remark(each.get(f"{W}author", "")[:40], words[:1000])
