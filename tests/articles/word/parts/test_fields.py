"""Fields: stored results stay, those that Word draws anew each time are drawn, the rest is said."""

import pytest

from articles.word import WordManuscript, read
from tests.articles.docx import docx, p, r, title

TEXT = "柜台里外，听见的是同一件小事，写下来就不会忘。" * 3


def mark(kind: str, more: str = "") -> str:
    return f'<w:r><w:fldChar w:fldCharType="{kind}">{more}</w:fldChar></w:r>'


def code(words: str) -> str:
    return f'<w:r><w:instrText xml:space="preserve">{words}</w:instrText></w:r>'


def field(words: str, result: str | None = None, more: str = "") -> str:
    stored = "" if result is None else mark("separate") + result
    return mark("begin", more) + code(words) + stored + mark("end")


def manuscript(*content: str) -> WordManuscript:
    return read(docx(title("雨天的伞"), p(TEXT), p(r("前"), *content, r("后"))))


def shown(*content: str) -> str:
    body = manuscript(*content).body.removeprefix(f"<p>{TEXT}</p>")
    return body.removeprefix("<p>前").removesuffix("后</p>")


EQUATIONS = {
    r"eq \o\ac(○,1)": "①",
    r"eq \o\ac(○,12)": "⑫",
    r"EQ \o\ac(○,一)": "㊀",
    r"eq \o\ac(○,正)": "㊣",
    r"eq \o\ac(○,A)": "Ⓐ",
    r"eq \o\ac(1,○)": "①",
    r"eq \o\ac(○;3)": "③",
    r"eq \o\ac(○,\s\up2(7))": "⑦",
    r"eq \o\ac(○,惠)": "○惠",
    r"eq \o\ac(□,二)": "□二",
    r"eq \o\ac(△,急)": "△急",
    r"eq \o(\s\up 5(春夏),\s\do 2(秋冬))": "春夏秋冬",
    r'EQ \* jc2 \* "Font:宋体" \* hps10 \o\ad(\s\up 9(hú),湖)': "湖",
    r"EQ \o(\s\up 9(ㄏㄨˊ),湖)": "湖",
    r"eq \f(1,2)": "1/2",
    r"eq \f(a+1,b)": "(a+1)/b",
    r"eq 10\s\up8(2)": "10<sup>2</sup>",
    r"eq H\s\do4(2)O": "H<sub>2</sub>O",
    r"eq \r(3,x)": "<sup>3</sup>√(x)",
    r"eq \r(x)": "√(x)",
    r"eq \b\bc\{(a)": "{a}",
    r"eq \b\lc\|\rc\|(a)": "|a|",
    r"eq \i\su(1,5,x)": "∑<sub>1</sub><sup>5</sup>x",
    r"eq \a(甲,乙)": "甲 乙",
    r"eq \x(框)": "框",
    r"eq \(a\,b\)": "(a,b)",
    "eq": "",
    r"eq \o\ac(○,": "○",
    r"eq \o(((((": "((((",
}


@pytest.mark.parametrize("words", EQUATIONS)
def test_an_equation_shows_what_word_draws(words):
    assert shown(field(f" {words} ")) == EQUATIONS[words]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (r"eq \o\ac(○,1)", ()),
        (
            r"eq \o\ac(□,二)",
            ("1 处拼成的字（带圈字、合并字、分数等）变成了普通文字，请核对。（在“前后”附近）",),
        ),
        (r"eq \o\ad(\s\up 9(hú),湖)", ("1 处拼音没有导入，只留下汉字。",)),
    ],
)
def test_what_looks_otherwise_then_is_said(words, said):
    assert manuscript(field(words)).remarks == said


def test_an_equation_whose_result_is_stored_shows_that():
    assert shown(field(r"eq \o\ac(○,1)", r("一"))) == "一"
    assert shown(field(r"eq \o\ac(○,1)", "")) == "①"


def test_several_in_one_run_stand_where_they_stood():
    one = (
        '<w:fldChar w:fldCharType="begin"/><w:instrText>eq \\o\\ac(○,{})</w:instrText>'
        '<w:fldChar w:fldCharType="end"/>'
    )
    run = f"<w:r>{one.format(1)}<w:t>与</w:t>{one.format(2)}<w:t>两条</w:t></w:r>"
    assert shown(run) == "①与②两条"


def test_a_simple_field_without_a_result():
    assert shown(r'<w:fldSimple w:instr="eq \o\ac(○,1)"/>') == "①"


ENTRIES = '<w:listEntry w:val="城东"/><w:listEntry w:val="城西"/>'
CHOICES = f"<w:ffData><w:ddList>{{}}{ENTRIES}</w:ddList></w:ffData>"


