"""Two versions of a text side by side, by character, paragraph by paragraph. Pure.

Chinese has no spaces: a difference by words would flag a whole clause for one character. Texts from
anywhere take bounded time: what cannot be told apart in BUDGET seconds is shown whole, as taken
away and as added.
"""

import html
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Protocol, TypeVar

from diff_match_patch import diff_match_patch

from . import tree
from .markup import INLINE, VOID

#: Seconds for a comparison, and for one pair of paragraphs.
BUDGET = 1.0
_PAIR_BUDGET = 0.25
#: Longer paragraphs are compared sentence by sentence.
_LONG = 4000
#: Two paragraphs that share less than this are two, not one that was changed.
_ALIKE = 0.4
#: A changed paragraph is looked for among so many that came in its place.
_WINDOW = 12
#: Unchanged paragraphs beside a change that stay in sight.
_AROUND = 1

_engine = diff_match_patch()
_engine.Diff_Timeout = 0  # no guess at a half match, which has no limit; our deadlines are passed
_OPS = {0: "same", 1: "ins", -1: "del"}


@dataclass(frozen=True, slots=True)
class Text:
    """One version: lines as printed, the section by name, the body as it is stored."""

    title: str
    body: str
    kicker: str = ""
    standfirst: str = ""
    section: str = ""
    byline: str = ""
    call: str = ""
    note: str = ""


class Section(Protocol):
    """What a comparison shows of a section."""

    name: str


class Source(Protocol):
    """An article, or a row of its history."""

    title: str
    body: str
    kicker: str
    standfirst: str

    @property
    def section(self) -> Section | None: ...


def text_of(source: Source, *, byline: str = "") -> Text:
    """What is compared of it. The history of a text does not hold its byline."""
    return Text(
        title=source.title,
        body=source.body,
        kicker=source.kicker,
        standfirst=source.standfirst,
        section=source.section.name if source.section else "",
        byline=byline,
    )


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, heading, item, row … of a body. `source` also tells its markup apart."""

    kind: str
    words: str
    source: str = ""


@dataclass(frozen=True, slots=True)
class Piece:
    op: str  # same, ins, del
    words: str


@dataclass(frozen=True, slots=True)
class Passage:
    """A block as the comparison shows it. `mark`: same, ins, del, changed, or markup alone."""

    kind: str
    mark: str
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Stretch:
    """Passages in a row; unchanged ones far from a change are folded away."""

    passages: tuple[Passage, ...]
    folded: bool = False


@dataclass(frozen=True, slots=True)
class Difference:
    heads: tuple[tuple[str, Passage], ...]  # (what it is, the line): only those that changed
    body: tuple[Stretch, ...]
    added: int
    removed: int

    @property
    def is_empty(self) -> bool:
        return not self.heads and all(
            passage.mark == "same" for stretch in self.body for passage in stretch.passages
        )


_HEADS = {
    "kicker": "肩题",
    "title": "标题",
    "byline": "署名",
    "section": "栏目",
    "standfirst": "导语",
    "call": "应征",
    "note": "给编辑的话",
}
#: Chosen, not written: one name takes the place of the other.
_CHOSEN = {"section", "call"}


def between(old: Text, new: Text) -> Difference:
    latest = time.time() + BUDGET
    heads = tuple(
        (label, _head(name, before, after, latest))
        for name, label in _HEADS.items()
        if (before := getattr(old, name)) != (after := getattr(new, name))
    )
    body = _passages(blocks_of(old.body), blocks_of(new.body), latest)
    every = [*(passage for _, passage in heads), *body]
    return Difference(
        heads, tuple(_folded(body)), _characters(every, "ins"), _characters(every, "del")
    )


def _head(name: str, before: str, after: str, latest: float) -> Passage:
    if name not in _CHOSEN:
        return _changed("line", before, after, latest)
    pieces = tuple(Piece(op, words) for op, words in (("del", before), ("ins", after)) if words)
    return Passage("line", "changed", pieces)


def _characters(passages: Iterable[Passage], op: str) -> int:
    return sum(
        len("".join(piece.words.split()))
        for passage in passages
        for piece in passage.pieces
        if piece.op == op
    )


# Blocks

#: What a block is, by the tags around it; the first that is there says it.
_KINDS = {
    "figcaption": "caption",
    "caption": "caption",
    "tr": "row",
    "li": "item",
    "h2": "h2",
    "h3": "h3",
    "h4": "h4",
    "blockquote": "quote",
}
_BLOCKS = {*_KINDS, "p", "ul", "ol", "table", "figure"}


class _Reader:
    """A body as blocks, in order; a cell ends with a bar, a line break is a line end."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self._around: list[str] = []
        self._words: list[str] = []
        self._source: list[str] = []

    def read(self, body: str) -> list[Block]:
        for mark, piece in tree.walk(tree.parse(body)):
            if isinstance(piece, str):
                text = html.unescape(piece)
                self._words.append(text)
                self._source.append(text)
            elif piece.tag in INLINE:
                self._source.append(tree.as_html(mark, piece))
            elif piece.tag in VOID:
                self._alone(piece)
            elif mark == piece.tag:
                self._begin_or_end(mark)
                self._around.append(mark)
            else:
                self._leave(piece.tag)
        self._end()
        return self.blocks

    def _alone(self, node: tree.Node) -> None:
        if node.tag == "br":
            self._words.append("\n")
            return
        self._end()
        if node.tag == "hr":
            self.blocks.append(Block("rule", "◎　◎　◎"))
        else:
            words = node.get("alt").strip() or "没有文字说明的图片"
            self.blocks.append(Block("picture", words, node.get("src")))

    def _leave(self, tag: str) -> None:
        if tag in ("td", "th"):
            self._words.append(" ｜ ")
        elif tag == "tr":
            self._end()
        else:
            self._begin_or_end(tag)
        self._around.pop()

    def _begin_or_end(self, tag: str) -> None:
        """A row is one block, whatever its cells hold; elsewhere a block ends what stood open."""
        if tag in _BLOCKS and "tr" not in self._around:
            self._end()

    def _end(self) -> None:
        words = "".join(self._words).strip().removesuffix("｜").strip()
        if words:
            self.blocks.append(Block(self._kind(), words, "".join(self._source)))
        self._words, self._source = [], []

    def _kind(self) -> str:
        return next((kind for tag, kind in _KINDS.items() if tag in self._around), "p")


