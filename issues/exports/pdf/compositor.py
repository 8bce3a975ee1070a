"""Lays an issue out on Typst's desk, again and again, until its columns end level."""

import json
import logging
from datetime import datetime
from pathlib import Path

import typst

from . import balance, layout

logger = logging.getLogger(__name__)

#: Sheets of a stitched magazine have so many pages; the last one is the back cover.
SHEET = 4


class Compositor:
    """One issue in a folder that holds the template and the pictures.

    `told` is what `setting.of` made; pictures in it may be made smaller.
    """

    def __init__(
        self, desk: Path, library: typst.Fonts, told: dict, paper: str, *, for_printer: bool
    ) -> None:
        self._desk, self._library, self._told = desk, library, told
        self._for_printer = for_printer
        purpose = "print" if for_printer else "screen"
        self._inputs = {"paper": paper, "purpose": purpose, "heights": "{}", "blank": "0"}
        self._places: list[dict] = []

    def compose(self) -> None:
        """Finds the final layout. Raises `RuntimeError` where Typst gives up."""
        few = self._settle()
        if self._make_room(few):
            self._inputs["heights"] = "{}"
            self._settle()
        if self._for_printer:
            self._inputs["blank"] = str(-self.pages % SHEET)
            self._lay_out()

    @property
    def pages(self) -> int:
        return next(place["page"] for place in self._places if place["at"] == "back")

    def starts(self) -> tuple[int, ...]:
        """The page of each article, in print order."""
        return tuple(place["page"] for place in self._places if place["at"] == "article")

    def pdf(self, moment: datetime) -> bytes:
        """Tagged and checked after PDF/UA-1 for readers; a printer's machines want it plain.

        A file that misses that mark is tagged all the same, and better than none.
        """
        if self._for_printer:
            return self._written(moment, [])
        try:
            return self._written(moment, ["ua-1"])
        except RuntimeError:
            logger.warning("The PDF does not reach PDF/UA-1.", exc_info=True)
            return self._written(moment, [])

    def _written(self, moment: datetime, standards: list[str]) -> bytes:
        return self._compiler().compile(
            format="pdf", pdf_standards=standards, timestamp=int(moment.timestamp())
        )

    def _settle(self) -> set[int]:
        """The pairs of columns that end on a nearly empty page."""
        self._lay_out()
        grid = self._grid()
        found = balance.spots(self._places)
        pairs = balance.first_guess(found, grid)
        for _ in range(balance.ROUNDS):
            self._inputs["heights"] = json.dumps(balance.heights(pairs, found, grid))
            self._lay_out()
            found = balance.spots(self._places)
            pairs = balance.corrected(pairs, found, grid)
            if json.dumps(balance.heights(pairs, found, grid)) == self._inputs["heights"]:
                break
        return balance.nearly_a_page_less(pairs, found, grid)

    def _make_room(self, few: set[int]) -> bool:
        """Smaller pictures in the articles that end there; whether any picture was made smaller."""
        articles = (article for part in self._told["sections"] for article in part["articles"])
        ending = [
            a["segments"] for a in articles if a["segments"] and a["segments"][-1]["id"] in few
        ]
        return sum(map(layout.make_smaller, ending)) > 0

    def _lay_out(self) -> None:
        self._places = json.loads(self._compiler().query("<place>", field="value"))

    def _compiler(self) -> typst.Compiler:
        return typst.Compiler(
            self._desk / "issue.typ",
            root=self._desk,
            font_paths=self._library,
            sys_inputs={**self._inputs, "issue": json.dumps(self._told, ensure_ascii=False)},
        )

    def _grid(self) -> balance.Grid:
        facts = next(place for place in self._places if place["at"] == "grid")
        return balance.Grid(*(facts[name] for name in ("top", "bottom", "pitch", "lead")))
