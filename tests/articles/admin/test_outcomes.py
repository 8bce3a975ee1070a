"""What the auditor reads and takes away: every decision, every version."""

import pytest

from articles.models import Article, Review
from articles.reviewing import workflow
from articles.writing import handing_in
from servicejournal.models import Record
from servicejournal.roles import Role
from tests.articles.filling_in import a_draft, handed_in
from tests.factories import a_user
from tests.spreadsheets import rows_of

pytestmark = pytest.mark.django_db
REVIEWS, VERSIONS = "/admin/articles/review/", "/admin/articles/historicalarticle/"


@pytest.fixture
def auditor(client):
    client.force_login(a_user(Role.AUDITOR))
    return client


@pytest.fixture
def returned() -> Article:
    writer = a_user(name="沈一鸣")
    article = handing_in.hand_in(a_draft(writer, title="三号窗口"), by=writer, declared=True)
    editor = a_user(Role.EDITOR, name="程砚")
    workflow.receive(article, by=editor)
    workflow.decide(article, Review.Decision.RETURN, by=editor, opinion="请补上日期。", note="=1+1")
    return article


def test_decisions_are_searched_and_taken_away_with_their_opinions(auditor, returned):
    assert "请补上日期。" in auditor.get(f"{REVIEWS}?q=三号").text
    heading, row = rows_of(auditor.get(f"{REVIEWS}export/?q=三号").content)
    assert heading[:3] == ["时间", "稿号", "题目"]
    assert row[1:8] == [
        returned.receipt,
        "三号窗口",
        "初审",
        "退修",
        "程砚",
        "请补上日期。",
        "=1+1",
    ]
    assert len(rows_of(auditor.get(f"{REVIEWS}export/?q=四号").content)) == 1
    assert Record.objects.first().verb == "导出审稿意见"


def test_versions_are_searched_and_taken_away_with_their_text_and_hands(auditor, returned):
    page = auditor.get(f"{VERSIONS}?q=三号")
    assert "程砚" in page.text
    rows = rows_of(auditor.get(f"{VERSIONS}export/?q={returned.receipt}").content)[1:]
    assert (rows[0][3], rows[0][5]) == ("退修中", "程砚")
    assert rows[0][7].startswith("柜台内外的一件小事")


def test_a_version_opens_beside_the_others_of_its_manuscript(auditor, returned):
    version = returned.history.first()
    opened = auditor.get(f"{VERSIONS}{version.pk}/change/", follow=True)
    assert opened.redirect_chain[-1][0].endswith(f"/{returned.pk}/history/?version={version.pk}")
    assert opened.status_code == 200


def test_a_draft_is_its_writers_alone(auditor):
    draft = a_draft(a_user(), title="还没写完")
    assert "还没写完" not in auditor.get(VERSIONS).text
    assert len(rows_of(auditor.get(f"{VERSIONS}export/").content)) == 1
    opened = auditor.get(f"{VERSIONS}{draft.history.first().pk}/change/", follow=True)
    assert "还没写完" not in opened.text


@pytest.mark.parametrize("address", [REVIEWS, VERSIONS])
@pytest.mark.parametrize("role", [Role.CONTRIBUTOR, Role.ADMINISTRATOR])
def test_others_do_not(client, address, role):
    client.force_login(a_user(role))
    assert client.get(address).status_code in (302, 403)
    assert client.get(f"{address}export/").status_code in (302, 403)


@pytest.mark.parametrize(("address", "queries"), [(REVIEWS, 10), (VERSIONS, 10)])
def test_the_number_of_queries_does_not_grow(auditor, django_assert_num_queries, address, queries):
    for _ in (1, 2):
        article = handed_in(a_user())
        workflow.receive(article, by=a_user(Role.EDITOR))
        workflow.decide(article, Review.Decision.HOLD, by=a_user(Role.EDITOR))
        with django_assert_num_queries(queries):
            auditor.get(address)
