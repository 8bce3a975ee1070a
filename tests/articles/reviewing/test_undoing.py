"""撤回决定 and 退回上一级: what was pressed by mistake is taken back, and counts nowhere."""

from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from articles.models import Article, Notice, Retraction, Review
from articles.reviewing import approvals, assigning, commenting, editing, seen, undoing, workflow
from articles.reviewing.workflow import NotAllowed
from issues.making import make_up, preflight
from servicejournal import clock, record
from servicejournal.models.append_only import Unchangeable
from servicejournal.roles import Role
from tests.articles.filling_in import handed_in
from tests.articles.post_office import time_passes, worker_runs
from tests.factories import (
    a_section,
    a_small_office,
    a_user,
    accepted,
    an_article,
    an_issue,
    shown,
)
from tests.pages import seen as text_of

pytestmark = pytest.mark.django_db
Status = Article.Status
EDITOR, SENIOR, CHIEF = Role.EDITOR, Role.SENIOR_EDITOR, Role.CHIEF_EDITOR
STAGE = {
    Status.FIRST_REVIEW: EDITOR,
    Status.SECOND_REVIEW: SENIOR,
    Status.FINAL_REVIEW: CHIEF,
}


@pytest.fixture
def editor():
    return a_user(EDITOR, name="程砚")


@pytest.fixture
def writer():
    return a_user(name="沈一鸣", email="shen@example.com")


def at_first_review(writer) -> Article:
    article = handed_in(writer)
    workflow.receive(article, by=a_user(EDITOR))
    return article


def stored(article: Article) -> Article:
    return Article.objects.get(pk=article.pk)


class TestTakingBack:
    @pytest.mark.parametrize("decision", ["pass", "return", "reject", "hold", "back"])
    @pytest.mark.parametrize("status", STAGE)
    def test_every_decision_of_every_stage(self, status, decision):
        if (status, decision) == (Status.FIRST_REVIEW, "back"):
            return  # there is no stage before
        by = a_user(STAGE[status])
        since = timezone.now() - timedelta(days=9)
        article = an_article(status=status, stage_since=since, section=a_section())
        review = workflow.decide(article, decision, by=by, opinion="请补上。", note="再核。")
        undoing.take_back(review, by=by)
        now = stored(article)
        assert (now.status, now.round, now.stage_since) == (status, 1, since)
        assert not article.reviews.standing().exists()
        assert article.reviews.get() == review
        row = record.of(article).first()
        assert (row.verb, row.actor_pk) == ("撤回决定", by.pk)
        assert (row.what["after"], row.what["decision"]) == (status, str(review))

    def test_whom_it_was_assigned_to_has_it_again(self, editor):
        article = an_article(status=Status.FIRST_REVIEW)
        given = assigning.assign(article, to=editor, by=a_user(CHIEF))
        review = workflow.decide(article, "hold", by=editor)
        assert not article.assignments.current().exists()
        undoing.take_back(review, by=editor)
        assert article.assignments.current().get() == given

    def test_only_ones_own_and_only_once(self, editor):
        article = an_article(status=Status.FIRST_REVIEW)
        review = workflow.decide(article, "hold", by=editor)
        with pytest.raises(NotAllowed, match="只能撤回自己的决定"):
            undoing.take_back(review, by=a_user(CHIEF))
        undoing.take_back(review, by=editor)
        with pytest.raises(NotAllowed, match="已经撤回了"):
            undoing.take_back(review, by=editor)
        assert Retraction.objects.get().review == review

    @pytest.mark.parametrize(("minutes", "may"), [(9.9, True), (10.1, False)])
    def test_within_ten_minutes(self, editor, minutes, may):
        article = an_article(status=Status.FIRST_REVIEW)
        with clock.set_to(timezone.now() - timedelta(minutes=minutes)):
            review = workflow.decide(article, "hold", by=editor)
        assert (undoing.offered(article, editor) == review) == may
        if may:
            undoing.take_back(review, by=editor)
        else:
            with pytest.raises(NotAllowed, match="过了 10 分钟"):
                undoing.take_back(review, by=editor)

    def test_not_once_somebody_acted_on_it(self, editor):
        article = an_article(status=Status.FIRST_REVIEW, section=a_section())
        review = workflow.decide(article, "pass", by=editor)
        senior = a_user(SENIOR, name="何静")
        commenting.comment(article, by=senior, words="看看", audience="desk")
        assert undoing.offered(article, editor) == review
        assigning.assign(article, to=senior, by=senior)
        with pytest.raises(NotAllowed, match="何静已经接着做了“分派”"):
            undoing.take_back(review, by=editor)
        assert stored(article).status == Status.SECOND_REVIEW

    @pytest.mark.parametrize("act", ["hand_in", "writes", "placed", "edited"])
    def test_nor_once_the_writer_or_the_issue_did(self, act, writer, editor):
        article = at_first_review(writer)
        by = a_user(CHIEF) if act == "placed" else editor
        if act == "placed":
            for person in (a_user(EDITOR), a_user(SENIOR)):
                workflow.decide(article, "pass", by=person)
        decision = {"hand_in": "return", "writes": "return"}.get(act, "pass")
        review = workflow.decide(article, decision, by=by, opinion="改。")
        if act == "hand_in":
            workflow.hand_in(article, by=writer)
        elif act == "writes":
            article.body = "<p>改好的。</p>"
            article.save()
        elif act == "placed":
            make_up.place([article], an_issue(), by=by, section=a_section())
        else:
            fresh = stored(article)
            editing.revise(fresh, by=a_user(SENIOR), base=fresh.digest(), title="换个题目")
        with pytest.raises(NotAllowed):
            undoing.take_back(review, by=by)
        assert not Retraction.objects.exists()

    def test_a_confirmation_is_taken_back_too_and_is_due_again(self):
        article, chief = accepted(), a_user(CHIEF)
        editing.revise(article, by=chief, base=article.digest(), title="改一字", small=True)
        review = approvals.confirm(article, by=chief, digest=article.digest())
        assert not approvals.awaits_confirmation(article)
        undoing.take_back(review, by=chief)
        assert stored(article).status == Status.ACCEPTED
        assert approvals.awaits_confirmation(article)

    def test_neither_row_is_ever_changed(self, editor):
        article = an_article(status=Status.FIRST_REVIEW)
        undoing.take_back(workflow.decide(article, "hold", by=editor), by=editor)
        for row in (Review.objects.get(), Retraction.objects.get()):
            with pytest.raises(Unchangeable):
                row.save()
            with pytest.raises(Unchangeable):
                row.delete()


