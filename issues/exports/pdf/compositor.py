"""Lays an issue out on Typst's bench, again and again, until its columns end level.

Runs as a process of its own (`python -m issues.exports.pdf.compositor BENCH`): the compiler keeps
everything that it ever laid out, 10 MB a page and layout, and gives nothing back before it ends.

BENCH is a folder with the template, the pictures and `job.json` {"told", "fonts", "paper",
"for_printer", "moment"}; it gets `issue.pdf` and `made.json` {"pages", "starts"}.
"""

import json
import sys
from pathlib import Path
from typing import Any, Literal

import typst

from servicejournal.papers import fonts

from . import balance, columns

#: Sheets of a stitched magazine have so many pages; the last one is the back cover.
SHEET = 4


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
    ) -> None:
        self._bench, self._typefaces, self._told = bench, typefaces, told
        self._for_printer = for_printer
        purpose = "print" if for_printer else "screen"
        self._inputs = {"paper": paper, "purpose": purpose, "heights": "{}", "blank": "0"}
        self._places: list[dict[str, Any]] = []

    def compose(self) -> None:
        """Finds the final layout. Raises `RuntimeError` where Typst gives up."""
        pairs = self._first_guess()
        if self._make_room(pairs):
            pairs = self._first_guess()
        for _ in range(balance.ROUNDS):
            found, grid = balance.spots(self._places), self._grid()
            pairs = balance.corrected(pairs, found, grid)
            if not self._set_heights(balance.heights(pairs, found, grid)):
                break
            self._lay_out()
        if self._for_printer and self.pages % SHEET:
            self._inputs["blank"] = str(-self.pages % SHEET)
            self._lay_out()

    @property
    def pages(self) -> int:
        return int(next(place["page"] for place in self._places if place["at"] == "back"))

    def starts(self) -> list[int]:
        """The page of each article, in print order."""
        return [place["page"] for place in self._places if place["at"] == "article"]

    def pdf(self, moment: int) -> bytes:
        """Tagged and checked after PDF/UA-1 for readers; a printer's machines want it plain.

        A file that misses that mark is tagged all the same, and better than none.
        """
        if self._for_printer:
            return self._written(moment)
        try:
            return self._written(moment, "ua-1")
        except RuntimeError as error:
            print(f"The PDF does not reach PDF/UA-1: {error}", file=sys.stderr)
            return self._written(moment)

    def _first_guess(self) -> dict[int, balance.Pair]:
        """The pairs of columns from a layout in which each fills its pages, and one after it."""
        self._set_heights({})
        self._lay_out()
        found, grid = balance.spots(self._places), self._grid()
        pairs = balance.first_guess(found, grid)
        self._set_heights(balance.heights(pairs, found, grid))
        self._lay_out()
        return pairs

    def _set_heights(self, heights: dict[str, float]) -> bool:
        """Whether they are others than before."""
        before, self._inputs["heights"] = self._inputs["heights"], json.dumps(heights)
        return before != self._inputs["heights"]

    def _make_room(self, pairs: dict[int, balance.Pair]) -> bool:
        """Smaller pictures where an article ends on a nearly empty page; whether there were any."""
        few = balance.nearly_a_page_less(pairs, balance.spots(self._places), self._grid())
        articles = (article for part in self._told["sections"] for article in part["articles"])
        endings = [a["segments"] for a in articles if a["segments"]]
        return sum(columns.make_smaller(each) for each in endings if each[-1]["id"] in few) > 0

    def _lay_out(self) -> None:
        self._places = json.loads(self._compiler().query("<place>", field="value"))

    def _written(self, moment: int, standard: Literal["ua-1"] | None = None) -> bytes:
        return fonts.one_file(
            self._compiler().compile(format="pdf", pdf_standards=standard, timestamp=moment)
        )

    def _compiler(self) -> typst.Compiler:
        return typst.Compiler(
            self._bench / "issue.typ",
            root=self._bench,
            font_paths=self._typefaces,
            sys_inputs={**self._inputs, "issue": json.dumps(self._told, ensure_ascii=False)},
        )

    def _grid(self) -> balance.Grid:
        facts = next(place for place in self._places if place["at"] == "grid")
        return balance.Grid(*(facts[name] for name in ("top", "bottom", "pitch", "lead")))


def main(bench: Path) -> None:
    job = json.loads((bench / "job.json").read_text("utf-8"))
    sheets = Compositor(
        bench,
        fonts.typefaces(job["fonts"]),
        job["told"],
        job["paper"],
        for_printer=job["for_printer"],
    )
    sheets.compose()
    (bench / "issue.pdf").write_bytes(sheets.pdf(job["moment"]))
    (bench / "made.json").write_text(json.dumps({"pages": sheets.pages, "starts": sheets.starts()}))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
