"""Automatic numbers: what Word shows before a paragraph is in the text, or our list prints it."""

import re

import pytest

from articles.word import read
from tests.articles.docx import docx, level, numbering, p, photo, picture, style, table, title

TEXT = "柜台里外，听见的是同一件小事，写下来就不会忘。" * 3
SENTENCE = "雨下得再大，先请门口的人进来坐，再问要办什么。"


def body_of(*body: str, **more) -> str:
    return read(docx(title("雨天的伞"), p(TEXT), *body, **more)).body.replace(f"<p>{TEXT}</p>", "")


def shown(*levels: tuple[str, ...], at: tuple[int, ...] = (0, 0), **more) -> list[str]:
    """What stands before each of the paragraphs that are numbered at these levels."""
    numbers = numbering(*levels, **more)
    body = body_of(*(p(SENTENCE, item=(1, each)) for each in at), numbers=numbers)
    return [each.removesuffix(SENTENCE) for each in re.findall(r"<(?:p|li)>([^<]*)", body)]


WAYS = {
    "chineseCounting": "一 二",
    "chineseCountingThousand": "一 二",
    "chineseLegalSimplified": "壹 贰",
    "ideographLegalTraditional": "壹 貳",
    "ideographTraditional": "甲 乙",
    "ideographZodiac": "子 丑",
    "ideographZodiacTraditional": "甲子 乙丑",
    "ideographEnclosedCircle": "㊀ ㊁",
    "ideographDigital": "一 二",
    "decimalEnclosedFullstop": "⒈ ⒉",
    "decimalEnclosedParen": "⑴ ⑵",
    "decimalEnclosedCircleChinese": "① ②",
    "decimalFullWidth": "１ ２",
    "decimalZero": "01 02",
    "decimal": "1 2",
    "upperLetter": "A B",
    "lowerRoman": "i ii",
    "ordinal": "1st 2nd",
    "chicago": "* †",
    "cardinalText": "One Two",
    "ordinalText": "First Second",
    "aiueo": "ｱ ｲ",
    "aiueoFullWidth": "ア イ",
    "iroha": "ｲ ﾛ",
    "irohaFullWidth": "イ ロ",
    "chosung": "ㄱ ㄴ",
    "koreanDigital": "일 이",
    "koreanCounting": "일 이",
    "koreanLegal": "하나 둘",
    "decimalHalfWidth": "1 2",
    "hindiNumbers": "१ २",
    "thaiNumbers": "๑ ๒",
    "thaiLetters": "ก ข",
    "arabicAlpha": "أ ب",
    "hebrew1": "א ב",
    "unheardOf": "1 2",
}


def test_a_way_of_counting_that_nobody_knows_is_said():
    numbers = numbering(("unheardOf", "%1、"))
    found = read(docx(title("雨天的伞"), p(SENTENCE, item=(1, 0)), numbers=numbers))
    assert "1 处自动编号的写法认不出来，写成了 1、2、3" in "".join(found.remarks)


@pytest.mark.parametrize("way", WAYS)
def test_every_way_of_counting(way):
    assert shown((way, "%1、")) == [f"{each}、" for each in WAYS[way].split()]


@pytest.mark.parametrize(
    ("way", "start", "expected"),
    [
        ("chineseCounting", 10, "十"),
        ("chineseCounting", 12, "十二"),
        ("chineseCounting", 20, "二十"),
        ("chineseCounting", 103, "一〇三"),
        ("chineseCountingThousand", 101, "一百零一"),
        ("chineseCountingThousand", 110, "一百一十"),
        ("chineseCountingThousand", 1020, "一千零二十"),
        ("chineseLegalSimplified", 12, "壹拾贰"),
        ("taiwaneseDigital", 10, "一〇"),
        ("ideographTraditional", 11, "11"),
        ("decimalEnclosedCircle", 21, "㉑"),
        ("decimalEnclosedCircle", 51, "51"),
        ("lowerRoman", 49, "xlix"),
        ("lowerLetter", 27, "aa"),
    ],
)
def test_far_along(way, start, expected):
    own = f'<w:lvlOverride w:ilvl="0"><w:startOverride w:val="{start}"/></w:lvlOverride>'
    assert shown((way, "（%1）"), at=(0,), own=own) == [f"（{expected}）"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("第%1条", "第一条 "),
        ("（%1）", "（一）"),
        ("%1、", "一、"),
        ("%1.", "一. "),
        ("附件%1：", "附件一："),
    ],
)
def test_a_space_stands_behind_what_is_not_closed(text, expected):
    assert shown(("chineseCounting", text), at=(0,)) == [expected]


def test_no_space_where_word_puts_none():
    assert shown(("chineseCounting", "第%1条", '<w:suff w:val="nothing"/>'), at=(0,)) == ["第一条"]


def test_long_items_of_the_second_level_keep_their_numbers():
    levels = (("chineseCounting", "%1、"), ("chineseCounting", "（%2）"))
    assert shown(*levels, at=(0, 1, 1, 0, 1)) == ["一、", "（一）", "（二）", "二、", "（一）"]


