"""Fixed wording, found by nearness to the right form."""

import pytest

from articles.proofreading import Level, proofread
from articles.proofreading.fixed import FixedPhrases
from tests.articles.proofreading.examples import manuscript

ROWS = [
    "先看见客户、再看见业务",
    "伞架门垫叫号机",
    "= 伞架门垫老花镜",
    "“三声问候” | 做到",
    "雨天服务",
]


def found(text: str) -> list[tuple[str, str]]:
    return [(text[each.start : each.end], each.right) for each in FixedPhrases(ROWS).find(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("先看见客户、再看见业务", []),
        ("先看见客户再看见业务", []),
        ("先看见客人、再看见业务", [("人", "户")]),
        ("先看见客户、后听见业务", [("后听", "再看")]),
        ("先看见客、再看见业务", [("客", "客户")]),
        ("先看见客户们、再看见业务", [("户们", "户")]),
        ("先看见客户、再看见生意", []),
        ("伞架门垫叫好机", [("好", "号")]),
        ("伞架门垫老花镜", []),
        ("伞架门垫\n叫号机", []),
        ("雨天服物", []),
        ("做到“三声问好”", [("好", "候")]),
        ("做到三声问好", []),
        ("推出“三声问好”", []),
        ("坚持“三声问好”", []),
        ("先看见客户、再看见业务，先看见客户、再看见业物", [("物", "务")]),
    ],
)
def test_what_is_near_to_a_phrase_and_not_right_is_found(text, expected):
    assert found(text) == expected


def test_a_list_without_rows_finds_nothing():
    assert list(FixedPhrases([]).find("先看见客户")) == []


@pytest.mark.parametrize(
    ("sentence", "quotes"),
    [
        ("做到“两个维护”，坚定“四个自信”。", []),
        ("坚定“四个自行”。", ["自行"[1:]]),
        ("党的二十届大会之后，传达党的二十大三中全会精神。", ["大"]),
    ],
)
def test_the_list_that_comes_with_the_program_is_looked_for(sentence, quotes):
    assert [each.quote for each in proofread(manuscript(sentence))] == quotes


def test_what_is_told_as_a_whole_is_not_told_again():
    found = proofread(manuscript("坚定“四个自信”、做到“两个拥护”。"))
    assert [(each.rule, each.suggestion) for each in found] == [("S10", "两个维护")]


def test_a_paragraph_in_traditional_characters_is_told_once_and_left_as_it_is():
    (found,) = proofread(manuscript("學而時習之，不亦說乎。"))
    assert (found.rule, found.suggestion) == ("X05", None)
    assert "古籍" in found.why


@pytest.mark.parametrize(
    ("sentence", "level"),
    [
        ("客户孙丽萍在我行存了二十万元。", Level.BLOCK),
        ("客户孙丽萍的手机号记在本子上。", Level.WARN),
        ("车牌吉A12345停在门口。", Level.BLOCK),
        ("到期可以刚性兑付。", Level.BLOCK),
        ("讨论了刚性兑付这个词。", Level.INFO),
    ],
)
def test_how_grave_it_is_depends_on_what_stands_beside(sentence, level):
    assert [each.level for each in proofread(manuscript(sentence))] == [level]
