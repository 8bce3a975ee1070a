"""A table as plain data, and its cells as people read them. What every output takes. Pure."""

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from io import StringIO
from typing import Any

from .amounts import figures

#: What begins a formula in a spreadsheet, also behind white space.
_FORMULAS = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")


@dataclass(frozen=True, slots=True)
class Column:
    """`kind`: text, count, share (hundredths of a piece or point), rate (per mille of one), fen,
    days (tenths). `width` is in characters; a column with a `total` is summed at the foot.
    """

    label: str
    kind: str = "text"
    width: int = 10
    total: bool = False

    @property
    def is_number(self) -> bool:
        return self.kind != "text"


@dataclass(frozen=True, slots=True)
class Row:
    """`link` leads to the rows behind it, `links` to those behind single cells, by their place
    (page alone).
    """

    cells: tuple[Any, ...]
    link: str = ""
    links: Mapping[int, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Table:
    """`slug` names it in addresses, `note` says how it is reckoned, `behind` what lines lead to."""

    slug: str
    title: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    note: str = ""
    behind: str = "看稿件"

    @property
    def total(self) -> tuple[Any, ...] | None:
        """Sums of the columns that have one; None where there is nothing to sum."""
        if not self.rows or not any(each.total for each in self.columns):
            return None
        return tuple(
            sum(row.cells[at] or 0 for row in self.rows)
            if each.total
            else ("合计" if not at else None)
            for at, each in enumerate(self.columns)
        )

    @property
    def shown(self) -> list[dict[str, Any]]:
        """For a template: cells in words."""
        return [
            {
                "link": row.link,
                "cells": [
                    (column, word, row.links.get(at, ""))
                    for at, (column, word) in enumerate(
                        zip(self.columns, words(self, row.cells), strict=True)
                    )
                ],
            }
            for row in self.rows
        ]

    @property
    def shown_total(self) -> list[tuple[Column, str]]:
        return list(zip(self.columns, words(self, self.total), strict=True)) if self.total else []


def words(table: Table, cells: Sequence[Any]) -> list[str]:
    return [said(each.kind, cell) for each, cell in zip(table.columns, cells, strict=True)]


def said(kind: str, value: Any) -> str:
    """A cell in words; nothing is known where it is None."""
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if kind == "share":
        return f"{value / 100:.2f}".rstrip("0").rstrip(".") or "0"
    if kind == "rate":
        return f"{value / 10:.1f}%"
    if kind == "fen":
        return figures(value)
    if kind == "days":
        return f"{value / 10:.1f}"
    if kind == "count":
        return f"{value:,}"
    return str(value)


def plain(kind: str, value: Any) -> Any:
    """A cell for a spreadsheet: numbers are numbers in their own unit."""
    divided = {"share": 100, "rate": 1000, "fen": 100, "days": 10}
    is_number = kind in divided and isinstance(value, int)
    return value / divided[kind] if is_number else value


def as_csv(table: Table) -> bytes:
    """UTF-8 with a BOM, so that Excel reads it; no text of it is a formula."""
    out = StringIO()
    writer = csv.writer(out)
    writer.writerow([each.label for each in table.columns])
    for row in (*(each.cells for each in table.rows), *([table.total] if table.total else [])):
        writer.writerow(
            _safe(plain(column.kind, cell)) for column, cell in zip(table.columns, row, strict=True)
        )
    return out.getvalue().encode("utf-8-sig")


def _safe(value: Any) -> Any:
    """An apostrophe in front, as spreadsheets have it for text; numbers stay numbers."""
    if isinstance(value, str) and (
        value.startswith(_FORMULAS) or value.lstrip().startswith(_FORMULAS)
    ):
        return f"'{value}"
    return "" if value is None else value
