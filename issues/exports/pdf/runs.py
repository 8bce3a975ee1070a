"""Runs: articles that share pages. Each begins a page, so it is laid out and filled alone.

A run of three pages costs a tenth of an issue, so what may fill a hole is tried and looked at: both
ways, the mildest first, and it stays only where the hole is gone. First every article is laid out
alone; from these `filling.way` says which share pages; then runs with a fault are mended.

The compiler keeps all that it ever laid out, so one process lays out only so much (`AT_ONCE`).
"""

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, field
from itertools import count
from typing import Any, Protocol

from . import balance, filling, ladder
from .balance import Grid, Pair
from .ladder import Step

#: Articles that one process lays out; half as many where it tries what may fill them.
AT_ONCE = 8
#: What is tried to fill a run.
TRIES = 6
#: Rows more than are missing, which are tried too: what a rung brings is foreseen, not known.
SPARE = (0.5, 3, 6)
#: Rows missing before the columns are balanced, of which balancing does not bring the last.
HOPELESS = 4
#: Layouts after which a try that is no better is given up.
ROUNDS = 4
#: How much each rung is disliked, and more than may be done to a run.
COSTS = {"picture": 1, "heading": 1, "quote": 2, "broad": 4, "narrow": 4}
DEAREST = 12

Article = dict[str, Any]
Section = dict[str, Any]
Places = list[dict[str, Any]]


class Sheets(Protocol):
    """A compositor of one section."""

    @property
    def pairs(self) -> dict[int, Pair]: ...

    @property
    def places(self) -> Places: ...

    @property
    def grid(self) -> Grid: ...

    def compose(self, worth: Callable[[Places], bool] | None = None) -> None: ...


Compositor = Callable[[Section], Sheets]
#: What the work answers, read; another process may do it.
Answer = Callable[[Callable[[], str]], Any]


@dataclass(slots=True)
class Run:
    """`faults` are what is wrong with its layout, `missing` the rows of a hole at its end."""

    articles: list[Article]
    places: Places = field(default_factory=list)
    pairs: dict[int, Pair] = field(default_factory=dict)
    heights: dict[str, float] = field(default_factory=dict)
    steps: list[Step] = field(default_factory=list)
    faults: int = 0
    missing: float = 0.0

    @property
    def needs_work(self) -> bool:
        return not self.places or bool(self.faults)


@dataclass(frozen=True, slots=True)
class Settled:
    """What was found for all sections; their articles are changed."""

    pairs: dict[int, Pair]
    heights: dict[str, float]
    steps: list[Step]


def settle(sections: Sequence[Section], compositor: Compositor, answer: Answer) -> Settled:
    alone = [(section, [Run([article]) for article in section["articles"]]) for section in sections]
    groups = [
        (section, _joined(section, runs)) for section, runs in _worked(alone, compositor, answer)
    ]
    found = list(_worked(groups, compositor, answer, fills=True))
    for section, runs in found:
        section["articles"] = [article for run in runs for article in run.articles]
    every = [run for _, runs in found for run in runs]
    pairs = {at: pair for run in every for at, pair in run.pairs.items()}
    heights = {at: high for run in every for at, high in run.heights.items()}
    return Settled(pairs, heights, [step for run in every for step in run.steps])


def _joined(section: Section, alone: Sequence[Run]) -> list[Run]:
    """The runs of a section; those of one article are laid out already."""
    own = [
        each
        for run in alone
        for each in filling.measured({"articles": run.articles}, run.places, grid_of(run.places))
    ]
    if not own:
        return []
    grid = grid_of(alone[0].places)
    begin = next(place for place in alone[0].places if place["at"] == "article")
    joins = filling.way(own, (begin["y"] - grid.top) / grid.pitch, grid.lines).joins
    runs: list[Run] = []
    for run in alone:
        (article,) = run.articles
        article["follows"] = joins.get(article["at"], "")
        if article["follows"]:
            runs[-1] = Run([*runs[-1].articles, article])
        else:
            runs.append(run)
    return runs


def grid_of(places: Places) -> Grid:
    facts = next(place for place in places if place["at"] == "grid")
    return Grid(*(facts[name] for name in ("top", "bottom", "pitch", "lead")))


# By several processes


Groups = Iterable[tuple[Section, list[Run]]]


