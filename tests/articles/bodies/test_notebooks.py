"""Notes of telephones and documents on the web: what they print is there."""

import contextlib
import time

import pytest

from articles.bodies import html

SHOWN = {
    "<p><input type=checkbox checked>已还</p>": "<p>☑已还</p>",
    "<p><input type='checkbox' checked='false'>未还</p>": "<p>☐未还</p>",
    "<p><input type=checkbox>未还</p>": "<p>☐未还</p>",
    "<p><input type=text value=x>伞</p>": "<p>伞</p>",
    '<order indent="1" inputNumber="0" />伞<br/><order indent="1" />灯': "<p>1. 伞</p><p>2. 灯</p>",
    '<order indent="1" />伞<br/><text indent="1">又</text><order indent="1" />灯': (
        "<p>1. 伞</p><p>又</p><p>1. 灯</p>"
    ),
    "<svg><text x=1>伞</text></svg>": "<p>伞</p>",
    '<p role="heading" aria-level="2"><span>来意</span></p>': "<h3>来意</h3>",
    '<div aria-level="1" role=heading>来意</div><p>伞</p>': "<h2>来意</h2><p>伞</p>",
    '<div role="heading" aria-level="1"><p>来意</p></div>': "<p>来意</p>",
    "<p>10<span style='vertical-align:super'>2</span></p>": "<p>10<sup>2</sup></p>",
    "<p>H<span style='vertical-align: sub;color:red'>2</span>O</p>": "<p>H<sub>2</sub>O</p>",
    "<p>10<sup><span style='vertical-align:super'>2</span></sup></p>": "<p>10<sup>2</sup></p>",
    "<p>10<span style='vertical-align:baseline'>2</span></p>": "<p>102</p>",
    "<p>10<span style='vertical-align:text-bottom'>2</span></p>": "<p>102</p>",
}


@pytest.mark.parametrize("source", SHOWN)
def test_what_is_seen_is_there(source):
    assert html.clean(source) == SHOWN[source]


@pytest.mark.parametrize("sign", ["\uf0fe", "&#xF0FE;"])
def test_a_sign_whose_font_is_gone_leaves_a_mark(sign):
    """The proofreading aid finds the mark (X03); with scripts the paste says it at once."""
    assert html.clean(f"<p>{sign}已办</p>") == "<p>\ufffd已办</p>"


@pytest.mark.parametrize(
    "source",
    ["<input " * 40_000, '<p role="heading" aria-level="1">' * 9_000, "<note><bullet>" * 8_000],
)
def test_a_hostile_clipboard_costs_little(source):
    start = time.process_time()
    with contextlib.suppress(html.Refused):
        html.clean(source)
    assert time.process_time() - start < 5
