"""In which order, how many, and narrowed by what: the page of the search over a small journal."""

import re
from datetime import date

import pytest

from issues.making import indexing
from issues.models import Edition, Issue
from issues.reading import lists
from servicejournal import generation
from tests.factories import a_call, a_section, an_article, an_issue
from tests.pages import seen

pytestmark = pytest.mark.django_db


def out(year: int, number: int, **facts) -> Issue:
    return an_issue(published=True, year=year, number=number, date=date(year, 6, 1), **facts)


@pytest.fixture
def shelf() -> None:
    """Three issues; 雨伞 stands in a text, often in a text, in a branch's name, and in titles."""
    older = out(2024, 1, theme="等雨停的人")
    newer = out(2025, 2, theme="把门口留给客人")
    an_article(issue=older, title="客户说“没事”的时候", body="<p>伞架旁边有雨伞。</p>")
    an_article(issue=older, title="雨伞", body="<p>没有别的。</p>", section=a_section("preamble"))
    told = {"section": a_section("service-emotion"), "authors": [("雨伞镇支行", "柳明远")]}
    an_article(issue=newer, title="门厅", body="<p>灯还亮着。</p>", **told)
    often = "<p>雨伞，雨伞，还是雨伞。编号00620817。</p>"
    an_article(issue=older, title="四分钟，三个字", body=often)
    an_article(issue=newer, title="一把红雨伞", body="<p>客户来了。</p>")
    an_article(issue=newer, title="晴天", body="<p>窗台上有雨伞，客户没有带走。</p>")
    a_call(theme="年关前的一天", words="写一件门口的小事。")
    for edition in Edition.objects.out():
        indexing.index(edition)
    generation.turn()


def titles(client, **asked: str) -> list[str]:
    answer = client.get("/search/", asked)
    assert answer.status_code == 200
    found = re.findall(r'class="title" href="[^"]+">(.*?)</a>', answer.text)
    return [re.sub("<[^>]+>", "", each) for each in found]


def test_title_before_byline_before_text_and_by_date_where_that_is_wanted(client, shelf):
    weighed = ["雨伞", "一把红雨伞", "门厅", "四分钟，三个字", "晴天", "客户说“没事”的时候"]
    assert titles(client, q="雨伞") == weighed
    by_date = titles(client, q="雨伞", order="date")
    assert set(by_date[:3]) == {"门厅", "一把红雨伞", "晴天"}
    assert set(by_date) == set(weighed)
    assert titles(client, q="雨伞 高志远")[:2] == ["一把红雨伞", "雨伞"]  # one in each


@pytest.mark.parametrize(
    ("query", "title"),
    [
        ("四分钟三个字", "四分钟，三个字"),
        ("客户说没事的时候", "客户说“没事”的时候"),
        ("客戶說沒事的時候", "客户说“没事”的时候"),
        ("06208", "四分钟，三个字"),
        ("客户没有带走", "晴天"),
        ("sfzsgz", "四分钟，三个字"),
        ("yibahong", "一把红雨伞"),
        ("四分钟 编号", "四分钟，三个字"),
    ],
)
def test_as_people_remember_it(client, shelf, query, title):
    assert titles(client, q=query)[0] == title


@pytest.mark.parametrize(
    ("query", "kind", "name"),
    [
        ("等雨停", "期", "2024年第1期 等雨停的人"),
        ("2024年第1期", "期", "2024年第1期 等雨停的人"),
        ("服务情思", "栏目", "服务情思"),
        ("fwqs", "栏目", "服务情思"),
        ("年关前", "征稿", "年关前的一天"),
        ("柳明远", "作者", "柳明远"),
        ("lmy", "作者", "柳明远"),
        ("liumingyuan", "作者", "柳明远"),
        ("雨伞镇", "单位", "雨伞镇支行"),
        ("yszzh", "单位", "雨伞镇支行"),
    ],
)
def test_what_has_a_name_stands_above_the_hits(client, shelf, query, kind, name):
    page = client.get("/search/", {"q": query})
    assert f"{kind} {name}" in seen(page)
    assert "没有找到" not in seen(page)


def test_hits_are_narrowed_and_each_choice_says_how_many_it_leaves(client, shelf, html_valid):
    page = client.get("/search/", {"q": "雨伞"})
    assert "“雨伞”共 6 条" in seen(page)
    for choice in ("服务情思 1", "雨伞镇支行 1", "柳明远 1", "2025年 3", "2024年 3"):
        assert choice in seen(page), choice
    told = seen(page)
    assert told.index("2025年 3") < told.index("2024年 3")
    assert told.index("服务管理 4") < told.index("服务情思 1")
    assert "种类" not in seen(page)  # all are of one kind: nothing to choose
    html_valid(page.text)
    narrowed = client.get("/search/", {"q": "雨伞", "year": "2025", "order": "date"})
    assert "共 3 条" in seen(narrowed)
    assert "取消年份：2025年" in narrowed.text
    assert "?q=%E9%9B%A8%E4%BC%9E&amp;order=date&amp;year=2025&amp;section=" in narrowed.text
    html_valid(narrowed.text)
    assert titles(client, q="雨伞", year="2025", branch="yusanzhen-zhihang") == ["门厅"]
    nothing = client.get("/search/", {"q": "红雨伞", "year": "2024"})
    assert "这个范围里没有“红雨伞”" in seen(nothing)
    assert len(titles(client, q="雨伞", year="1066", section="../", page="x")) == 6


