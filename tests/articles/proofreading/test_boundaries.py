"""A word that is written wrong, and the two right ones that hold its characters."""

import pytest

from articles.proofreading import proofread
from articles.proofreading.boundaries import is_two_words
from tests.articles.proofreading.examples import manuscript


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("和健身有关健步走", "关健"),
        ("他按装修合同付款", "按装"),
        ("候机仓储一体", "机仓"),
        ("搭好后拆帐篷", "拆帐"),
        ("留了一份内容", "份内"),
        ("走来两头象，", "头象"),
        ("她的老外婆", "老外"),
    ],
)
def test_characters_of_two_words_that_meet_are_no_word(text, word):
    start = text.index(word)
    assert is_two_words(text, start, start + len(word))


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("最关健的一步", "关健"),
        ("问题的关健在于人", "关健"),
        ("关健", "关健"),
        ("按装好了", "按装"),
        ("去查帐", "查帐"),
        ("飞机仓门", "机仓"),
        ("这是份内的事", "份内"),
        ("他把份内部分做完", "份内"),
    ],
)
def test_a_word_stays_one_where_only_one_side_could_be_cut(text, word):
    start = text.index(word)
    assert not is_two_words(text, start, start + len(word))


@pytest.mark.parametrize(
    ("sentence", "quotes"),
    [
        ("相互关健的支点。", ["关健"]),
        ("无关健步的人。", []),
        ("帐号在帐本上。", ["帐号", "帐本"]),
    ],
)
def test_lists_of_words_ask_where_words_end(sentence, quotes):
    assert [each.quote for each in proofread(manuscript(sentence))] == quotes
