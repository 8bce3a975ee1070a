"""Lays an issue out on Typst's bench, again and again, until its columns end level.

Runs as a process of its own, and each layout in another: the compiler keeps everything that it ever
laid out, and gives nothing back before it ends.

    python -m issues.exports.pdf.compositor compose BENCH
    python -m issues.exports.pdf.compositor write BENCH

BENCH is a folder with the template and `job.json` {"told", "fonts", "paper", "for_printer",
"moment"}. The first finds the layout with `drafts/` in the pictures' places: `layout.json` {"told",
"inputs"} and `made.json` {"pages", "starts", "filled"}. The second sets it with `pictures/`, and
puts in what they stand for (`late`): `issue.pdf`.
"""

import json
import os
import sys
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any, NoReturn

import typst

from servicejournal.papers import fonts

from . import balance, columns, filling, lines

#: Sheets of a stitched magazine have so many pages; the last one is the back cover.
SHEET = 4
MAIN = "issue.typ"
#: Rounds after which articles find out how they share pages; after which pages are filled by what
#: an article itself may do; and after which what was in vain is undone.
JOINS, CLIMBS, STEP_BACKS = (0, 1, 3), (4, 8), (7, 11)
#: Rounds after which what still ends on a nearly empty page shares it with what follows.
LATE_JOINS = (9,)


