"""A list of notes becomes notes only where the text refers to each of them."""

import pytest

from articles.bodies import html
from issues.exports import bodies, notes

LIST = "<ol><li>《柜台日记》。</li><li>旧规第三条。</li></ol>"


def gathered(body: str) -> tuple[list[str], list[str]]:
    """What blocks are left, and what the notes say."""
    blocks = notes.gather(bodies.read(html.clean(body)))
    found = [node for node in bodies.walk(blocks) if node.get("kind") == "note"]
    return [block["kind"] for block in blocks], [bodies.text(note["words"]) for note in found]


@pytest.mark.parametrize("marks", [("1", "2"), ("[1]", "[2]"), ("①", "②"), ("〔1〕", "〔2〕")])
@pytest.mark.parametrize("title", ["<h3>注释</h3>", "<p>注：</p>", "<p>【注释】</p>"])
def test_a_list_that_the_text_refers_to_becomes_notes(marks, title):
    one, two = marks
    body = f"<p>账册<sup>{one}</sup>，行规<sup>{two}</sup>。</p>{title}{LIST}"
    assert gathered(body) == (["p"], ["《柜台日记》。", "旧规第三条。"])


def test_notes_need_no_title():
    assert gathered(f"<p>甲<sup>1</sup>乙<sup>2</sup></p>{LIST}")[0] == ["p"]


def test_links_of_a_word_file_are_notes_too():
    body = (
        '<p>甲<sup><a href="https://example.com/#1">[1]</a></sup></p>'
        '<ol><li>说明 <a href="https://example.com/#2">↑</a></li></ol>'
    )
    assert gathered(body) == (["p"], ["说明 "])


@pytest.mark.parametrize(
    "text",
    [
        "<p>没有一处提到。</p>",
        "<p>只提到<sup>1</sup>。</p>",
        "<p>先后不对<sup>2</sup>，<sup>1</sup>。</p>",
        "<p>面积十 m<sup>2</sup>，又<sup>1</sup>，再<sup>2</sup>。</p>",
    ],
)
def test_where_anything_is_doubtful_the_list_stays(text):
    assert gathered(f"{text}<h3>注释</h3>{LIST}") == (["p", "heading", "list"], [])


def test_a_note_of_several_paragraphs_stays_in_the_list():
    body = "<p>甲<sup>1</sup></p><ol><li><p>一</p><p>二</p></li></ol>"
    assert gathered(body) == (["p", "list"], [])


def test_a_second_mention_stays_a_number():
    kinds, found = gathered(f"<p>甲<sup>1</sup>乙<sup>2</sup>丙<sup>1</sup></p>{LIST}")
    assert (kinds, len(found)) == (["p"], 2)


@pytest.mark.parametrize("body", ["", "<p>只有一段。</p>", LIST])
def test_bodies_without_notes_are_left_alone(body):
    blocks = bodies.read(html.clean(body))
    assert notes.gather(blocks) == blocks