def _worked(
    groups: Groups, compositor: Compositor, answer: Answer, *, fills: bool = False
) -> Iterator[tuple[Section, list[Run]]]:
    """The same, laid out; with `fills` filled too."""
    sections: list[Section] = []
    found: list[list[Run]] = []
    for batch in _batches(list(groups), AT_ONCE // 2 if fills else AT_ONCE):

        def work(batch: list[tuple[Section, list[Run]]] = batch) -> str:
            made = [_Desk(section, compositor).work(runs, fills=fills) for section, runs in batch]
            return json.dumps([[_told(run) for run in runs] for runs in made])

        needed = any(run.needs_work for _, runs in batch for run in runs)
        told = answer(work) if needed else None
        for at, (section, runs) in enumerate(batch):
            own = [_read(each) for each in told[at]] if told else runs
            if sections and sections[-1] is section:
                found[-1] += own
            else:
                sections.append(section)
                found.append(own)
    return zip(sections, found, strict=True)


def _batches(
    groups: list[tuple[Section, list[Run]]], most: int
) -> Iterator[list[tuple[Section, list[Run]]]]:
    """Each with so many articles that a process may lay out; a long section is cut between runs."""
    batch: list[tuple[Section, list[Run]]] = []
    many = 0
    for section, runs in groups:
        for run in runs:
            own = len(run.articles) if run.needs_work else 0
            if many and many + own > most:
                yield batch
                batch, many = [], 0
            if not batch or batch[-1][0] is not section:
                batch.append((section, []))
            batch[-1][1].append(run)
            many += own
    if batch:
        yield batch


def _told(run: Run) -> dict[str, Any]:
    return {
        "articles": run.articles,
        "places": run.places,
        "pairs": {at: asdict(pair) for at, pair in run.pairs.items()},
        "heights": run.heights,
        "steps": [(step.at, step.what, step.rows, (), step.by) for step in run.steps],
        "faults": run.faults,
        "missing": run.missing,
    }


def _read(told: dict[str, Any]) -> Run:
    pairs = {int(at): Pair(**pair) for at, pair in told["pairs"].items()}
    steps = [Step(*step) for step in told["steps"]]
    return Run(**{**told, "pairs": pairs, "steps": steps})


# In one of them


@dataclass(frozen=True, slots=True)
class _Desk:
    """Lays out runs of one section."""

    section: Section
    compositor: Compositor

    def work(self, runs: Sequence[Run], *, fills: bool) -> list[Run]:
        laid = [each for run in runs for each in self._laid(run)]
        if not fills:
            return laid
        for run in laid:
            self._climb(run)
        return self._merged([part for run in laid for part in self._apart(run)])

    def _laid(self, run: Run) -> list[Run]:
        """What was to follow on a page and finds no room there begins one of its own."""
        if not run.places:
            self._lay(run)
        parted = filling.without_room(run.articles, run.places)
        if not parted:
            return [run]
        at = run.articles.index(parted[0])
        parted[0]["follows"] = ""
        parts = Run(run.articles[:at]), Run(run.articles[at:])
        return [each for part in parts for each in self._laid(part)]

    def _lay(self, run: Run, worth: Callable[[Places], bool] | None = None) -> None:
        opens = self.section.get("opens", True) and self._is_first(run)
        own = {**self.section, "articles": run.articles, "opens": opens}
        sheets = self.compositor(own)
        sheets.compose(worth)
        run.places, run.pairs = sheets.places, sheets.pairs
        found, grid = balance.spots(run.places), grid_of(run.places)
        run.heights = balance.heights(run.pairs, found, grid)
        run.faults, run.missing = judged(run.articles, run.places)

    def _is_first(self, run: Run) -> bool:
        return bool(run.articles[0]["at"] == self.section["articles"][0]["at"])

    def _climb(self, run: Run) -> None:
        """Takes the mildest steps that mend a fault; what mends none is undone."""
        if not run.faults:
            return
        for steps in list(candidates(run))[:TRIES]:
            self._change(run, steps, ladder.take)
            tried = Run(run.articles)
            self._lay(tried, _worth(run))
            if tried.faults < run.faults:
                run.places, run.pairs, run.heights = tried.places, tried.pairs, tried.heights
                run.faults, run.missing = tried.faults, tried.missing
                run.steps += steps
                if not run.faults:
                    return
                break
            self._change(run, steps, ladder.undo)
        else:
            return
        self._climb(run)

    def _apart(self, run: Run) -> list[Run]:
        """Each on pages of its own, where that leaves a smaller hole: a page with three rows at
        its head, against one that is nearly full enough.
        """
        for at in range(len(run.articles) - 1, 0, -1) if run.missing and not run.steps else ():
            article = run.articles[at]
            before, article["follows"] = article["follows"], ""
            parts = [Run(run.articles[:at]), Run(run.articles[at:])]
            for part in parts:
                self._lay(part)
            missing = sum(part.missing for part in parts)
            is_fewer = sum(part.faults for part in parts) <= run.faults
            if is_fewer and missing < run.missing - HOPELESS:
                for part in parts:
                    self._climb(part)
                return parts
            article["follows"] = before
        return [run]

    def _change(
        self, run: Run, steps: Sequence[Step], how: Callable[[Article, Step], None]
    ) -> None:
        for step in steps:
            how(next(each for each in run.articles if each["at"] == step.at), step)

    def _merged(self, runs: list[Run]) -> list[Run]:
        """What still ends with a hole takes in what follows, or follows what stands before it."""
        at = 0
        while at < len(runs):
            for first in (at, at - 1):
                if not runs[at].faults or first < 0 or first + 1 >= len(runs):
                    continue
                if both := self._both(runs[first], runs[first + 1]):
                    self._climb(both)
                    runs[first : first + 2] = [both]
                    at = first - 1
                    break
            at += 1
        return runs

    def _both(self, run: Run, then: Run) -> Run | None:
        """The two as one; None where that is no better."""
        (*_, before), (follows, *_) = _measured(run), _measured(then)
        done = _done(run.articles[-1], run.places)
        kind = next(filling.kinds(follows, done, grid_of(run.places).lines))
        if not kind or not filling.may_share(before, follows):
            return None
        both = Run([*run.articles, *then.articles], steps=[*run.steps, *then.steps])
        then.articles[0]["follows"] = kind
        self._lay(both)
        if both.faults < run.faults + then.faults:
            return both
        then.articles[0]["follows"] = ""
        return None


def _worth(run: Run) -> Callable[[Places], bool]:
    """Whether a layout in which columns are not balanced yet may be better than that of the run."""
    rounds = count()

    def worth(places: Places) -> bool:
        faults, missing = judged(run.articles, places)
        return faults < run.faults or (missing < HOPELESS and next(rounds) < ROUNDS)

    return worth


def _measured(run: Run) -> list[filling.Measured]:
    return list(filling.measured({"articles": run.articles}, run.places, grid_of(run.places)))


def _done(article: Article, places: Places) -> float:
    """Rows down the page where the article ends."""
    grid = grid_of(places)
    end = next(p for p in places if p["at"] == "article-end" and p["number"] == article["at"])
    return float(end["y"] - grid.top) / grid.pitch


def judged(articles: Sequence[Article], places: Places) -> tuple[int, float]:
    """How much is wrong with the layout of a run, and how many rows are missing at its end."""
    grid = grid_of(places)
    echoes = [place["page"] for place in places if place["at"] == "echo"]
    faults = len(echoes) - len(set(echoes))
    faults += len(filling.without_room(articles, places))
    faults += len(filling.scattered({"articles": articles[:-1]}, places, grid))
    if not filling.holes({"articles": articles[-1:]}, places, grid):
        return faults, 0.0
    missing = filling.LEAST * grid.lines - _done(articles[-1], places)
    return faults + 1, max(0.0, missing)


def candidates(run: Run) -> Iterator[list[Step]]:
    """What may mend the run, the mildest first: fewer lines or more of them."""
    found: list[list[Step]] = []
    for chain, fewer, more in _wanted(run):
        for rungs, rows in ((ladder.tighter, fewer), (ladder.looser, more)):
            if rows is None:
                continue
            steps = _steps(run, chain, rungs)
            tried = [ladder.enough(steps, rows + spare) for spare in SPARE]
            # All there is may bring more than was foreseen.
            if ladder.brought(steps) >= 0.7 * rows:
                tried.append(steps)
            found += [each for each in tried if each and each not in found]
    yield from sorted((each for each in found if _cost(each) <= DEAREST), key=_cost)


def _cost(steps: Sequence[Step]) -> int:
    return sum(COSTS[step.what] for step in steps)


def _wanted(run: Run) -> Iterator[tuple[list[Article], float | None, float]]:
    """Articles that move a faulty end, and by how many rows: back to the page before, or down."""
    grid = grid_of(run.places)
    scattered = filling.scattered({"articles": run.articles[:-1]}, run.places, grid)
    for at, article in enumerate(run.articles):
        if article["at"] in scattered:
            done = _done(article, run.places)
            yield run.articles[: at + 1], done, filling.FEW + 0.5 - done
    if run.missing:
        done = _done(run.articles[-1], run.places)
        pages = {place["page"] for place in run.places if place["at"] in ("article", "article-end")}
        yield run.articles, done if len(pages) > 1 else None, run.missing


def _steps(
    run: Run,
    chain: Sequence[Article],
    rungs: Callable[[Article, Grid, float], Iterator[Step]],
) -> list[Step]:
    """Of the articles to which nothing was done yet."""
    touched = {step.at for step in run.steps}
    facts = next(place for place in run.places if place["at"] == "grid")
    steps = [
        step
        for article in chain
        if article["at"] not in touched
        for step in rungs(article, grid_of(run.places), float(facts["column"]))
    ]
    return sorted(steps, key=lambda step: COSTS[step.what])