def blocks_of(body: str) -> list[Block]:
    return _Reader().read(body)


def aligned(old: Sequence[Block], new: Sequence[Block]) -> Iterator[tuple[int | None, int | None]]:
    """Which block became which, in order: None where one went, or came."""
    latest = time.time() + BUDGET
    at = other = 0
    gone: list[int] = []
    come: list[int] = []
    for op, run in [*_by_unit(old, new, latest), ("same", [])]:
        if op == "del":
            gone += range(at, at := at + len(run))
        elif op == "ins":
            come += range(other, other := other + len(run))
        else:
            yield from _became(old, new, gone, come, latest)
            gone, come = [], []
            yield from zip(
                range(at, at := at + len(run)), range(other, other := other + len(run)), strict=True
            )


def _became(
    old: Sequence[Block], new: Sequence[Block], gone: list[int], come: list[int], latest: float
) -> Iterator[tuple[int | None, int | None]]:
    first = 0
    pairs = _pairs([old[each] for each in gone], [new[each] for each in come], latest)
    for before, after in pairs:
        if after is None:
            yield gone[before], None
            continue
        yield from ((None, each) for each in come[first:after])
        yield gone[before], come[after]
        first = after + 1
    yield from ((None, each) for each in come[first:])


def by_character(old: str, new: str) -> list[tuple[str, str]]:
    """(same, ins or del; the words) of one line that became another."""
    return _by_character(old, new, time.time() + BUDGET)


# Which blocks of the two belong together

Unit = TypeVar("Unit", Block, str)


def _passages(old: Sequence[Block], new: Sequence[Block], latest: float) -> list[Passage]:
    passages: list[Passage] = []
    gone: list[Block] = []
    come: list[Block] = []
    for op, blocks in _by_unit(old, new, latest):
        if op == "del":
            gone += blocks
        elif op == "ins":
            come += blocks
        else:
            passages += _replaced(gone, come, latest)
            gone, come = [], []
            passages += [_whole(block, "same") for block in blocks]
    return passages + _replaced(gone, come, latest)


def _by_unit(
    old: Sequence[Unit], new: Sequence[Unit], latest: float
) -> Iterator[tuple[str, Sequence[Unit]]]:
    """What stays, goes and comes, unit by unit: to the engine each is one character."""
    known: dict[Unit, str] = {}
    found: list[Unit] = []

    def letters(units: Sequence[Unit]) -> str:
        for unit in units:
            if unit not in known:
                # Above the surrogates, below the end: a body has fewer blocks than that.
                known[unit] = chr(0xE000 + len(found))
                found.append(unit)
        return "".join(known[unit] for unit in units)

    for op, run in _engine.diff_main(letters(old), letters(new), False, latest):
        yield _OPS[op], [found[ord(letter) - 0xE000] for letter in run]