class TestItCountsNowhere:
    def test_who_took_back_a_first_review_may_make_the_second(self):
        senior = a_user(SENIOR)
        article = an_article(status=Status.FIRST_REVIEW)
        undoing.take_back(workflow.decide(article, "pass", by=senior), by=senior)
        workflow.decide(article, "pass", by=a_user(EDITOR))
        workflow.decide(article, "pass", by=senior)
        assert stored(article).status == Status.FINAL_REVIEW

    def test_a_change_falls_back_as_if_it_had_not_been(self):
        """The chief's first-stage pass was taken back: at this manuscript they are the chief."""
        chief = a_user(CHIEF)
        article = an_article(status=Status.FIRST_REVIEW, section=a_section())
        undoing.take_back(workflow.decide(article, "pass", by=chief), by=chief)
        for person in (a_user(EDITOR), a_user(SENIOR), a_user(CHIEF)):
            workflow.decide(article, "pass", by=person)
        fresh = stored(article)
        editing.revise(fresh, by=chief, base=fresh.digest(), title="换个题目")
        assert stored(article).status == Status.FINAL_REVIEW

    def test_preflight_misses_it(self):
        article = accepted("first", "second")
        final = article.reviews.create(
            stage="final", decision="pass", reviewer=a_user(), digest=article.digest()
        )
        issue = an_issue()
        Article.objects.filter(pk=article.pk).update(issue=issue, position=1)
        assert not [f for f in preflight.check(issue) if "缺终审" in f.message]
        Retraction.objects.create(review=final, by=final.reviewer)
        assert [f for f in preflight.check(issue) if "缺终审" in f.message]
        assert approvals.final_pass(article) is None

    def test_the_writer_reads_neither_the_opinion_nor_that_there_was_one(
        self, client, writer, editor
    ):
        article = at_first_review(writer)
        review = workflow.decide(article, "return", by=editor, opinion="写错了人")
        undoing.take_back(review, by=editor)
        client.force_login(writer)
        page = client.get(f"/submissions/{article.pk}/").text
        for words in ("写错了人", "请您修改", "撤回", "退修"):
            assert words not in page
        assert "编辑开始初审" in page

    def test_the_desk_sees_that_it_was_taken_back(self, client, writer, editor, html_valid):
        article = at_first_review(writer)
        undoing.take_back(workflow.decide(article, "hold", by=editor), by=editor)
        client.force_login(editor)
        answer = client.get(f"/admin/articles/article/{article.pk}/review/")
        assert "撤回，不算数" in text_of(answer)
        assert "撤回决定“初审备用”" in text_of(answer)
        html_valid(answer.text)
        client.force_login(a_user(Role.AUDITOR))
        assert "撤回时间" in text_of(client.get("/admin/articles/review/"))
        assert client.get("/admin/articles/review/export/").status_code == 200


