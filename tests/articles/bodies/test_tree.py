"""A body as a tree: nothing of it is lost, and everything knows where it stood."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.bodies import html, tree

TOKEN = "0123abcd-0123-4123-8123-0123456789ab"
PICTURE = f'<img src="/pictures/{TOKEN}/" alt="甲 &quot;乙&quot; &gt; 丙">'

bodies = st.lists(
    st.sampled_from(
        [
            *("<p>", "</p>", "<h2>", "</h2>", "<ul>", "</ul>", "<ol start=3>", "<li>", "</li>"),
            *("<table>", "<tr>", "<td colspan=2>", "</td>", "</tr>", "</table>", "<br>", "<hr>"),
            *("<blockquote>", "</blockquote>", "<figure>", PICTURE, "<figcaption>", "</figure>"),
            *("<em>", "</em>", '<a href="https://a.example/?b=1&c=2" title="> <">', "</a>"),
            *("服务", "雨", " ", "\n", "&amp;", "&lt;b&gt;", "&nbsp;", "a", "😀"),
        ]
    ),
    max_size=40,
).map(lambda pieces: html.clean("".join(pieces)))


def marks(source: str) -> list[str]:
    """Where the walk comes by; a text as it stands there."""
    walked = tree.walk(tree.parse(source))
    return [piece if isinstance(piece, str) else mark for mark, piece in walked]


@given(bodies)
def test_a_cleaned_body_comes_back_byte_for_byte(body):
    assert tree.written(tree.parse(body)) == body


@given(bodies)
def test_every_element_knows_its_place_in_the_source(body):
    for mark, node in tree.walk(tree.parse(body)):
        if not isinstance(node, str) and mark == node.tag:
            rest = "" if node.inside == node.behind else f"</{node.tag}>"
            assert body[node.inside : node.behind] == tree.written(node.children) + rest


def test_the_walk_comes_by_everything_in_its_order():
    assert marks("<p>甲<em>乙</em><br>丙</p><hr>") == [
        *("p", "甲", "em", "乙", "/em", "br", "丙", "/p", "hr")
    ]


def test_an_empty_element_begins_and_ends():
    assert marks("<td></td><td>1</td>") == ["td", "/td", "td", "1", "/td"]


def test_the_walk_goes_deeper_than_python_would():
    assert marks("<ul><li>" * 3000 + "字")[-1] == "/ul"


def test_an_end_without_a_start_is_left_out():
    assert tree.written(tree.parse("甲</p><p>乙</em>丙</p>")) == "甲<p>乙丙</p>"


@pytest.mark.parametrize("image", ["<img>", '<img alt="字">', '<img alt=" src=">'])
def test_an_image_without_an_address_is_none(image):
    assert tree.parse(image) == []


def test_an_attribute_is_read_without_its_entities_and_written_with_them():
    source = '<a href="/?a=1&amp;b=2" title="&gt; src=">看</a>'
    (link,) = tree.parse(source)
    assert (link.get("href"), link.get("title"), link.get("rel")) == ("/?a=1&b=2", "> src=", "")
    assert tree.written([link]) == source


@pytest.mark.parametrize(
    ("address", "token"),
    [
        (f"/pictures/{TOKEN}/", TOKEN),
        (f"/pictures/{TOKEN}/480.webp", ""),
        (f"https://a.example/pictures/{TOKEN}/", ""),
        ("/pictures/1/", ""),
    ],
)
def test_only_an_address_of_our_own_is_a_picture_of_ours(address, token):
    (image,) = tree.images(tree.parse(f'<figure><img src="{address}"></figure>'))
    assert image.token == token


def test_the_words_of_a_line_have_no_markup():
    assert tree.words(tree.parse("问<strong>与</strong>答 &amp;lt;")) == "问与答 &lt;"


def test_each_block_is_a_line_and_a_row_of_cells_is_one():
    body = (
        "<h2>一</h2><ul><li>二<ul><li>三</li></ul></li></ul><p>四<br>五</p><hr>"
        "<table><caption>六</caption><tr><td>七</td><td>八</td></tr></table>"
        f"<figure>{PICTURE}<figcaption>九</figcaption></figure>"
    )
    assert tree.lines(tree.parse(body)) == ["一", "二", "三", "四", "五", "六", "七 八", "九"]


def test_other_content_stands_in_the_place_of_a_node():
    content = tree.parse("<p>甲<em>丙</em><br></p><em>丁</em><sup>1</sup>")
    tree.replace(content, "em", lambda node: ["[", *node.children, "]"])
    tree.replace(content, "br", lambda node: [])
    assert tree.written(content) == "<p>甲[丙]</p>[丁]<sup>1</sup>"


def test_each_character_knows_where_it_is_written():
    characters, places = tree.characters("A&amp;B &lt;&notin; & 😀", 10)
    assert characters == "A&B <∉ & 😀"
    assert places.tolist() == [10, 11, 16, 17, 18, 22, 29, 30, 31, 32]


def test_an_entity_of_two_characters_is_one_place():
    characters, places = tree.characters("&NotEqualTilde;a", 0)
    assert (characters, places.tolist()) == ("\u2242\u0338a", [0, 0, 15])


def test_a_character_ends_where_its_entity_ends_and_a_tag_is_none():
    source = "a&amp;b</td>"
    assert [tree.end_of_character(source, place) for place in (0, 1, 6, 7)] == [1, 6, 7, 7]
