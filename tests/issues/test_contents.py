"""The ordered contents of an issue, computed and therefore never wrong."""

import pytest

from issues import contents
from tests.factories import a_section, an_article, an_issue

pytestmark = pytest.mark.django_db


def placed(issue, title, section, position):
    return an_article(issue=issue, title=title, section=a_section(section), position=position)


@pytest.fixture
def issue():
    issue = an_issue()
    placed(issue, "三号窗口", "service-vanguard", 2)
    placed(issue, "母亲的存折", "service-emotion", 1)
    placed(issue, "第一课", "service-vanguard", 1)
    placed(issue, "排班的算术", "service-management", 7)
    placed(issue, "春天从门口开始", "preamble", 3)
    return issue


def titles(articles) -> list[str]:
    return [article.title for article in articles]


def test_articles_stand_by_section_and_in_it_by_position(issue):
    assert titles(contents.of(issue).articles) == [
        "春天从门口开始",
        "排班的算术",
        "第一课",
        "三号窗口",
        "母亲的存折",
    ]


def test_each_section_stands_once_with_its_articles(issue):
    parts = [(part.section.name, titles(part.articles)) for part in contents.of(issue).sections]
    assert parts == [
        ("服务管理", ["排班的算术"]),
        ("服务先锋", ["第一课", "三号窗口"]),
        ("服务情思", ["母亲的存折"]),
    ]


def test_the_preamble_stands_before_the_contents_page_and_not_on_it(issue):
    found = contents.of(issue)
    assert titles(found.preambles) == ["春天从门口开始"]
    assert "卷首语" not in [part.section.name for part in found.sections]


def test_reordered_sections_reorder_the_contents(issue):
    section = a_section("service-emotion")
    section.order = 1
    section.save()
    assert contents.of(issue).sections[0].section.name == "服务情思"


def test_articles_of_other_issues_and_of_none_are_left_out(issue):
    an_article(issue=an_issue(), title="别期的文章")
    an_article(status="accepted", title="待编入的稿件", section=a_section())
    assert len(contents.of(issue).articles) == 5


def test_neighbours_cross_the_borders_of_sections(issue):
    found = contents.of(issue)
    first, second, third, *_rest, last = found.articles
    assert found.neighbours(second) == (first, third)
    assert found.neighbours(first) == (None, second)
    assert found.neighbours(last) == (_rest[-1], None)


def test_an_issue_without_articles_has_empty_contents():
    found = contents.of(an_issue())
    assert (found.preambles, found.sections, found.articles) == ((), (), ())


@pytest.mark.parametrize("count", [1, 3])
def test_contents_with_bylines_take_four_queries_whatever_the_length(
    count, django_assert_num_queries
):
    issue = an_issue(articles=count)
    with django_assert_num_queries(4):
        assert [article.byline for article in contents.of(issue).articles] == [
            "东岭支行 高志远"
        ] * count
