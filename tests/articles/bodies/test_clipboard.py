"""What Word, WPS and WeChat put on the clipboard, cleaned without any browser's help."""

import re

import pytest

from articles import symbols
from articles.bodies import html
from tests.articles.pasting import CLEAN, fragment
from tests.environment import ROOT


@pytest.mark.parametrize("name", CLEAN)
def test_a_clipboard_leaves_clean_structure(name):
    assert html.clean(fragment(name)) == CLEAN[name]


@pytest.mark.parametrize("name", CLEAN)
def test_what_came_out_stays_as_it_is(name):
    assert html.clean(CLEAN[name]) == CLEAN[name]


def item(mark: str, text: str = "伞", level: int = 1) -> str:
    return (
        f"<p style='mso-list:l0 level{level} lfo1'><![if !supportLists]>"
        f"<span style='mso-list:Ignore'>{mark}<span>&nbsp; </span></span><![endif]>{text}</p>"
    )


@pytest.mark.parametrize("mark", ["l", "u", "·", "§", "Ø", "o", "●", "—", "➢"])
def test_a_mark_without_a_number_is_a_bullet(mark):
    assert html.clean(item(mark)) == "<ul><li>伞</li></ul>"


def test_a_number_that_a_list_of_ours_prints_is_a_numbered_item():
    assert html.clean(item("1.")) == "<ol><li>伞</li></ol>"


@pytest.mark.parametrize("mark", ["一、", "（三）", "1、", "（1）", "注："])
def test_a_number_in_words_stays_a_word(mark):
    assert html.clean(item(mark)) == f"<p>{mark}伞</p>"


@pytest.mark.parametrize("mark", ["①", "第一章", "1.2.", "附件1", "1)", "a)", "iv.", "☑", "□"])
def test_a_space_stands_behind_what_is_not_closed(mark):
    assert html.clean(item(mark)) == f"<p>{mark} 伞</p>"


def test_a_number_that_is_not_the_next_begins_a_list():
    assert html.clean(item("1.") + item("5.") + item("l")) == (
        '<ol><li>伞</li></ol><ol start="5"><li>伞</li></ol><ul><li>伞</li></ul>'
    )


def test_marks_in_a_cell_are_words():
    body = html.clean(f"<table><tr><td>{item('1.')}{item('l')}</td></tr></table>{item('1.')}")
    assert "<td><p>1. 伞</p><p>• 伞</p></td>" in body
    assert body.endswith("<ol><li>伞</li></ol>")


def test_a_list_that_goes_on_keeps_its_number():
    assert html.clean(item("7.") + item("8.")) == '<ol start="7"><li>伞</li><li>伞</li></ol>'


def test_levels_may_be_skipped_and_come_back():
    body = html.clean(item("l", "甲") + item("l", "乙", 3) + item("l", "丙", 2) + item("l", "丁"))
    assert body == "<ul><li>甲<ul><li>乙</li></ul><ul><li>丙</li></ul></li><li>丁</li></ul>"


def test_words_between_items_stay_between_them():
    body = html.clean(item("l", "甲") + "两项之间" + item("l", "乙"))
    assert body == "<ul><li>甲</li></ul><p>两项之间</p><ul><li>乙</li></ul>"


def test_the_browser_reads_fonts_of_signs_as_the_server_does():
    script = (ROOT / "static" / "articles" / "paste.js").read_text()
    rows = dict(re.findall(r'^    "([a-z0-9 ]+)": "(.+)",$', script, re.MULTILINE))
    assert list(rows) == ["wingdings", "wingdings 2", "wingdings 3", "webdings", "symbol"]
    for font, row in rows.items():
        assert list(row) == [symbols.sign(code, font) or " " for code in range(0x21, 0x100)]


@pytest.mark.parametrize(
    "broken",
    [
        "<p style='mso-list:l0 level1 lfo1'>",
        "<p style='mso-list:l0 level1 lfo1'>伞",
        "<p style='mso-list:l0 level1 lfo1'><span style='mso-list:Ignore'>伞</p>",
        item("1.")[:-4] + item("2."),
        "<li style='mso-list:l0 level1 lfo1'>伞</li>",
        "<table><tr><td>" + item("l") + "</td></tr></table>",
        "<a style='mso-footnote-id:ftn1'>伞",
    ],
)
def test_broken_lists_lose_no_word(broken):
    kept = html.text(html.clean(broken))
    assert kept.count("伞") == broken.count("伞")


@pytest.mark.parametrize("alt", ["[微笑]", "[强]", "🙂", "❤️"])
def test_an_emoji_that_is_a_picture_becomes_its_word(alt):
    sent = f'<p>好<img class="emoji" alt="{alt}" src="https://elsewhere.example/1.png">的</p>'
    assert html.clean(sent) == f"<p>好{alt.replace(chr(0xFE0F), chr(0xFE0F))}的</p>"
