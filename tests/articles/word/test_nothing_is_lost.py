"""Random documents of every part that a Word file has: each character that Word shows is in the
form, or a remark says what is not; and nothing is there that Word does not show.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

from hypothesis import given, settings
from hypothesis import strategies as st

from articles.bodies.tree import Node, parse
from articles.word import WordManuscript, read
from tests.articles.docx import (
    docx,
    level,
    note,
    note_mark,
    p,
    photo,
    picture,
    r,
    style,
    table,
    title,
)

#: By number of the list: its way, its text, and what Word shows before its first two paragraphs.
LISTS = {
    1: ("decimal", "%1.", "1.", "2."),
    2: ("chineseCounting", "（%1）", "（一）", "（二）"),
    3: ("decimal", "图2-%1", "图2-1", "图2-2"),
    4: ("ideographZodiac", "%1、", "子、", "丑、"),
    5: ("none", "注：", "注：", "注："),
    6: ("bullet", "☑", "☑", "☑"),
    7: ("decimalEnclosedParen", "%1", "⑴", "⑵"),
}
#: A list of the cells alone.
CELLS = 8
#: And one of paragraphs without words.
EMPTY = 9
NUMBERS = "".join(
    f'<w:abstractNum w:abstractNumId="{key}">{level(0, (way, text))}</w:abstractNum>'
    for key, (way, text, *_) in {
        **LISTS,
        CELLS: ("decimal", "%1）"),
        EMPTY: ("decimal", "〔%1〕"),
    }.items()
) + "".join(
    f'<w:num w:numId="{key}"><w:abstractNumId w:val="{key}"/></w:num>'
    for key in (*LISTS, CELLS, EMPTY)
)


@dataclass
class Part:
    """XML of paragraphs and tables; what of it Word shows; what it hides; what a remark says."""

    xml: str
    shown: list[str]
    hidden: str = ""
    remark: str = ""


def mark(kind: str) -> str:
    return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'


def code(words: str) -> str:
    return f"<w:r><w:instrText>{words}</w:instrText></w:r>"


def field(words: str) -> str:
    return mark("begin") + code(words) + mark("end")


def box(content: str) -> str:
    inside = f"<w:txbxContent>{content}</w:txbxContent>"
    return f"<w:r><w:pict><v:shape><v:textbox>{inside}</v:textbox></v:shape></w:pict></w:r>"


def sign(words: str) -> str:
    return r(words, more='<w:rFonts w:ascii="Wingdings" w:hAnsi="Wingdings"/>')


def prompt(words: str) -> str:
    shown = "<w:sdtPr><w:showingPlcHdr/></w:sdtPr>"
    return f"<w:sdt>{shown}<w:sdtContent>{r(words)}</w:sdtContent></w:sdt>"


def deleted_row(words: str, gone: str) -> str:
    rows = table([words, "乙"]) + table([gone, "丁"]).replace(
        "<w:tr>", '<w:tr><w:trPr><w:del w:id="9"/></w:trPr>'
    )
    return rows.replace("</w:tbl><w:tbl>", "")


#: Each makes its part of words that stand nowhere else, and of others for what is hidden.
KINDS: dict[str, Callable[[str, str], Part]] = {
    "text": lambda w, _: Part(p(f"{w}，写下来就不会忘。"), [f"{w}，写下来就不会忘。"]),
    "title": lambda w, _: Part(title(w), [w]),
    "heading": lambda w, _: Part(p(f"一、{w}"), [f"一、{w}"]),
    "bold": lambda w, _: Part(p(w, bold=True), [w]),
    "right": lambda w, _: Part(p(w, align="right"), [w]),
    "byline": lambda w, _: Part(p(f"南湖支行　{w}", align="right"), ["南湖支行", w]),
    "marked": lambda w, _: Part(p(f"◎{w}"), [w]),
    "quoted": lambda w, _: Part(p(w, style="q"), [w]),
    "typed": lambda w, _: Part(p(f"1、{w}") + p(f"2、{w}"), [f"1、{w}", f"2、{w}"]),
    "typed list": lambda w, _: Part(p(f"1. {w}") + p(f"2. {w}"), [f"1.{w}", f"2.{w}"]),
    "lines": lambda w, _: Part(p(f"{w}\n{w}"), [w, w]),
    "drop cap": lambda w, _: Part(
        p(r(w[0], size=60), more='<w:framePr w:dropCap="drop"/>') + p(f"{w[1:]}，又是一天。"),
        [f"{w}，又是一天。"],
    ),
    "ring": lambda w, _: Part(p(w, field(r"eq \o\ac(○,3)"), w), [f"{w}③{w}"]),
    "sign": lambda w, _: Part(p(sign("\xfe"), w), [f"☑{w}"]),
    "box": lambda w, _: Part(p(box(p(w))), [w], remark="个文本框里的文字"),
    "picture": lambda w, _: Part(p(box(p(picture("a.jpg", alt=w)))), [w]),
    "caption": lambda w, _: Part(p(picture("a.jpg")) + p(f"图1 {w}"), [f"图1{w}"]),
    "table": lambda w, _: Part(table([w, "乙"], ["丙", "丁"]), [w, "乙", "丙", "丁"]),
    "list in a cell": lambda w, _: Part(
        table([p(w, item=(CELLS, 0)), "乙"], ["丙", "丁"]), [f"）{w}"]
    ),
    "cell of much": lambda w, _: Part(
        table([p(box(p(w))) + p(w, sign("\xfe")) + table([w, "戊"]), "乙"], ["丙", "丁"]),
        [f"{w}☑", f"{w}戊", "乙丙丁"],
        remark="个文本框里的文字",
    ),
    "link": lambda w, _: Part(
        p(f'<w:hyperlink r:id="x">{r(w)}</w:hyperlink>', field(r"eq \o\ac(○,7)")), [f"{w}⑦"]
    ),
    "inserted": lambda w, _: Part(p(f'<w:ins w:id="1">{r(w)}</w:ins>'), [w], remark="处新加"),
    "note": lambda w, _: Part(p(w, note_mark()), [w, "本行统计"], remark="条脚注"),
    "family": lambda w, _: Part(p(f"{w}👨\u200d👩\u200d👧"), [f"{w}👨\u200d👩\u200d👧"]),
    "prompt": lambda w, h: Part(p(w, prompt(h)), [w], h, "处没有填写的提示"),
    "hidden": lambda w, h: Part(p(w, r(h, more="<w:vanish/>")), [w], h, "处隐藏的文字"),
    "deleted": lambda w, h: Part(
        p(w, f'<w:del w:id="1"><w:r><w:delText>{h}</w:delText></w:r></w:del>'),
        [w],
        h,
        "处已删除的文字",
    ),
    "deleted row": lambda w, h: Part(deleted_row(w, h), [w, "乙"], h, "行没有导入"),
    "comment": lambda w, _: Part(
        p(w, '<w:r><w:commentReference w:id="0"/></w:r>'), [w], remark="条批注"
    ),
    "chart": lambda w, _: Part(
        p(w, "<w:r><w:drawing><a:graphicData uri='http://x/chart'/></w:drawing></w:r>"),
        [w],
        remark="个图表",
    ),
    "no result": lambda w, _: Part(p(w, field("AUTHOR")), [w], remark="由 Word 现算"),
    "caption not counted": lambda w, _: Part(
        p(w, field(f"SEQ {w}")), [f"{w}1"], remark="按先后补上了"
    ),
    "contents": lambda w, h: Part(
        p(mark("begin"), code("TOC"), mark("separate"), r(h)) + p(r(h), mark("end")) + p(w),
        [w],
        h,
        "目录没有导入",
    ),
    "number without words": lambda w, _: Part(
        p(item=(EMPTY, 0)) + p(w), [w], remark="个自动编号后面没有文字"
    ),
    "comment on what is deleted": lambda w, h: Part(
        p(
            w,
            f'<w:del w:id="1"><w:r><w:delText>{h}</w:delText></w:r>'
            '<w:r><w:commentReference w:id="0"/></w:r></w:del>',
        ),
        [w],
        h,
        "条批注",
    ),
    "strange sign": lambda w, _: Part(p(w, sign("\uf0ff")), [w], remark="个特殊符号"),
}


def counted(keys: list[int | str]) -> list[Part]:
    """A part for each: a number is that of a list, whose numbers go on."""
    seen: dict[int, int] = {}
    parts = []
    for at, key in enumerate(keys):
        words, hidden = f"甲{at:02}句话写雨伞", f"密{at:02}不可见"
        if isinstance(key, str):
            parts.append(KINDS[key](words, hidden))
            continue
        seen[key] = seen.get(key, 0) + 1
        mark = LISTS[key][seen[key] + 1] if seen[key] < 3 else ""
        parts.append(Part(p(words, item=(key, 0)), [f"{mark}{words}"]))
    return parts


def printed(found: WordManuscript) -> str:
    """All that the form and the page show, without spaces; a list with what it prints."""
    names = [word for byline in found.bylines for word in byline]
    body = "".join(_printed(each) for each in parse(found.body))
    return "".join("".join([found.title, *found.above, *names, body]).split())


def _printed(node: Node | str) -> str:
    if isinstance(node, str):
        return node
    if node.tag == "ol":
        start = int(node.get("start") or 1)
        items = [each for each in node.children if isinstance(each, Node)]
        return "".join(f"{at}.{_inside(each)}" for at, each in enumerate(items, start))
    return (node.get("alt") or "") + _inside(node)


def _inside(node: Node) -> str:
    return "".join(map(_printed, node.children))


@settings(max_examples=60)
@given(st.lists(st.sampled_from([*KINDS, *LISTS]), min_size=1, max_size=14))
def test_what_word_shows_is_in_the_form_or_in_a_remark(keys):
    parts = counted(keys)
    found = read(
        docx(
            *(part.xml for part in parts),
            numbers=NUMBERS,
            notes=note("本行统计"),
            styles=style("q", "Quote"),
            media={"a.jpg": photo(40, 30)},
        )
    )
    everything, said = printed(found), "".join(found.remarks)
    lost = [
        words
        for part in parts
        for words in part.shown
        if re.sub(r"\s", "", words) not in everything and words not in said
    ]
    assert lost == []
    assert [part.hidden for part in parts if part.hidden and part.hidden in everything] == []
    assert [part.remark for part in parts if part.remark not in said] == []
