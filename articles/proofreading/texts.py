"""A manuscript as plain text with the way back: each character knows where it stands. Pure.

The lines are those of `articles.bodies.html.text`. All rules read one string (`Text.string`); a
place in it leads to the part of the manuscript, its line and column, and to the character of the
source.
"""

import re
import unicodedata
from array import array
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple, TypeVar

from articles.bodies import tree

from .findings import Place

#: The parts of a manuscript in the order in which they are read.
PARTS = {
    "kicker": "肩题",
    "title": "标题",
    "standfirst": "导语",
    "byline": "署名",
    "body": "正文",
}
#: Blocks that carry a number or a title, not sentences.
HEADINGS = frozenset({"title", "kicker", "h2", "h3", "h4"})


@dataclass(frozen=True, slots=True)
class Manuscript:
    """What is proofread: plain text, and a body as `articles.bodies.html.clean` gives it."""

    title: str = ""
    body: str = ""
    byline: str = ""
    kicker: str = ""
    standfirst: str = ""


@dataclass(frozen=True, slots=True)
class Block:
    """One line of the text: a paragraph, a heading, an item of a list, a row of a table."""

    part: str
    kind: str  # the tag that it stands in; "line" in a text file
    line: int  # from 1, within its part
    indent: int  # spaces before it, which are no part of the text
    text: str
    start: int  # of the text, in the whole string
    source: "array[int]"  # for each character, where it stands in the source of its part

    @property
    def end(self) -> int:
        return self.start + len(self.text)

    @property
    def is_heading(self) -> bool:
        return self.kind in HEADINGS


class Position(NamedTuple):
    block: Block
    offset: int  # within the block, from 0


_T = TypeVar("_T")


class Text:
    """Blocks one below the other, and what rules have found out about them together."""

    def __init__(self, blocks: Iterable[Block], *, is_file: bool = False) -> None:
        self.blocks = tuple(blocks)
        self.is_file = is_file
        self.string = "\n".join(block.text for block in self.blocks)
        self._starts = [block.start for block in self.blocks]
        self._known: dict[object, Any] = {}

    def at(self, place: int) -> Position:
        """The block that holds a place of the string (its line end counts as in it)."""
        block = self.blocks[bisect_right(self._starts, place) - 1]
        return Position(block, place - block.start)

    def place(self, start: int, end: int) -> Place:
        """A stretch of the string, at most to the end of the block that it begins in."""
        block, offset = self.at(start)
        length = min(end, block.end) - start
        return Place(block.part, block.line, block.indent + offset + 1, offset, length)

    def once(self, find: "Callable[[Text], _T]") -> _T:
        """What a function finds in this text, found once for all the rules that ask."""
        if find not in self._known:
            self._known[find] = find(self)
        found: _T = self._known[find]
        return found

    @property
    def body(self) -> tuple[Block, ...]:
        return tuple(block for block in self.blocks if block.part == "body")


# Full-width forms, circled numbers, mathematical letters: other ways to write what ASCII has.
_STYLED = (range(0xFF01, 0xFF5F), range(0x2460, 0x2469), range(0x1D400, 0x1D800))
_PLAIN = {
    code: plain.lower()
    for each in _STYLED
    for code in each
    if len(plain := unicodedata.normalize("NFKC", chr(code))) == 1
} | {code: chr(code + 32) for code in range(ord("A"), ord("Z") + 1)}


def folded(text: Text) -> str:
    """The string with styled letters and digits as ASCII, in small letters, place by place."""
    return text.string.translate(_PLAIN)


def of_manuscript(manuscript: Manuscript) -> Text:
    rows = [
        _Row(part, part, 1, *_stripped(getattr(manuscript, part)))
        for part in PARTS
        if part != "body"
    ]
    return Text(_placed([*rows, *_body(manuscript.body)]))


def of_file(source: str) -> Text:
    """Plain text as somebody saved it: a line is a block, and is numbered as in the file."""
    rows, start = [], 0
    for number, line in enumerate(source.split("\n"), start=1):
        indent, text, places = _stripped(line)
        places = array("I", (start + place for place in places))
        rows.append(_Row("body", "line", number, indent, text, places))
        start += len(line) + 1
    return Text(_placed(rows), is_file=True)


class _Row(NamedTuple):
    part: str
    kind: str
    line: int
    indent: int
    text: str
    source: "array[int]"


def _placed(rows: Iterable[_Row]) -> Iterator[Block]:
    start = 0
    for row in rows:
        if row.text:
            yield Block(row.part, row.kind, row.line, row.indent, row.text, start, row.source)
            start += len(row.text) + 1


def _stripped(line: str) -> tuple[int, str, "array[int]"]:
    text = line.strip()
    indent = len(line) - len(line.lstrip()) if text else 0
    # Line ends inside of a title or a standfirst are spaces: a block is one line.
    return indent, re.sub(r"\s", _space, text), array("I", range(indent, indent + len(text)))


def _space(match: re.Match[str]) -> str:
    return " " if match[0] in "\n\r\v\f\x1c\x1d\x1e\x85\u2028\u2029" else match[0]


_KINDS = frozenset("p h2 h3 h4 li tr th td figcaption caption blockquote".split())


def _body(body: str) -> Iterator[_Row]:
    """Cuts where `articles.bodies.html.text` cuts."""
    line, kind, number, at = _Line(), "p", 0, 0
    for mark, piece in tree.walk(tree.parse(body)):
        if isinstance(piece, str):
            line.add(piece, at)
            at += len(piece)
            continue
        is_end = mark != piece.tag
        at = piece.behind if is_end else piece.inside
        space = tree.SPACES.get(mark)
        if space == "\n":
            if row := line.row(kind, number + 1):
                number += 1
                yield row
            line = _Line()
        elif space:
            line.add_space(at - len(f"<{mark}>"))
        if mark in _KINDS:
            kind = mark
    if row := line.row(kind, number + 1):
        yield row


class _Line:
    """Characters of one line, each with its place in the source."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.source = array("I")

    def add(self, written: str, at: int) -> None:
        text, places = tree.characters(written, at)
        self.parts.append(text)
        self.source.extend(places)

    def add_space(self, start: int) -> None:
        """Between two cells; its place is that of a tag, which nobody may overwrite."""
        self.parts.append(" ")
        self.source.append(start)

    def row(self, kind: str, number: int) -> _Row | None:
        indent, text, places = _stripped("".join(self.parts))
        source = self.source[indent : indent + len(places)]
        return _Row("body", kind, number, indent, text, source) if text else None
