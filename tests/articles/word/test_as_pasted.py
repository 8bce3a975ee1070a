"""The same content, brought as a file and pasted from Word's clipboard, gives the same body."""

import pytest

from articles.bodies import html
from articles.word import read
from tests.articles.docx import docx, level, p, r, style, table, title

TEXT = "柜台里外，听见的是同一件小事，写下来就不会忘。" * 3
LISTS = {
    1: [("decimal", "%1."), ("lowerLetter", "%2)")],
    2: [("chineseCounting", "%1、"), ("chineseCounting", "（%2）")],
    3: [("decimal", "第%1条")],
    4: [("bullet", "●"), ("bullet", "■")],
    5: [("bullet", "☑")],
    6: [("decimal", "%1."), ("decimal", "%2.")],
    7: [("decimal", "图1-%1")],
}
NUMBERS = "".join(
    f'<w:abstractNum w:abstractNumId="{key}">'
    f"{''.join(level(at, written) for at, written in enumerate(levels))}</w:abstractNum>"
    for key, levels in LISTS.items()
) + "".join(f'<w:num w:numId="{key}"><w:abstractNumId w:val="{key}"/></w:num>' for key in LISTS)


def item(mark: str, text: str, depth: int = 1) -> str:
    return (
        f"<p class=MsoListParagraph style='mso-list:l0 level{depth} lfo1'><![if !supportLists]>"
        f"<span style='mso-list:Ignore'>{mark}<span style='font:7.0pt'>&nbsp;&nbsp; </span></span>"
        f"<![endif]>{text}</p>"
    )


def marked(kind: str) -> str:
    return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'