class Compositor:
    """One issue. `told` is what `setting.of` made; pictures in it may be made smaller."""

    def __init__(
        self,
        bench: Path,
        typefaces: typst.Fonts,
        told: dict[str, Any],
        paper: str,
        *,
        for_printer: bool,
        only: str = "",
        apart: bool = False,
        fills: bool = True,
    ) -> None:
        """`apart`: each layout in a process of its own, where this one has drawn nothing yet.
        `fills`: articles may share pages, and a page with a hole is filled.
        """
        self._bench, self._typefaces, self._told = bench, typefaces, told
        self._apart = apart
        self._fills = fills and only not in ("front", "back")
        self._steps: list[filling.Step] = []
        self._for_printer = for_printer
        self._inputs = {
            "paper": paper,
            "purpose": "print" if for_printer else "screen",
            "pictures": "drafts",
            "heights": "{}",
            "blank": "0",
            "only": only,
            "begins": "right",
        }
        self._places: list[dict[str, Any]] = []
        self._part_lines()

    def begin(self, *, left: bool) -> None:
        """A part of an issue begins on a left page, behind a blank one, or on a right one."""
        self._inputs["begins"] = "left" if left else "right"

    def compose(self) -> None:
        """Finds the final layout. Raises `RuntimeError` where Typst gives up."""
        pairs = self._first_guess()
        for nth in range(balance.ROUNDS):
            found, grid = balance.spots(self._places), self.grid
            if moved := self._fills and self._fill(nth):
                # What was learnt of a pair holds only where it began.
                pairs = {at: balance.Pair(pair.amount) for at, pair in pairs.items()}
            else:
                pairs = balance.corrected(pairs, found, grid)
            if self._set_heights(balance.heights(pairs, found, grid)) or moved:
                self._lay_out()
            elif nth >= STEP_BACKS[-1] or not self._fills:
                break
        if self._for_printer and self.pages % SHEET:
            self._inputs["blank"] = str(-self.pages % SHEET)
            self._lay_out()

    @property
    def pages(self) -> int:
        return int(next(place["page"] for place in self._places if place["at"] == "back"))

    @property
    def places(self) -> list[dict[str, Any]]:
        """What the template told of the last layout."""
        return self._places

    def starts(self) -> list[int]:
        """The page of each article, in print order."""
        return [place["page"] for place in self._places if place["at"] == "article"]

    @property
    def text_area(self) -> tuple[float, float]:
        """Where the type of a page begins and ends: parts of its height, from its top."""
        facts = next(place for place in self._places if place["at"] == "grid")
        return facts["top"] / facts["height"], facts["bottom"] / facts["height"]

    @property
    def page_width(self) -> float:
        """In points."""
        return float(next(place["width"] for place in self._places if place["at"] == "grid"))

    def layout(self) -> dict[str, Any]:
        """What the PDF is set from."""
        return {"told": self._told, "inputs": {**self._inputs, "pictures": "pictures"}}

    def final(self) -> typst.Compiler:
        """Sets the layout that was found, with the pictures."""
        layout = self.layout()
        return compiler(self._bench, self._typefaces, layout["told"], layout["inputs"])

    def _first_guess(self) -> dict[int, balance.Pair]:
        """The pairs of columns from a layout in which each fills its pages, and one after it."""
        self._set_heights({})
        self._lay_out()
        found, grid = balance.spots(self._places), self.grid
        pairs = balance.first_guess(found, grid)
        self._set_heights(balance.heights(pairs, found, grid))
        self._lay_out()
        return pairs

    def _part_lines(self) -> None:
        """Ends every line of the columns where `lines` says."""
        found = list(columns.paragraphs(self._told["sections"]))
        words = sorted({word for each in found for word in lines.latin(each.block["words"])})
        ruler = self._compiler("ruler.typ", words=json.dumps(words))
        told = self._answer(lambda: ruler.query("<ruler>", field="value", one=True))
        widths = dict(zip(words, told["widths"], strict=True))
        for each in found:
            block, cells = each.block, told["wide"] if each.wide else told["cells"]
            ring = block.get("last", False)
            block["parted"] = True
            block["words"] = lines.part(
                block["words"], widths, cells - each.less, indent=each.indent, ring=ring
            )

    def _set_heights(self, heights: dict[str, float]) -> bool:
        """Whether they are others than before."""
        before, self._inputs["heights"] = self._inputs["heights"], json.dumps(heights)
        return before != self._inputs["heights"]

    def _fill(self, nth: int) -> bool:
        """Fills pages by the last layout, the `nth` of all; whether the next one is another."""
        if nth in JOINS:
            return self._join()
        if nth in CLIMBS:
            return self._part() or bool(self._climb())
        if nth in LATE_JOINS:
            return self._join_late()
        return nth in STEP_BACKS and (self._part() or self._step_back())

    def _join_late(self) -> bool:
        late = [
            article
            for section in self._told["sections"]
            for article in filling.behind_an_empty_page(section, self._places, self.grid)
        ]
        for article in late:
            article["follows"] = "parted"
        return bool(late)

    def _part(self) -> bool:
        """What was to follow on a page and found no room there begins one of its own."""
        parted = filling.without_room(self._articles, self._places)
        for article in parted:
            article["follows"] = ""
        return bool(parted)

    def _join(self) -> bool:
        """Lets articles share pages; whether others than before do."""
        before = [article["follows"] for article in self._articles]
        for section in self._told["sections"]:
            own = list(filling.measured(section, self._places, self.grid))
            opener = self._opener(own[0].at) if own else 0
            joins = filling.way(own, opener, self.grid.lines).joins
            for article in section["articles"]:
                article["follows"] = joins.get(article["at"], "")
        return before != [article["follows"] for article in self._articles]

    @property
    def _articles(self) -> list[dict[str, Any]]:
        return [each for section in self._told["sections"] for each in section["articles"]]

    def _opener(self, first: int) -> float:
        """Rows of the section's head above its first article."""
        begin = next(p for p in self._places if p["at"] == "article" and p["number"] == first)
        return float(begin["y"] - self.grid.top) / self.grid.pitch

    def _climb(self) -> list[filling.Step]:
        """Fills, or gives up, the last page of what still ends with a hole."""
        new: list[filling.Step] = []
        done = {step.at for step in self._steps}
        facts = self._places, self.grid, float(self._facts["column"])
        for section in self._told["sections"]:
            for find, mend in (
                (filling.scattered, filling.gathered),
                (filling.holes, filling.steps),
            ):
                for last in find(section, self._places, self.grid):
                    touched = done | {step.at for step in new}
                    chain = [a for a in filling.chain(section, last) if a["at"] not in touched]
                    new += mend(chain, last, *facts) if chain else []
        for step in new:
            filling.take(self._article(step.at), step)
        self._steps += new
        return new

    def _step_back(self) -> bool:
        """Undoes what filled no hole after all; whether there was any."""
        vain: set[int] = set()
        for section in self._told["sections"]:
            for last in filling.holes(section, self._places, self.grid):
                vain |= {article["at"] for article in filling.chain(section, last)}
        undone = [step for step in self._steps if step.at in vain]
        for step in undone:
            filling.undo(self._article(step.at), step)
            self._steps.remove(step)
        return bool(undone)

    def _article(self, at: int) -> dict[str, Any]:
        return next(each for each in self._articles if each["at"] == at)

    def report(self) -> list[filling.Done]:
        """What was done so that no page stays empty."""
        return filling.report(self._told, self._steps, self._places) if self._fills else []

    def _lay_out(self) -> None:
        self._places = self._answer(lambda: self._compiler().query("<place>", field="value"))

    def _answer(self, work: Callable[[], str]) -> Any:
        return json.loads(apart(work) if self._apart else work())

    def _compiler(self, name: str = MAIN, **inputs: str) -> typst.Compiler:
        told = {**self._inputs, **inputs}
        return compiler(self._bench, self._typefaces, self._told, told, name)

    @property
    def _facts(self) -> dict[str, Any]:
        return next(place for place in self._places if place["at"] == "grid")

    @property
    def grid(self) -> balance.Grid:
        facts = self._facts
        return balance.Grid(*(facts[name] for name in ("top", "bottom", "pitch", "lead")))


