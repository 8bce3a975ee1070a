"""What no file of Word or Excel may hold is left out, and the file is made."""

from io import BytesIO

from docx import Document
from openpyxl import load_workbook

from issues.statistics import bulletins, workbooks
from issues.statistics.tables import Column, Row, Table

ODD = "=1+1\ufffe\uffff\x0b"


def test_a_name_of_odd_characters_is_text_in_both():
    table = Table("odd", "表", (Column("名次"), Column("单位")), (Row((1, ODD)),))
    book = load_workbook(BytesIO(workbooks.workbook([table], heading=ODD)))
    cell = book["表"]["B3"]
    assert (cell.value, cell.data_type) == ("=1+1", "s")
    paper = bulletins.Paper(ODD, "", ODD, (), table, (), (), "", "", "", None)
    assert Document(BytesIO(bulletins.docx(paper))).paragraphs[0].text == "=1+1"