def test_articles_go_on_through_the_chapters():
    levels = (
        ("chineseCounting", "第%1章"),
        ("chineseCounting", "第%2条", '<w:lvlRestart w:val="0"/>'),
    )
    expected = ["第一章 ", "第一条 ", "第二条 ", "第二章 ", "第三条 "]
    assert shown(*levels, at=(0, 1, 1, 0, 1)) == expected


def test_a_level_may_begin_anew_after_one_of_those_above_only():
    levels = (
        ("decimal", "A%1"),
        ("decimal", "B%2"),
        ("decimal", "C%3", '<w:lvlRestart w:val="1"/>'),
    )
    assert shown(*levels, at=(0, 1, 2, 1, 2, 0, 2)) == [
        *("A1 ", "B1 ", "C1 ", "B2 ", "C2 ", "A2 ", "C1 ")
    ]


def test_legal_numbers_are_in_digits_throughout():
    levels = (("chineseCounting", "第%1章"), ("decimal", "%1.%2", "<w:isLgl/>"))
    assert shown(*levels, at=(0, 1)) == ["第一章 ", "1.1 "]


def test_a_level_above_that_was_not_counted_is_at_its_start():
    assert shown(("decimal", "%1"), ("decimal", "%1-%2"), at=(1, 1)) == ["1-1 ", "1-2 "]


def test_without_a_number_the_words_stay():
    assert shown(("none", "注：")) == ["注：", "注："]
    assert shown(("none", "")) == ["", ""]


def test_hidden_numbers_are_hidden():
    assert shown(("decimal", "（%1）", "<w:rPr><w:vanish/></w:rPr>")) == ["", ""]


def test_a_way_of_ones_own():
    own = '<w:numFmt w:val="custom" w:format="001, 002, 003, ..."/>'
    way = f"<mc:AlternateContent><mc:Choice>{own}</mc:Choice></mc:AlternateContent>"
    numbers = numbering(("decimal", "%1、")).replace('<w:numFmt w:val="decimal"/>', way)
    assert body_of(p(SENTENCE, item=(1, 0)), numbers=numbers) == f"<p>001、{SENTENCE}</p>"


class TestWhereTheLevelIsSaid:
    def test_by_the_list_itself(self):
        own = f'<w:lvlOverride w:ilvl="0">{level(0, ("chineseCounting", "第%1问"))}</w:lvlOverride>'
        assert shown(("decimal", "%1."), own=own) == ["第一问 ", "第二问 "]

    @pytest.mark.parametrize("is_named", [True, False])
    def test_by_a_style_that_is_a_list(self, is_named):
        linked = '<w:styleLink w:val="z"/>' if is_named else ""
        family = f'<w:abstractNum w:abstractNumId="8">{linked}{level(0, ("decimal", "第%1项"))}'
        numbers = f"{family}</w:abstractNum>" + numbering(more='<w:numStyleLink w:val="z"/>')
        numbers += '<w:num w:numId="2"><w:abstractNumId w:val="8"/></w:num>'
        number = '<w:pPr><w:numPr><w:numId w:val="2"/></w:numPr></w:pPr>'
        styles = style("z", "项目", kind="numbering", more=number)
        body = body_of(p(SENTENCE, item=(1, 0)), numbers=numbers, styles=styles)
        assert body == f"<p>第1项 {SENTENCE}</p>"

    def test_by_the_paragraphs_style(self):
        numbers = numbering(
            ("chineseCounting", "%1、"), ("chineseCounting", "（%2）", '<w:pStyle w:val="二"/>')
        )
        number = '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>'
        styles = style("二", "条目", more=number)
        assert body_of(p(SENTENCE, style="二"), numbers=numbers, styles=styles) == (
            f"<p>（一）{SENTENCE}</p>"
        )

    def test_by_a_style_that_names_the_level_alone(self):
        numbers = numbering(("chineseCounting", "%1、"), ("chineseCounting", "（%2）"))
        first = '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>'
        second = '<w:pPr><w:numPr><w:ilvl w:val="1"/></w:numPr></w:pPr>'
        styles = style("一", "甲", more=first) + style("二", "乙", more=second, based="一")
        body = body_of(
            p(SENTENCE, style="一"), p(SENTENCE, style="二"), numbers=numbers, styles=styles
        )
        assert body == f"<p>一、{SENTENCE}</p><p>（一）{SENTENCE}</p>"


