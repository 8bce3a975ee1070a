"""The writer's pages say of a decision nothing before its letter goes, and never what is not so."""

from datetime import timedelta

import pytest
from django.utils import timezone

from articles.models import Article, Notice
from articles.reviewing import undoing, workflow
from articles.writing import progress, telling
from issues.making import make_up
from servicejournal import clock
from servicejournal.roles import Role
from tests.articles.filling_in import handed_in, posted
from tests.factories import a_section, a_user, an_article, an_issue
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
        with django_assert_num_queries(counted[0] if counted else 11) as captured:
            client.get("/submissions/")
        counted.append(len(captured))


@pytest.fixture
def edited(article):
    """The desk has changed a sentence; the writer may not see it before it comes back."""
    article.body = article.body.replace("</p>", "编辑部改过的一句。</p>", 1)
    article.store("body", "length", by=a_user(Role.EDITOR))
    return article


PAGES = ("", "versions/", "preview/", "preview/sheet/", "second-look/", "receipt/")


@pytest.mark.parametrize("page", PAGES)
def test_the_text_that_comes_back_is_on_no_page_before_it_is_told(client, writer, edited, page):
    decide(edited, "return")
    client.force_login(writer)
    shown = seen(client.get(f"/submissions/{edited.pk}/{page}"))
    assert "编辑部改过的一句" not in shown
    assert "退回给您时的文字" not in shown


@pytest.mark.parametrize("page", PAGES)
def test_what_the_desk_makes_of_the_text_is_on_no_page_of_the_writers(client, writer, edited, page):
    client.force_login(writer)
    assert "编辑部改过的一句" not in seen(client.get(f"/submissions/{edited.pk}/{page}"))


@pytest.mark.parametrize("decision", ["reject", "pass"])
def test_a_withdrawal_is_not_refused_by_what_is_not_told(client, writer, article, decision):
    for role in (Role.EDITOR, Role.SENIOR_EDITOR):
        decide(article, "pass", by=a_user(role), ago=30)
    decide(article, decision)
    client.force_login(writer)
    said = seen(client.get(f"/submissions/{article.pk}/withdraw/", follow=True))
    for untold in ("已退稿", "已采用"):
        assert untold not in said
    assert "请十分钟以后再来看" in said
    assert "编辑部正在处理这篇稿件" in said


def test_an_old_form_is_as_locked_as_the_page_says(client, writer, article):
    client.force_login(writer)
    decide(article, "return")
    address = f"/submissions/{article.pk}/"
    answer = client.post(f"{address}edit/", posted(title="另一个题目", action="autosave"))
    assert answer.status_code == 409
    assert "现在是“初审中”" in answer.json()["error"]["message"]
    answer = client.post(f"{address}edit/", posted(title="另一个题目"))
    assert answer.status_code == 409
    assert "现在是“初审中”" in seen(answer)
    assert "结尾再收一收" not in seen(answer)
    assert "修改稿件" not in seen(answer)
    said = seen(client.post(f"{address}hand-in/", {"declared": "on"}, follow=True))
    assert "现在是“初审中”，不能投稿" in said
    article.refresh_from_db()
    assert (article.status, article.title) == (Status.REVISING, "雨天的伞")


def test_recalling_from_an_old_page_says_what_the_page_says(client, writer, article):
    client.force_login(writer)
    decide(article, "reject")
    said = seen(client.post(f"/submissions/{article.pk}/recall/", follow=True))
    assert "现在是“初审中”，不能撤回修改" in said
    assert "已退稿" not in said


def test_a_return_that_was_taken_back_left_no_version(client, writer, edited):
    editor = a_user(Role.EDITOR)
    decide(edited, "return", by=editor)
    undoing.take_back(edited.reviews.get(), by=editor)
    client.force_login(writer)
    for page in ("", "versions/", "preview/"):
        shown = seen(client.get(f"/submissions/{edited.pk}/{page}"))
        assert "退回给您时的文字" not in shown
        assert "编辑部改过的一句" not in shown


def test_the_text_as_it_came_back_is_a_version_once_it_is_told(client, writer, edited):
    with clock.set_to(timezone.now() + timedelta(seconds=5)):
        decide(edited, "return")
    client.force_login(writer)
    Article.objects.filter(pk=edited.pk).update(stage_since=timezone.now() - timedelta(days=1))
    assert "退回给您时的文字" in seen(client.get(f"/submissions/{edited.pk}/versions/"))


def test_an_old_form_compares_with_nothing_that_the_desk_wrote(client, writer, edited):
    client.force_login(writer)
    answer = client.post(f"/submissions/{edited.pk}/edit/", posted(action="compare"))
    assert answer.status_code == 409
    assert "shown" not in answer.json()


class TestPlaced:
    """编入 is on the page when its letter goes: an editor may put it right until then."""

    @pytest.fixture
    def placed(self, writer):
        made = an_article(
            title="一盏灯",
            contributor=writer,
            status=Status.ACCEPTED,
            section=a_section("service-sketch"),
            submitted_at=timezone.now(),
            receipt="2026-9",
            round=1,
        )
        make_up.place([made], an_issue(), by=a_user(Role.EDITOR))
        return Article.objects.select_related("issue").get(pk=made.pk)

    def test_is_on_no_page_of_the_writers_while_it_may_be_undone(self, placed, writer, client):
        client.force_login(writer)
        for address in ("/submissions/", f"/submissions/{placed.pk}/"):
            page = seen(client.get(address))
            assert "已采用" in page
            assert "编入" not in page.replace("等待编入一期", "")

    def test_is_there_when_the_letter_goes(self, placed, writer, client):
        Notice.objects.update(not_before=timezone.now() - timedelta(seconds=1))
        client.force_login(writer)
        assert f"已编入{placed.issue}" in seen(client.get(f"/submissions/{placed.pk}/"))


def test_the_list_is_in_the_order_of_what_its_writer_sees(article, writer):
    """A return that is kept back would stand first, among what waits for the writer."""
    waits = an_article(title="写了一半", contributor=writer, status=Status.DRAFT)
    workflow.decide(
        Article.objects.get(pk=article.pk),
        "return",
        opinion="请把开头写短一些，再讲细节。",
        by=a_user(Role.EDITOR),
    )
    theirs = Article.objects.of(writer)
    told = telling.in_review(theirs)
    assert list(told) == [article.pk]
    assert [each.pk for each in theirs.whose_turn_first(told)] == [waits.pk, article.pk]
    assert [each.pk for each in theirs.whose_turn_first({})] == [article.pk, waits.pk]