@pytest.mark.parametrize(
    ("chosen", "expected"),
    [
        ('<w:result w:val="1"/>', "城西"),
        ('<w:default w:val="1"/>', "城西"),
        ("", "城东"),
        ('<w:result w:val="x"/>', "城东"),
    ],
)
def test_of_a_choice_what_was_chosen(chosen, expected):
    assert shown(field("FORMDROPDOWN", more=CHOICES.format(chosen))) == expected


def test_a_choice_that_is_not_there_is_said():
    found = manuscript(field("FORMDROPDOWN", more=CHOICES.format('<w:result w:val="9"/>')))
    assert found.remarks[0].startswith("1 处由 Word 现算的内容")


def test_a_box_that_was_ticked():
    ticked = "<w:ffData><w:checkBox><w:checked/></w:checkBox></w:ffData>"
    assert shown(field("FORMCHECKBOX", more=ticked)) == "☑"


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (r"SYMBOL 254 \f Wingdings \s 12", "☑"),
        (r'SYMBOL 82 \f "Wingdings 2"', "☑"),
        (r"SYMBOL 0x2605 \u", "★"),
        ("MACROBUTTON NoMacro 请写姓名", "请写姓名"),
        ('QUOTE "来的都是客"', "来的都是客"),
        ("AUTONUM", "1."),
    ],
)
def test_other_fields_that_store_no_result(words, expected):
    assert shown(field(f" {words} ")) == expected


@pytest.mark.parametrize("words", ["XE 伞", r"TC 目录 \f", "SET a 1", "", "HYPERLINK x"])
def test_what_word_shows_nothing_of_is_nothing(words):
    assert manuscript(field(words)).remarks == ()
    assert shown(field(words)) == ""


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("SEQ 图", "1"),
        (r"SEQ 图 \* ARABIC \* MERGEFORMAT", "1"),
        (r"SEQ 图 \r 5", "5"),
        (r"SEQ 图 \* CHINESENUM3", "一"),
        (r"SEQ 图 \* ROMAN \r 4", "IV"),
        (r"SEQ 图 \* alphabetic", "a"),
        (r"SEQ 图 \h", ""),
    ],
)
def test_a_caption_that_is_not_counted_yet_is_counted(words, expected):
    assert shown(field(words)) == expected


def test_captions_are_counted_by_name_behind_those_that_are_stored():
    stored = field("SEQ 图", r("1")) + f'<w:fldSimple w:instr="SEQ 图">{r("2")}</w:fldSimple>'
    found = manuscript(
        stored,
        field("SEQ 图"),
        field("SEQ 表"),
        field(r"SEQ 图 \c"),
        '<w:fldSimple w:instr="SEQ 图"/>',
    )
    assert found.body.endswith("<p>前123134后</p>")
    assert found.remarks[0].startswith("4 处图表的编号（如图 1 的 1）原稿里没有存下，按先后补上了")


@pytest.mark.parametrize(
    "words", ["DATE", r"SEQ 图 \s 1", r"SEQ 图 \* 怪", "REF _1", "PAGEREF _1", "LISTNUM", "怪"]
)
def test_what_nobody_can_know_is_said(words):
    assert manuscript(field(words)).remarks[0].startswith("1 处由 Word 现算的内容")


def test_what_stands_in_an_instruction_is_no_text():
    inner = field("DOCPROPERTY 份数", r("三"))
    assert (
        shown(
            mark("begin")
            + code("IF ")
            + inner
            + code(" = 三 ")
            + mark("separate")
            + r("是")
            + mark("end")
        )
        == "是"
    )


def test_an_instruction_is_told_by_the_fields_in_it():
    inner = field("DOCPROPERTY 号", r("5"))
    outer = mark("begin") + code(r"eq \o\ac(○,") + inner + code(")") + mark("end")
    assert shown(outer) == "⑤"


def test_a_field_that_never_ends_keeps_the_text():
    assert shown(mark("begin") + code("IF"), r("还在"), mark("separate"), r("也在")) == "还在也在"
    assert shown(r("还在"), mark("end"), r("也在")) == "还在也在"


def test_a_field_over_several_paragraphs():
    found = read(
        docx(
            title("雨天的伞"),
            p(TEXT),
            p(mark("begin"), code("QUOTE "), mark("separate"), r("头一段的话。")),
            p(r("第二段的话。"), mark("end")),
        )
    )
    assert found.body.endswith("<p>头一段的话。</p><p>第二段的话。</p>")


def test_a_deleted_field_is_a_deletion():
    gone = f'<w:del w:id="1">{field("eq 1")}<w:r><w:delText>x</w:delText></w:r></w:del>'
    assert shown(gone) == ""


def test_thousands_that_never_end_cost_little():
    many = (mark("begin") + code("eq") + r("字")) * 400
    assert shown(many).count("字") == 400
