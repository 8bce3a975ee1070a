"""Finding Chinese: every substring, whatever engine is beneath."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from articles import search
from articles.folding import words
from articles.models import IndexedText
from articles.search import Text

pytestmark = pytest.mark.django_db

TEXT = "用 ＥＴＣ 办理，厅堂里多放了两把椅子。龑䶮𠮷老师说：2026年第3期 Bank card！"


@pytest.fixture
def indexed():
    umbrella = Text(1, title="雨天的伞", byline="南湖支行 沈一鸣", body=TEXT)
    chairs = Text(2, title="两把椅子", byline="东岭支行 高志远", body="灯还亮着。")
    search.put("article", [umbrella, chairs])
    search.put("page", [Text(1, "雨")])


@pytest.mark.parametrize(
    ("query", "keys"),
    [
        ("椅子", {("article", 1), ("article", 2)}),
        ("椅", {("article", 1), ("article", 2)}),
        ("厅堂里多放了两把椅子", {("article", 1)}),
        ("etc", {("article", 1)}),
        ("用ETC办", {("article", 1)}),
        ("办理，厅堂", {("article", 1)}),
        ("龑", {("article", 1)}),
        ("䶮𠮷老", {("article", 1)}),
        ("2026年第3期", {("article", 1)}),
        ("026", {("article", 1)}),
        ("年第3期ba", {("article", 1)}),
        ("bank ca", {("article", 1)}),
        ("沈一鸣 椅子", {("article", 1)}),
        ("高志远 伞", set()),
        ("雨", {("article", 1), ("page", 1)}),
        ("椅里", set()),
        ("办理厅堂", {("article", 1)}),
        ("辦理，廳堂", {("article", 1)}),
        ("多放了 “两把 椅子”", {("article", 1)}),
        ("“椅子 两把”", set()),
        ("伞南湖", set()),
        ("", set()),
        ("，。！", set()),
        ("\" OR 1=1 -- ' * & | ! ( ) : <->", set()),
    ],
)
def test_what_stands_in_a_text_is_found(indexed, query, keys):
    assert set(search.find(query)) == keys


def test_a_text_is_about_what_stands_in_it_often(indexed):
    search.put("page", [Text(7, "两把椅子，三把椅子，四把椅子"), Text(8, "椅子，椅子")])
    [about] = search.numbers(["椅子"], often=True)
    assert IndexedText.named(about) == ("page", 7)
    assert search.numbers(["椅"], often=True) == []


def test_a_text_that_changed_is_found_by_its_new_words_alone(indexed):
    search.put("article", [Text(2, "", title="两把凳子")])
    assert search.find("椅子") == [("article", 1)]
    assert search.find("凳子") == [("article", 2)]
    search.forget("article", [2])
    assert search.find("凳子") == []
    assert search.count() == 2


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(alphabet="服务文化務a1B ，é龑𠮷\n", min_size=1, max_size=12), data=st.data())
def test_every_piece_of_a_text_is_found(text, data):
    search.put("article", [Text(1, text)])
    at = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(at + 1, len(text)))
    if words(piece := text[at:end]):
        assert search.find(piece) == [("article", 1)]


@pytest.mark.parametrize(
    ("text", "typed"),
    [
        ("服务文化", "fu wu wen hua"),
        ("净月支行", "jing yue zhi hang"),
        ("支行，与“银行”ATM", "zhi hang yu yin hang a t m"),
        ("", ""),
    ],
)
def test_how_a_name_is_typed(text, typed):
    assert search.sounds(text) == typed