class TestListsOfOurs:
    def test_print_1_2_3_and_nothing_else(self):
        numbers = numbering(("decimal", "%1."))
        body = body_of(p("伞", item=(1, 0)), p("灯", item=(1, 0)), numbers=numbers)
        assert body == "<ol><li>伞</li><li>灯</li></ol>"

    @pytest.mark.parametrize("text", ["%1、", "%1)", "%1）", "（%1）", "%1", "%1．"])
    def test_what_looks_otherwise_is_typed(self, text):
        mark = text.replace("%1", "{}")
        first, second = (each.strip() for each in shown(("decimal", text)))
        assert (first, second) == (mark.format(1), mark.format(2))

    def test_begin_where_the_number_is_not_the_next(self):
        own = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="7"/></w:lvlOverride>'
        numbers = numbering(("decimal", "%1."))
        other = numbers.replace('numId="1"', 'numId="2"').replace(
            'val="7"/></w', 'val="7"/>' + own + "</w"
        )
        numbers += other[other.index("<w:num ") :]
        body = body_of(p("伞", item=(1, 0)), p("灯", item=(2, 0)), numbers=numbers)
        assert body == '<ol><li>伞</li></ol><ol start="7"><li>灯</li></ol>'

    @pytest.mark.parametrize(
        ("mark", "font"), [("●", ""), ("", ""), ("\uf0b7", "Symbol"), ("o", "")]
    )
    def test_mere_dots_are_ours(self, mark, font):
        look = f'<w:rPr><w:rFonts w:ascii="{font}"/></w:rPr>'
        numbers = numbering(("bullet", mark, look))
        assert body_of(p("伞", item=(1, 0)), numbers=numbers) == "<ul><li>伞</li></ul>"

    @pytest.mark.parametrize(
        ("mark", "font", "seen"),
        [("☑", "", "☑"), ("□", "", "□"), ("\uf0fe", "Wingdings", "☑"), ("注：", "", "注：")],
    )
    def test_a_mark_that_says_something_is_typed(self, mark, font, seen):
        look = f'<w:rPr><w:rFonts w:ascii="{font}" w:hAnsi="{font}"/></w:rPr>'
        body = body_of(p("伞", item=(1, 0)), numbers=numbering(("bullet", mark, look)))
        assert body in (f"<p>{seen} 伞</p>", f"<p>{seen}伞</p>")


class TestElsewhere:
    def test_in_the_cell_of_a_table(self):
        numbers = numbering(("decimal", "%1."), ("bullet", "●"))
        inside = p("伞", item=(1, 0)) + p("红", item=(1, 1)) + p("灯", item=(1, 0))
        body = body_of(table(["网点", inside], ["甲", "乙"]), numbers=numbers)
        assert "<td><p>1. 伞</p><p>● 红</p><p>2. 灯</p></td>" in body

    def test_of_a_caption(self):
        body = body_of(
            p(picture("a.jpg")),
            p("伞架", item=(1, 1), align="center"),
            numbers=numbering(("decimal", "%1"), ("decimal", "图%1-%2")),
            media={"a.jpg": photo()},
        )
        assert "<figcaption>图1-1 伞架</figcaption>" in body

    def test_of_a_tables_caption(self):
        body = body_of(
            p("人数", item=(1, 0)),
            table(["东岭", "12"], ["南湖", "9"]),
            numbers=numbering(("decimal", "表%1")),
        )
        assert body.startswith("<table><caption>表1 人数</caption>")

    def test_of_a_heading(self):
        numbers = numbering(("decimal", "%1."))
        styles = style("1", "heading 1")
        body = body_of(p("来意", item=(1, 0), style="1"), p(TEXT), numbers=numbers, styles=styles)
        assert body == "<h2>1. 来意</h2>"

    @pytest.mark.parametrize("mark", ["<w:del/>", "<w:moveFrom/>", "<w:vanish/>"])
    def test_a_paragraph_that_is_gone_is_not_counted(self, mark):
        gone = p("", item=(1, 0), more=f"<w:rPr>{mark}</w:rPr>")
        numbers = numbering(("chineseCounting", "%1、"))
        body = body_of(gone, p(SENTENCE, item=(1, 0)), numbers=numbers)
        assert body == f"<p>一、{SENTENCE}</p>"

    def test_a_number_typed_for_word_is_no_bullet(self):
        assert shown(("numberInDash", "%1")) == ["- 1 - ", "- 2 - "]

    def test_above_the_title(self):
        numbers = numbering(("decimal", "%1."))
        found = read(docx(p("服务掠影", item=(1, 0)), title("雨天的伞"), p(TEXT), numbers=numbers))
        assert (found.above, found.title) == (("1. 服务掠影",), "雨天的伞")

    def test_a_numbered_line_is_no_title(self):
        numbers = numbering(("chineseCounting", "第%1条"))
        found = read(docx(p("先问来意", item=(1, 0)), p(TEXT), numbers=numbers))
        assert (found.title, found.body) == ("", f"<p>第一条 先问来意</p><p>{TEXT}</p>")


@pytest.mark.parametrize(
    ("written", "kept", "said"),
    [
        (("chineseCounting", "%1、"), "二、", True),
        (("decimal", "%1."), "2.", True),
        (("bullet", "☑"), "☑", True),
        (("bullet", "●"), "", False),
    ],
)
def test_a_number_without_words_stays_and_is_said(written, kept, said):
    items = (p(SENTENCE, item=(1, 0)), p(item=(1, 0)), p(SENTENCE, item=(1, 0)))
    found = read(docx(title("雨天的伞"), p(TEXT), *items, numbers=numbering(written)))
    assert (f"<p>{kept}</p>" in found.body) == said
    assert (
        any(f"没有文字，编号留在了正文里。不要的请删掉。（在“{kept}”" in x for x in found.remarks)
        == said
    )
