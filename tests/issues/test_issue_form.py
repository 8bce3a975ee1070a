"""新建一期: what the form proposes, what it refuses and keeps, and where one stands afterwards."""

import pytest
from django.utils import timezone

from issues import facts
from issues.models import Issue
from servicejournal.models import Masthead
from servicejournal.roles import Role
from tests.factories import a_user, an_issue

pytestmark = pytest.mark.django_db

ADD = "/admin/issues/issue/add/"


@pytest.fixture
def editor(client):
    user = a_user(Role.EDITOR)
    client.force_login(user)
    return user


def text_of(response) -> str:
    return response.content.decode()


def typed(**facts: object) -> dict[str, object]:
    return {"kind": "regular", "year": 2026, "number": 7, "theme": "雨天的柜台", **facts}


def value_of(page: str, name: str) -> str:
    at = page.index(f'name="{name}"')
    return page[at : page.index(">", at)].partition('value="')[2].partition('"')[0]


class TestTheProposal:
    def test_is_the_number_that_follows_with_the_reason(self, client, editor, html_valid):
        year = timezone.localdate().year
        an_issue(year=year, number=5, last_number=6, running_number=65)
        answer = client.get(ADD)
        page = text_of(answer)
        assert "<h1>新建一期</h1>" in page
        assert "› 新建一期</div>" in page
        assert [value_of(page, name) for name in ("year", "number", "running_number")] == [
            str(year + 1),
            "1",
            "66",
        ]
        assert f"接着{year}年第5–6期（总第65期）：一年 6 期，{year}年已经排满。" in page
        html_valid(page)

    def test_of_a_supplement_has_no_running_number(self, client, editor):
        year = timezone.localdate().year
        an_issue(year=year, number=5, running_number=65)
        page = text_of(client.get(f"{ADD}?kind=supplement"))
        assert '<option value="supplement" selected>' in page
        assert [value_of(page, name) for name in ("number", "running_number", "after")] == [
            "1",
            "",
            "5",
        ]

    def test_takes_the_colophon_from_the_masthead(self, client, editor):
        printed = {name: f"{name} 一" for name in facts.OF_MASTHEAD} | {"copies": 3000}
        Masthead.objects.update_or_create(pk=1, defaults=printed)
        page = text_of(client.get(ADD))
        assert {name: value_of(page, name) for name in printed} == {**printed, "copies": "3000"}

    def test_of_a_kind_that_there_is_not_is_the_next_regular_one(self, client, editor):
        page = text_of(client.get(f"{ADD}?kind=special"))
        assert '<option value="regular" selected>' in page


class TestSaving:
    def test_one_stands_in_the_make_up_page_afterwards(self, client, editor):
        answer = client.post(ADD, typed(number=7, last_number=8), follow=True)
        issue = Issue.objects.get()
        assert answer.redirect_chain == [(f"/admin/issues/issue/{issue.pk}/board/", 302)]
        assert "已新建2026年第7–8期，请把已采用的稿件编进来。" in text_of(answer)

    def test_whoever_wants_to_go_on_with_the_facts_does(self, client, editor):
        answer = client.post(ADD, typed(_continue="1"))
        assert answer.url == f"/admin/issues/issue/{Issue.objects.get().pk}/change/"

    def test_a_supplement_takes_its_place_by_its_date(self, client, editor):
        an_issue(year=2026, number=3, date="2026-06-20")
        an_issue(year=2026, number=4, date="2026-08-20")
        client.post(ADD, typed(kind="supplement", number=1, date="2026-07-01"))
        assert Issue.objects.get(kind="supplement").after == 3

    def test_one_with_a_running_number_is_asked_about(self, client, editor):
        sent = typed(kind="extra", number=1, running_number=9)
        page = text_of(client.post(ADD, sent, follow=True))
        assert "2026年号外1带着总第9期；号外一般不占总期号。" in page

    @pytest.mark.parametrize(
        ("facts", "said"),
        [
            ({"number": 8}, "期号已经有了：2026年第8期。请换一个期号。"),
            ({"number": 7, "last_number": 8}, "期号已经有了：2026年第8期。请换一个期号。"),
            ({"number": 7, "last_number": 7}, "合刊的末期号要比期号大：期号写 7，这里写 8。"),
            ({"after": 3}, "正刊按期号排，这里请留空。"),
            ({"kind": "extra", "last_number": 9}, "增刊、号外没有合刊，这里请留空。"),
            ({"kind": "supplement", "number": 1}, "这一年已经有这个号的增刊或号外，请换一个期号。"),
        ],
    )
    def test_what_cannot_be_is_said_and_nothing_typed_is_lost(self, client, editor, facts, said):
        an_issue(year=2026, number=8)
        an_issue(year=2026, number=1, kind="supplement", after=8)
        page = text_of(client.post(ADD, typed(**facts)))
        assert said in page
        assert value_of(page, "theme") == "雨天的柜台"
        assert Issue.objects.count() == 2
