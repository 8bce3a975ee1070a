"""Where the lines of a paragraph end, so that Chinese stands in columns of characters. Pure.

Typst justifies a line by spreading its characters, and draws marks beside each other together; both
move what follows out of its column. So lines are parted here. A line of Chinese alone is as many
whole cells as fit: marks beside each other share one cell, a mark that must not begin a line hangs
into the gutter (by half a cell: there is no ink in the rest), and nothing is spread. A line with
Latin in it is filled and left to Typst to justify; one that would be pulled apart stays short.

`part` puts into the words {"kind": "end", "justify": bool} where a line ends, and {"kind": "back",
"by"} (of an em) behind a mark that stands closer to what follows than its width. Over next to
nothing Typst leaves the marks on both sides as they are.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any
from unicodedata import east_asian_width

Word = dict[str, Any]

CLOSING = frozenset("，。、；：！？”’）》〉」』】〕")
OPENING = frozenset("“‘（《〈「『【〔")
#: Two of these are one sign, and no line parts them.
DOUBLE = frozenset("—…")
#: Of the size, between Chinese and Latin.
_GAP = 0.25
#: A word that is wider may be parted; a line may be pulled by so much; both in cells.
LONG, PULL = 7.5, 2.0
#: Next to nothing: Typst draws no marks together over it.
_APART = 0.0001
#: What the ring at the end of an article takes.
RING = 1.3
#: Of the size: raised and lowered figures.
_SMALL = 0.62

_TOKEN = re.compile(r"\s+|——|……|[^\s]")


@dataclass(slots=True)
class Atom:
    """What no line parts. `run` is the place of the text that it stands in."""

    run: int
    text: str
    width: float
    is_latin: bool = False
    sticks: bool = False  # to what stands before it
    back: float | None = None
    shares: bool = False  # the cell of the mark before it
    ends: bool | None = None  # a line ends behind it: justified or not
    begins: bool = False  # a line, with a mark that Typst would cut


def latin(words: Iterable[Word]) -> Iterator[str]:
    """The words of the text that have to be measured; of one that may be parted each character."""
    for run in _runs(words):
        for token in _tokens(run.get("text", "")):
            if not _is_wide(token[0]) and not token.isspace():
                yield token
                if len(token) > LONG:
                    yield from sorted(set(token))


def part(
    words: list[Word], widths: dict[str, float], cells: int, *, indent: int = 2, ring: bool = False
) -> list[Word]:
    """The words with the ends of their lines; the same words where a picture stands alone.

    `widths` gives the width of what `latin` found, in cells; a picture in a sentence has its own.
    """
    runs = list(_runs(words))
    if any(run.get("alone") for run in runs):
        return words
    atoms = [atom for at, run in enumerate(runs) for atom in _atoms(at, run, widths)]
    if ring and atoms:
        atoms.append(Atom(-1, "", RING, is_latin=True, sticks=True))
    for stretch in _stretches(atoms):
        _share_cells(stretch)
        _part(stretch, cells, indent)
        indent = 0
    own: dict[int, list[Atom]] = {}
    for atom in atoms:
        own.setdefault(atom.run, []).append(atom)
    numbers = iter(range(len(runs)))
    return [new for word in words for new in _rebuilt(word, numbers, own)]


# Atoms


def _runs(words: Iterable[Word]) -> Iterator[Word]:
    """Texts, and what stands in a line as one piece."""
    for word in words:
        if word["kind"] in ("strong", "em", "link"):
            yield from _runs(word["words"])
        else:
            yield word


def _is_wide(char: str) -> bool:
    return char in CLOSING or char in OPENING or char in DOUBLE or east_asian_width(char) in "WF"


def _tokens(text: str) -> list[str]:
    """Single wide characters, doubled marks, gaps and words of the rest."""
    tokens: list[str] = []
    for found in _TOKEN.finditer(text):
        token = found[0]
        joins = tokens and not (token.isspace() or _is_wide(token[0]))
        if joins and not (tokens[-1].isspace() or _is_wide(tokens[-1][0])):
            tokens[-1] += token
        else:
            tokens.append(token)
    return tokens


def _atoms(at: int, run: Word, widths: dict[str, float]) -> Iterator[Atom]:
    if run["kind"] == "break":
        yield Atom(at, "\n", 0)
    elif run["kind"] == "picture":
        yield Atom(at, "", run["across"], is_latin=True)
    elif run["kind"] == "note":
        yield Atom(at, "", _SMALL * 0.6 * len(str(run["number"])), is_latin=True, sticks=True)
    elif run["kind"] in ("sup", "sub"):
        size = sum(1 if _is_wide(char) else 0.6 for char in _text(run["words"]))
        yield Atom(at, "", _SMALL * size, is_latin=True, sticks=True)
    else:
        for token in _tokens(run["text"]):
            yield from _of_token(at, token, widths)


def _text(words: Iterable[Word]) -> str:
    return "".join(run.get("text", "") for run in _runs(words))


def _of_token(at: int, token: str, widths: dict[str, float]) -> Iterator[Atom]:
    if token.isspace():
        yield Atom(at, token, _GAP, is_latin=True)
    elif _is_wide(token[0]):
        yield Atom(at, token, len(token), sticks=token in CLOSING)
    elif (width := widths.get(token, 0.6 * len(token))) <= LONG:
        yield Atom(at, token, width, is_latin=True)
    else:  # parted anywhere: it would leave half a line empty, or run over the next column
        for char in token:
            yield Atom(at, char, widths.get(char, width / len(token)), is_latin=True)


def _stretches(atoms: list[Atom]) -> Iterator[list[Atom]]:
    """From one line end that the writer chose to the next."""
    stretch: list[Atom] = []
    for atom in atoms:
        if atom.text == "\n":
            yield stretch
            stretch = []
        else:
            stretch.append(atom)
    yield stretch


def _share_cells(atoms: list[Atom]) -> None:
    """Two marks in one cell: each has its ink in one half of its own."""
    at = 0
    while at + 1 < len(atoms):
        one, other = atoms[at], atoms[at + 1]
        behind = atoms[at + 2].text if at + 2 < len(atoms) else ""
        if one.text in CLOSING and other.text in OPENING:
            one.back, other.shares = 1, True
            at += 2
        elif one.text in CLOSING and other.text in CLOSING and behind not in OPENING:
            one.back, other.back, other.shares = 0.5, 0.5, True
            at += 2
        else:
            if _is_mark(one.text) and _is_mark(other.text):
                one.back = _APART
            at += 1


def _is_mark(text: str) -> bool:
    return bool(text) and (text in CLOSING or text in OPENING)


# Lines


def _part(atoms: list[Atom], cells: int, indent: int) -> None:
    """Fills line by line; what is left is the last one."""
    start = 0
    if atoms and not indent and atoms[0].text in OPENING:
        atoms[0].begins = True
    while (end := _end(atoms, start, cells - indent)) < len(atoms):
        end = _without_a_single_character(atoms, start, end, cells)
        _finish(atoms[start:end], cells - indent)
        start, indent = end, 0
        if atoms[start].text in OPENING:
            atoms[start].begins = True
        while start < len(atoms) and atoms[start].text.isspace():
            start += 1
    _hang(atoms[start:], cells - indent)


def _end(atoms: list[Atom], start: int, room: float) -> int:
    """Behind the last atom of the line that begins at `start`."""
    width, at = 0.0, start
    while at < len(atoms):
        width += _width(atoms, at)
        if width > room + 0.01:
            break
        at += 1
    else:
        return at
    if _hangs(atoms, start, at):
        return at + 1
    end = at
    while end > start + 1 and not _may_part(atoms, end):
        end -= 1
    return end if end > start + 1 or _may_part(atoms, end) else at


def _width(atoms: list[Atom], at: int) -> float:
    atom = atoms[at]
    if atom.shares:
        return 0
    before = atoms[at - 1] if at else None
    touches = before is not None and before.is_latin != atom.is_latin
    borders = touches and not any(
        each.text.isspace() or _is_mark(each.text) for each in (atom, atoms[at - 1])
    )
    return atom.width + (_GAP if borders else 0)


def _hangs(atoms: list[Atom], start: int, at: int) -> bool:
    """Whether the line is one of Chinese alone, and only a single mark too long."""
    if atoms[at].text not in CLOSING or atoms[at].back is not None:
        return False
    if at + 1 < len(atoms) and atoms[at + 1].sticks:
        return False
    return not any(atom.is_latin for atom in atoms[start:at])


def _may_part(atoms: list[Atom], at: int) -> bool:
    before, behind = atoms[at - 1], atoms[at]
    if behind.sticks or behind.shares or before.text in OPENING:
        return False
    return behind.text not in DOUBLE


def _without_a_single_character(atoms: list[Atom], start: int, end: int, cells: int) -> int:
    """One line end earlier where a single character would be left over."""
    left = [
        atom
        for atom in atoms[end:]
        if atom.text and not _is_mark(atom.text) and atom.text[0] not in DOUBLE
    ]
    if len(left) != 1 or left[0].is_latin:
        return end
    earlier = end - 1
    while earlier > start + 1 and not _may_part(atoms, earlier):
        earlier -= 1
    return earlier if end - earlier < cells // 4 else end


def _finish(line: list[Atom], room: float) -> None:
    width = sum(_width(line, at) for at in range(len(line)))
    is_mixed = any(atom.is_latin for atom in line)
    line[-1].ends = is_mixed and room - width <= PULL
    _hang(line, room)


def _hang(line: list[Atom], room: float) -> None:
    if line and not any(atom.is_latin for atom in line) and _cells(line) > room:
        line[-1].back = 1


def _cells(line: list[Atom]) -> float:
    return sum(atom.width for atom in line if not atom.shares)


# Words again


def _rebuilt(word: Word, numbers: Iterator[int], own: dict[int, list[Atom]]) -> list[Word]:
    if word["kind"] in ("strong", "em", "link"):
        inner = [new for each in word["words"] for new in _rebuilt(each, numbers, own)]
        return [{**word, "words": inner}]
    atoms = own.get(next(numbers), [])
    if word["kind"] != "text":
        return [word, *(_line_end(atom) for atom in atoms if atom.ends is not None)]
    return list(_pieces(atoms))


def _line_end(atom: Atom) -> Word:
    return {"kind": "end", "justify": atom.ends}


def _pieces(atoms: list[Atom]) -> Iterator[Word]:
    text = ""
    for atom in atoms:
        if atom.begins and text:
            yield {"kind": "text", "text": text}
            text = ""
        if atom.begins:
            yield {"kind": "back", "by": _APART}
        text += atom.text
        behind: list[Word] = [] if atom.back is None else [{"kind": "back", "by": atom.back}]
        behind += [] if atom.ends is None else [_line_end(atom)]
        if behind:
            yield {"kind": "text", "text": text}
            yield from behind
            text = ""
    if text:
        yield {"kind": "text", "text": text}
