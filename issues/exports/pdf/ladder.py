"""The rungs of the filling ladder: what an article itself may give or take. Pure.

The mildest first: pictures gain or lose whole lines; a sentence of the text stands out once more
(引语); headings stand a line further apart, or closer; a picture that is sharp enough runs over
both columns, or a broad one in one. Never letter-spacing.

Rows are lines of the grid over both columns of a page, so a line of one column is half a row.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from issues.exports import bodies
from issues.exports.bodies import Block

from .balance import Grid

#: Of its height, by which a picture may grow or shrink.
CUT = 0.12
#: Characters of an article with a sentence that stands out, and for each more of them (about one a
#: page); such sentences in an article.
QUOTABLE, QUOTED, QUOTES = 1000, 1400, 3
#: Characters of such a sentence, of a paragraph that it may stand before, and the lines it takes.
SHORTEST, LONGEST, LEAST, QUOTE_LINES = 10, 34, 46, 5
#: Pixels that a picture needs to run over both columns.
SHARP = 1200

_ENDS = "。！？"
_MARKS = "“”‘’"


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that may be done to an article, and the rows that it brings (or takes)."""

    at: int
    what: str
    rows: float
    nodes: tuple[dict[str, Any], ...] = ()
    by: int = 0


def looser(article: dict[str, Any], grid: Grid, column: float) -> Iterator[Step]:
    """In the order in which they are taken; `column` is the width of one, in points."""
    yield from _picture_lines(article, grid, column, way=1)
    yield from _quotes(article)
    yield from _headings(article, way=1)
    yield from _broader(article, grid, column)


def tighter(article: dict[str, Any], grid: Grid, column: float) -> Iterator[Step]:
    yield from _picture_lines(article, grid, column, way=-1)
    yield from _headings(article, way=-1)
    yield from _narrower(article, grid, column)


def enough(steps: Sequence[Step], rows: float) -> list[Step]:
    """The mildest that bring so many rows; none where all together do not."""
    taken: list[Step] = []
    for step in steps:
        if brought(taken) >= rows:
            break
        taken.append(step)
    for step in list(taken):
        others = [each for each in taken if each is not step]
        if others and brought(others) >= rows:
            taken = others
    return taken if brought(taken) >= rows else []


def brought(steps: Sequence[Step]) -> float:
    return sum(abs(step.rows) for step in steps)


def take(article: dict[str, Any], step: Step) -> None:
    if step.what == "quote":
        _put_quote(article, step.nodes[0])
    for node in step.nodes:
        if step.what == "picture":
            node["grow"] = step.by
        elif step.what in ("broad", "narrow"):
            node["wide"] = step.what == "broad"
        elif step.what == "heading":
            node["apart"] = step.by


def _figures(article: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for segment in article["segments"]:
        yield from (each for each in segment["blocks"] if each["kind"] == "figure")


def _height(figure: dict[str, Any], grid: Grid, column: float, *, wide: bool) -> float:
    """As the template sets it."""
    across = min(2 * column + 20 if wide else column, figure["width"] * 0.6)
    most = (0.52 if wide else 0.6) * (grid.bottom - grid.top)
    return min(float(across * figure["height"] / figure["width"]), most)


def _picture_lines(
    article: dict[str, Any], grid: Grid, column: float, *, way: int
) -> Iterator[Step]:
    for figure in _figures(article):
        wide = figure["wide"]
        lines = int(CUT * _height(figure, grid, column, wide=wide) / grid.pitch)
        if lines:
            rows = way * lines * (1 if wide else 0.5)
            yield Step(article["at"], "picture", rows, (figure,), way * lines)


def _narrower(article: dict[str, Any], grid: Grid, column: float) -> Iterator[Step]:
    for figure in _figures(article):
        if figure["wide"] and figure["width"] < 2 * figure["height"]:
            before = _height(figure, grid, column, wide=True)
            after = _height(figure, grid, column, wide=False)
            yield Step(article["at"], "narrow", (after / 2 - before) / grid.pitch, (figure,))


def _broader(article: dict[str, Any], grid: Grid, column: float) -> Iterator[Step]:
    for figure in _figures(article):
        if not figure["wide"] and figure["width"] >= max(SHARP, 1.25 * figure["height"]):
            after = _height(figure, grid, column, wide=True)
            before = _height(figure, grid, column, wide=False)
            yield Step(article["at"], "broad", (after - before / 2) / grid.pitch, (figure,))


def _headings(article: dict[str, Any], *, way: int) -> Iterator[Step]:
    found = [
        block
        for segment in article["segments"]
        for block in segment["blocks"]
        if block["kind"] == "heading" and (way > 0 or block["level"] == 2)
    ]
    if found:
        yield Step(article["at"], "heading", way * len(found) / 2, tuple(found), way)


def _quotes(article: dict[str, Any]) -> Iterator[Step]:
    """Sentences that may stand out, each from a part of the text of its own."""
    spots = [pair for segment in article["segments"] for pair in _spots(segment)]
    length = sum(
        len(bodies.text(block["words"]))
        for segment in article["segments"]
        for block in segment["blocks"]
        if block["kind"] == "p"
    )
    many = min(QUOTES, (length - QUOTABLE) // QUOTED + 1)
    for part in range(many):
        for before, says in spots[len(spots) * part // many : len(spots) * (part + 1) // many]:
            if sentence := _sentence(bodies.text(says["words"])):
                quote = {"kind": "p", "words": [{"kind": "text", "text": sentence}]}
                told = {"before": before, "quote": quote}
                yield Step(article["at"], "quote", QUOTE_LINES / 2, (told,))
                break


def _spots(segment: dict[str, Any]) -> Iterator[tuple[Block, Block]]:
    """Paragraphs that a sentence may stand before, and those that say it.

    Between two paragraphs of some length, and never right before the one that says the same.
    """
    blocks = segment["blocks"] if segment["kind"] == "columns" else []
    for above, before, says in zip(blocks, blocks[1:], blocks[2:], strict=False):
        plain = all(each["kind"] == "p" and not each.get("look") for each in (above, before, says))
        if plain and len(bodies.text(before["words"])) >= LEAST:
            yield before, says


def _sentence(text: str) -> str:
    """The first whole sentence of the right length, without speech that it would cut."""
    start = 0
    for at, char in enumerate(text):
        if char in _ENDS:
            sentence = text[start : at + 1].strip()
            start = at + 1
            fits = SHORTEST <= len(sentence) <= LONGEST
            if fits and not any(mark in sentence for mark in _MARKS):
                return sentence
    return ""


def _put_quote(article: dict[str, Any], told: dict[str, Any]) -> None:
    """A paragraph before the one that says it."""
    quote: Block = {"kind": "quote", "pull": True, "echo": True, "blocks": [told["quote"]]}
    for segment in article["segments"]:
        at = next((n for n, each in enumerate(segment["blocks"]) if each is told["before"]), None)
        if at is not None:
            segment["blocks"].insert(at, quote)
            return


def undo(article: dict[str, Any], step: Step) -> None:
    """Takes a step back."""
    if step.what == "quote":
        for segment in article["segments"]:
            kept = [each for each in segment["blocks"] if not each.get("echo")]
            segment["blocks"] = kept
    for node in step.nodes:
        node.pop("grow", None)
        node.pop("apart", None)
        if step.what in ("broad", "narrow"):
            node["wide"] = step.what == "narrow"
