"""What a Word file becomes: title, authors, headings, lists, as WPS and Word write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.word import WordManuscript, read
from tests.articles.docx import docx, numbering, p, r, style, table, title

TEXT = "柜台里外，听见的是同一件小事，写下来就不会忘。" * 3


def manuscript(*body: str, **more) -> WordManuscript:
    return read(docx(*body, **more))


def lines(found: WordManuscript) -> list[str]:
    """The body, a block a line, without the text that is the same everywhere."""
    return found.body.replace(TEXT, "…").replace("><", ">\n<").split("\n")


def body_of(*body: str, **more) -> str:
    return manuscript(title("雨天的伞"), *body, **more).body.replace(TEXT, "…")


class TestTitles:
    @pytest.mark.parametrize(
        "head",
        [
            p("雨天的伞", size=22, bold=True, align="center"),
            p("雨天的伞", size=22),
            p("雨天的伞", align="center"),
            p("雨天的伞", bold=True),
            p("　　雨天的伞　"),
            p("标题：雨天的伞"),
            p("《雨天的伞》", align="center"),
            p(r("雨天", size=22), r("的伞", size=22, bold=True)),
        ],
        ids=["wps", "large", "centred", "bold", "plain", "named", "in brackets", "two runs"],
    )
    def test_is_told_by_what_sets_it_apart(self, head):
        found = manuscript(head, p(TEXT))
        assert (found.title, lines(found)) == ("雨天的伞", ["<p>…</p>"])

    def test_is_told_by_its_style(self):
        styles = style("a3", "Title") + style("1", "heading 1")
        found = manuscript(
            p("简报"),
            p("雨天的伞", style="a3"),
            p(TEXT),
            p("来意", style="1"),
            p(TEXT),
            styles=styles,
        )
        assert found.title == "雨天的伞"
        assert found.above == ("简报",)
        assert lines(found) == ["<p>…</p>", "<h2>来意</h2>", "<p>…</p>"]

    def test_is_told_by_the_size_that_a_style_is_based_on(self):
        look = '<w:pPr><w:jc w:val="center"/></w:pPr><w:rPr><w:sz w:val="44"/></w:rPr>'
        styles = style("大", "大字", more=look) + style("更大", "更大的字", based="大")
        body = p("<w:r><w:t>雨天的伞</w:t></w:r>", style="更大") + p(TEXT)
        assert manuscript(body, styles=styles).title == "雨天的伞"

    def test_the_first_heading_is_the_title_where_there_is_no_other(self):
        styles = style("1", "heading 1") + style("2", "heading 2")
        found = manuscript(
            p("雨天的伞", style="1"), p(TEXT), p("来意", style="2"), p(TEXT), styles=styles
        )
        assert found.title == "雨天的伞"
        assert lines(found) == ["<p>…</p>", "<h2>来意</h2>", "<p>…</p>"]

    @pytest.mark.parametrize(
        ("second", "expected"),
        [
            (p("——记南湖支行的早晨", align="center", size=16), "雨天的伞——记南湖支行的早晨"),
            (p("—记南湖支行的早晨", align="right"), "雨天的伞——记南湖支行的早晨"),
            (title("屋檐下的灯"), "雨天的伞 屋檐下的灯"),
        ],
    )
    def test_goes_on_in_a_second_line(self, second, expected):
        found = manuscript(title("雨天的伞"), second, p(TEXT))
        assert (found.title, lines(found)) == (expected, ["<p>…</p>"])

    def test_is_one_line_where_it_was_broken_into_two(self):
        assert manuscript(title("记南湖支行的\n早晨"), p(TEXT)).title == "记南湖支行的早晨"

    def test_what_only_sounds_like_a_branch_is_a_title(self):
        assert manuscript(title("灯火可亲的网点"), p(TEXT)).title == "灯火可亲的网点"

    def test_what_says_only_that_it_is_enclosed_stands_above_it(self):
        found = manuscript(p("附件1："), p("雨天的伞"), p(TEXT))
        assert (found.above, found.title) == (("附件1：",), "雨天的伞")

    def test_a_guess_is_said_to_be_one(self):
        assert "第一行当作了标题" in manuscript(p("雨天的伞"), p(TEXT)).remarks[0]

    @pytest.mark.parametrize(
        "first", ["一、先问来意", TEXT, "今天下雨了。", "◎南湖支行 沈一鸣", "字"]
    )
    def test_there_may_be_none(self, first):
        found = manuscript(p(first), p(TEXT))
        assert found.title == ""
        assert "没有认出标题" in found.remarks[0]


BYLINES = {
    "◎南湖支行 沈一鸣": [("南湖支行", "沈一鸣")],
    "◎南湖支行　沈一鸣　高志远": [("南湖支行", "沈一鸣"), ("南湖支行", "高志远")],
    "南湖支行 沈一鸣": [("南湖支行", "沈一鸣")],
    "南湖支行　沈  鸣": [("南湖支行", "沈鸣")],
    "作者：沈一鸣": [("", "沈一鸣")],
    "作者:沈一鸣、高志远": [("", "沈一鸣"), ("", "高志远")],
    "文/沈一鸣": [("", "沈一鸣")],
    "单位：南湖支行　作者：沈一鸣": [("南湖支行", "沈一鸣")],
    "作者：沈一鸣　单位：南湖支行": [("南湖支行", "沈一鸣")],
    "（南湖支行 沈一鸣）": [("南湖支行", "沈一鸣")],
    "（作者单位：南湖支行）": [],
    "撰稿：南湖支行 沈一鸣": [("南湖支行", "沈一鸣")],
    "南湖支行 沈一鸣 东岭支行 何静": [("南湖支行", "沈一鸣"), ("东岭支行", "何静")],
    "【南湖支行 沈一鸣】": [("南湖支行", "沈一鸣")],
    "[南湖支行]沈一鸣": [("南湖支行", "沈一鸣")],
    "南湖支行-沈一鸣": [("南湖支行", "沈一鸣")],
    "南湖支行_沈一鸣": [("南湖支行", "沈一鸣")],
    "——南湖支行 沈一鸣": [("南湖支行", "沈一鸣")],
    "By: 沈一鸣": [("", "沈一鸣")],
    "笔名：小雨": [("", "小雨")],
    "沈一鸣（南湖支行）、何静（东岭支行）": [("南湖支行", "沈一鸣"), ("东岭支行", "何静")],
    "（本刊记者 沈一鸣 通讯员 何静）": [("", "沈一鸣"), ("", "何静")],
    "沈一鸣 文 何静 图": [("", "沈一鸣"), ("", "何静")],
    "阿依古丽•买买提": [("", "阿依古丽·买买提")],
}


class TestBylines:
    @pytest.mark.parametrize("line", BYLINES)
    def test_below_the_title(self, line):
        found = manuscript(title("雨天的伞"), p(line, align="center"), p(TEXT))
        assert list(found.bylines) == BYLINES[line]
        assert lines(found) == ["<p>…</p>"]

    def test_the_branch_may_stand_on_a_line_behind_the_name(self):
        signed = [p(line, align="center") for line in ("沈一鸣", "南湖支行")]
        found = manuscript(title("雨天的伞"), *signed, p(TEXT))
        assert (found.bylines, lines(found)) == ((("南湖支行", "沈一鸣"),), ["<p>…</p>"])

    @pytest.mark.parametrize("line", ["拉姆", "课题组", "惠民小分队"])
    @pytest.mark.parametrize("is_first", [True, False])
    def test_what_may_sign_a_text_is_said(self, line, is_first):
        signed = p(line, align="right")
        text = [signed, p(TEXT)] if is_first else [p(TEXT), signed]
        found = manuscript(title("雨天的伞"), *text)
        said = "".join(found.remarks)
        assert found.bylines == ()
        assert f"“{line}”" in said

    @pytest.mark.parametrize("line", ["By the way", "- 先问来意", "文明-服务", "【提示】请带伞"])
    def test_what_only_looks_like_one_is_a_line(self, line):
        found = manuscript(title("雨天的伞"), p(TEXT), p(line))
        assert (found.bylines, lines(found)[-1]) == ((), f"<p>{line}</p>")

    @pytest.mark.parametrize("line", [line for line, found in BYLINES.items() if found])
    def test_at_the_end(self, line):
        found = manuscript(title("雨天的伞"), p(TEXT), p(line, align="right"))
        assert list(found.bylines) == BYLINES[line]
        assert lines(found) == ["<p>…</p>"]

    @pytest.mark.parametrize(
        ("line", "expected"),
        [
            ("◎南湖支行　热依汗古丽", ("南湖支行", "热依汗古丽")),
            ("南湖支行　热依汗古丽", ("南湖支行", "热依汗古丽")),
            ("南湖支行 Maria Chen", ("南湖支行", "Maria Chen")),
            ("◎南湖支行　阿依𠮷·买提", ("南湖支行", "阿依𠮷·买提")),
            ("作者：阿卜杜热合曼", ("", "阿卜杜热合曼")),
            ("作者：翀", ("", "翀")),
        ],
    )
    @pytest.mark.parametrize("is_first", [True, False])
    def test_of_every_people(self, line, expected, is_first):
        signed = p(line, align="right")
        found = manuscript(
            title("雨天的伞"), *([signed, p(TEXT)] if is_first else [p(TEXT), signed])
        )
        assert (found.bylines, lines(found), found.remarks) == ((expected,), ["<p>…</p>"], ())

    @pytest.mark.parametrize(
        ("line", "expected"),
        [
            ("◎南湖支行　翀", ("南湖支行", "翀")),
            ("◎IT部　沈一鸣", ("IT部", "沈一鸣")),
            ("◎花开的声音", ("", "花开的声音")),
        ],
    )
    def test_behind_the_mark_of_bylines_is_one_and_to_be_looked_at(self, line, expected):
        found = manuscript(title("雨天的伞"), p(line), p(TEXT))
        assert (found.bylines, lines(found)) == ((expected,), ["<p>…</p>"])
        assert found.remarks == (f"署名“{' '.join(line.split())}”认得不全，请核对“作者”一栏。",)

    @pytest.mark.parametrize(
        "body",
        [
            [p("南湖支行　便民服务小记", align="center"), p(TEXT)],
            [p(TEXT), p("（南湖支行　翀）")],
            [p(TEXT), p("南湖支行　翀", align="right")],
        ],
    )
    def test_what_may_be_one_stays_and_is_said(self, body):
        found = manuscript(title("雨天的伞"), *body)
        assert found.bylines == ()
        assert "南湖支行" in found.body
        assert "像是署名，没有认出来，留在了正文里" in found.remarks[0]

    @pytest.mark.parametrize("align", ["center", "right"])
    def test_a_latin_name_alone_below_the_title_may_be_the_title_in_english(self, align):
        found = manuscript(title("雨天的伞"), p("Maria Chen", align=align), p(TEXT))
        assert (found.bylines, lines(found)[0]) == ((), "<p>Maria Chen</p>")
        assert "像是署名" in found.remarks[0]

    def test_a_latin_name_alone_at_the_end_signs(self):
        found = manuscript(title("雨天的伞"), p(TEXT), p("Maria Chen", align="right"))
        assert (found.bylines, lines(found)) == ((("", "Maria Chen"),), ["<p>…</p>"])

    @pytest.mark.parametrize("is_first", [True, False])
    def test_what_it_says_beside_a_name_is_said(self, is_first):
        signed = p("◎南湖支行 沈一鸣（执笔）、高志远")
        body = [signed, p(TEXT)] if is_first else [p(TEXT), signed]
        found = manuscript(title("雨天的伞"), *body)
        assert found.bylines == (("南湖支行", "沈一鸣"), ("南湖支行", "高志远"))
        assert found.remarks == ("署名里的“执笔”没有导入，需要的话请写在“给编辑的话”里。",)

    def test_what_may_be_one_is_not_said_where_the_author_is_known(self):
        found = manuscript(
            title("雨天的伞"), p("沈一鸣", align="center"), p(TEXT), p("（南湖支行　翀）")
        )
        assert found.remarks == ()

    def test_items_with_other_marks_are_items(self):
        found = manuscript(title("雨天的伞"), p("● 先问来意"), p("● 再办事"), p(TEXT))
        assert found.bylines == ()
        assert "<li>先问来意</li>" in found.body

    def test_a_file_that_is_only_signed_is_not_empty(self):
        found = manuscript(p("◎南湖支行 沈一鸣"))
        assert (found.title, found.body) == ("", "")
        assert found.bylines == (("南湖支行", "沈一鸣"),)

    def test_an_item_of_a_list_signs_nothing(self):
        numbers = numbering(("decimal", "%1."))
        found = manuscript(
            title("雨天的伞"), p(TEXT), p("南湖支行 沈一鸣", item=(1, 0)), numbers=numbers
        )
        assert found.bylines == ()
        assert found.body.endswith("<ol><li>南湖支行 沈一鸣</li></ol>")

    def test_on_two_lines(self):
        found = manuscript(title("雨天的伞"), p("南湖支行"), p("沈一鸣"), p(TEXT))
        assert found.bylines == (("南湖支行", "沈一鸣"),)
        found = manuscript(
            title("雨天的伞"), p(TEXT), p("南湖支行", align="right"), p("沈一鸣", align="right")
        )
        assert found.bylines == (("南湖支行", "沈一鸣"),)

    def test_behind_the_last_sentence(self):
        found = manuscript(title("雨天的伞"), p(TEXT, "（南湖支行 沈一鸣）"))
        assert found.bylines == (("南湖支行", "沈一鸣"),)
        assert lines(found) == ["<p>…</p>"]

    def test_a_name_alone_below_the_title(self):
        assert manuscript(title("雨天的伞"), p("沈一鸣", align="center"), p(TEXT)).bylines == (
            ("", "沈一鸣"),
        )

    def test_the_branch_may_stand_at_the_other_end(self):
        found = manuscript(
            title("雨天的伞"), p("沈一鸣", align="center"), p(TEXT), p("（作者单位：南湖支行）")
        )
        assert found.bylines == (("南湖支行", "沈一鸣"),)

    def test_somebody_else_at_the_end_stays_in_the_text(self):
        found = manuscript(
            title("雨天的伞"), p("◎南湖支行 沈一鸣"), p(TEXT), p("（东岭支行 何静）")
        )
        assert found.bylines == (("南湖支行", "沈一鸣"),)
        assert lines(found) == ["<p>…</p>", "<p>（东岭支行 何静）</p>"]

    def test_telephone_and_date_are_left_out_and_said(self):
        found = manuscript(
            title("雨天的伞"),
            p(TEXT),
            p("南湖支行 沈一鸣", align="right"),
            p("2026年3月5日", align="right"),
            p("联系电话：13800000000"),
        )
        assert found.bylines == (("南湖支行", "沈一鸣"),)
        assert lines(found) == ["<p>…</p>"]
        assert [each for each in found.remarks if "没有放进正文" in each] == [
            "“2026年3月5日”没有放进正文：联系方式和落款日期不刊出。",
            "“联系电话：13800000000”没有放进正文：联系方式和落款日期不刊出。",
        ]

    @pytest.mark.parametrize("line", ["方式：先听后办", "他的电话：一直没有人接。再后来，" + TEXT])
    def test_what_only_begins_like_an_address_stays(self, line):
        assert line in manuscript(title("雨天的伞"), p(TEXT), p(line)).body

    def test_a_date_that_closes_the_text_stays(self):
        assert (
            lines(manuscript(title("雨天的伞"), p(TEXT), p("2026年3月5日")))[-1]
            == "<p>2026年3月5日</p>"
        )


class TestHeadings:
    def test_by_chinese_numbers(self):
        body = body_of(
            p("一、先问来意"),
            p(TEXT),
            p("（一）听完"),
            p(TEXT),
            p("1. 再答", bold=True),
            p(TEXT),
            p("二、后办事"),
            p(TEXT),
        )
        assert body == (
            "<h2>一、先问来意</h2><p>…</p><h3>（一）听完</h3><p>…</p><h4>1. 再答</h4><p>…</p>"
            "<h2>二、后办事</h2><p>…</p>"
        )

    def test_by_decimal_numbers_that_stand_out(self):
        body = body_of(
            p("第一章 总则", bold=True),
            p("1.1 来意", bold=True),
            p("1.1.1 门口", bold=True),
            p(TEXT),
        )
        assert body == "<h2>第一章 总则</h2><h3>1.1 来意</h3><h4>1.1.1 门口</h4><p>…</p>"
        for words in ("1.1 来意", "1.5亿元"):
            assert "<h" not in body_of(p(TEXT), p(words), p(TEXT))

    def test_a_sentence_with_a_number_is_text(self):
        for words in ("一、先问来意。再办事", f"（一）{TEXT}", "1. 再答", "1.5亿元"):
            assert body_of(p(TEXT), p(words), p(TEXT)).count("<h") == 0

    @pytest.mark.parametrize(
        "heading",
        [p("来意", bold=True), p("来意", size=15), p("来意", size=15, align="center", bold=True)],
    )
    def test_by_their_look(self, heading):
        assert body_of(p(TEXT), heading, p(TEXT)) == "<p>…</p><h2>来意</h2><p>…</p>"

    def test_a_bold_sentence_is_none(self):
        assert body_of(p(TEXT), p("这一条要记住。", bold=True), p(TEXT)) == (
            "<p>…</p><p><strong>这一条要记住。</strong></p><p>…</p>"
        )

    def test_by_outline_level_and_by_chinese_style_names(self):
        styles = style("x", "标题 2") + style(
            "y", "小节", more='<w:pPr><w:outlineLvl w:val="2"/></w:pPr>'
        )
        body = body_of(
            p(TEXT), p("来意", style="x"), p(TEXT), p("去处", style="y"), p(TEXT), styles=styles
        )
        assert body == "<p>…</p><h2>来意</h2><p>…</p><h3>去处</h3><p>…</p>"

    def test_numbers_that_word_counts_are_typed(self):
        numbers = numbering(("chineseCountingThousand", "%1、"), ("chineseCounting", "（%2）"))
        body = body_of(
            p("来意", item=(1, 0)),
            p(TEXT),
            p("听完", item=(1, 1)),
            p(TEXT),
            p("去处", item=(1, 0)),
            p(TEXT),
            numbers=numbers,
        )
        assert "<h2>一、来意</h2>" in body
        assert "<h2>二、去处</h2>" in body

    def test_no_level_is_skipped(self):
        assert "<h2>（一）听完</h2>" in body_of(p(TEXT), p("（一）听完"), p(TEXT))

    def test_numbered_lines_in_a_row_are_text(self):
        body = body_of(p(TEXT), p("一、伞"), p("二、灯"), p("三、茶"), p(TEXT))
        assert body == "<p>…</p><p>一、伞</p><p>二、灯</p><p>三、茶</p><p>…</p>"

    def test_a_poem_is_no_heap_of_headings(self):
        poem = [p(line, bold=True) for line in ("雨落在檐下", "伞立在门边", "灯亮在柜台")]
        assert "<h2>" not in body_of(*poem)

    def test_where_the_whole_text_is_bold_nothing_is(self):
        body = body_of(p(TEXT, bold=True), p("来意", bold=True), p(TEXT, bold=True))
        assert body == "<p>…</p><p>来意</p><p>…</p>"


class TestLists:
    def test_that_were_typed(self):
        body = body_of(p("1. 伞"), p("2. 灯"), p(TEXT), p("● 茶"), p("●水"), p(TEXT))
        assert (
            body == "<ol><li>伞</li><li>灯</li></ol><p>…</p><ul><li>茶</li><li>水</li></ul><p>…</p>"
        )

    @pytest.mark.parametrize("mark", "•●◆■—-")
    def test_with_every_bullet(self, mark):
        assert (
            body_of(p(f"{mark} 茶"), p(f"{mark} 水"), p(TEXT))
            == "<ul><li>茶</li><li>水</li></ul><p>…</p>"
        )

    def test_numbers_go_on_where_text_stands_between(self):
        body = body_of(p("1. 伞"), p("2. 灯"), p(TEXT), p("3. 茶"), p("4. 水"))
        assert '<ol start="3"><li>茶</li><li>水</li></ol>' in body

    @pytest.mark.parametrize(
        "rows", [["● 茶"], ["1. 伞", "3. 灯"], ["——茶", "——水"], ["1.5亿", "2.5亿"]]
    )
    def test_what_is_no_list(self, rows):
        assert "<li>" not in body_of(p(TEXT), *map(p, rows), p(TEXT))

    def test_of_word_nested(self):
        numbers = numbering(("bullet", "•"), ("decimal", "%2."))
        body = body_of(
            p("伞", item=(1, 0)),
            p("红", item=(1, 1)),
            p("蓝", item=(1, 1)),
            p("灯", item=(1, 0)),
            numbers=numbers,
        )
        assert body == "<ul><li>伞<ol><li>红</li><li>蓝</li></ol></li><li>灯</li></ul>"

    def test_of_word_with_text_between(self):
        numbers = numbering(("decimal", "%1."))
        body = body_of(p("伞", item=(1, 0)), p(TEXT), p("灯", item=(1, 0)), numbers=numbers)
        assert body == '<ol><li>伞</li></ol><p>…</p><ol start="2"><li>灯</li></ol>'

    @pytest.mark.parametrize("first", ["１．", "1、", "1)", "1）", "（1）", "□ ", "☑"])
    def test_what_a_list_of_ours_would_write_otherwise_stays(self, first):
        lines = [f"{first}伞", f"{first.replace('1', '2').replace('１', '２')}灯"]
        assert body_of(p(TEXT), *map(p, lines)) == f"<p>…</p><p>{lines[0]}</p><p>{lines[1]}</p>"


KINDS = st.sampled_from(["p", "title", "heading", "item", "bold", "right", "table", "break"])


@given(st.lists(KINDS, min_size=1, max_size=12))
def test_no_word_is_lost_whatever_stands_beside_what(kinds):
    words = [f"第{number}句话写雨伞" for number in range(len(kinds))]
    write = {
        "p": lambda text: p(text),
        "title": title,
        "heading": lambda text: p(f"一、{text}"),
        "item": lambda text: p(f"● {text}"),
        "bold": lambda text: p(text, bold=True),
        "right": lambda text: p(text, align="right"),
        "table": lambda text: table([text, "乙"], ["甲", "丙"]),
        "break": lambda text: p(f"{text}\n{text}"),
    }
    found = manuscript(*(write[kind](text) for kind, text in zip(kinds, words, strict=True)))
    everything = " ".join([found.title, *found.above, found.body])
    assert [text for text in words if text not in everything] == []
