"""Tables as an Excel file that is ready to be printed: a sheet each. Text stays text. Pure."""

from collections.abc import Iterable
from io import BytesIO
from typing import Any

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.header_footer import HeaderFooterItem
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from .tables import Table, plain

_FORMATS = {
    "count": "#,##0", "share": "#,##0.##", "rate": "0.0%", "fen": "#,##0.00", "days": "0.0",
}  # fmt: skip
_LINE = Side(style="thin", color="999999")
_BOX = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)
_HEAD = PatternFill("solid", fgColor="F0E6D4")
#: Characters that an Excel cell holds.
_CELL = 32_767


def workbook(
    tables: Iterable[Table], *, heading: str, head: tuple[str, ...] = (), foot: tuple[str, ...] = ()
) -> bytes:
    """`heading` and lines of `head` stand above each table, `foot` below it."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for table in tables:
        _fill(
            book.create_sheet(_sheet_name(table.title, book.sheetnames)), table, heading, head, foot
        )
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def _sheet_name(title: str, there: list[str]) -> str:
    plain_ = "".join("·" if each in r"\/?*[]:" else each for each in title)[:28]
    return plain_ if plain_ not in there else f"{plain_}{len(there)}"


def _fill(
    sheet: Worksheet, table: Table, heading: str, head: tuple[str, ...], foot: tuple[str, ...]
) -> None:
    last = len(table.columns)
    _line(sheet, 1, f"{heading}　{table.title}".strip("　"), last, bold=True)
    for number, text in enumerate(head, start=2):
        _line(sheet, number, text, last)
    top = 2 + len(head)
    for at, column in enumerate(table.columns, start=1):
        cell = sheet.cell(top, at)
        _write(cell, column.label)
        cell.font, cell.fill, cell.border = Font(bold=True), _HEAD, _BOX
        cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
        sheet.column_dimensions[get_column_letter(at)].width = column.width + 2
    for number, row in enumerate(table.rows, start=top + 1):
        for at, (column, value) in enumerate(zip(table.columns, row.cells, strict=True), start=1):
            cell = sheet.cell(number, at)
            _write(cell, plain(column.kind, value))
            cell.border = _BOX
            cell.number_format = _FORMATS.get(column.kind, "General")
            cell.alignment = Alignment(wrap_text=column.kind == "text", vertical="center")
    end = top + len(table.rows)
    _total(sheet, table, top + 1, end)
    below = end + (2 if table.total else 1)
    for number, text in enumerate([*([table.note] if table.note else []), *foot], start=below + 1):
        _line(sheet, number, text, last, wrap=True)
    _ready_to_print(sheet, top, last, end)


def _total(sheet: Worksheet, table: Table, first: int, last: int) -> None:
    """The one place where a cell is a formula."""
    if table.total is None:
        return
    for at, column in enumerate(table.columns, start=1):
        cell = sheet.cell(last + 1, at)
        letter = get_column_letter(at)
        cell.value = f"=SUM({letter}{first}:{letter}{last})" if column.total else None
        if at == 1:
            _write(cell, "合计")
        cell.font, cell.border = Font(bold=True), _BOX
        cell.number_format = _FORMATS.get(column.kind, "General")


def _line(
    sheet: Worksheet, row: int, text: str, last: int, *, bold: bool = False, wrap: bool = False
) -> None:
    sheet.merge_cells(start_row=row, start_column=1, end_row=row, end_column=max(last, 1))
    cell = sheet.cell(row, 1)
    _write(cell, text)
    cell.font = Font(bold=bold, size=14 if bold else 10)
    cell.alignment = Alignment(
        horizontal="center" if bold else "left", vertical="top", wrap_text=wrap
    )
    if wrap and sheet.column_dimensions:
        width = sum(
            sheet.column_dimensions[get_column_letter(at)].width for at in range(1, last + 1)
        )
        sheet.row_dimensions[row].height = 14 * (1 + int(2 * len(text) / max(width, 1)))


def _write(cell: Any, value: Any) -> None:
    if isinstance(value, str):
        value = ILLEGAL_CHARACTERS_RE.sub("", value)
        value = value.replace("\ufffe", "").replace("\uffff", "")[:_CELL]  # XML holds neither
    cell.value = value
    if isinstance(value, str):
        cell.data_type = "s"  # openpyxl takes a leading = for a formula


def _ready_to_print(sheet: Worksheet, top: int, last: int, end: int) -> None:
    """A4 landscape, as wide as the page, the head on every page."""
    sheet.freeze_panes = f"A{top + 1}"
    if end > top:
        sheet.auto_filter.ref = f"A{top}:{get_column_letter(last)}{end}"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.print_title_rows = f"{top}:{top}"
    footer = HeaderFooterItem()
    footer.center.text = "第 &P 页，共 &N 页"
    sheet.HeaderFooter.oddFooter = footer
