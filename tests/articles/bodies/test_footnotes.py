"""Raised numbers and the list that tells them lead to each other, where they agree."""

import pytest

from articles.bodies import footnotes, tree

LIST = "<ol><li><p>《柜台日记》。↑</p></li><li>旧规第三条。</li></ol>"


def tied(body: str) -> tuple[bool, str]:
    content = tree.parse(body)
    return footnotes.tie(content), tree.written(content)


def test_a_number_leads_to_its_note_and_the_note_back():
    is_tied, written = tied(f"<p>账册<sup>[1]</sup>，行规<sup>[2]</sup>。</p>{LIST}")
    assert is_tied
    assert '<sup><a class="note" href="#n1" role="doc-noteref" id="r1">[1]</a></sup>' in written
    assert '<ol class="notes"><li id="n1"><p>《柜台日记》。<a class="back" href="#r1"' in written
    assert written.count("↑") == 2


def test_a_second_mention_leads_there_too_and_the_note_back_to_the_first():
    _, written = tied(f"<p>甲<sup>1</sup>乙<sup>①</sup>丙<sup>2</sup></p>{LIST}")
    assert written.count('href="#n1"') == 2
    assert written.count('id="r1"') == 1


def test_links_of_a_word_file_are_led_here():
    body = '<p>甲<sup><a href="https://example.com/#1">[1]</a></sup></p><ol><li>说明。</li></ol>'
    _, written = tied(body)
    assert "example.com" not in written
    assert 'href="#n1"' in written


@pytest.mark.parametrize(
    "body",
    [
        f"<p>没有一处提到。</p>{LIST}",
        f"<p>只提到<sup>1</sup>。</p>{LIST}",
        f"<p>先后不对<sup>2</sup>，<sup>1</sup>。</p>{LIST}",
        "<p>面积 12 m<sup>2</sup>。</p>",
        f"{LIST}<p>清单不在文末<sup>1</sup><sup>2</sup>。</p>",
        '<p>甲<sup>1</sup></p><ol start="x"></ol>',
    ],
)
def test_where_anything_is_doubtful_nothing_changes(body):
    assert tied(body) == (False, body)
