"""Small files of what is seldom met: every word that Word shows is in the form, or a remark says
what is not; what Word does not show is not there."""

import io
import zipfile

import pytest

from articles.word import read
from tests.articles.docx import (
    cell,
    docx,
    link,
    note,
    note_mark,
    numbering,
    p,
    photo,
    picture,
    r,
    style,
    table,
    title,
)
from tests.articles.word.test_nothing_is_lost import box, printed

NEWER = "http://schemas.microsoft.com/office/word/2010"
KINDS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
#: What the notes lead to.
OF_NOTES = {
    "word/_rels/footnotes.xml.rels": (
        f'<Relationships xmlns="{PACKAGE}"><Relationship Id="a.jpg" Type="{KINDS}/image" '
        'Target="media/a.jpg"/></Relationships>'
    )
}


def run(xml: str) -> str:
    return f"<w:r>{xml}</w:r>"


def drawn(kind: str, inside: str) -> str:
    return run(
        f'<w:drawing><wp:inline><a:graphic><a:graphicData uri="{NEWER}/{kind}">{inside}'
        "</a:graphicData></a:graphic></wp:inline></w:drawing>"
    )


def shape(words: str) -> str:
    return f"<wps:wsp><wps:txbx><w:txbxContent>{p(words)}</w:txbxContent></wps:txbx></wps:wsp>"


def group(inside: str) -> str:
    wpg = f'xmlns:wpg="{NEWER}/wordprocessingGroup"'
    return drawn("wordprocessingGroup", f"<wpg:wgp {wpg}>{inside}</wpg:wgp>")


def ways(requires: str, choice: str, fallback: str = "") -> str:
    other = f"<mc:Fallback>{fallback}</mc:Fallback>" if fallback else ""
    chosen = f'<mc:Choice Requires="{requires}">{choice}</mc:Choice>'
    return f"<mc:AlternateContent>{chosen}{other}</mc:AlternateContent>"


def field(code: str, result: str) -> str:
    begin, middle, end = (
        run(f'<w:fldChar w:fldCharType="{each}"/>') for each in ("begin", "separate", "end")
    )
    return f"{begin}<w:r><w:instrText> {code} </w:instrText></w:r>{middle}{result}{end}"


def formula(inside: str) -> str:
    return f"<m:oMath>{inside}</m:oMath>"


def said(words: str) -> str:
    return f"<m:r><m:t>{words}</m:t></m:r>"


def listed(way: str, text: str) -> dict:
    return {"body": p("伞架", item=(1, 0)), "numbers": numbering((way, text))}


