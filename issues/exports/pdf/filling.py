"""Filling: no page stays under three fifths full while something may be done. Pure.

What follows begins on the page where the article before it ends (接排), where that page would have
a hole; what an article itself may do is told in `ladder`, and `runs` tries it. `report` says what
was done, in Chinese; what is left needs an editor.

Rows are lines of the grid over both columns of a page, so a line of one column is half a row.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import Any

from issues.exports import bodies

from .balance import Grid
from .ladder import Step

#: Of a page; less needs an editor's word.
LEAST = 0.6
#: Rows more than that are aimed at: what is foreseen is a little off.
MARGIN = 2
#: Rows at the head of a page that are too few for the end of an article.
FEW = 2.5
#: Rows between an article and what follows it; rows of text that must fit below its title.
GAP, BEGINNING = 3, 5
#: Points that an end on the grid may be off: hairs of rounding.
GRID_SLACK = 1.5


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


def may_share(before: Measured, then: Measured) -> bool:
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
        found = kinds(follows, done, lines) if may_share(articles[nth], follows) else ("",)
        for kind in found:
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


def kinds(follows: Measured, done: float, lines: int) -> Iterator[str]:
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


def scattered(section: dict[str, Any], places: Sequence[dict[str, Any]], grid: Grid) -> list[int]:
    """The articles of the section whose last lines stand alone at the head of a page, with another
    below them.
    """
    ends = {p["number"]: p for p in places if p["at"] == "article-end"}
    few = grid.top + FEW * grid.pitch
    return [a["at"] for a in section["articles"] if ends[a["at"]]["y"] <= few]


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


def _last_page(article: dict[str, Any], places: Sequence[dict[str, Any]]) -> int:
    """With words or a picture of the article on it: its columns may reach down further."""
    end = next(p for p in places if p["at"] == "article-end" and p["number"] == article["at"])
    last = article["segments"][-1] if article["segments"] else None
    own = [
        p["page"] for p in places if last and p["at"] in ("end", "float") and p["id"] == last["id"]
    ]
    return int(max(own, default=end["page"]))


def without_room(
    articles: Sequence[dict[str, Any]], places: Sequence[dict[str, Any]]
) -> list[dict[str, Any]]:
    """What was to follow on the page where the article before it ends, and does not."""
    begins = {p["number"]: p["page"] for p in places if p["at"] == "article"}
    ends = {article["at"]: _last_page(article, places) for article in articles}
    return [
        then
        for before, then in pairwise(articles)
        if then["follows"] and begins[then["at"]] > ends[before["at"]]
    ]
