"""Forms that a text has by what stands in it: poems, letters, stories in pictures. Pure.

Nobody chooses them in the editor: lines that the writer broke short are verses; 此致 with 敬礼
behind it ends a letter. On paragraphs it sets `look`: "stanza" (no indent, an empty line before the
next), "flush" (敬礼 stands at the edge) or "signature" (at the right).
"""

from collections.abc import Iterable, Iterator
from itertools import groupby

from articles.bodies.layout import is_picture_story
from issues.exports import bodies
from issues.exports.bodies import Block

#: Lines of a stanza at least, and characters of a verse at most.
VERSES, VERSE = 2, 18
#: Characters of a signature at most.
SIGNATURE = 20
#: Blocks that run over both columns: a picture, and two beside each other.
HUNG = ("opener", "pair")


def tell(blocks: list[Block]) -> None:
    for block in blocks:
        if block["kind"] == "p" and _is_stanza(block):
            block["look"] = "stanza"
    _tell_letter(blocks)


def _is_stanza(block: Block) -> bool:
    verses = bodies.text(block["words"]).strip().split("\n")
    return len(verses) >= VERSES and all(len(verse.strip()) <= VERSE for verse in verses)


def _tell_letter(blocks: list[Block]) -> None:
    texts = [_text(block) for block in blocks]
    for at, text in enumerate(texts[:-1]):
        if text.rstrip("！!，,") == "此致" and texts[at + 1].startswith("敬礼"):
            blocks[at + 1]["look"] = "flush"
            for block in _signed(blocks[at + 2 :]):
                block["look"] = "signature"


def _signed(blocks: Iterable[Block]) -> Iterator[Block]:
    """The short lines behind the greeting."""
    for block in blocks:
        if not 0 < len(_text(block)) <= SIGNATURE:
            return
        yield block


def _text(block: Block) -> str:
    return bodies.text(block["words"]).strip() if block["kind"] == "p" else ""


def is_story(blocks: list[Block], length: int) -> bool:
    """Many pictures and little text, and most of them one behind the other."""
    figures = sum(block["kind"] == "figure" for block in blocks)
    rows = sum(kind == "figure" for kind, _ in groupby(blocks, key=lambda each: each["kind"]))
    return is_picture_story(figures, length) and 2 * rows <= figures


def hung(blocks: list[Block]) -> list[Block]:
    """Of a story in pictures: the first fills the width, those behind each other hang in pairs."""
    made: list[Block] = []
    row: list[Block] = []
    opened = False
    for block in [*blocks, {"kind": "end"}]:
        if block["kind"] == "figure" and not opened:
            opened = True
            made.append(_opener(block, first=True))
        elif block["kind"] == "figure":
            row.append({**block, "floats": True})
        else:
            made += _in_pairs(row)
            row = []
            made += [block] if block["kind"] != "end" else []
    return made


def _opener(figure: Block, *, first: bool) -> Block:
    return {"kind": "opener", "first": first, "blocks": [{**figure, "wide": True}]}


def _in_pairs(row: list[Block]) -> Iterator[Block]:
    """An odd one fills the width before the others."""
    if len(row) % 2:
        yield _opener(row[0], first=False)
        row = row[1:]
    for at in range(0, len(row), 2):
        yield {"kind": "pair", "blocks": row[at : at + 2]}
