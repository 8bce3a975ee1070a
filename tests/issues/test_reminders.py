"""What falls due by itself: however often and however late somebody asks, it is told once."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core import mail
from django.core.management import CommandError, call_command
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from articles.models import Article, Call, Notice
from articles.reviewing import assigning, workflow
from issues import reminders
from issues.making import make_up, publication, withdrawals
from issues.models import Issue
from servicejournal.roles import Role
from tests.articles.filling_in import a_draft, handed_in
from tests.articles.post_office import worker_runs
from tests.factories import a_call, a_user, accepted, an_article, an_issue, proofread

pytestmark = pytest.mark.django_db


@pytest.fixture
def writer():
    return a_user(name="沈一鸣", email="shen@example.com")


@pytest.fixture
def editor():
    return a_user(Role.EDITOR)


@pytest.fixture
def chief():
    return a_user(Role.CHIEF_EDITOR)


@pytest.fixture
def ready(editor) -> Issue:
    """An issue that could go out."""
    issue = an_issue(date=timezone.localdate(), running_number=66)
    make_up.place([accepted(title="一盏灯"), accepted(title="两把椅子")], issue, by=editor)
    proofread(issue)
    return issue


def remind() -> str:
    out = StringIO()
    call_command("remind", stdout=out)
    return out.getvalue()


def told(kind: str) -> list[str]:
    return list(Notice.objects.filter(kind=kind).order_by("pk").values_list("subject", flat=True))


class TestADeadline:
    @pytest.mark.parametrize(
        ("days", "subject"),
        [
            (6, None),
            (5, "还有 5 天截稿：《雨天的伞》"),
            (0, "今天截稿：《雨天的伞》"),
            (-1, "征稿已经截止：《雨天的伞》"),
            (-7, "征稿已经截止：《雨天的伞》"),
            (-8, None),
        ],
    )
    def test_is_told_from_five_days_before_and_late_rather_than_never(self, writer, days, subject):
        a_draft(writer, call=a_call(days=days))
        remind()
        assert told("deadline") == ([subject] if subject else [])

    def test_is_told_once_though_the_days_pass(self, writer):
        a_draft(writer, call=a_call(days=5))
        assert "截稿临近，告诉投稿人：1" in remind()
        assert "截稿临近，告诉投稿人：0" in remind()
        assert len(told("deadline")) == 1

    def test_that_is_put_off_is_told_again(self, writer):
        a_draft(writer, call=a_call(days=1))
        remind()
        Call.objects.update(deadline=timezone.localdate() + timedelta(days=3))
        remind()
        assert told("deadline") == ["还有 1 天截稿：《雨天的伞》", "还有 3 天截稿：《雨天的伞》"]

    def test_says_what_to_do_and_leads_to_the_form(self, writer):
        article = a_draft(writer, call=a_call(days=2, theme="年关前的一天"))
        remind()
        notice = Notice.objects.get()
        day = article.call.deadline
        assert notice.words.startswith(f"请在{day.month}月{day.day}日之前写好并提交")
        assert notice.path == f"/submissions/{article.pk}/edit/"

    def test_is_nothing_to_who_handed_in_or_answers_no_call_or_one_that_was_closed(self, writer):
        call = a_call(days=2)
        a_draft(writer)
        a_draft(writer, call=a_call(days=2, closed=True))
        article = handed_in(writer)
        Article.objects.filter(pk=article.pk).update(call=call)
        remind()
        assert told("deadline") == []


class TestAnIssueThatComesOut:
    @pytest.fixture
    def signed(self, ready, chief) -> Issue:
        publication.sign_off(ready, by=chief)
        return ready

    def test_is_told_at_once_where_it_is_published_now(self, signed, chief):
        publication.publish(signed, by=chief)
        assert told("out") == ["刊出了：《一盏灯》", "刊出了：《两把椅子》"]
        notice = Notice.objects.filter(kind="out").first()
        assert notice.path == notice.article.get_absolute_url()
        assert "已经刊出，告诉投稿人：0" in remind()

    def test_by_schedule_is_told_when_it_is_out_and_not_before(self, signed, chief):
        publication.publish(signed, by=chief, at=timezone.now() + timedelta(days=2))
        remind()
        assert told("out") == []
        Issue.objects.update(published_at=timezone.now() - timedelta(days=40))
        assert "已经刊出，告诉投稿人：2" in remind()
        assert "已经刊出，告诉投稿人：0" in remind()
        assert len(told("out")) == 2

    def test_taken_back_before_it_was_out_is_never_told(self, signed, chief):
        publication.publish(signed, by=chief, at=timezone.now() + timedelta(days=2))
        publication.take_back_sign_off(signed, by=chief, why="换一篇")
        remind()
        assert told("out") == []

    def test_withdrawn_and_published_again_is_told_once(self, signed, chief):
        publication.publish(signed, by=chief)
        withdrawals.withdraw(signed, by=chief, why="改一处")
        publication.sign_off(signed, by=chief)
        publication.publish(signed, by=chief)
        assert len(told("out")) == 2

    def test_being_placed_was_told_before(self, ready, editor):
        label = ready.label
        assert told("placed") == [f"编入{label}：《一盏灯》", f"编入{label}：《两把椅子》"]
        article = ready.articles.first()
        make_up.take_out(article, by=editor)
        make_up.place([article], ready, by=editor)
        assert len(told("placed")) == 2

    def test_of_an_old_issue_nobody_is_told(self, signed, chief):
        ready_articles = Article.objects.filter(issue=signed)
        ready_articles.update(origin=Article.Origin.BACK_ISSUE)
        publication.publish(signed, by=chief)
        remind()
        assert told("out") == []


class TestALetterThatWaits:
    def test_is_taken_up_again(self, writer):
        handed_in(writer)
        DBTaskResult.objects.all().delete()
        assert "重新寄出的信：1" in remind()
        worker_runs()
        assert len(mail.outbox) == 1


def test_a_round_that_breaks_is_said_and_does_not_stop_the_others(writer, settings):
    """The task queue is misconfigured: letters cannot be taken up, deadlines are told."""
    a_draft(a_user(), call=a_call(days=2))
    settings.TASKS = {"default": {"BACKEND": "no.such.Backend"}}
    with pytest.raises(CommandError, match="没有做完：重新寄出的信。原因见日志。"):
        remind()
    assert len(told("deadline")) == 1


def test_nobody_is_told_twice_by_two_runs_over_a_whole_journal(writer):
    an_article(contributor=writer)
    a_draft(writer, call=a_call(days=2))
    for _, go_round in reminders.ROUNDS * 2:
        go_round()
    assert Notice.objects.count() == 1


class TestAReviewThatIsDue:
    @pytest.fixture
    def assigned(self, editor):
        def give(days: int):
            article = an_article(title="三号窗口", status="submitted")
            due = timezone.localdate() + timedelta(days=days)
            return assigning.assign(article, to=editor, by=editor, due=due)

        return give

    def told(self, editor) -> list[str]:
        return [notice.subject for notice in editor.notices.order_by("pk")]

    def test_is_told_to_who_has_it_however_late_and_once(self, assigned, editor):
        assigned(days=-9)
        remind()
        remind()
        assert self.told(editor) == ["审稿已逾期：《三号窗口》"]

    def test_tomorrow_is_near_and_next_week_is_not(self, assigned, editor):
        assigned(days=1)
        assigned(days=7)
        remind()
        assert self.told(editor) == ["审稿快到期：《三号窗口》"]

    def test_what_was_decided_is_not(self, assigned, editor):
        workflow.receive(assigned(days=0).article, by=editor)
        remind()
        assert self.told(editor) == []
