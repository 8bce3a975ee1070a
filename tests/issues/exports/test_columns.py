"""Bodies made ready for columns."""

from itertools import count

import pytest

from issues.exports import colophon
from issues.exports.pdf import columns, lines, setting
from tests.issues.exports import samples
from tests.issues.exports.samples import (
    a_book,
    a_picture,
    a_table,
    an_article,
    figure,
    paragraphs,
)

SHARP = a_picture(1, 1600, 1000)
PATHS = {SHARP.token: "1.jpg"}


def blocks(body: str, *pictures) -> list[dict]:
    paths = {picture.token: f"{picture.token}.jpg" for picture in pictures}
    return columns.read(an_article(body=body, pictures=pictures), paths)


def segments(body: str, *pictures) -> list[dict]:
    return columns.in_columns(blocks(body, *pictures), count())


def test_headings_never_leave_out_a_level():
    found = blocks("<h4>一</h4><h2>二</h2><h4>三</h4><h3>四</h3><h4>五</h4>")
    assert [block["depth"] for block in found] == [3, 3, 4, 4, 5]


def test_a_text_that_is_all_headings_may_be_parted_and_its_last_ones_stay_with_what_follows():
    """Otherwise it is one piece, higher than any page, and is printed over the foot."""
    found = blocks("<p>前言。</p>" + "".join(f"<h2>第{n}条</h2>" for n in range(9)) + "<p>文。</p>")
    headings = [block for block in found if block["kind"] == "heading"]
    assert [each["loose"] for each in headings] == [True] * 6 + [False] * 3
    few = blocks("<h2>一</h2><h3>（一）</h3><p>文。</p>")
    assert not any(block.get("loose") for block in few)


def test_a_wide_table_runs_over_both_columns():
    found = segments(paragraphs(3) + a_table(3, 6) + paragraphs(3))
    assert [segment["kind"] for segment in found] == ["columns", "plain", "columns"]
    assert [segment["id"] for segment in found] == [0, 1, 2]


def test_a_narrow_table_stays_in_its_column():
    found = segments(paragraphs(3) + a_table(3, 2))
    assert [segment["kind"] for segment in found] == ["columns"]


def test_a_few_words_are_not_cut_into_columns():
    assert [segment["kind"] for segment in segments("<p>一句话。</p>")] == ["plain"]


def test_only_the_first_sharp_picture_and_panoramas_are_wide():
    pictures = [
        a_picture(1, 800, 500),
        a_picture(2, 1600, 1000),
        a_picture(3, 1600, 1000),
        a_picture(4, 1000, 1600),
        a_picture(5, 2400, 900),
    ]
    body = "".join(paragraphs(1, 2) + figure(each) for each in pictures)
    (found,) = segments(body, *pictures)
    wide = [block["wide"] for block in found["blocks"] if block["kind"] == "figure"]
    assert wide == [False, True, False, False, True]


def test_a_picture_of_another_article_is_left_out_and_its_caption_kept():
    found = blocks(figure(SHARP, "图注还在"))
    assert [block["kind"] for block in found] == ["p"]
    assert found[0]["words"][0]["text"] == "图注还在"


def test_a_short_quotation_stands_out():
    short, long = "<p>不多的几个字。</p>", f"<p>{samples.SENTENCE * 3}</p>"
    found = blocks(f"<blockquote>{short}</blockquote><blockquote>{long}</blockquote>")
    assert [block["pull"] for block in found] == [True, False]


def test_marks_of_a_list_are_set_as_its_marks():
    (found,) = blocks("<ul><li>√ 请坐</li><li>× 站着</li></ul>")
    assert found["marks"] == ["√", "×"]
    assert [item[0]["words"][0]["text"] for item in found["items"]] == ["请坐", "站着"]


def test_columns_of_numbers_are_known():
    rows = "<tr><td>存款</td><td>1,200.5</td><td>12%</td></tr>"
    (found,) = blocks(f"<table>{rows}</table>")
    assert found["figures"] == [1, 2]


def test_authors_of_one_branch_share_its_name():
    two, three = samples.BookAuthor("二", "甲行"), samples.BookAuthor("三", "")
    by = setting.byline((samples.BookAuthor("一", "甲行"), two, three))
    assert by == ["甲行 一", "二", "三"]


@pytest.mark.parametrize(
    ("theme", "columns"),
    [
        ("听见柜台外的声音", ["听见柜台外的声音"]),
        ("把服务做到家门口，再往前一步", ["把服务做到家门口", "再往前一步"]),
        ("一二三四五六七八九十", ["一二三四五", "六七八九十"]),
        ("，。！", ["　"]),
    ],
)
def test_upright_type_has_no_marks_and_even_columns(theme, columns):
    assert setting.upright(theme) == columns


@pytest.mark.parametrize(
    ("words", "to"),
    [
        ("www.example.com", "https://www.example.com"),
        ("http://example.com/a", "http://example.com/a"),
        ("tougao@example.com", "mailto:tougao@example.com"),
        ("javascript:alert(1)", ""),
        ("0431-80000000", ""),
        ("见内网首页", ""),
    ],
)
def test_addresses_of_the_imprint_lead_somewhere(words, to):
    assert colophon.address(words) == to


def test_sections_of_an_issue_never_share_a_colour():
    slugs = ("service-discussion", "a-new-one")
    book = a_book(*(an_article(section=slug) for slug in slugs))
    told = setting.of(book, samples.FACE, {"cover": "cover.svg"})
    assert len({part["colour"] for part in told["sections"]}) == 2


FORMULA = a_picture(2, 240, 60)


def in_lines(body: str) -> list[str]:
    """The lines of ten characters that the first paragraph is set in."""
    words = lines.part(blocks(body, FORMULA)[0]["words"], {}, 10, indent=0)
    said = "".join({"picture": "图", "end": "|"}.get(w["kind"], w.get("text", "")) for w in words)
    return said.split("|")


def test_a_picture_inside_a_sentence_is_as_high_as_its_line_and_its_lines_are_parted():
    body = f'<p>余额是<img src="/pictures/{FORMULA.token}/" alt="算式">，照此计算。</p>'
    inside = blocks(body, FORMULA)[0]["words"][1]
    assert (inside["high"], inside["across"]) == (1.4, 5.6)
    assert in_lines(body) == ["余额是图，", "照此计算。"]
    long = body.replace("余额是", "一到年末的余额是")
    assert in_lines(long) == ["一到年末的余额是", "图，照此", "计算。"]  # no mark begins a line


def test_a_picture_alone_in_its_paragraph_stands_in_no_sentence():
    body = f'<p><img src="/pictures/{FORMULA.token}/" alt="算式"></p>'
    assert [block["kind"] for block in blocks(body, FORMULA)] == ["figure"]
