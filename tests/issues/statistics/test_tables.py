"""Files of tables: what is text stays text, and numbers are numbers."""

import csv
from io import BytesIO, StringIO

import pytest
from openpyxl import load_workbook

from issues.statistics.tables import Column, Row, Table, as_csv, said
from issues.statistics.workbooks import workbook

HOSTILE = ('=HYPERLINK("http://x","点")', "+1+1", "-2+3", "@SUM(A1)", "\t=1", " =1", "＝1")
COLUMNS = (
    Column("名称", width=20),
    Column("篇", "share", total=True),
    Column("率", "rate"),
    Column("元", "fen", total=True),
)
ROWS = (Row(("南湖支行", 150, 750, 12345)), Row(("东岭支行", 50, None, -45)))
TABLE = Table("t", "各单位", COLUMNS, ROWS, "怎样算的。")


def with_names(names) -> Table:
    columns = (Column("名称"), Column("篇", "count", total=True))
    return Table("t", "单位", columns, tuple(Row((each, 1)) for each in names))


def test_a_csv_opens_in_excel_and_holds_no_formula():
    data = as_csv(with_names(HOSTILE))
    assert data.startswith(b"\xef\xbb\xbf")
    cells = [row[0] for row in csv.reader(StringIO(data.decode("utf-8-sig")))][1:-1]
    assert cells == [f"'{each}" for each in HOSTILE]


def test_a_csv_has_numbers_in_their_own_unit_and_the_sums():
    rows = list(csv.reader(StringIO(as_csv(TABLE).decode("utf-8-sig"))))
    assert rows == [
        ["名称", "篇", "率", "元"],
        ["南湖支行", "1.5", "0.75", "123.45"],
        ["东岭支行", "0.5", "", "-0.45"],
        ["合计", "2.0", "", "123.0"],
    ]


def test_a_workbook_is_ready_to_print_and_only_its_sums_are_formulas():
    book = load_workbook(BytesIO(workbook([with_names(HOSTILE), TABLE], heading="2026年")))
    hostile, sheet = book.worksheets
    assert [hostile.cell(row, 1).data_type for row in range(3, 10)] == ["s"] * 7
    cells = [cell for each in book for row in each.iter_rows() for cell in row]
    formulas = {cell.value for cell in cells if cell.data_type == "f"}
    assert formulas == {"=SUM(B3:B9)", "=SUM(B3:B4)", "=SUM(D3:D4)"}
    assert (sheet["B3"].value, sheet["D3"].value, sheet["D3"].number_format) == (
        1.5,
        123.45,
        "#,##0.00",
    )
    assert (sheet.freeze_panes, sheet.auto_filter.ref) == ("A3", "A2:D4")
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
    assert (sheet.page_setup.fitToWidth, sheet.print_title_rows) == (1, "$2:$2")


@pytest.mark.parametrize(
    ("kind", "value", "told"),
    [
        ("share", 150, "1.5"),
        ("share", 0, "0"),
        ("rate", 666, "66.6%"),
        ("fen", 123456, "1,234.56"),
        ("days", 35, "3.5"),
        ("count", 1234, "1,234"),
        ("rate", None, ""),
        ("count", "合计", "合计"),
    ],
)
def test_cells_are_said_as_people_read_them(kind, value, told):
    assert said(kind, value) == told
