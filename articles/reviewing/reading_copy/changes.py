"""What an edited reading copy changes, by character, and how it is put into the text. Pure.

A change is a finding with a suggestion, as the proofreading aid makes them: what is taken goes the
same way into the text (`proofreading.amend`). Of a text that the desk changed since the paper was
made, a change is offered only where its line still stands as it was.
"""

import hashlib
import html
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from articles import proofreading
from articles.bodies import differences, tree
from articles.bodies.html import clean
from articles.proofreading import Finding, Level
from articles.proofreading.findings import Place
from articles.proofreading.texts import Block, Manuscript, of_manuscript

#: Characters around a change that tell where it stands.
_AROUND = 12


@dataclass(frozen=True, slots=True)
class Change:
    """`old` becomes `new`. A `line` that came in stands behind that block (None: first).

    Where it cannot be taken, `why_not` (Chinese) says why.
    """

    part: str
    old: str
    new: str
    before: str
    after: str
    at: int = 0  # of the block among all of the text
    offset: int = 0
    is_line: bool = False
    why_not: str = ""

    @property
    def code(self) -> str:
        said = (self.part, self.old, self.new, self.before, self.after, str(self.at))
        return hashlib.sha256("\0".join(said).encode()).hexdigest()[:16]


_MOVED = "编辑部后来改过这一行，不能照搬，请看着两边手工改。"
_BYLINE = "署名不在正文里改，请到“署名与其他”里改。"


def between(printed: Manuscript, returned: Sequence[str], current: Manuscript) -> list[Change]:
    """From what the paper said to what it says now, to be put into the text as it stands."""
    before, now = of_manuscript(printed).blocks, of_manuscript(current).blocks
    return [_placed(each, before, now) for each in _found(before, returned)]


def _found(blocks: Sequence[Block], returned: Sequence[str]) -> Iterator[Change]:
    old = [differences.Block("p", each.text) for each in blocks]
    new = [differences.Block("p", each) for each in returned]
    last = -1
    for at, other in differences.aligned(old, new):
        if at is None:
            words = returned[other] if other is not None else ""
            yield Change("body", "", words, _end(blocks, last), "", last, is_line=True)
            continue
        last = at
        if other is None:
            block = blocks[at]
            yield Change(block.part, block.text, "", _end(blocks, at - 1), "", at, is_line=True)
        elif blocks[at].text != returned[other]:
            yield from _within(blocks[at], at, returned[other])


def _end(blocks: Sequence[Block], at: int) -> str:
    return blocks[at].text[-_AROUND:] if at >= 0 else ""


def _within(block: Block, at: int, words: str) -> Iterator[Change]:
    """Each place of a line by itself; what is struck out and written in its stead is one."""
    offset, gone = 0, ""
    for op, piece in [*differences.by_character(block.text, words), ("same", "")]:
        if op == "del":
            gone += piece
        elif op == "ins":
            yield _change(block, at, offset, gone, piece)
            offset, gone = offset + len(gone), ""
        else:
            if gone:
                yield _change(block, at, offset, gone, "")
            offset, gone = offset + len(gone) + len(piece), ""


def _change(block: Block, at: int, offset: int, old: str, new: str) -> Change:
    text, end = block.text, offset + len(old)
    before, after = text[max(0, offset - _AROUND) : offset], text[end : end + _AROUND]
    return Change(block.part, old, new, before, after, at, offset)


def _placed(change: Change, before: Sequence[Block], now: Sequence[Block]) -> Change:
    """The same change in the text as it stands; with why it cannot be taken where it cannot."""
    if change.part == "byline":
        return replace(change, why_not=_BYLINE)
    if change.part == "title" and change.is_line:
        return replace(change, why_not="标题不能删，请改成别的。")
    if change.at < 0:
        return change
    wanted = before[change.at]
    alike = [
        n for n, each in enumerate(now) if (each.part, each.text) == (wanted.part, wanted.text)
    ]
    nth = sum((e.part, e.text) == (wanted.part, wanted.text) for e in before[: change.at])
    if nth >= len(alike):
        return replace(change, why_not=_MOVED)
    return replace(change, at=alike[nth])


def apply(manuscript: Manuscript, changes: Sequence[Change]) -> Manuscript:
    """The text with these changes in it; what cannot be taken changes nothing."""
    wanted = [each for each in changes if not each.why_not]
    blocks = of_manuscript(manuscript).blocks
    come = [(_behind(each, blocks, manuscript.body), each) for each in wanted if _is_new(each)]
    longer = replace(manuscript, body=_with_lines(manuscript.body, blocks, come))
    findings = [_finding(each, blocks[each.at], come) for each in wanted if not _is_new(each)]
    amended = proofreading.amend(longer, findings)
    return replace(amended, body=clean(amended.body))


def _is_new(change: Change) -> bool:
    return change.is_line and bool(change.new)


def _behind(change: Change, blocks: Sequence[Block], body: str) -> int:
    """Where in the body a new line is written: behind the element of the line before it, in a list
    behind that item.
    """
    before = blocks[change.at] if change.at >= 0 else None
    if before is None or before.part != "body":
        return 0
    place = before.source[-1]
    if before.kind == "li" and (end := body.find("</li>", place)) >= 0:
        return end + len("</li>")
    ends = (node.behind for node in tree.parse(body) if isinstance(node, tree.Node))
    return next((end for end in ends if end > place), len(body))


def _with_lines(body: str, blocks: Sequence[Block], come: list[tuple[int, Change]]) -> str:
    """From the last to the first: no place is moved by another. Of one place in their order."""
    order = sorted(range(len(come)), key=lambda at: (come[at][0], at), reverse=True)
    for place, change in (come[at] for at in order):
        in_a_list = change.at >= 0 and blocks[change.at].kind == "li"
        tag = "li" if in_a_list else "p"
        line = f"<{tag}>{html.escape(change.new, quote=False)}</{tag}>"
        body = body[:place] + line + body[place:]
    return body


def _finding(change: Change, block: Block, come: list[tuple[int, Change]]) -> Finding:
    """At its line, which new lines before it have moved."""
    moved = sum(place <= block.source[0] for place, _ in come) if block.part == "body" else 0
    place = Place(
        block.part,
        block.line + moved,
        block.indent + change.offset + 1,
        change.offset,
        len(change.old),
    )
    return Finding(
        rule="",
        level=Level.FIX,
        place=place,
        quote=change.old,
        why="",
        source="",
        suggestion=change.new,
        before=change.before,
        after=change.after,
    )
