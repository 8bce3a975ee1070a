"""What differs between two texts, as a reader is shown it."""

from articles import collation
from articles.collation import Piece


def shown(before: str, after: str) -> str:
    marks = {"gone": "-{}-", "new": "+{}+", "same": "{}"}
    return "".join(marks[each.kind].format(each.words) for each in collation.pieces(before, after))


def test_the_same_text_has_no_differences():
    assert collation.pieces("雨天的伞", "雨天的伞") == []


def test_one_character_is_one_character():
    assert shown("雨天的伞", "雨天的桥") == "雨天的-伞-+桥+"


def test_what_is_new_and_what_is_gone():
    assert shown("", "雨") == "+雨+"
    assert shown("雨", "") == "-雨-"


def test_rare_characters_stay_whole():
    assert shown("龑䶮𠮷", "龑𠮷") == "龑-䶮-𠮷"


def test_of_a_long_text_only_what_stands_around_a_change():
    before = "甲" * 500 + "伞" + "乙" * 500
    first, gone, new, last = collation.pieces(before, before.replace("伞", "桥"))
    assert first == Piece("same", "……" + "甲" * 24)
    assert (gone, new) == (Piece("gone", "伞"), Piece("new", "桥"))
    assert last == Piece("same", "乙" * 24 + "……")


def test_two_books_are_not_compared_character_by_character():
    before, after = "甲乙丙" * 40_000, "丁戊己" * 40_000
    assert [each.kind for each in collation.pieces(before, after)] == ["gone", "new"]
