"""首字下沉: the letter in its frame begins the paragraph that it stands beside."""

import pytest

from articles.word import WordManuscript, read
from tests.articles.docx import docx, p, r, style, table, title

TEXT = "柜台里外，听见的是同一件小事，写下来就不会忘。" * 3
FRAME = '<w:framePr w:dropCap="{}" w:lines="3" w:wrap="around"/>'


def cap(letter: str, kind: str = "drop", **more) -> str:
    return p(r(letter, size=60, bold=True), more=FRAME.format(kind), **more)


def manuscript(*body: str, **more) -> WordManuscript:
    return read(docx(title("雨天的伞"), *body, **more))


@pytest.mark.parametrize("kind", ["drop", "margin", "none"])
def test_a_drop_cap_begins_the_text(kind):
    found = manuscript(cap("柜", kind), p("　　" + TEXT[1:]))
    assert (found.title, found.body) == ("雨天的伞", f"<p>{TEXT}</p>")


def test_a_word_may_be_dropped():
    assert manuscript(cap("柜台"), p(TEXT[2:])).body == f"<p>{TEXT}</p>"


def test_the_frame_may_be_that_of_a_style():
    styles = style("沉", "首字", more=f"<w:pPr>{FRAME.format('drop')}</w:pPr>")
    found = manuscript(p(r("柜", size=60), style="沉"), p(TEXT[1:]), styles=styles)
    assert found.body == f"<p>{TEXT}</p>"


def test_a_frame_around_words_is_a_paragraph():
    found = manuscript(p("机密", more=FRAME.format("none")), p(TEXT))
    assert found.body == f"<p>机密</p><p>{TEXT}</p>"


def test_nothing_is_lost_where_no_text_follows():
    assert "柜</h2><table>" in manuscript(p(TEXT), cap("柜"), table(["甲", "乙"])).body
    assert "柜" in manuscript(p(TEXT), cap("柜")).body


def test_several_paragraphs_have_theirs():
    found = manuscript(cap("柜"), p(TEXT[1:]), cap("雨"), p("停了，门口的伞还立着，等人来取。"))
    assert found.body == f"<p>{TEXT}</p><p>雨停了，门口的伞还立着，等人来取。</p>"
