"""What stands in an Excel file that the program gave out."""

from io import BytesIO
from typing import Any

from openpyxl import load_workbook


def rows_of(data: bytes) -> list[list[Any]]:
    """The values of its first sheet, headings too."""
    return [[cell.value for cell in row] for row in load_workbook(BytesIO(data)).active.iter_rows()]
