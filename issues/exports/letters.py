"""Where each letter of a PDF's page stands, so that a page's picture can show what was found on it.

A letter is any character of the page's text that is no space: `pages.flowing` moves spaces only, so
the letters of a page's text are these, in this order. Measured in thousandths of the page's width,
from its upper left corner:

    [top, bottom, left, right of the first letter, steps to the right of each one that follows]

one list a line. Only `pages` calls it, in the process that reads the PDF.
"""

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

import pypdfium2
from pypdfium2 import raw

#: What a page is wide.
ACROSS = 1000
#: A gap of so many letters ends a line: the next column begins.
_GAP = 3


@dataclass(frozen=True, slots=True)
class _Letter:
    left: int
    top: int
    right: int
    bottom: int


def lines(page: pypdfium2.PdfPage, text: str) -> list[list[int]]:
    """Of the page whose letters `text` holds; [] where the two do not agree."""
    told = page.get_textpage()
    chars, letters = [], []
    for at in range(told.count_chars()):
        char = chr(raw.FPDFText_GetUnicode(told, at))
        if _is_letter(char):
            chars.append(char)
            letters.append(_on_page(page, told.get_charbox(at, loose=True)))
    if "".join(chars) != "".join(text.split()):
        return []
    return [_told(line) for line in _in_lines(letters)]


def _is_letter(char: str) -> bool:
    is_mark = char < " " or "\ud800" <= char <= "\udfff" or char in "\ufffe\uffff"
    return not (is_mark or char.isspace())


def _on_page(page: pypdfium2.PdfPage, box: tuple[float, float, float, float]) -> _Letter:
    """From the file's own measure, whichever way the page is turned or cut."""
    left, bottom, right, top = box
    (x, y), (to_x, to_y) = _point(page, left, top), _point(page, right, bottom)
    return _Letter(min(x, to_x), min(y, to_y), max(x, to_x), max(y, to_y))


def _point(page: pypdfium2.PdfPage, x: float, y: float) -> tuple[int, int]:
    across, down = ctypes.c_int(), ctypes.c_int()
    high = round(ACROSS * page.get_height() / page.get_width())
    raw.FPDF_PageToDevice(page, 0, 0, ACROSS, high, 0, x, y, across, down)
    return across.value, down.value


def _in_lines(letters: list[_Letter]) -> Iterator[list[_Letter]]:
    line: list[_Letter] = []
    for letter in letters:
        if line and not _goes_on(line[-1], letter):
            yield line
            line = []
        line.append(letter)
    if line:
        yield line


def _goes_on(last: _Letter, letter: _Letter) -> bool:
    middle = (letter.top + letter.bottom) / 2
    size = max(last.bottom - last.top, 1)
    return last.top <= middle <= last.bottom and -size / 2 <= letter.left - last.right < _GAP * size


def _told(line: list[_Letter]) -> list[int]:
    top, bottom = min(each.top for each in line), max(each.bottom for each in line)
    rights = [each.right for each in line]
    steps = [right - before for before, right in pairwise(rights)]
    return [top, bottom, line[0].left, rights[0], *steps]