HIDING = style("h", "暗", kind="character", more="<w:rPr><w:vanish/></w:rPr>")
#: The file; what is shown; what is not; what a remark says.
CASES: dict[str, tuple[dict, list[str], list[str], str]] = {
    "a box in a box": (
        {"body": p("外", box(p("盒中甲", box(p("盒中乙")))))},
        ["盒中甲", "盒中乙"],
        [],
        "文本框",
    ),
    "shapes in groups": (
        {"body": p(group(shape("组一") + f"<wpg:grpSp>{shape('组二')}</wpg:grpSp>"))},
        ["组一", "组二"],
        [],
        "文本框",
    ),
    "a canvas": (
        {"body": p(drawn("wordprocessingCanvas", shape("画布字")))},
        ["画布字"],
        [],
        "文本框",
    ),
    "a box that older programs lack": (
        {"body": p(ways("wps", drawn("wordprocessingShape", shape("新框字"))))},
        ["新框字"],
        [],
        "文本框",
    ),
    "a way that nobody knows": (
        {"body": p(run(ways("zzz", "<w:t>不识的写法</w:t>", "<w:t>退路</w:t>")))},
        ["退路"],
        ["不识"],
        "",
    ),
    "rows and cells in controls": (
        {
            "body": "<w:tbl><w:sdt><w:sdtContent><w:tr>"
            + cell("行甲")
            + cell("行乙")
            + "</w:tr></w:sdtContent></w:sdt><w:tr><w:sdt><w:sdtContent>"
            + cell("格甲")
            + "</w:sdtContent></w:sdt>"
            + cell("格乙")
            + "</w:tr></w:tbl>"
        },
        ["行甲", "行乙", "格甲", "格乙"],
        [],
        "",
    ),
    "tags of other programs": (
        {
            "body": '<w:customXml w:element="a">'
            + p("<w:smartTag>" + r("智能") + "</w:smartTag>")
            + "</w:customXml>"
        },
        ["智能"],
        [],
        "",
    ),
    "a table in a note": (
        {
            "body": p("正文", note_mark()),
            "notes": note("注").replace(
                "</w:footnote>", table(["注格甲", "注格乙"]) + "</w:footnote>"
            ),
        },
        ["注格甲", "注格乙"],
        [],
        "脚注里的 1 个表格",
    ),
    "a box in a note": (
        {
            "body": p("正文", note_mark()),
            "notes": note("注").replace("</w:footnote>", p(box(p("注框"))) + "</w:footnote>"),
        },
        ["注框"],
        [],
        "文本框",
    ),
    "moved words": (
        {
            "body": p(f'<w:moveFrom w:id="1">{r("挪走")}</w:moveFrom>', "留下")
            + p(f'<w:moveTo w:id="2">{r("挪来")}</w:moveTo>')
        },
        ["留下", "挪来"],
        ["挪走"],
        "",
    ),
    "hidden by a style": (
        {"body": p("看得见", r("样式隐", style="h")), "styles": HIDING},
        ["看得见"],
        ["样式隐"],
        "隐藏",
    ),
    "shown in spite of a style": (
        {"body": p(r("又显出", style="h", more='<w:vanish w:val="0"/>')), "styles": HIDING},
        ["又显出"],
        [],
        "",
    ),
    "words in a formula": (
        {
            "body": p(
                formula(
                    "<m:nary><m:naryPr><m:chr m:val='∑'/></m:naryPr><m:sub>"
                    + said("下")
                    + "</m:sub><m:e><m:r><w:t>体内</w:t></m:r></m:e></m:nary>"
                )
            )
        },
        ["∑", "下", "体内"],
        [],
        "个公式",
    ),
    "deleted in a formula": (
        {"body": p(formula(said("前式") + f'<w:del w:id="2">{said("删式")}</w:del>'))},
        ["前式"],
        ["删式"],
        "已删除",
    ),
    "a matrix": (
        {
            "body": p(
                "<m:oMathPara>"
                + formula(
                    f"<m:m><m:mr><m:e>{said('矩一')}</m:e><m:e>{said('矩二')}</m:e></m:mr></m:m>"
                )
                + "</m:oMathPara>"
            )
        },
        ["矩一", "矩二"],
        [],
        "个公式",
    ),
    "from right to left": (
        {
            "body": p(
                f'<w:bdo w:val="rtl">{r("方甲")}</w:bdo><w:dir w:val="ltr">{r("方乙")}</w:dir>'
            )
        },
        ["方甲", "方乙"],
        [],
        "",
    ),
    "signs between words": (
        {
            "body": p(
                run(
                    "<w:t>左</w:t><w:ptab/><w:t>中</w:t><w:cr/><w:t>行</w:t><w:softHyphen/><w:t>软</w:t>"
                )
            )
        },
        ["左", "中", "行", "软"],
        [],
        "",
    ),
    "fields in fields": (
        {"body": p(field("IF 1=1", field("MERGEFIELD n", r("内果")) + r("外果")))},
        ["内果", "外果"],
        [],
        "",
    ),
    "a list that was chosen from": (
        {
            "body": p(
                '<w:sdt><w:sdtPr><w:dropDownList><w:listItem w:displayText="春" w:value="a"/>'
                f"</w:dropDownList></w:sdtPr><w:sdtContent>{r('夏选')}</w:sdtContent></w:sdt>"
            )
        },
        ["夏选"],
        ["春"],
        "",
    ),
    "a box that is ticked": (
        {
            "body": p(
                f'<w:sdt xmlns:w14="{NEWER}/wordml"><w:sdtPr><w14:checkbox>'
                '<w14:checked w14:val="1"/></w14:checkbox></w:sdtPr>'
                f"<w:sdtContent>{r('☒')}</w:sdtContent></w:sdt>"
            )
        },
        ["☒"],
        ["☑"],
        "",
    ),
    "01.": (listed("decimalZero", "%1."), ["01.伞架"], [], ""),
    "第一章": (listed("japaneseCounting", "第%1章"), ["第一章伞架"], [], ""),
    "甲、": (listed("ideographTraditional", "%1、"), ["甲、伞架"], [], ""),
    "1st": (listed("ordinal", "%1"), ["1st伞架"], [], ""),
    "pen strokes": ({"body": p("墨", '<w:contentPart r:id="k"/>')}, ["墨"], [], "没有导入"),
    "a diagram": (
        {"body": p(drawn("x", "").replace(f"{NEWER}/x", "http://x/diagram"))},
        [],
        [],
        "流程图",
    ),
    "a chart in a group": (
        {"body": p(group('<a:graphic><a:graphicData uri="http://x/chart"/></a:graphic>'))},
        [],
        [],
        "图表",
    ),
    "another document": ({"body": '<w:altChunk r:id="z"/>'}, [], [], "外部文档"),
    "a picture elsewhere": (
        {
            "body": p(picture("l").replace("r:embed", "r:link")),
            "links": link("l", "http://x.example/a.jpg", kind="image"),
        },
        [],
        [],
        "只是链接",
    ),
    "a frame": ({"body": p("框架字", more='<w:framePr w:w="2000"/>')}, ["框架字"], [], ""),
    "a deleted box": (
        {"body": p("留", f'<w:del w:id="1">{box(p("删框"))}</w:del>')},
        ["留"],
        ["删框"],
        "已删除",
    ),
    "a new row": (
        {
            "body": table(["新甲", "新乙"]).replace(
                "<w:tr>", '<w:tr><w:trPr><w:ins w:id="1"/></w:trPr>'
            )
        },
        ["新甲", "新乙"],
        [],
        "",
    ),
    "tables in tables": (
        {"body": table(["外", table(["中", table(["里", "最里"]) + p("")]) + p("")])},
        ["外", "中", "里", "最里"],
        [],
        "",
    ),
    "capitals": ({"body": p(r("abc", more="<w:caps/>"))}, ["ABC"], [], ""),
    "rare characters": ({"body": p("𠮷野家𣎴")}, ["𠮷野家𣎴"], [], ""),
    "words of a locked drawing": (
        {"body": p(drawn("x", "<a:txBody><a:p><a:r><a:t>锁定字</a:t></a:r></a:p></a:txBody>"))},
        ["锁定字"],
        [],
        "文本框",
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_every_word_is_in_the_form_or_in_a_remark(name):
    facts, shown, hidden, remark = CASES[name]
    facts = dict(facts)
    found = read(docx(title("雨天"), p("先说一句话。"), facts.pop("body"), **facts), "a.docx")
    text = printed(found)
    assert [each for each in shown if each not in text] == []
    assert [each for each in hidden if each in text] == []
    assert remark in "".join(found.remarks)


@pytest.mark.parametrize("words", ["注文", ""])
def test_a_picture_in_a_note_stands_below_the_notes(words):
    notes = note(words).replace("</w:footnote>", f"{p(picture('a.jpg'))}</w:footnote>")
    found = read(
        docx(p("正文", note_mark()), notes=notes, media={"a.jpg": photo()}, parts=OF_NOTES),
        "a.docx",
    )
    assert len(found.pictures) == 1
    assert found.body.endswith("</figure>")
    assert (words or "（见下图）") in found.body


@pytest.mark.parametrize(
    "inside", [picture("z"), run('<w:pict><v:textpath string="字"/></w:pict>')]
)
def test_a_header_without_words_is_told_as_well(inside):
    row = f'<Relationship Id="hd" Type="{KINDS}/header" Target="header1.xml"/>'
    document = docx(p("正文"), links=row)
    header = docx(p(inside))
    found = read(_with(document, "word/header1.xml", _part_of(header)), "a.docx")
    assert "页眉、页脚没有导入。" in found.remarks


def _part_of(document: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(document)) as file:
        return file.read("word/document.xml")


def _with(document: bytes, name: str, part: bytes) -> bytes:
    out = io.BytesIO(document)
    with zipfile.ZipFile(out, "a") as file:
        file.writestr(name, part)
    return out.getvalue()


def test_of_two_ways_that_say_as_much_the_one_that_word_shows_comes_in():
    """The other is for programs that do not know the first."""
    either = ways("w14", p("请带身份证来"), p("请带证件过来"))
    found = read(docx(p("今天下雨，来的人不多。"), either))
    assert "请带身份证来" in found.body
    assert "请带证件过来" not in found.body