def _replaced(gone: list[Block], come: list[Block], latest: float) -> list[Passage]:
    """Blocks that took the place of others: those that are alike are compared by character."""
    passages, at = [], 0
    for before, after in _pairs(gone, come, latest):
        if after is None:
            passages.append(_whole(gone[before], "del"))
            continue
        passages += [_whole(block, "ins") for block in come[at:after]]
        passages.append(_pair(gone[before], come[after], latest))
        at = after + 1
    return passages + [_whole(block, "ins") for block in come[at:]]


def _pairs(gone: list[Block], come: list[Block], latest: float) -> Iterator[tuple[int, int | None]]:
    """Each block that went, with the one that it became, if any; never crosswise."""
    bags: dict[int, Counter[str]] = {}
    at = 0
    for index, block in enumerate(gone):
        near = range(at, min(at + _WINDOW, len(come))) if time.time() < latest else range(0)
        for other in near:
            if other not in bags:
                bags[other] = _bag(come[other])
        found = _most_alike(block, [(other, come[other], bags[other]) for other in near])
        at = at if found is None else found + 1
        yield index, found


def _most_alike(block: Block, near: list[tuple[int, Block, Counter[str]]]) -> int | None:
    """The number of the block that this one became; the first of equals."""
    mine = _bag(block) if near else Counter()
    weighed = [
        (_alike(mine, bag), -number) for number, other, bag in near if _comparable(block, other)
    ]
    best, number = max(weighed, default=(0.0, 0))
    return -number if best >= _ALIKE else None


def _comparable(old: Block, new: Block) -> bool:
    return (old.kind == "picture") == (new.kind == "picture") and (
        old.kind != "picture" or old.source == new.source
    )


def _bag(block: Block) -> Counter[str]:
    words = block.words[:_LONG]
    return Counter(words[at : at + 2] for at in range(max(1, len(words) - 1)))


def _alike(one: Counter[str], other: Counter[str]) -> float:
    """Dice's coefficient of pairs of characters: 1 for the same, 0 for nothing in common."""
    return 2 * (one & other).total() / max(1, one.total() + other.total())


# One pair


def _whole(block: Block, op: str) -> Passage:
    return Passage(block.kind, op, (Piece(op, block.words),))


def _pair(old: Block, new: Block, latest: float) -> Passage:
    if old.words == new.words:
        return Passage(new.kind, "markup", (Piece("same", new.words),))
    return _changed(new.kind, old.words, new.words, latest)


def _changed(kind: str, old: str, new: str, latest: float) -> Passage:
    pieces = tuple(Piece(op, words) for op, words in _by_character(old, new, latest) if words)
    return Passage(kind, "changed", pieces)


def _by_character(old: str, new: str, latest: float) -> list[tuple[str, str]]:
    mine = min(latest, time.time() + _PAIR_BUDGET)
    if max(len(old), len(new)) > _LONG:
        runs = _by_unit(_sentences(old), _sentences(new), mine)
        return [(op, "".join(run)) for op, run in runs]
    found = _engine.diff_main(old, new, False, mine)
    _engine.diff_cleanupSemantic(found)
    return [(_OPS[op], words) for op, words in found]


def _sentences(text: str) -> list[str]:
    for mark in "。！？；\n":
        text = text.replace(mark, f"{mark}\x00")
    return [each for each in text.split("\x00") if each]


# What is shown


@dataclass(slots=True)
class _Run:
    changed: bool
    passages: list[Passage] = field(default_factory=list)


def _folded(passages: list[Passage]) -> Iterator[Stretch]:
    """Changes with a paragraph around them; what is far from any is folded."""
    near = {
        index + step
        for index, passage in enumerate(passages)
        if passage.mark != "same"
        for step in range(-_AROUND, _AROUND + 1)
    }
    runs: list[_Run] = []
    for index, passage in enumerate(passages):
        if not runs or runs[-1].changed != (index in near):
            runs.append(_Run(index in near))
        runs[-1].passages.append(passage)
    for run in runs:
        folded = bool(near) and not run.changed and len(run.passages) > 1
        yield Stretch(tuple(run.passages), folded)
