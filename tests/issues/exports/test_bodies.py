"""A stored body as a tree: every word kept, nothing guessed."""

import pytest

from articles.bodies import html
from issues.exports import bodies


def kinds(body: str) -> list[str]:
    return [block["kind"] for block in bodies.read(html.clean(body))]


def words(body: str) -> str:
    texts = (node.get("text", "") for node in bodies.walk(bodies.read(html.clean(body))))
    return "".join(texts)


def table(rows: str) -> dict:
    (block,) = bodies.read(html.clean(f"<table>{rows}</table>"))
    return block


def test_blocks_come_in_order():
    body = (
        "<p>一</p><h2>二</h2><ul><li>三</li></ul><blockquote><p>四</p></blockquote><hr>"
        "<table><tr><td>五</td></tr></table>"
    )
    assert kinds(body) == ["p", "heading", "list", "quote", "rule", "table"]


def test_words_keep_their_emphasis():
    (block,) = bodies.read("<p>甲<strong>乙<em>丙</em></strong><sup>2</sup><br>丁</p>")
    assert [word["kind"] for word in block["words"]] == ["text", "strong", "sup", "break", "text"]
    assert bodies.text(block["words"]) == "甲乙丙2\n丁"


def test_entities_are_read_once():
    (block,) = bodies.read("<p>&amp;lt; &lt;b&gt; &quot;</p>")
    assert bodies.text(block["words"]) == '&lt; <b> "'


@pytest.mark.parametrize(
    "to", ["javascript:alert(1)", "/articles/1/", "//example.com/", "data:text/html,1", "#top", ""]
)
def test_links_that_lead_nowhere_on_paper_are_their_words(to):
    (block,) = bodies.read(f'<p><a href="{to}">点我</a></p>')
    assert block["words"] == [{"kind": "text", "text": "点我"}]


def test_links_to_the_outside_are_kept():
    (block,) = bodies.read('<p><a href="https://example.com/?a=1&amp;b=2">外面</a></p>')
    assert block["words"][0]["to"] == "https://example.com/?a=1&b=2"


def test_lists_know_their_start_their_marks_and_what_they_hold():
    (block,) = bodies.read(html.clean('<ol start="3"><li>三<ul><li>√ 甲</li></ul></li></ol>'))
    assert (block["ordered"], block["start"]) == (True, 3)
    inner = block["items"][0][1]
    assert (inner["ordered"], inner["marked"]) == (False, True)


@pytest.mark.parametrize("start", ["-1", "九", "99999999999999999999", "1e3", "²"])
def test_a_start_that_is_no_number_is_one(start):
    (block,) = bodies.read(f'<ol start="{start}"><li>一</li></ol>')
    assert block["start"] == 1


def test_a_figure_keeps_picture_words_and_caption():
    token = "11111111-2222-3333-4444-555555555555"
    body = (
        f'<figure><img src="/pictures/{token}/" alt="灯"><figcaption>一盏灯</figcaption></figure>'
    )
    (block,) = bodies.read(html.clean(body))
    assert (block["token"], block["alt"]) == (token, "灯")
    assert bodies.text(block["caption"]) == "一盏灯"
    assert list(bodies.tokens([block])) == [token]


class TestTables:
    def test_heads_stand_above_the_rows(self):
        found = table("<tr><th>甲</th><th>乙</th></tr><tr><td>1</td><td>2</td></tr>")
        assert (found["columns"], found["header"]) == (2, 1)
        assert [(cell["x"], cell["y"]) for cell in found["cells"]] == [
            (0, 0), (1, 0), (0, 1), (1, 1)
        ]  # fmt: skip

    def test_heads_alone_are_rows(self):
        assert table("<tr><th>甲</th></tr>")["header"] == 0

    def test_a_cell_over_two_rows_pushes_its_neighbours(self):
        found = table(
            '<tr><td rowspan="2">甲</td><td>乙</td></tr><tr><td>丙</td></tr><tr><td>丁</td></tr>'
        )
        assert [(cell["x"], cell["y"]) for cell in found["cells"]] == [
            (0, 0), (1, 0), (1, 1), (0, 2)
        ]  # fmt: skip

    def test_spans_without_measure_stay_inside_and_never_overlap(self):
        found = table(
            '<tr><td colspan="99999" rowspan="99999">甲</td></tr>'
            '<tr><td rowspan="0">乙</td><td colspan="-3">丙</td></tr>'
        )
        places = [
            (x, y)
            for cell in found["cells"]
            for x in range(cell["x"], cell["x"] + cell["colspan"])
            for y in range(cell["y"], cell["y"] + cell["rowspan"])
        ]
        assert len(places) == len(set(places))
        assert found["columns"] == bodies.MAX_COLUMNS
        assert max(y for _, y in places) == 1

    def test_more_columns_than_fit_lose_no_word(self):
        row = "".join(f"<td>格{n}</td>" for n in range(60))
        assert words(f"<table><tr>{row}</tr></table>") == "".join(f"格{n}" for n in range(60))


def test_no_word_is_lost_from_any_block():
    body = (
        "<h3>一<strong>二</strong></h3><ul><li>三<ol><li>四</li></ol></li></ul>"
        "<blockquote><p>五</p><ul><li>六</li></ul></blockquote>"
        "<table><caption>七</caption><tr><td><p>八</p><p>九</p></td></tr></table>"
    )
    assert words(body) == "一二三四五六七八九"