def apart(work: Callable[[], str]) -> str:
    """What the work answers, done by a process whose memory goes with it.

    Six layouts of sixty articles: 870 MB in one process, 250 MB one after the other. A process that
    has compiled something does the work itself: its threads would be missing in the other one.
    """
    if not _is_alone():
        return work()
    reading, writing = os.pipe()
    other = os.fork()
    if not other:
        _answer(work, writing)
    os.close(writing)
    with open(reading, encoding="utf-8") as pipe:
        told = json.loads(pipe.read() or '{"error": "A layout was broken off."}')
    os.waitpid(other, 0)
    if "error" in told:
        raise RuntimeError(told["error"])
    return str(told["answer"])


def _is_alone() -> bool:
    """Whether this process has one thread. Where that cannot be known, it has many."""
    tasks = Path("/proc/self/task")
    return tasks.exists() and len(list(tasks.iterdir())) == 1


def _answer(work: Callable[[], str], writing: int) -> NoReturn:
    """Ends the process in any case: it must never go on as if it were the one that began it."""
    try:
        try:
            told = {"answer": work()}
        except Exception as error:
            told = {"error": str(error)}
        with open(writing, "w", encoding="utf-8") as pipe:
            json.dump(told, pipe)
    finally:
        os._exit(0)


def compiler(
    bench: Path,
    typefaces: typst.Fonts,
    told: dict[str, Any],
    inputs: dict[str, str],
    name: str = MAIN,
) -> typst.Compiler:
    return typst.Compiler(
        bench / name,
        root=bench,
        font_paths=typefaces,
        sys_inputs={**inputs, "issue": json.dumps(told, ensure_ascii=False)},
    )


def print_to(output: Path, setter: typst.Compiler, *, moment: int, for_printer: bool) -> None:
    """Tagged and checked after PDF/A-2a and PDF/UA-1 for readers; for a printer plain.

    A file that misses a mark is tagged all the same, and better than none.
    """
    if for_printer:
        # PDF/X-4 is a PDF 1.6.
        setter.compile(
            output=output, format="pdf", pdf_standards="1.6", pdf_tags=False, timestamp=moment
        )
        return
    wanted: tuple[list[Any], ...] = (["a-2a", "ua-1"], ["ua-1"])
    for standards in wanted:
        try:
            setter.compile(output=output, format="pdf", pdf_standards=standards, timestamp=moment)
        except RuntimeError as error:
            print(f"The PDF does not reach {' and '.join(standards)}: {error}", file=sys.stderr)
        else:
            return
    setter.compile(output=output, format="pdf", timestamp=moment)


def compose(bench: Path) -> None:
    job = _read(bench / "job.json")
    sheets = Compositor(
        bench,
        fonts.typefaces(job["fonts"]),
        job["told"],
        job["paper"],
        for_printer=job["for_printer"],
        apart=True,
    )
    sheets.compose()
    _write(bench / "layout.json", sheets.layout())
    filled = [asdict(each) for each in sheets.report()]
    made = {"pages": sheets.pages, "starts": sheets.starts(), "filled": filled}
    _write(bench / "made.json", made)


def write(bench: Path) -> None:
    job, layout = _read(bench / "job.json"), _read(bench / "layout.json")
    setter = compiler(bench, fonts.typefaces(job["fonts"]), layout["told"], layout["inputs"])
    print_to(bench / "issue.pdf", setter, moment=job["moment"], for_printer=job["for_printer"])
    if not job["for_printer"]:
        # Here, because layouts before it, each in a process of its own, have no use for it.
        from . import late

        late.bring_in(bench / "issue.pdf", bench)


def _read(path: Path) -> dict[str, Any]:
    read: dict[str, Any] = json.loads(path.read_text("utf-8"))
    return read


def _write(path: Path, told: dict[str, Any]) -> None:
    path.write_text(json.dumps(told, ensure_ascii=False), "utf-8")


if __name__ == "__main__":
    {"compose": compose, "write": write}[sys.argv[1]](Path(sys.argv[2]))
