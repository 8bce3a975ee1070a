"""The filling ladder: no page stays under three fifths full while something may be done. Pure.

Rungs, the mildest first. What follows begins on the page where the article before it ends (接排);
pictures gain or lose whole lines; a sentence of the text stands out once more (引语); a picture
that is sharp enough runs over both columns; headings stand a line further apart, or closer. Never
letter-spacing. `report` says what was done, in Chinese; what is left needs an editor.

Rows are lines of the grid over both columns of a page, so a line of one column is half a row.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import Any

from issues.exports import bodies
from issues.exports.bodies import Block

from .balance import Grid

#: Of a page; less needs an editor's word.
LEAST = 0.6
#: A page that is filled no further than this is nearly empty.
EMPTY = 0.3
#: Rows more than that are aimed at: what is foreseen is a little off.
MARGIN = 2
#: Rows at the head of a page that are too few for the end of an article.
FEW = 2.5
#: Rows between an article and what follows it; rows of text that must fit below its title.
GAP, BEGINNING = 3, 5
#: Points that an end on the grid may be off: hairs of rounding.
GRID_SLACK = 1.5
#: Of its height, by which a picture may grow or shrink.
CUT = 0.12
#: Characters for each sentence that stands out, and such sentences in an article.
QUOTED, QUOTES = 600, 3
#: Characters of such a sentence, and the lines that it takes.
SHORTEST, LONGEST, QUOTE_LINES = 10, 34, 5
#: Pixels that a picture needs to run over both columns.
SHARP = 1200

_ENDS = "。！？"
_MARKS = "“”‘’"


@dataclass(frozen=True, slots=True)
class Measured:
    """An article as it was laid out; `head` rows of title, None where it cannot be parted there."""

    at: int
    rows: float
    head: float | None
    is_short: bool
    on_grid: bool = True  # its end: behind notes or a table nothing may follow on the page
    has_notes: bool = False


@dataclass(frozen=True, slots=True)
class Way:
    """`joins` are the articles that follow on a page; `ends` where, in rows, each article ends."""

    joins: dict[int, str]
    ends: tuple[float, ...]
    cost: tuple[float, int] = (0, 0)


def measured(
    section: dict[str, Any], places: Sequence[dict[str, Any]], grid: Grid
) -> Iterator[Measured]:
    """The articles of the section, from where the template put them."""
    spots = {
        at: [p for p in places if p.get("number") == at and p["at"] == "article"]
        for at in (article["at"] for article in section["articles"])
    }
    ends = {p["number"]: p for p in places if p["at"] == "article-end"}
    starts = {p["id"]: p for p in places if p["at"] == "start"}
    for article in section["articles"]:
        begin, end = spots[article["at"]][0], ends[article["at"]]
        segment = article["segments"][0] if article["segments"] else None
        first = starts.get(segment["id"]) if segment and segment["kind"] == "columns" else None
        head = _rows(begin, first, grid) if first else None
        rows = _rows(begin, end, grid)
        on_grid = _is_on_grid(end, grid)
        noted = _has_notes(article)
        yield Measured(article["at"], rows, head, article["is_short"], on_grid, noted)


def _has_notes(article: dict[str, Any]) -> bool:
    parts = (bodies.walk(segment["blocks"]) for segment in article["segments"])
    return any(node.get("kind") == "note" for part in parts for node in part)


def _may_share(before: Measured, then: Measured) -> bool:
    """The notes of each article count from 1: a page has those of one."""
    return before.on_grid and not (before.has_notes and then.has_notes)


def _is_on_grid(end: dict[str, Any], grid: Grid) -> bool:
    """Below its last line; or a gap lower, at the next one, where something follows already."""
    offs = ((end["y"] - grid.top + gap) % grid.pitch for gap in (grid.lead, 0))
    return any(min(off, grid.pitch - off) < GRID_SLACK for off in offs)


def _rows(begin: dict[str, Any], end: dict[str, Any], grid: Grid) -> float:
    pages = end["page"] - begin["page"]
    return float(pages * grid.lines + (end["y"] - begin["y"]) / grid.pitch)


def way(articles: Sequence[Measured], opener: float, lines: int) -> Way:
    """Which articles follow on a page, so that few pages have a hole and few articles share one."""
    wanted = LEAST * lines + MARGIN

    def missing(end: float) -> float:
        return 0 if end >= wanted else 100 + wanted - end

    def scattered(end: float) -> float:
        # A page that is foreseen quite full may well be a line too short.
        return 50 if end <= FEW else 20 if end > lines - 1 else 0

    @cache
    def rest(nth: int, done: float) -> Way:
        """The best way on from the `nth` article, which ends `done` rows down its page."""
        if nth + 1 == len(articles):
            return Way({}, (done,), (missing(done), 0))
        follows = articles[nth + 1]
        best: Way | None = None
        shares = _may_share(articles[nth], follows)
        kinds = _kinds(follows, done, lines) if shares else ("",)
        for kind in kinds:
            begins = done + GAP if kind else 0.0
            then = rest(nth + 1, _end(begins + follows.rows, lines))
            hole = 0 if kind else missing(done)
            # What is short shares a page wherever it fits.
            alone = int((kind == "") == follows.is_short)
            cost = (then.cost[0] + hole + scattered(then.ends[0]), then.cost[1] + alone)
            if best is None or cost < best.cost:
                joins = {follows.at: kind, **then.joins} if kind else then.joins
                best = Way(joins, (done, *then.ends), cost)
        return best or Way({}, (done,))

    return rest(0, _end(opener + articles[0].rows, lines)) if articles else Way({}, ())


def _kinds(follows: Measured, done: float, lines: int) -> Iterator[str]:
    """How an article may follow: whole, parted between pages, or not."""
    room = lines - done - GAP
    if follows.is_short and follows.rows <= room:
        yield "whole"
    elif follows.head is not None and follows.head + BEGINNING <= room:
        yield "parted"
    yield ""


def _end(rows: float, lines: int) -> float:
    """On its last page, to half a row."""
    left = round(2 * (rows % lines)) / 2
    return left or float(lines)


# What an article itself may do


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
    yield from _broader(article, grid, column)
    yield from _headings(article, way=1)


def tighter(article: dict[str, Any], grid: Grid, column: float) -> Iterator[Step]:
    yield from _picture_lines(article, grid, column, way=-1)
    yield from _headings(article, way=-1)
    yield from _narrower(article, grid, column)


def scattered(section: dict[str, Any], places: Sequence[dict[str, Any]], grid: Grid) -> list[int]:
    """The articles of the section whose last lines stand alone at the head of a page, with another
    below them.
    """
    ends = {p["number"]: p for p in places if p["at"] == "article-end"}
    few = grid.top + FEW * grid.pitch
    return [a["at"] for a in section["articles"] if ends[a["at"]]["y"] <= few]


def gathered(
    chain: Sequence[dict[str, Any]],
    last: int,
    places: Sequence[dict[str, Any]],
    grid: Grid,
    column: float,
) -> list[Step]:
    """What brings those lines back to the page before, or others to them."""
    end = next(p for p in places if p["at"] == "article-end" and p["number"] == last)
    done = float(end["y"] - grid.top) / grid.pitch
    closer = [step for article in chain for step in tighter(article, grid, column)]
    wider = [step for article in chain for step in looser(article, grid, column)]
    return enough(closer, done + 0.5) or enough(wider, FEW + 1 - done)


def steps(
    chain: Sequence[dict[str, Any]],
    last: int,
    places: Sequence[dict[str, Any]],
    grid: Grid,
    column: float,
) -> list[Step]:
    """What rids the end of this chain of its hole: a page less, or enough to fill it."""
    end = next(p for p in places if p["at"] == "article-end" and p["number"] == last)
    begin = next(p for p in places if p["at"] == "article" and p["number"] == chain[0]["at"])
    done = float(end["y"] - grid.top) / grid.pitch
    closer = [step for article in chain for step in tighter(article, grid, column)]
    if end["page"] > begin["page"] and (taken := enough(closer, done + MARGIN)):
        return taken
    wider = [step for article in chain for step in looser(article, grid, column)]
    return enough(wider, LEAST * grid.lines + MARGIN - done)


def enough(steps: Sequence[Step], rows: float) -> list[Step]:
    """As many as bring so many rows; none where all together do not."""
    taken: list[Step] = []
    for step in steps:
        if sum(abs(each.rows) for each in taken) >= rows:
            break
        taken.append(step)
    return taken if sum(abs(each.rows) for each in taken) >= rows else []


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
    """Sentences that may stand out, each from a paragraph of its own, far from each other."""
    paragraphs = [
        block
        for segment in article["segments"]
        if segment["kind"] == "columns"
        for block in segment["blocks"]
        if block["kind"] == "p" and not block.get("look")
    ]
    length = sum(len(bodies.text(each["words"])) for each in paragraphs)
    many = min(QUOTES, length // QUOTED)
    for part in range(many):
        own = paragraphs[len(paragraphs) * part // many : len(paragraphs) * (part + 1) // many]
        for block in own if part else own[1:]:  # none heads the text
            if sentence := _sentence(bodies.text(block["words"])):
                quote = {"kind": "p", "words": [{"kind": "text", "text": sentence}]}
                told = {"before": block, "quote": quote}
                yield Step(article["at"], "quote", QUOTE_LINES / 2, (told,))
                break


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
    """It stands before the paragraph that says it."""
    quote: Block = {"kind": "quote", "pull": True, "echo": True, "blocks": [told["quote"]]}
    for segment in article["segments"]:
        at = next((n for n, each in enumerate(segment["blocks"]) if each is told["before"]), None)
        if at is not None:
            segment["blocks"].insert(at, quote)
            return


# What was done


_SAID = {
    "whole": "接在上一篇之后，同在一页",
    "parted": "接排：从上一篇结束的那一页开始",
    "quote": "提一句引语",
    "broad": "一张图放宽到通栏",
    "narrow": "一张图缩到一栏宽",
}


@dataclass(frozen=True, slots=True)
class Done:
    """What was done to an article, by its place in the book and by its title."""

    at: int
    title: str
    words: str


def report(
    told: dict[str, Any], steps: Sequence[Step], places: Sequence[dict[str, Any]]
) -> list[Done]:
    """What was to follow may have found no room: then nothing is said of it."""
    own = [article for section in told["sections"] for article in section["articles"]]
    alone = [article["at"] for article in without_room(own, places)]
    done = []
    for section in told["sections"]:
        for article in section["articles"]:
            at, title = article["at"], article["title"]
            if article["follows"] and at not in alone:
                done.append(Done(at, title, _SAID[article["follows"]]))
            own = [step for step in steps if step.at == at]
            done += [Done(at, title, words) for words in dict.fromkeys(map(_said, own))]
    return done


def _said(step: Step) -> str:
    if step.what == "picture":
        return f"一张图{'高' if step.by > 0 else '矮'}了 {abs(step.by)} 行"
    if step.what == "heading":
        return f"小标题前{'多' if step.by > 0 else '少'}空一行"
    return _SAID[step.what]


def holes(section: dict[str, Any], places: Sequence[dict[str, Any]], grid: Grid) -> list[int]:
    """The articles of the section that end on a page less full than is wanted, with nothing behind
    them there.
    """
    begins = {p["number"]: p["page"] for p in places if p["at"] == "article"}
    ends = {p["number"]: p for p in places if p["at"] == "article-end"}
    own = [article["at"] for article in section["articles"]]
    last = [at for at, then in pairwise(own) if begins[then] > ends[at]["page"]] + own[-1:]
    high = grid.bottom - grid.top
    return [at for at in last if (ends[at]["y"] - grid.top) / high < LEAST]


def without_room(
    articles: Sequence[dict[str, Any]], places: Sequence[dict[str, Any]]
) -> list[dict[str, Any]]:
    """What was to follow on the page where the article before it ends, and does not."""
    begins = {p["number"]: p["page"] for p in places if p["at"] == "article"}
    ends = {p["number"]: p["page"] for p in places if p["at"] == "article-end"}
    return [
        then
        for before, then in pairwise(articles)
        if then["follows"] and begins[then["at"]] > ends[before["at"]]
    ]


def behind_an_empty_page(
    section: dict[str, Any], places: Sequence[dict[str, Any]], grid: Grid
) -> list[dict[str, Any]]:
    """What could begin on the nearly empty page before it, and does not."""
    ends = {p["number"]: p for p in places if p["at"] == "article-end"}
    low = grid.top + EMPTY * (grid.bottom - grid.top)
    empty = {at for at in holes(section, places, grid) if ends[at]["y"] <= low}
    found = pairwise(measured(section, places, grid))
    return [
        article
        for (before, then), article in zip(found, section["articles"][1:], strict=True)
        if before.at in empty and then.head is not None and _may_share(before, then)
    ]


def chain(section: dict[str, Any], last: int) -> list[dict[str, Any]]:
    """The articles that move the end of this one: back to the last that began a page."""
    found: list[dict[str, Any]] = []
    for article in section["articles"]:
        if not article["follows"]:
            found = []
        found.append(article)
        if article["at"] == last:
            break
    return found


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
