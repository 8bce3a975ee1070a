"""A table of contents is left out and said, however it was made; what is none stays."""

import pytest

from articles.word import WordManuscript, read
from tests.articles.docx import docx, p, r, title

TEXT = "柜台里外，听见的是同一件小事，写下来就不会忘。" * 3
SAID = "目录没有导入，刊物会自己编。"
TAB = "<w:r><w:tab/></w:r>"
TEXTS = (p("一、来意"), p(TEXT), p("二、去处"), p(TEXT))
BODY = f"<h2>一、来意</h2><p>{TEXT}</p><h2>二、去处</h2><p>{TEXT}</p>"


def mark(kind: str) -> str:
    return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'


def begin(*code: str) -> str:
    told = "".join(f"<w:r><w:instrText>{each}</w:instrText></w:r>" for each in code)
    return mark("begin") + told + mark("separate")


def page(number: str) -> str:
    return TAB + begin("PAGEREF _Toc1") + r(number) + mark("end")


def manuscript(*content: str) -> WordManuscript:
    return read(docx(title("雨天的伞"), *content, *TEXTS))


def body_of(found: WordManuscript) -> str:
    return found.body.replace("\n", "")


MADE = {
    "a field over several lines": (
        p("目　录", bold=True, align="center"),
        p(begin(r'TOC \o "1-3"'), r("一、来意"), page("1")),
        p(r("二、去处"), page("3")),
        p(mark("end")),
    ),
    "that ends in its last line": (p(begin("TOC"), r("来意 1")), p(r("去处 3"), mark("end"))),
    "told in two runs": (p(begin("T", "OC"), r("来意 1"), mark("end")),),
    "of pictures": (p(begin(r'TOC \c "图"'), r("图1 伞架 2"), mark("end")),),
    "a simple field": (p(f'<w:fldSimple w:instr="TOC">{r("来意 1")}</w:fldSimple>'),),
    "typed with dots": (p("目录"), p("一、来意……………1"), p("二、去处……………3")),
    "typed with dots alone": (p("一、来意……………1"), p("二、去处.......3")),
    "typed with tabs": (
        p("目 录"),
        p(),
        p(r("一、来意"), TAB, r("1")),
        p(r("二、去处"), TAB, r("（3）")),
    ),
}


@pytest.mark.parametrize("name", MADE)
def test_a_table_of_contents_is_left_out_and_said(name):
    found = manuscript(*MADE[name])
    assert (body_of(found), found.remarks) == (BODY, (SAID,))


@pytest.mark.parametrize(
    ("content", "kept"),
    [
        ((p("目录"), p("一共 3"), p("二 1")), "<p>一共 3</p><p>二 1</p>"),
        ((p("目录"), p("来意 1")), "<p>来意 1</p>"),
        ((p("来意 1"), p("去处 3")), "<p>来意 1</p><p>去处 3</p>"),
        ((p(begin("TOC"), r("来意 1")),), "<p>来意 1</p>"),
        ((p(begin("TOCSIN"), r("来意 1"), mark("end")),), "<p>来意 1</p>"),
    ],
)
def test_what_is_no_table_of_contents_stays(content, kept):
    found = manuscript(*content)
    assert kept in body_of(found)
    assert SAID not in found.remarks


def test_words_behind_the_end_of_the_field_stay():
    found = manuscript(p(begin("TOC"), r("来意 1")), p(r("去处 3"), mark("end"), r("续写一句")))
    assert body_of(found) == f"<p>续写一句</p>{BODY}"
