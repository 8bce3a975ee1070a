"""What a sheet of Excel says beside its values: what is merged, what is a formula, what is shown.

Bytes and numbers in, plain values out. The parser that streams rows tells nothing of these.
"""

import re
from bisect import bisect_right
from dataclasses import dataclass
from typing import Any

#: Digits that Excel keeps of a number; what comes after is 0 in the file.
KEPT_DIGITS = 15
_MERGED = re.compile(rb'mergeCell\b[^>]{0,80}?\bref="([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})"')
_FORMULA = re.compile(
    rb'<(?:\w{1,9}:)?c r="([A-Z]{1,3})(\d{1,7})"[^>]{0,80}>\s{0,9}<(?:\w{1,9}:)?f\b'
)
_DIGITS = re.compile("[0#?]+")
#: Quoted words and escaped characters stand as they are; conditions and gaps are not printed.
_PART = re.compile(r'"(?P<quoted>[^"]*)"|\\(?P<escaped>.)|\[[^\]]*\]|_.|\*.|(?P<plain>.)')


@dataclass(frozen=True, slots=True)
class Marks:
    """Of one sheet, rows and columns counted from 1."""

    merged: tuple[tuple[int, int, int, int], ...]  # top, bottom, left, right; by top
    formulas: frozenset[tuple[int, int]]  # (row, column)

    @classmethod
    def of(cls, sheet: bytes) -> "Marks":
        """`sheet` is its XML."""
        from openpyxl.utils import column_index_from_string as column  # as in `spreadsheets`

        merged = sorted(
            (int(top), int(bottom), column(left.decode()), column(right.decode()))
            for left, top, right, bottom in _MERGED.findall(sheet)
        )
        formulas = ((int(row), column(name.decode())) for name, row in _FORMULA.findall(sheet))
        return cls(tuple(merged), frozenset(formulas))

    def column(self, number: int) -> "MergedColumn":
        return MergedColumn([each for each in self.merged if each[2] <= number <= each[3]])


class MergedColumn:
    """The merged cells that a column lies in."""

    def __init__(self, merged: list[tuple[int, int, int, int]]) -> None:
        self._merged = merged
        self._tops = [top for top, *_ in merged]

    def written_at(self, row: int) -> tuple[int, int] | None:
        """(row, column) of the cell that holds what this row shows; None where none is merged."""
        at = bisect_right(self._tops, row) - 1
        if at < 0 or self._merged[at][1] < row:
            return None
        return self._merged[at][0], self._merged[at][2]


def is_cut(value: Any) -> bool:
    """A number that is longer than Excel keeps numbers: its last digits are lost."""
    return isinstance(value, int | float) and abs(value) >= 10**KEPT_DIGITS


def shown(value: int, number_format: str) -> str:
    """A whole number as Excel shows it, zeros in front: 20417 by 000000;@ is 020417.

    By formats that do more than that (dates, thousands, shares) the number itself.
    """
    before = digits = after = ""
    for part in _PART.finditer(number_format.split(";")[0]):
        literal = part["quoted"] or part["escaped"] or ""
        plain = part["plain"] or ""
        if plain in "-/ ()" and not digits:
            literal, plain = plain or literal, ""
        if plain and (after or not _DIGITS.fullmatch(plain)):
            return str(value)
        digits += plain
        if digits:
            after += literal
        else:
            before += literal
    if not digits:
        return str(value)
    return f"{before}{str(value).zfill(digits.count('0'))}{after}".strip()
