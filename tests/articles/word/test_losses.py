"""A remark says where: the first words of the paragraph, or of the last before it that has any."""

import pytest

from articles.word import WordManuscript, read
from tests.articles.docx import docx, p, picture, r, table, title

TEXT = "柜台里外，听见的是同一件小事，写下来就不会忘。"
CHART = "<w:r><w:drawing><a:graphicData uri='http://x/chart'/></w:drawing></w:r>"
SIGN = '<w:r><w:sym w:font="Wingdings" w:char="F0FF"/></w:r>'
EMF = {"a.emf": b"\x01\0\0\0" + bytes(36) + b" EMF" + bytes(60)}


def manuscript(*body: str, **more) -> WordManuscript:
    return read(docx(title("雨天的伞"), p(TEXT), *body, **more))


def field(code: str) -> str:
    def mark(kind: str) -> str:
        return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'

    return f"{mark('begin')}<w:r><w:instrText>{code}</w:instrText></w:r>{mark('end')}"


@pytest.mark.parametrize("lost", [CHART, SIGN, field("AUTHOR"), picture("a.emf")])
def test_in_its_paragraph(lost):
    found = manuscript(p("门口的伞", lost), p("下一段"), media=EMF)
    assert found.remarks[0].endswith("（在“门口的伞”附近）")


@pytest.mark.parametrize("lost", [CHART, SIGN, field("AUTHOR"), picture("a.emf")])
def test_behind_the_last_words(lost):
    found = manuscript(p("门口的伞"), p(""), p(lost), p("下一段"), media=EMF)
    assert found.remarks[0].endswith("（在“门口的伞”附近）")


def test_in_a_cell():
    found = manuscript(table(["甲", p("乙", CHART)], ["丙", "丁"]))
    assert found.remarks[0].endswith("（在“乙”附近）")


def test_at_several_places_each_once():
    twice = p("门口的伞", CHART, CHART)
    found = manuscript(twice, p("柜台的灯", CHART))
    assert found.remarks[0].startswith("3 个图表")
    assert found.remarks[0].endswith("（在“门口的伞”、“柜台的灯”附近）")


def test_at_many_places_the_first():
    found = manuscript(*(p(f"第{number}处", CHART) for number in range(9)))
    assert found.remarks[0].endswith("（在“第0处”、“第1处”、“第2处”等处附近）")


def test_long_words_are_cut():
    assert "“柜台里外，听见的是同一件…”" in manuscript(p(TEXT, CHART)).remarks[0]


def test_nowhere_where_there_are_no_words():
    found = read(docx(p(CHART), p(r("雨天的伞", size=22)), p(TEXT)))
    assert found.remarks == ("1 个图表没有导入。请截图后另外上传。",)


def test_thousands_cost_little():
    assert manuscript(p("伞", *([SIGN] * 9_000))).remarks[0].startswith("9000 个特殊符号")
