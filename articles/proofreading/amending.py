"""Suggestions put into the manuscript: exactly that text changes, also beside inline tags. Pure."""

import html
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import NamedTuple

from articles.bodies.html import clean
from articles.bodies.tree import end_of_character

from .findings import Finding, unfolded
from .reader import NO_TERMS, proofread
from .terms import TermList
from .texts import Block, Manuscript, of_manuscript

#: One fix can lay another one bare: a mark that stood between two spaces.
_ROUNDS = 6


def amend(manuscript: Manuscript, findings: Iterable[Finding]) -> Manuscript:
    """The manuscript with these suggestions in it; the body is clean again.

    A finding whose quote is no longer at its place changes nothing, nor does one that overlaps an
    earlier one. The old manuscript is the way back.
    """
    text = of_manuscript(manuscript)
    blocks = {(block.part, block.line): block for block in text.blocks}
    changes: dict[str, list[_Change]] = {}
    for block, finding in _apart(blocks, unfolded(findings)):
        source = getattr(manuscript, block.part)
        changes.setdefault(block.part, []).extend(_changes(source, block, finding))
    new = {part: _changed(manuscript, part, made) for part, made in changes.items()}
    return replace(manuscript, **new)


def _apart(
    blocks: dict[tuple[str, int], Block], findings: Iterable[Finding]
) -> Iterator[tuple[Block, Finding]]:
    """Those that can be applied together, in the order of the text."""
    reach: dict[tuple[str, int], int] = {}
    for finding in sorted(findings, key=lambda each: (each.place.offset, -each.place.length)):
        place = finding.place
        block = blocks.get(key := (place.part, place.line))
        if block is None or finding.suggestion is None or not _still_there(block, finding):
            continue
        if place.offset >= reach.get(key, 0):
            reach[key] = place.offset + place.length
            yield block, finding


def tidied(manuscript: Manuscript, terms: TermList = NO_TERMS) -> tuple[Manuscript, list[Finding]]:
    """The manuscript with every safe fix in it, and those fixes."""
    done: list[Finding] = []
    for _ in range(_ROUNDS):
        safe = [each for each in unfolded(proofread(manuscript, terms)) if each.is_safe]
        before, manuscript = manuscript, amend(manuscript, safe)
        if manuscript == before:
            break
        done += safe
    return manuscript, done


def _still_there(block: Block, finding: Finding) -> bool:
    start = finding.place.offset
    return block.text[start : start + finding.place.length] == finding.quote


class _Change(NamedTuple):
    start: int  # in the source of the part
    end: int
    new: str


def _changes(source: str, block: Block, finding: Finding) -> Iterator[_Change]:
    """Character by character, so that tags between them stay where they are."""
    old, new = finding.quote, finding.suggestion or ""
    head = _common(old, new)
    tail = _common(old[head:][::-1], new[head:][::-1])
    old, new = old[head : len(old) - tail], new[head : len(new) - tail]
    start = finding.place.offset + head
    if not old:
        yield _insertion(source, block, start, new)
    for at, _ in enumerate(old):
        is_last = at == len(old) - 1
        place = block.source[start + at]
        end = _end_of(source, place, block.part)
        if end > place:  # the space between two cells is written as a tag
            written = new[at:] if is_last else new[at : at + 1]
            yield _Change(place, end, _escaped(written, block.part))


def _insertion(source: str, block: Block, at: int, new: str) -> _Change:
    """Behind the character before, so that it stands in the same emphasis; at the start of a cell
    before the one behind.
    """
    begins = at == 0 or (block.part == "body" and source[block.source[at - 1]] == "<")
    if begins and at < len(block.source):
        place = block.source[at]
        return _Change(place, place, _escaped(new, block.part))
    end = _end_of(source, block.source[at - 1], block.part)
    return _Change(end, end, _escaped(new, block.part))


def _common(one: str, other: str) -> int:
    """How many characters two strings begin with together."""
    length = 0
    for a, b in zip(one, other, strict=False):
        if a != b:
            break
        length += 1
    return length


def _end_of(source: str, place: int, part: str) -> int:
    """Behind a character, which in a body may be written as an entity."""
    return end_of_character(source, place) if part == "body" else place + 1


def _escaped(text: str, part: str) -> str:
    return html.escape(text, quote=False) if part == "body" else text


def _changed(manuscript: Manuscript, part: str, changes: list[_Change]) -> str:
    source, at = getattr(manuscript, part), 0
    out: list[str] = []
    for start, end, new in sorted(changes):
        if start >= at:
            out += source[at:start], new
            at = end
    changed = "".join((*out, source[at:]))
    return clean(changed) if part == "body" else changed