class TestTheLetterWaits:
    def told(self, writer) -> list[str]:
        return [each.kind for each in Notice.objects.of(writer).order_by("pk")]

    def test_neither_page_nor_letter_says_it_before(self, writer, editor):
        article = at_first_review(writer)
        workflow.decide(article, "return", by=editor, opinion="请补上时间。")
        worker_runs()
        assert self.told(writer) == ["received"]
        assert ["请您修改" in each.subject for each in mail.outbox] == [False]
        time_passes(minutes=9)
        worker_runs()
        assert (self.told(writer), len(mail.outbox)) == (["received"], 1)
        time_passes(minutes=1)
        worker_runs()
        assert self.told(writer) == ["received", "returned"]
        assert ["请您修改" in each.subject for each in mail.outbox] == [False, True]

    def test_what_was_taken_back_is_never_told(self, writer, editor):
        article = at_first_review(writer)
        review = workflow.decide(article, "reject", by=editor, opinion="不合适。")
        undoing.take_back(review, by=editor)
        time_passes(minutes=10)
        worker_runs()
        assert self.told(writer) == ["received"]
        assert len(mail.outbox) == 1

    def test_the_decision_made_instead_is(self, writer, editor):
        article = at_first_review(writer)
        undoing.take_back(
            workflow.decide(article, "reject", by=editor, opinion="不合适。"), by=editor
        )
        workflow.decide(article, "return", by=editor, opinion="请补上时间。")
        time_passes(minutes=10)
        worker_runs()
        assert self.told(writer) == ["received", "returned"]

    def test_what_was_accepted_twice_in_a_round_is_told_though_the_first_was_taken_back(
        self, writer
    ):
        article, chief = at_first_review(writer), a_user(CHIEF)
        for person in (a_user(EDITOR), a_user(SENIOR)):
            workflow.decide(article, "pass", by=person)
        undoing.take_back(workflow.decide(article, "pass", by=chief), by=chief)
        workflow.decide(article, "pass", by=chief)
        time_passes(minutes=10)
        assert self.told(writer) == ["received", "accepted"]

    def test_a_letter_that_is_on_its_way_is_not_taken_back(self, writer, editor):
        article = at_first_review(writer)
        review = workflow.decide(article, "hold", by=editor)
        Notice.objects.filter(kind="held").update(attempts=1)
        with pytest.raises(NotAllowed, match="信刚刚寄出"):
            undoing.take_back(review, by=editor)
        assert stored(article).status == Status.HELD


class TestThePage:
    def press(self, client, article, action, **facts):
        address = f"/admin/articles/article/{article.pk}/review/"
        return client.post(address, {"action": action, **shown(article), **facts}, follow=True)

    def test_it_offers_the_way_back_and_goes_it(self, client, editor, html_valid):
        article = an_article(title="三号窗口", status=Status.FIRST_REVIEW)
        client.force_login(editor)
        told = self.press(client, article, "hold")
        assert "10 分钟之内可以在它的页面上 撤回 。" in text_of(told)
        page = client.get(f"/admin/articles/article/{article.pk}/review/")
        assert "撤回决定" in text_of(page)
        html_valid(page.text)
        answer = self.press(client, article, "take_back")
        assert "撤回决定，现在是“初审中”" in text_of(answer)
        assert stored(article).status == Status.FIRST_REVIEW

    def test_pressed_twice_it_takes_back_one(self, client):
        a_small_office()
        chief = a_user(CHIEF)
        client.force_login(chief)
        article = an_article(status=Status.FIRST_REVIEW)
        for _ in range(2):
            workflow.decide(article, "pass", by=chief)
        page = shown(article)
        address = f"/admin/articles/article/{article.pk}/review/"
        assert client.post(address, {"action": "take_back", **page}).status_code == 302
        assert client.post(address, {"action": "take_back", **page}).status_code == 409
        assert stored(article).status == Status.SECOND_REVIEW


