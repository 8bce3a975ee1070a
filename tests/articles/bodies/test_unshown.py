"""What a clipboard of Word or WPS holds and nobody saw as text does not come in."""

import time

import pytest

from articles.bodies import html

ANCHOR = (
    "<span class=MsoCommentReference><span lang=EN-US><a class=msocomanchor id='_anchor_1' "
    "href='#_msocom_1' name='_msoanchor_1'>[q1]</a><span style='mso-special-character:comment'>"
    "&nbsp;</span></span></span>"
)
COMMENTS = (
    "<div style='mso-element:comment-list'><hr class=msocomoff><div style='mso-element:comment'>"
    "<div id='_com_1' class=msocomtxt><p class=MsoCommentText>要改</p></div></div></div>"
)
WORD = "<p style='mso-x:y'>雨天</p>"


def clean(source: str) -> str:
    """Of a clipboard of Word, which is told by its styles."""
    return html.clean(WORD + source).removeprefix("<p>雨天</p>")


UNSHOWN = {
    f"<p>柜台<a style='mso-comment-reference:q_1'>前</a>{ANCHOR}的伞</p>{COMMENTS}": "柜台前的伞",
    "<p>今天<del cite='mailto:x' datetime='2026'>下雪</del>下雨</p>": "今天下雨",
    "<p>今天<span class=msoDel><del>下雪</del></span><ins>下雨</ins></p>": "今天下雨",
    "<p>今天<span style='display:none;mso-hide:all'>保密</span>下雨</p>": "今天下雨",
    "<p>今天<span style='mso-hide:all'>保<span>密</span>了</span>下雨</p>": "今天下雨",
    "<p style='display:none'>保密</p><p>今天</p>": "今天",
    "<p>今天<br style='display:none'>下雨</p>": "今天<br>下雨",
    "<div style='mso-element:header'><p>页眉</p></div><p>今天</p>": "今天",
    "<p><ruby>湖<rp>(</rp><rt>hú</rt><rp>)</rp></ruby>边</p>": "湖边",
}


@pytest.mark.parametrize("source", UNSHOWN)
def test_what_nobody_saw_goes(source):
    assert clean(source) == f"<p>{UNSHOWN[source]}</p>"


def test_on_a_page_that_word_did_not_write_struck_words_are_words():
    assert html.clean("<p>今天<del>下雪</del>下雨</p>") == "<p>今天下雪下雨</p>"


def test_hidden_words_of_any_page_go():
    assert html.clean("<p>今天<span style='display: none'>保密</span>下雨</p>") == "<p>今天下雨</p>"


@pytest.mark.parametrize("opening", ["<del>", "<span style='mso-hide:all'>", ANCHOR[:60]])
def test_what_never_ends_takes_nothing_along(opening):
    assert "下雨" in clean(f"<p>今天{opening}下雪</p><p>下雨</p>")


EMPHASIS = {
    "<span style='font-weight:bold'>带伞</span>": "<strong>带伞</strong>",
    "<span style='color:red;font-weight: 700'>带伞</span>": "<strong>带伞</strong>",
    "<span style='font-style:italic'>带伞</span>": "<em>带伞</em>",
    "<span style='font-weight:600;font-style:italic'>伞</span>": "<strong><em>伞</em></strong>",
    "<b>带<span>伞</span></b>": "<strong>带伞</strong>",
    "<i>带伞</i>": "<em>带伞</em>",
    "<b style='mso-bidi-font-weight:normal'>带伞</b>": "<strong>带伞</strong>",
    "<b style='font-weight:normal'>带伞</b>": "带伞",
    "<span style='mso-bidi-font-weight:bold'>带伞</span>": "带伞",
    "<span style='font-weight:400'>带伞</span>": "带伞",
}


@pytest.mark.parametrize("source", EMPHASIS)
def test_emphasis_stays_however_it_is_said(source):
    assert html.clean(f"<p>请{source}出门</p>") == f"<p>请{EMPHASIS[source]}出门</p>"


SIGNS = {
    "<span style='font-family:Wingdings'>&thorn;</span>": "☑",
    "<span style='mso-char-type:symbol;mso-symbol-font-family:\"Wingdings 2\"'>R</span>": "☑",
    "<span style='font-family:Symbol'>a</span>": "α",
    "<span style='mso-fareast-font-family:Wingdings'>R</span>": "R",
}


@pytest.mark.parametrize("source", SIGNS)
def test_letters_of_a_font_of_signs_are_signs(source):
    source_of_word = source.replace('"', "&quot;") if '"' in source else source
    assert clean(f"<p>{source_of_word}已办</p>") == f"<p>{SIGNS[source]}已办</p>"


@pytest.mark.parametrize(
    "piece",
    ["<del>", "<span style='mso-hide:all'>", "<span style='font-weight:bold'>", "<del></del>"],
)
def test_time_is_linear(piece):
    def seconds(times: int) -> float:
        start = time.process_time()
        html.clipboard.plain("mso-" + piece * times)
        return time.process_time() - start

    seconds(100)
    assert seconds(8_000) < 60 * max(seconds(1_000), 0.001)
