"""通报 as Word: a Chinese office paper with the figures of its period. Pure but for the figures.

Form by 党政机关公文格式 GB/T 9704, as far as a paper inside the bank follows it: title in 二号
方正小标宋, body in 三号仿宋, first headings in 黑体, 28 points a line, A4.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from typing import Any

from docx import Document
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from .tables import Table, words

#: Word takes the first that the machine has by the name that is written.
_TITLE, _BODY, _HEAD = "方正小标宋简体", "仿宋", "黑体"
_LATIN = "Times New Roman"
#: Millimetres between the margins.
_WIDE = 156
_NUMBERS = "一二三四五六七八九十"


@dataclass(frozen=True, slots=True)
class Praised:
    """A piece that was chosen by name."""

    grade: str
    title: str
    byline: str
    issue: str
    reason: str


@dataclass(frozen=True, slots=True)
class Paper:
    """All that a 通报 says; `figures` are sentences, `silent` are names of branches."""

    heading: str
    addressed: str
    opening: str
    figures: tuple[str, ...]
    ranking: Table
    praised: tuple[Praised, ...]
    silent: tuple[str, ...]
    comment: str
    call: str
    signed: str
    dated: date | None


def docx(paper: Paper) -> bytes:
    document = Document()
    _page(document)
    _line(document, paper.heading, face=_TITLE, size=22, centred=True, after=14)
    if paper.addressed:
        _line(document, f"{paper.addressed.rstrip('：:')}：", indent=False)
    _paragraphs(document, paper.opening)
    heads = iter(_NUMBERS)
    _head(document, f"{next(heads)}、总体情况")
    for sentence in paper.figures:
        _line(document, sentence)
    if paper.ranking.rows:
        _head(document, f"{next(heads)}、各单位名次")
        _table(document, paper.ranking)
    if paper.praised:
        _head(document, f"{next(heads)}、优秀稿件")
        for each in paper.praised:
            told = f"{each.grade}：《{each.title}》（{each.byline}，{each.issue}）。{each.reason}"
            _line(document, told)
    if paper.silent:
        _head(document, f"{next(heads)}、没有投稿的单位")
        _line(document, "、".join(paper.silent) + f"，共 {len(paper.silent)} 个。")
    if paper.comment:
        _head(document, f"{next(heads)}、评点")
        _paragraphs(document, paper.comment)
    if paper.call:
        _head(document, f"{next(heads)}、下一步要求")
        _paragraphs(document, paper.call)
    _signature(document, paper)
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def _page(document: Any) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(37), Mm(35)
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    style = document.styles["Normal"]
    style.font.size = Pt(16)
    properties = style.element.get_or_add_rPr()
    _set_face(properties, style.font, _BODY)
    # Or a machine of another language sets marks in the middle of their squares.
    language = properties.makeelement(qn("w:lang"), {qn("w:eastAsia"): "zh-CN"})
    properties.append(language)


def _set_face(properties: Any, font: Any, face: str) -> None:
    """Chinese and all other characters: Word keeps two fonts."""
    font.name = _LATIN
    properties.get_or_add_rFonts().set(qn("w:eastAsia"), face)


def _line(
    document: Any,
    text: str,
    *,
    face: str = _BODY,
    size: int = 16,
    centred: bool = False,
    indent: bool = True,
    right: bool = False,
    after: int = 0,
) -> Any:
    paragraph = document.add_paragraph()
    shape = paragraph.paragraph_format
    shape.space_before, shape.space_after = Pt(0), Pt(after)
    shape.line_spacing_rule, shape.line_spacing = (
        WD_LINE_SPACING.EXACTLY,
        Pt(28 if size < 20 else 35),
    )
    if centred:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    elif right:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        shape.right_indent = Pt(32)
    elif indent:
        shape.first_line_indent = Pt(2 * size)
    run = paragraph.add_run(_printable(text))
    run.font.size = Pt(size)
    _set_face(run._element.get_or_add_rPr(), run.font, face)
    return paragraph


def _printable(text: str) -> str:
    """Word's file is XML, which holds neither control characters nor what is no character."""
    return "".join(
        each for each in text if (each >= " " or each in "\t\n") and each not in "\ufffe\uffff"
    )


def _paragraphs(document: Any, text: str) -> None:
    for each in text.splitlines():
        if each.strip():
            _line(document, each.strip())


def _head(document: Any, text: str) -> None:
    _line(document, text, face=_HEAD).paragraph_format.keep_with_next = True


def _table(document: Any, table: Table) -> None:
    grid = document.add_table(rows=1, cols=len(table.columns))
    grid.style, grid.alignment = "Table Grid", WD_TABLE_ALIGNMENT.CENTER
    grid.autofit = False
    _cells(grid.rows[0].cells, (each.label for each in table.columns), face=_HEAD, centred=True)
    _repeat(grid.rows[0])
    for row in table.rows:
        _cells(grid.add_row().cells, words(table, row.cells))
    if table.total:
        _cells(grid.add_row().cells, words(table, table.total), face=_HEAD)
    whole = sum(each.width for each in table.columns)
    for at, column in enumerate(table.columns):
        for cell in grid.columns[at].cells:
            cell.width = Mm(_WIDE * column.width / whole)


def _cells(cells: Any, texts: Iterable[str], *, face: str = _BODY, centred: bool = False) -> None:
    for at, (cell, text) in enumerate(zip(cells, texts, strict=True)):
        paragraph = cell.paragraphs[0]
        if centred or at != 1:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        run = paragraph.add_run(_printable(text))
        run.font.size = Pt(12)
        _set_face(run._element.get_or_add_rPr(), run.font, face)


def _repeat(row: Any) -> None:
    """The head of the table on every page."""
    mark = row._tr.get_or_add_trPr().makeelement(qn("w:tblHeader"), {qn("w:val"): "true"})
    row._tr.get_or_add_trPr().append(mark)


def _signature(document: Any, paper: Paper) -> None:
    if not paper.signed and not paper.dated:
        return
    _line(document, "", indent=False)
    if paper.signed:
        _line(document, paper.signed, right=True)
    if paper.dated:
        day = paper.dated
        _line(document, f"{day.year}年{day.month}月{day.day}日", right=True)
