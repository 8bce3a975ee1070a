"""Which lines are headings, and which are items of a list that somebody typed.

WPS files often have no heading styles: a heading is told by 一、 (一) 1., by its size, by standing
alone in bold. Styles count where there are any.
"""

import re
from collections import Counter
from dataclasses import dataclass, replace

from .figures import Block
from .inline import ENDS, line_of, numbered, without_start
from .lines import Paragraph, Table

_CHINESE = "[一二三四五六七八九十]{1,3}"
#: By rank: 一、 or 第一章; （一）; 1.
_NUMBERED = [
    re.compile(
        rf"{_CHINESE}\s*[、．.](?=\s*\S)|第(?:{_CHINESE}|\d{{1,2}})[章节篇部](?:分)?[\s：:、]*\S"
    ),
    re.compile(rf"[（(]\s*{_CHINESE}\s*[）)]"),
    re.compile(r"\d{1,2}\s*[.．、](?!\d)"),
]
#: 1.1 and 1.1.1, set apart from the text.
_DECIMAL = re.compile(r"\d{1,2}((?:\.\d{1,2}){1,2})\.?\s+\S")
#: A list of ours prints 1. and nothing else: 1、 and (1) stay words.
_ITEM = re.compile(r"([1-9][0-9]?)(\.)(?!\d)\s*")
_BULLET = re.compile(r"([•●◆■▪◇○·➢\uf06c\uf0b7\uf06e\uf0d8]|[-–—](?![-–—]))\s*")
_RULE = re.compile(r"(?:[*＊\-—_=·~～]\s*){3,}")
_LONGEST = 45
_LONGEST_BY_LOOK = 30


@dataclass(slots=True)
class Heading:
    paragraph: Paragraph
    rank: int


@dataclass(slots=True)
class Item:
    """Of a list. `level` from 0."""

    paragraph: Paragraph
    is_ordered: bool
    level: int
    ordinal: int


@dataclass(slots=True)
class Quoted:
    paragraphs: list[Paragraph]


class Rule:
    """A line across."""


Outlined = Block | Heading | Item | Quoted | Rule


def outlined(blocks: list[Block], body_size: float, *, is_bold_text: bool) -> list[Outlined]:
    typed = _typed_items(blocks)
    ranks = _Ranks(blocks, body_size, is_bold_text)
    out: list[Outlined] = []
    for at, block in enumerate(blocks):
        if not isinstance(block, Paragraph):
            out.append(block)
        elif at in typed:
            out.append(typed[at])
        else:
            out.append(_one(block, ranks))
    return _with_headings_in_order(_without_lists_of_headings(out))


def _one(paragraph: Paragraph, ranks: "_Ranks") -> Outlined:
    if _RULE.fullmatch(line_of(paragraph)):
        return Rule()
    marker = paragraph.look.marker
    if rank := ranks.of(_as_heading(paragraph)):
        return Heading(_as_heading(paragraph), rank)
    if marker:
        return Item(paragraph, marker.is_ordered, marker.level, marker.ordinal)
    return Quoted([paragraph]) if paragraph.look.kind == "quote" else paragraph


def _as_heading(paragraph: Paragraph) -> Paragraph:
    """A heading keeps its number; a dot before it is decoration."""
    marker = paragraph.look.marker
    if marker is None or not marker.is_ordered:
        return paragraph
    return replace(numbered(paragraph), look=paragraph.look)


class _Ranks:
    """The rank of a heading, 1 for the highest; 0 for what is none."""

    def __init__(self, blocks: list[Block], body_size: float, is_bold_text: bool) -> None:
        self._body_size, self._is_bold_text = body_size, is_bold_text
        paragraphs = [each for each in blocks if isinstance(each, Paragraph)]
        self._has_numbers = any(rank_by_number(each) == 1 for each in paragraphs)
        shown = sum(self._stands_out(each) for each in paragraphs)
        # Where every other line stands out, none does: a poem, a notice, a form.
        self._looks_count = shown * 2 <= len(paragraphs)

    def of(self, paragraph: Paragraph) -> int:
        text = line_of(paragraph)
        if len(text) > _LONGEST or not text or text.endswith(ENDS) or "。" in text:
            return 0
        if paragraph.look.level:
            return paragraph.look.level
        stands_out = self._looks_count and self._stands_out(paragraph)
        rank = rank_by_number(paragraph)
        if rank in (1, 2) or (rank and stands_out):
            return rank
        if (decimal := _DECIMAL.match(text)) and self._stands_out(paragraph):
            return 1 + decimal[1].count(".")
        if not stands_out or paragraph.look.marker is not None:
            return 0
        return 2 if self._has_numbers else 1

    def _stands_out(self, paragraph: Paragraph) -> bool:
        """Short, and larger than the text or bold from end to end."""
        text = line_of(paragraph)
        if not text or len(text) > _LONGEST_BY_LOOK or text.endswith((*ENDS, "，", ",", "：", ":")):
            return False
        is_bold = paragraph.is_bold and not self._is_bold_text
        return is_bold or paragraph.size >= self._body_size + 1.5