SENTENCE = "雨下得再大，先请门口的人进来坐，再问要办什么。"
#: What stands in the file, and on the clipboard.
CASES = {
    "words": (p(SENTENCE), f"<p class=MsoNormal>{SENTENCE}<o:p></o:p></p>"),
    "bold": (
        p("请", r("带伞", bold=True), "出门"),
        "<p>请<b style='mso-bidi-font-weight:normal'>带伞</b>出门</p>",
    ),
    "bold of WPS": (
        p("请", r("带伞", bold=True), "出门"),
        "<p>请<span style='mso-spacerun:yes;font-weight:bold'>带伞</span>出门</p>",
    ),
    "italic": (p("请", r("带伞", more="<w:i/>"), "出门"), "<p>请<i>带伞</i>出门</p>"),
    "raised": (
        p("10", r("2", more='<w:vertAlign w:val="superscript"/>'), "倍"),
        "<p>10<sup>2</sup>倍</p>",
    ),
    "a line end": (p("雨落在檐下\n伞立在门边"), "<p>雨落在檐下<br>伞立在门边</p>"),
    "headings": (
        p("来意", style="1") + p(SENTENCE) + p("去处", style="2") + p("归途", style="1"),
        f"<h1>来意</h1><p>{SENTENCE}</p><h2><b>去处</b></h2><h1>归途</h1>",
    ),
    "headings of the second level": (
        p("来意", style="2") + p(SENTENCE),
        f"<h2>来意</h2><p>{SENTENCE}</p>",
    ),
    "headings by number": (
        p("一、来意", bold=True) + p(SENTENCE) + p("（一）门口") + p(SENTENCE) + p("二、去处"),
        f"<p><b>一、来意</b></p><p>{SENTENCE}</p><p>（一）门口</p><p>{SENTENCE}</p><p>二、去处</p>",
    ),
    "headings by a number that Word counts": (
        p("来意", item=(2, 0)) + p(SENTENCE) + p("门口", item=(2, 1)) + p(SENTENCE),
        item("一、", "来意")
        + f"<p>{SENTENCE}</p>"
        + item("（一）", "门口", 2)
        + f"<p>{SENTENCE}</p>",
    ),
    "headings by size": (
        p("来意", size=16) + p(SENTENCE) + p("去处", size=16, bold=True) + p(SENTENCE),
        f"<p><span style='font-size:16.0pt'>来意</span></p><p>{SENTENCE}</p>"
        f"<p><b><span style='font-size:16.0pt'>去处</span></b></p><p>{SENTENCE}</p>",
    ),
    "headings in bold": (
        p("来意", bold=True) + p(SENTENCE) + p("去处", bold=True) + p(SENTENCE),
        f"<p><b>来意</b></p><p>{SENTENCE}</p><p><b>去处</b></p><p>{SENTENCE}</p>",
    ),
    "headings by look below numbers": (
        p("一、来意") + p(SENTENCE) + p("门口", size=14) + p(SENTENCE),
        f"<p>一、来意</p><p>{SENTENCE}</p>"
        f"<p><span style='font-size:14.0pt'>门口</span></p><p>{SENTENCE}</p>",
    ),
    "a number that stands out": (
        p("一、来意") + p(SENTENCE) + p("1．门口", bold=True) + p(SENTENCE),
        f"<p>一、来意</p><p>{SENTENCE}</p><p><b>1．门口</b></p><p>{SENTENCE}</p>",
    ),
    "large lines in a row": (
        p("伞", size=16) + p("灯", size=16) + p("茶", size=16) + p(SENTENCE) * 2,
        "<p><span style='font-size:16.0pt'>伞</span></p><p><span style='font-size:16.0pt'>灯</span>"
        f"</p><p><span style='font-size:16.0pt'>茶</span></p>{f'<p>{SENTENCE}</p>' * 2}",
    ),
    "a large sentence": (
        p("请带伞。", size=16) + p(SENTENCE),
        f"<p><span style='font-size:16.0pt'>请带伞。</span></p><p>{SENTENCE}</p>",
    ),
    "hardly larger": (
        p("来意", size=13) + p(SENTENCE),
        f"<p><span style='font-size:11.5pt'>来意</span></p><p>{SENTENCE}</p>",
    ),
    "only headings of the second rank": (
        p("（一）门口") + p(SENTENCE),
        f"<p>（一）门口</p><p>{SENTENCE}</p>",
    ),
    "numbered lines in a row": (
        p("一、伞") + p("二、灯") + p("三、茶"),
        "<p>一、伞</p><p>二、灯</p><p>三、茶</p>",
    ),
    "a numbered sentence": (p("一、先问来意。再办事"), "<p>一、先问来意。再办事</p>"),
    "numbers of ours": (
        p("伞", item=(1, 0)) + p("灯", item=(1, 0)),
        item("1.", "伞") + item("2.", "灯"),
    ),
    "numbers in numbers": (
        p("伞", item=(6, 0)) + p("红", item=(6, 1)) + p("灯", item=(6, 0)),
        item("1.", "伞") + item("1.", "红", 2) + item("2.", "灯"),
    ),
    "letters in numbers": (
        p("伞", item=(1, 0)) + p("红", item=(1, 1)) + p("灯", item=(1, 0)),
        item("1.", "伞") + item("a)", "红", 2) + item("2.", "灯"),
    ),
    "numbers in Chinese": (
        p(SENTENCE, item=(2, 0)) + p(SENTENCE, item=(2, 1)) + p(SENTENCE, item=(2, 1)),
        item("一、", SENTENCE) + item("（一）", SENTENCE, 2) + item("（二）", SENTENCE, 2),
    ),
    "articles": (
        p(SENTENCE, item=(3, 0)) + p(SENTENCE, item=(3, 0)),
        item("第1条", SENTENCE) + item("第2条", SENTENCE),
    ),
    "dots": (
        p("伞", item=(4, 0)) + p("红", item=(4, 1)) + p("灯", item=(4, 0)),
        item("l", "伞") + item("n", "红", 2) + item("l", "灯"),
    ),
    "ticks": (p("伞", item=(5, 0)), item("☑", "伞")),
    "ticks in their font": (
        p("伞", item=(5, 0)),
        item("<span style='font-family:Wingdings'>&thorn;</span>", "伞"),
    ),
    "ticks as Word writes them": (
        p("伞", item=(5, 0)),
        item("þ", "伞").replace(
            "<span style='mso-list", "<span style='font-family:Wingdings'><span style='mso-list"
        ),
    ),
    "a list after a list": (
        p("伞", item=(1, 0)) + p("灯", item=(6, 0)),
        item("1.", "伞") + item("1.", "灯"),
    ),
    "a table": (
        table(["网点", "人数"], ["东岭", p("早班", item=(1, 0)) + p("晚班", item=(1, 0))]),
        "<table><tr><td><p>网点</p></td><td><p>人数</p></td></tr><tr><td><p>东岭</p></td>"
        f"<td>{item('1.', '早班')}{item('2.', '晚班')}</td></tr></table>",
    ),
    "a comment": (
        p("今天下雨", '<w:r><w:commentReference w:id="0"/></w:r>'),
        "<p>今天<a style='mso-comment-reference:q_1'>下雨</a><span class=MsoCommentReference>"
        "<a class=msocomanchor href='#_msocom_1'>[q1]</a></span></p><div "
        "style='mso-element:comment-list'><div style='mso-element:comment'><p>要改</p></div></div>",
    ),
    "revisions": (
        p(
            "今天",
            f'<w:ins w:id="1">{r("下雨")}</w:ins>',
            '<w:del w:id="2"><w:r><w:delText>下雪</w:delText></w:r></w:del>',
        ),
        "<p>今天<ins cite='x'>下雨</ins><span class=msoDel><del cite='x'>下雪</del></span></p>",
    ),
    "hidden words": (
        p("今天", r("保密", more="<w:vanish/>"), "下雨"),
        "<p>今天<span style='display:none;mso-hide:all'>保密</span>下雨</p>",
    ),
    "ruby": (
        p(f"<w:r><w:ruby><w:rt>{r('hú')}</w:rt><w:rubyBase>{r('湖')}</w:rubyBase></w:ruby></w:r>"),
        "<p><ruby>湖<rp>(</rp><rt>hú</rt><rp>)</rp></ruby></p>",
    ),
    "a sign": (
        p(r("\xfe", more='<w:rFonts w:ascii="Wingdings" w:hAnsi="Wingdings"/>'), "已办"),
        "<p><span style='font-family:Wingdings'>þ</span>已办</p>",
    ),
    "a family": (p("一家👨\u200d👩\u200d👧"), "<p>一家👨\u200d👩\u200d👧</p>"),
    "a link": (
        p(
            marked("begin"),
            '<w:r><w:instrText>HYPERLINK "https://example.com/"</w:instrText></w:r>',
            marked("separate"),
            r("这里"),
            marked("end"),
        ),
        "<p><a href='https://example.com/'>这里</a></p>",
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_both_ways_lead_to_one_body(name):
    file, clipboard = CASES[name]
    styles = style("1", "heading 1") + style("2", "heading 2")
    brought = read(docx(title("雨天的伞"), p(TEXT), file, p(TEXT), numbers=NUMBERS, styles=styles))
    page = f"<p class=MsoNormal style='mso-pagination:none'>{TEXT}</p>"
    pasted = html.clean(f"<html><body>{page}{clipboard}{page}</body></html>")
    assert brought.body.replace("\n", "") == pasted


def test_the_first_line_that_looks_like_a_title_stays_a_line():
    """The form offers it; in a file it is taken."""
    words = "<b><span style='font-size:22.0pt'>雨天的伞</span></b>"
    head = f"<p align=center style='mso-pagination:none'>{words}</p>"
    large = "<p><b><span style='font-size:16.0pt'>来意</span></b></p>"
    pasted = html.clean(f"{head}<p>{TEXT}</p>{large}<p>{TEXT}</p>")
    assert pasted == (f"<p><strong>雨天的伞</strong></p><p>{TEXT}</p><h2>来意</h2><p>{TEXT}</p>")
    file = docx(title("雨天的伞"), p(TEXT), p("来意", size=16, bold=True), p(TEXT))
    assert read(file).body.replace("\n", "") == pasted.removeprefix(
        "<p><strong>雨天的伞</strong></p>"
    )


def test_the_size_of_the_text_is_told_by_its_style():
    style_sheet = "<style>p.MsoNormal {mso-style-parent:''; font-size:16.0pt;}</style>"
    line = "<p class=MsoNormal><span style='font-size:16.0pt'>来意</span></p>"
    pasted = html.clean(f"{style_sheet}<p class=MsoNormal>{TEXT}</p>{line}<p>{TEXT}</p>")
    assert "<h2>" not in pasted
