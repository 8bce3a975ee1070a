"""Rows as an Excel file. Text stays text: what looks like a formula is none.

openpyxl is imported when a file is asked for: it costs every process a quarter of a second.
"""

from collections.abc import Iterable
from datetime import datetime
from io import BytesIO
from typing import TYPE_CHECKING, Any

from django.http import HttpResponse
from django.utils import timezone
from django.utils.http import content_disposition_header

from ..certain import certain

if TYPE_CHECKING:
    from openpyxl.cell.cell import Cell

TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
#: Characters that an Excel cell holds.
_CELL = 32_767


def workbook(title: str, columns: list[tuple[str, int]], rows: Iterable[Iterable[Any]]) -> bytes:
    """One sheet: `columns` are (heading, width in characters); memory does not grow with rows."""
    from openpyxl import Workbook
    from openpyxl.utils import get_column_letter

    book = Workbook(write_only=True)
    sheet = book.create_sheet(title[:31])
    sheet.freeze_panes = "A2"
    for number, (_, width) in enumerate(columns, start=1):
        sheet.column_dimensions[get_column_letter(number)].width = width
    sheet.append([_cell(sheet, heading, bold=True) for heading, _ in columns])
    for row in rows:
        sheet.append([_cell(sheet, value) for value in row])
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def _cell(sheet: Any, value: Any, *, bold: bool = False) -> "Cell":
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
    from openpyxl.styles import Font

    if isinstance(value, datetime):
        value = timezone.localtime(value).replace(tzinfo=None)  # Excel knows no time zones
    elif isinstance(value, str):
        value = ILLEGAL_CHARACTERS_RE.sub("", value)[:_CELL]
    cell = WriteOnlyCell(sheet, value=value)
    if isinstance(value, str):
        cell.data_type = "s"  # openpyxl takes a leading = for a formula
    if bold:
        cell.font = Font(bold=True)
    return cell


def download(name: str, data: bytes) -> HttpResponse:
    response = HttpResponse(data, content_type=TYPE)
    response["Content-Disposition"] = certain(
        content_disposition_header(True, f"{name}.xlsx"), "what is attached has a name"
    )
    response["Cache-Control"] = "private, no-store"
    return response