def test_what_was_looked_up_is_marked_in_title_byline_and_text(client, shelf):
    assert "一把红<mark>雨伞</mark>" in client.get("/search/", {"q": "雨伞 客户"}).text
    page = client.get("/search/", {"q": "雨伞 客户 柳明远 晴天"}).text
    assert "<mark>" not in page  # no text has all of them
    assert "<mark>雨伞</mark>镇支行" in client.get("/search/", {"q": "雨伞"}).text
    quoted = client.get("/search/", {"q": "“雨伞 客户”"}).text
    assert "窗台上有<mark>雨伞，客户</mark>没有带走" in quoted
    assert "共 1 条" in quoted


def test_every_page_of_the_hits_can_be_reached(
    client, shelf, monkeypatch, django_assert_num_queries
):
    """Across the borders between what is called so and what only speaks of it."""
    whole = titles(client, q="雨伞")
    monkeypatch.setattr(lists, "PAGE_LENGTH", 4)
    with django_assert_num_queries(4):
        first = titles(client, q="雨伞")
    second = titles(client, q="雨伞", page="2")
    assert (len(first), len(second)) == (4, 2)
    assert first + second == whole
    assert "第 2 页，共 2 页" in seen(client.get("/search/", {"q": "雨伞", "page": "2"}))


class TestWhereNothingIsFound:
    def test_what_is_like_it_is_offered(self, client, shelf):
        page = client.get("/search/", {"q": "四分钟四个字"})
        assert "没有找到“四分钟四个字”" in seen(page)
        assert "您要找的也许是 文章 四分钟，三个字" in seen(page)

    def test_what_shares_a_pair_of_characters_alone_is_not_like_it(self, client, shelf):
        assert "您要找的也许是" not in seen(client.get("/search/", {"q": "客户的灯笼高高挂起"}))

    def test_what_sounds_the_same_is_offered(self, client, shelf):
        assert "作者 柳明远" in seen(client.get("/search/", {"q": "刘明远"}))

    def test_words_that_never_stand_together_are_offered_one_by_one(self, client, shelf):
        page = client.get("/search/", {"q": "灯还亮着 红雨伞"})
        assert "分开查： 灯还亮着 1 条 红雨伞 1 条" in seen(page)

    def test_there_is_always_a_way_on(self, client, shelf, html_valid):
        page = client.get("/search/", {"q": "齉"})
        assert "各期封面和目录" in seen(page)
        assert "栏目 服务情思" in seen(page)
        html_valid(page.text)

    def test_before_the_first_issue_too(self, client):
        assert "没有找到“灯”" in seen(client.get("/search/", {"q": "灯"}))


class TestSuggestions:
    def suggested(self, client, words: str) -> list[tuple[str, str]]:
        answer = client.get("/search/suggest/", {"q": words}).json()
        return [(each["kind"], each["label"]) for each in answer["suggestions"]]

    def test_names_and_titles_in_characters_and_in_pinyin(self, client, shelf):
        assert self.suggested(client, "柳明") == [("作者", "柳明远")]
        assert self.suggested(client, "红雨") == [("文章", "一把红雨伞")]
        assert self.suggested(client, "雨伞")[:3] == [
            ("单位", "雨伞镇支行"),
            ("文章", "雨伞"),
            ("文章", "一把红雨伞"),
        ]
        assert ("文章", "四分钟，三个字") in self.suggested(client, "sfz")
        assert self.suggested(client, "年")[0] == ("征稿", "年关前的一天")  # the shortest first
        assert self.suggested(client, "雨伞镇 柳明远") == []  # no name has both
        assert self.suggested(client, "红雨 客户") == []  # and no title
        assert self.suggested(client, "l") == self.suggested(client, "yua") == []
        assert self.suggested(client, "mingyuan") == [("作者", "柳明远")]
        assert self.suggested(client, "") == self.suggested(client, "灯" * 51) == []

    def test_they_may_be_kept_for_half_a_minute(self, client, shelf, django_assert_num_queries):
        client.get("/search/suggest/", {"q": "红雨"})
        with django_assert_num_queries(2):  # what readers see, and the titles as they are printed
            answer = client.get("/search/suggest/", {"q": "红雨"})
        assert answer["Cache-Control"] == "public, max-age=30"

    def test_those_of_a_members_journal_are_for_members(self, client, shelf, settings):
        settings.READER_ACCESS = "members"
        answer = client.get("/search/suggest/", {"q": "红雨"})
        assert answer["Location"].startswith("/accounts/login/")
        assert answer["Cache-Control"] == "private, no-store"
