"""What makes no difference to a search, and the way back into the text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.folding import Folded, fold, joined, words


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("四分钟三个字", "四分钟，三个字"),
        ("客户说没事的时候", "客户说“没事”的时候"),
        ("便签语音和半张作业纸", "便签、语音 和 半张作业纸"),
        ("BANK card", "ｂａｎｋ　Ｃａｒｄ"),
        ("客戶說沒事的時候", "客户说没事的时候"),
        ("關於乾燥", "关于干燥"),
        ("café", "cafe\u0301"),
        ("第2期", "第②期"),
    ],
)
def test_what_makes_no_difference(typed, printed):
    assert fold(typed) == fold(printed)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("客户 经理", ["客户", "经理"]),
        ("“两把 椅子” 灯", ["两把椅子", "灯"]),
        ('"两把 椅子"', ["两把椅子"]),
        ("客户说“没事”的时候", ["客户说没事的时候"]),
        ("“没事”的时候 灯", ["没事的时候", "灯"]),
        ("，。 “”", []),
    ],
)
def test_the_words_of_a_query(query, found):
    assert words(query) == found


def test_letters_and_digits_stay_whatever_they_look_like():
    assert fold("第②期，ＥＴＣ：００６２０！") == "第2期etc00620"


@given(st.text(alphabet="服務，a㈠ ﬁé\n", max_size=300), st.data())
def test_what_is_found_is_marked_where_it_stands(text, data):
    """However long the text: what stands between the two ends folds to what was looked up."""
    letters = fold(text)
    begin = data.draw(st.integers(0, len(letters)))
    end = data.draw(st.integers(begin, len(letters)))
    needle = letters[begin:end]
    found = list(Folded(text).spans(needle))
    assert bool(found) == bool(needle)
    assert all(needle in fold(text[one:other]) for one, other in found)


def test_far_into_a_text_too():
    text = "服，務 " * 100 + "文化" + "（服）" * 100 + "文"
    assert list(Folded(text).spans("务文化服")) == [(398, 404)]
    assert list(Folded(text).spans("文")) == [(400, 401), (702, 703)]


def test_what_is_found_does_not_overlap():
    assert list(Folded("哈哈哈，哈").spans("哈哈")) == [(0, 2), (2, 5)]


def test_spans_that_touch_are_one():
    assert joined([(5, 7), (0, 2), (2, 4), (6, 9)]) == [(0, 4), (5, 9)]
    assert joined([(0, 9), (2, 4)]) == [(0, 9)]
