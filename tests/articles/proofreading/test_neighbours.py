"""A word for another of the same sound, told by what stands beside it."""

import pytest

from articles.proofreading import Level, TermList, proofread
from articles.proofreading.suspects import neighbours
from articles.proofreading.terms import Term
from tests.articles.proofreading.examples import manuscript


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("收到征稿启示", [("征稿启示", "征稿启事")]),
        ("雪天给出行带来不变", [("带来不变", "带来不便")]),
        ("国家权力机关，公民的权利", []),
        ("初心不变", []),
        ("", []),
        ("\ud800征稿启示", [("征稿启示", "征稿启事")]),
    ],
)
def test_the_neighbour_tells_which_of_two_words_is_meant(text, expected):
    found = neighbours.find(text)
    assert [(text[each.start : each.end], each.right) for each in found] == expected


def test_what_a_text_says_again_and_again_is_its_own_word():
    assert len(list(neighbours.find("征稿启示。" * 2))) == 2
    assert list(neighbours.find("征稿启示。" * 3)) == []


def test_it_is_only_suspected_and_can_be_taught():
    text = manuscript("雪天给出行带来不变。")
    assert [(each.rule, each.level) for each in proofread(text)] == [("W05", Level.SUSPECT)]
    assert proofread(text, TermList([Term("带来不变", is_right=True)])) == []


def test_no_row_proposes_what_another_row_calls_wrong():
    phrases = neighbours._phrases()
    assert not phrases.keys() & set(phrases.values())