def rank_by_number(paragraph: Paragraph) -> int:
    text = line_of(paragraph)
    found = (rank for rank, pattern in enumerate(_NUMBERED, 1) if pattern.match(text))
    return next(found, 0)


def _without_lists_of_headings(blocks: list[Outlined]) -> list[Outlined]:
    """三 numbered lines in a row with nothing between them are a list, not headings."""
    out = list(blocks)
    start = 0
    for end in range(len(blocks) + 1):
        if end < len(blocks) and _follows(blocks, start, end):
            continue
        if end - start >= 3:
            out[start:end] = [_paragraph_of(each) for each in blocks[start:end]]
        start = end
    return out


def _follows(blocks: list[Outlined], start: int, at: int) -> bool:
    """Whether the heading belongs to the row of headings of one rank that begins at `start`."""
    first, block = blocks[start], blocks[at]
    if not (isinstance(first, Heading) and isinstance(block, Heading)):
        return False
    return first.rank == block.rank and not block.paragraph.look.level


def _paragraph_of(block: Outlined) -> Outlined:
    return block.paragraph if isinstance(block, Heading) else block


def _with_headings_in_order(blocks: list[Outlined]) -> list[Outlined]:
    """Ranks that are used become 1, 2, 3, so that no heading skips a level."""
    used = sorted({each.rank for each in blocks if isinstance(each, Heading)})
    for each in blocks:
        if isinstance(each, Heading):
            each.rank = min(used.index(each.rank) + 1, 3)
    return blocks


# Lists that somebody typed.


def _typed_items(blocks: list[Block]) -> dict[int, Item]:
    """By index. One line alone is no list; neither are numbers that do not go up one by one."""
    found: dict[int, Item] = {}
    for run in _runs(blocks):
        for at, mark in run:
            item = without_start(mark.line, mark.width)
            found[at] = Item(item, mark.is_ordered, 0, mark.number if mark.is_ordered else 1)
    return found


@dataclass(frozen=True, slots=True)
class _Mark:
    """What makes a line look like an item: "." or "•", and how many characters it takes."""

    line: Paragraph
    kind: str
    width: int
    is_ordered: bool
    number: int  # 0 for a bullet


def _runs(blocks: list[Block]) -> list[list[tuple[int, _Mark]]]:
    """Rows of two or more neighbours that carry on one list, each with its index."""
    runs: list[list[tuple[int, _Mark]]] = []
    run: list[tuple[int, _Mark]] = []
    for at, mark in enumerate(map(_mark, blocks)):
        if run and mark and _carries_on(run[-1][1], mark):
            run.append((at, mark))
            continue
        runs.append(run)
        run = [(at, mark)] if mark else []
    return [each for each in [*runs, run] if len(each) > 1]


def _mark(block: Block) -> _Mark | None:
    if not isinstance(block, Paragraph) or block.look.level:
        return None
    if block.look.marker or block.look.is_numbered:
        return None
    text = line_of(block)
    if number := _ITEM.match(text):
        return _Mark(block, number[2], len(number[0]), True, int(number[1]))
    bullet = _BULLET.match(text)
    if not bullet or len(text) == len(bullet[0]):
        return None
    return _Mark(block, bullet[1], len(bullet[0]), False, 0)


def _carries_on(before: _Mark, mark: _Mark) -> bool:
    if before.kind != mark.kind:
        return False
    return mark.number == before.number + 1 or before.number == mark.number == 0


def body_size_of(lines: list[Paragraph | Table]) -> float:
    """The size of most characters, in points."""
    sizes: Counter[float] = Counter()
    for line in lines:
        if isinstance(line, Paragraph):
            for words in line.words:
                sizes[words.look.size] += len(words.text)
    return sizes.most_common(1)[0][0] if sizes else 10.5


def is_bold_text(lines: list[Paragraph | Table]) -> bool:
    words = [each for line in lines if isinstance(line, Paragraph) for each in line.words]
    bold = sum(len(each.text) for each in words if each.look.bold)
    return bold * 10 > sum(len(each.text) for each in words) * 7
