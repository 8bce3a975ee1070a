"""A homophone in a set phrase."""

import pytest

from articles.proofreading import proofread
from articles.proofreading.idioms import find, sounds
from tests.articles.proofreading.examples import manuscript


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("她任劳任愿", [("愿", "怨")]),
        ("一如继往地，循序渐近地", [("继", "既"), ("近", "进")]),
        ("她任劳任怨", []),
        ("她任劳任累", []),
        ("千言千语", []),
        ("不辞辛老，不辞辛库", [("老", "劳"), ("库", "苦")]),
        ("恪尽职守，克尽职守", []),
        ("任劳，任愿", []),
        ("任劳", []),
        ("", []),
    ],
)
def test_only_what_sounds_like_the_right_character_is_found(text, expected):
    assert [(text[each.at], each.right) for each in find(text)] == expected


def test_a_play_on_words_in_quotation_marks_is_left_alone():
    assert proofread(manuscript("活动叫“集思广艺”。")) == []
    assert [each.quote for each in proofread(manuscript("大家集思广艺。"))] == ["艺"]


def test_a_phrase_that_is_listed_is_told_once():
    assert [each.rule for each in proofread(manuscript("她任劳任愿。"))] == ["W01"]


def test_the_readings_of_a_character_are_known_without_their_tones():
    assert sounds("行") >= {"xing", "hang"}
    assert sounds("女") == {"nu\u0308", "ru"}
    assert sounds("，") == frozenset()