class TestBackToTheStageBefore:
    @pytest.mark.parametrize(
        ("status", "before", "role"),
        [
            (Status.SECOND_REVIEW, Status.FIRST_REVIEW, SENIOR),
            (Status.FINAL_REVIEW, Status.SECOND_REVIEW, CHIEF),
        ],
    )
    def test_it_is_read_again_there_with_the_reason(self, status, before, role, writer, client):
        article = an_article(status=status, contributor=writer)
        by = a_user(role)
        review = workflow.decide(article, "back", by=by, opinion="不该写在这", note="数字没有核")
        assert stored(article).status == before
        assert (review.note, review.opinion) == ("数字没有核", "")
        row = record.of(article).first()
        assert (row.verb, row.why) == ("退回上一级", "数字没有核")
        client.force_login(a_user(STAGE[before]))
        page = text_of(client.get(f"/admin/articles/article/{article.pk}/review/"))
        assert "内部：数字没有核" in page

    def test_it_needs_a_reason_and_a_stage_before(self):
        article, senior = an_article(status=Status.SECOND_REVIEW), a_user(SENIOR)
        with pytest.raises(NotAllowed, match="写明退回的理由"):
            workflow.decide(article, "back", by=senior, opinion="只写了这里")
        first = an_article(status=Status.FIRST_REVIEW)
        with pytest.raises(NotAllowed, match="不能退回上一级"):
            workflow.decide(first, "back", by=senior, note="看看")

    def test_the_writer_hears_nothing_of_it(self, writer, client):
        article = at_first_review(writer)
        workflow.decide(article, "pass", by=a_user(EDITOR))
        workflow.decide(article, "back", by=a_user(SENIOR), note="数字没有核")
        time_passes(minutes=10)
        assert [each.kind for each in Notice.objects.of(writer)] == ["received"]
        client.force_login(writer)
        page = client.get(f"/submissions/{article.pk}/").text
        assert "退回" not in page
        assert "数字没有核" not in page

    def test_who_passed_the_stage_passes_it_again_and_it_goes_on(self):
        article, first = an_article(status=Status.FIRST_REVIEW), a_user(EDITOR)
        workflow.decide(article, "pass", by=first)
        workflow.decide(article, "back", by=a_user(SENIOR), note="数字没有核")
        workflow.decide(article, "pass", by=first)
        assert stored(article).status == Status.SECOND_REVIEW


class TestTakingBackAStep:
    """开始初审 and 重新审稿, as a decision."""

    def take_back(self, article, by):
        undoing.take_back_last(article, by=by, made_from=seen.of(stored(article)))

    def test_received_by_mistake_it_waits_again_and_the_writer_may_call_it_back(
        self, writer, editor
    ):
        article = handed_in(writer)
        since = article.stage_since
        workflow.receive(article, by=editor)
        self.take_back(article, editor)
        now = stored(article)
        assert (now.status, now.stage_since) == (Status.SUBMITTED, since)
        assert record.of(article).first().verb == "撤回决定"
        workflow.recall(now, by=writer)

    def test_reopened_by_mistake_its_round_and_its_reviews_stand_again(self, writer, editor):
        article = at_first_review(writer)
        workflow.decide(article, "hold", by=editor)
        workflow.reopen(article, by=editor, why="点错了")
        assert stored(article).round == 2
        self.take_back(article, editor)
        now = stored(article)
        assert (now.status, now.round) == (Status.HELD, 1)
        assert now.reviews.standing().filter(round=now.round).exists()

    def test_by_nobody_else_not_later_and_not_once_somebody_acted(self, writer, editor):
        article = handed_in(writer)
        workflow.receive(article, by=editor)
        with pytest.raises(NotAllowed, match="只能撤回自己的"):
            self.take_back(article, a_user(EDITOR))
        other = a_section("service-sketch")
        workflow.transfer(article, to=other, by=a_user(EDITOR), made_from=seen.of(stored(article)))
        with pytest.raises(NotAllowed):
            self.take_back(article, editor)

    def test_not_after_ten_minutes(self, writer, editor):
        article = an_article(status=Status.SUBMITTED, contributor=writer)
        with clock.set_to(timezone.now() - timedelta(minutes=10)):
            workflow.receive(article, by=editor)
        assert undoing.offered(stored(article), editor) is None
        with pytest.raises(NotAllowed, match="过了 10 分钟"):
            self.take_back(article, editor)

    def test_not_when_the_text_was_changed_since(self, writer, editor):
        article = handed_in(writer)
        workflow.receive(article, by=editor)
        now = stored(article)
        now.title = "改过的题"
        now.store("title", by=editor)
        with pytest.raises(NotAllowed, match="改动"):
            self.take_back(article, editor)

    def test_the_page_offers_it_and_the_button_does_it(self, client, writer, editor):
        article = handed_in(writer)
        client.force_login(editor)
        page = f"/admin/articles/article/{article.pk}/review/"
        answer = client.post(page, {"action": "receive", **shown(article)}, follow=True)
        assert "您 " in text_of(answer)
        assert "的决定： 开始初审" in text_of(answer)
        client.post(page, {"action": "take_back", **shown(article)})
        assert stored(article).status == Status.SUBMITTED
