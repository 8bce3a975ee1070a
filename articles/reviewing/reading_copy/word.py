"""送审稿 as a Word file: house styles, numbered lines, a margin for the pen. Pure.

Every style is Word's own, so that WPS shows it too; what is written is what `coming_back` reads.
"""

from collections.abc import Mapping, Sequence
from io import BytesIO
from itertools import groupby
from typing import Any

from docx import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from . import Copy, Line

#: Word takes the first that the machine has by the name that is written.
_SONG, _HEI, _KAI, _LATIN = "宋体", "黑体", "楷体", "Times New Roman"
#: Style of each kind of line: name, face, size, indent in characters, centred.
_STYLES = {
    "label": ("送审稿 编号", _HEI, 9, 0, False),
    "section": ("送审稿 栏目", _HEI, 10.5, 0, False),
    "kicker": ("送审稿 肩题", _KAI, 14, 0, True),
    "title": ("送审稿 标题", _HEI, 18, 0, True),
    "standfirst": ("送审稿 导语", _KAI, 12, 2, False),
    "byline": ("送审稿 署名", _KAI, 12, 0, True),
    "h2": ("送审稿 一级标题", _HEI, 14, 0, False),
    "h3": ("送审稿 二级标题", _HEI, 12, 0, False),
    "h4": ("送审稿 三级标题", _KAI, 12, 0, False),
    "blockquote": ("送审稿 引文", _KAI, 12, 2, False),
    "figcaption": ("送审稿 图说", _KAI, 10.5, 0, True),
    "caption": ("送审稿 表题", _HEI, 10.5, 0, True),
    "li": ("送审稿 列表", _SONG, 12, 2, False),
    "p": ("送审稿 正文", _SONG, 12, 2, False),
}
#: Millimetres: a page of A4 whose right third is for the pen.
_LEFT, _RIGHT = 24, 62
_WIDE = 210 - _LEFT - _RIGHT


def docx(copies: Sequence[Copy], heading: str, pictures: Mapping[str, bytes]) -> bytes:
    """`heading` runs at the head of each page; `pictures` (JPEG) by token."""
    document = Document()
    _page(document, heading)
    for name, face, size, indent, centred in _STYLES.values():
        _style(document, name, face, size, indent, centred)
    for at, copy in enumerate(copies):
        _copy(document, copy, pictures, new_page=at > 0)
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def _page(document: Any, heading: str) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin, section.right_margin = Mm(_LEFT), Mm(_RIGHT)
    section.top_margin, section.bottom_margin = Mm(26), Mm(22)
    numbers = OxmlElement("w:lnNumType")
    numbers.set(qn("w:countBy"), "1")
    numbers.set(qn("w:restart"), "newPage")
    numbers.set(qn("w:distance"), str(int(Mm(5).twips)))
    # The schema's order: after the margins, before the columns.
    section._sectPr.find(qn("w:pgMar")).addnext(numbers)
    head = section.header.paragraphs[0]
    head.text = _printable(heading)
    head.runs[0].font.size = Pt(9)
    _face(head.runs[0]._element.get_or_add_rPr(), _SONG)
    _page_number(section.footer.paragraphs[0])


def _page_number(paragraph: Any) -> None:
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    paragraph._p.append(field)


def _style(document: Any, name: str, face: str, size: float, indent: int, centred: bool) -> None:
    style = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    style.base_style = document.styles["Normal"]
    style.font.name, style.font.size = _LATIN, Pt(size)
    style.font.color.rgb = RGBColor(0, 0, 0)
    properties = style.element.get_or_add_rPr()
    _face(properties, face)
    shape = style.paragraph_format
    shape.space_before = shape.space_after = Pt(0)
    shape.line_spacing_rule, shape.line_spacing = WD_LINE_SPACING.AT_LEAST, Pt(size * 1.75)
    shape.first_line_indent = Pt(size * indent)
    if centred:
        shape.alignment = WD_ALIGN_PARAGRAPH.CENTER


def _face(properties: Any, face: str) -> None:
    fonts = properties.get_or_add_rFonts()
    fonts.set(qn("w:eastAsia"), face)
    # Or a machine of another language sets marks in the middle of their squares.
    language = OxmlElement("w:lang")
    language.set(qn("w:eastAsia"), "zh-CN")
    properties.append(language)


def _copy(document: Any, copy: Copy, pictures: Mapping[str, bytes], *, new_page: bool) -> None:
    label = _line(document, Line("label", copy.label))
    label.paragraph_format.page_break_before = new_page
    _suppress_numbers(label)
    if copy.section:
        _suppress_numbers(_line(document, Line("section", f"栏目：{copy.section}")))
    for is_row, lines in groupby(copy.lines, key=lambda each: bool(each.cells)):
        if is_row:
            _table(document, list(lines))
            continue
        for line in lines:
            if line.kind == "picture":
                _picture(document, pictures.get(line.picture, b""))
            else:
                _line(document, line)


def _suppress_numbers(paragraph: Any) -> None:
    """What is no line of the text bears no number."""
    properties = paragraph._p.get_or_add_pPr()
    mark = OxmlElement("w:suppressLineNumbers")
    properties.insert_element_before(
        mark, "w:pBdr", "w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc", "w:rPr"
    )


def _line(document: Any, line: Line) -> Any:
    name = _STYLES.get(line.kind, _STYLES["p"])[0]
    words = f"◎{line.words}" if line.kind == "byline" else line.words
    return document.add_paragraph(_printable(words), style=name)


def _table(document: Any, rows: list[Line]) -> None:
    wide = max(len(each.cells) for each in rows)
    grid = document.add_table(rows=0, cols=wide)
    grid.style = "Table Grid"
    for row in rows:
        cells = grid.add_row().cells
        for cell, words in zip(cells, row.cells, strict=False):
            cell.paragraphs[0].text = _printable(words)
            for run in cell.paragraphs[0].runs:
                run.font.size = Pt(10.5)
                _face(run._element.get_or_add_rPr(), _SONG)


def _picture(document: Any, data: bytes) -> None:
    if not data:
        return
    paragraph = document.add_paragraph(style=_STYLES["figcaption"][0])
    paragraph.add_run().add_picture(BytesIO(data), width=Mm(_WIDE * 0.7))
    _suppress_numbers(paragraph)


def _printable(text: str) -> str:
    """Word's file is XML, which holds neither control characters nor what is no character."""
    return "".join(each for each in text if each >= " " and each not in "\ufffe\uffff")
