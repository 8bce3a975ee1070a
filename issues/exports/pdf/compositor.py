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

from . import balance, columns, filling, ladder, lines, runs

#: Sheets of a stitched magazine have so many pages; the last one is the back cover.
SHEET = 4
MAIN = "issue.typ"


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
        is_parted: bool = False,
    ) -> None:
        """`apart`: layouts in processes of their own, where this one has drawn nothing yet.
        `fills`: articles may share pages, and a page with a hole is filled. `is_parted`: lines end
        where they should.
        """
        self._bench, self._typefaces, self._told = bench, typefaces, told
        self._apart = apart
        self._fills = fills and only not in ("front", "back")
        self._steps: list[ladder.Step] = []
        self._pairs: dict[int, balance.Pair] = {}
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
        if not is_parted:
            self._part_lines()

    def begin(self, *, left: bool) -> None:
        """A part of an issue begins on a left page, behind a blank one, or on a right one."""
        self._inputs["begins"] = "left" if left else "right"

    def compose(self, worth: Callable[[list[dict[str, Any]]], bool] | None = None) -> None:
        """Finds the final layout. Raises `RuntimeError` where Typst gives up.

        It is not finished where it is not `worth` it.
        """
        if self._fills:
            self._fill()
        else:
            self._first_guess()
        for _ in range(balance.ROUNDS):
            if worth and not worth(self._places):
                return
            found, grid = balance.spots(self._places), self.grid
            self._pairs = balance.corrected(self._pairs, found, grid)
            if not self._set_heights(balance.heights(self._pairs, found, grid)):
                break
            self._lay_out()
        if self._for_printer and not self._inputs["only"] and self.pages % SHEET:
            self._inputs["blank"] = str(-self.pages % SHEET)
            self._lay_out()

    @property
    def pages(self) -> int:
        return int(next(place["page"] for place in self._places if place["at"] == "back"))

    @property
    def pairs(self) -> dict[int, balance.Pair]:
        return self._pairs

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

    def _first_guess(self) -> None:
        """The pairs of columns from a layout in which each fills its pages, and one after it."""
        self._set_heights({})
        self._lay_out()
        found, grid = balance.spots(self._places), self.grid
        self._pairs = balance.first_guess(found, grid)
        if self._set_heights(balance.heights(self._pairs, found, grid)):
            self._lay_out()

    def _fill(self) -> None:
        """The pairs of columns from layouts of its parts, each filled alone."""
        settled = runs.settle(self._told["sections"], self._of_section, self._answer)
        self._pairs, self._steps = settled.pairs, settled.steps
        self._set_heights(settled.heights)
        self._lay_out()

    def _of_section(self, section: dict[str, Any]) -> "Compositor":
        return Compositor(
            self._bench,
            self._typefaces,
            {**self._told, "preambles": [], "sections": [section]},
            self._inputs["paper"],
            for_printer=self._for_printer,
            only="run",
            fills=False,
            is_parted=True,
        )

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
        told = json.dumps(heights, sort_keys=True)
        before, self._inputs["heights"] = self._inputs["heights"], told
        return before != self._inputs["heights"]

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
