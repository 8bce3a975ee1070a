"""The writer's pages say of a decision nothing before its letter goes, and never what is not so."""

from datetime import timedelta

import pytest
from django.utils import timezone

from articles.models import Article
from articles.reviewing import undoing, workflow
from articles.writing import progress, telling
from servicejournal import clock
from servicejournal.roles import Role
from tests.articles.filling_in import handed_in
from tests.factories import a_user, an_article
from tests.pages import seen

pytestmark = pytest.mark.django_db
Status = Article.Status
DECISIONS = {
    "pass": "复审中",
    "return": "请您修改",
    "reject": "未采用",
    "hold": "备用",
}


@pytest.fixture
def writer():
    return a_user(name="沈一鸣")


@pytest.fixture
def article(writer):
    """Received a day ago."""
    made = handed_in(writer)
    with clock.set_to(timezone.now() - timedelta(days=1)):
        workflow.receive(made, by=a_user(Role.EDITOR))
    return made


def decide(article, decision: str, *, ago: int = 0, by=None) -> None:
    with clock.set_to(timezone.now() - timedelta(minutes=ago)):
        by = by or a_user(Role.CHIEF_EDITOR)
        workflow.decide(article, decision, by=by, opinion="写得好，结尾再收一收。")


def words(client, writer, article) -> str:
    client.force_login(writer)
    return seen(client.get(f"/submissions/{article.pk}/"))


@pytest.mark.parametrize(("decision", "state"), DECISIONS.items())
class TestADecision:
    def test_is_not_on_the_page_while_it_can_be_taken_back(
        self, client, writer, article, decision, state
    ):
        decide(article, decision)
        page = words(client, writer, article)
        assert "现在： 初审中" in page
        assert "结尾再收一收" not in page
        assert "编辑开始初审" in page
        for event in ("编辑请您修改", "没有采用", "留作备用", "初审通过，进入复审"):
            assert event not in page
        assert state not in seen(client.get("/submissions/"))

    def test_is_there_when_it_stands(self, client, writer, article, decision, state):
        decide(article, decision, ago=11)
        page = words(client, writer, article)
        assert f"现在： {state}" in page
        assert "结尾再收一收" in page
        assert state in seen(client.get("/submissions/"))


def test_a_decision_taken_back_was_never_on_the_page(client, writer, article):
    editor = a_user(Role.EDITOR)
    decide(article, "reject", by=editor)
    undoing.take_back(article.reviews.get(), by=editor)
    page = words(client, writer, article)
    assert "现在： 初审中" in page
    assert "没有采用" not in page


def test_of_several_decisions_the_first_is_waited_for(client, writer, article):
    for role in (Role.EDITOR, Role.SENIOR_EDITOR):
        decide(article, "pass", by=a_user(role))
    assert "现在： 初审中" in words(client, writer, article)
    assert article.status == Status.FINAL_REVIEW


def test_the_form_opens_when_the_page_says_so(client, writer, article):
    decide(article, "return")
    client.force_login(writer)
    assert client.get(f"/submissions/{article.pk}/edit/").status_code == 302
    assert client.get(f"/submissions/{article.pk}/hand-in/").status_code == 302


def test_what_the_writer_did_meanwhile_is_shown_at_once(client, writer, article):
    decide(article, "return")
    workflow.withdraw(article, by=writer)
    assert "现在： 已撤稿" in words(client, writer, article)


def test_a_confirmation_long_after_takes_nothing_back(writer):
    article = an_article(status=Status.ACCEPTED, contributor=writer)
    Article.objects.filter(pk=article.pk).update(stage_since=timezone.now() - timedelta(days=9))
    article.reviews.create(
        stage="final", decision="pass", reviewer=a_user(), round=1, digest="a" * 64
    )
    article.refresh_from_db()
    assert progress.of(telling.as_told(article)).state == "已采用"


def test_the_list_asks_no_more_for_more(client, writer, django_assert_num_queries):
    client.force_login(writer)
    counted = []
    for _ in range(2):
        for _ in range(2):
            an_article(status=Status.REVISING, contributor=writer)
        with django_assert_num_queries(counted[0] if counted else 9) as captured:
            client.get("/submissions/")
        counted.append(len(captured))
