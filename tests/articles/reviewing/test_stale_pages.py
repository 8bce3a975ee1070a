"""A page that was opened before somebody acted decides nothing, and what was typed on it stays."""

import re

import pytest

from articles.models import Article
from articles.reviewing import approvals, assigning, editing, seen, undoing, workflow
from articles.reviewing.assigning import usual_due
from articles.reviewing.workflow import NotAllowed, Stale
from servicejournal.roles import Role
from tests.factories import (
    a_section,
    a_small_office,
    a_user,
    accepted,
    an_article,
    shown,
)
from tests.pages import seen as text_of

pytestmark = pytest.mark.django_db
Status = Article.Status
LIST = "/admin/articles/article/"


@pytest.fixture
def first():
    return a_user(Role.CHIEF_EDITOR, name="程砚")


@pytest.fixture
def second(client):
    user = a_user(Role.CHIEF_EDITOR, name="何静")
    client.force_login(user)
    return user


def stored(article: Article) -> Article:
    return Article.objects.get(pk=article.pk)


class TestTheVerb:
    def test_what_was_passed_meanwhile_is_not_passed_a_stage_further(self, first, second):
        article = an_article(status=Status.FIRST_REVIEW)
        old_page = seen.of(article)
        workflow.decide(article, "pass", by=first)
        with pytest.raises(Stale, match=r"已由程砚通过初审，现在是“复审中”"):
            workflow.decide(article, "pass", by=second, made_from=old_page)
        assert (stored(article).status, article.reviews.count()) == (Status.SECOND_REVIEW, 1)

    @pytest.mark.parametrize(
        ("status", "happened", "said"),
        [
            ("submitted", "receive", "已由程砚开始初审"),
            ("first_review", "return", "已由程砚退修（初审）"),
            ("second_review", "hold", "已由程砚备用（复审）"),
            ("final_review", "back", "已由程砚退回上一级（终审）"),
            ("held", "reopen", "已由程砚重新审稿"),
        ],
    )
    def test_it_says_who_did_what(self, status, happened, said, first, second):
        article = an_article(status=status)
        old_page = seen.of(article)
        if happened == "receive":
            workflow.receive(article, by=first)
        elif happened == "reopen":
            workflow.reopen(article, by=first, why="有版面了")
        else:
            workflow.decide(article, happened, by=first, opinion="请看。", note="请核。")
        with pytest.raises(Stale, match=said):
            workflow.receive(article, by=second, made_from=old_page)
        with pytest.raises(Stale, match=said):
            workflow.reopen(article, by=second, why="再看", made_from=old_page)

    def test_who_pressed_twice_is_told_that_it_was_them(self, first):
        article = an_article(status=Status.SUBMITTED)
        page = seen.of(article)
        workflow.receive(article, by=first, made_from=page)
        with pytest.raises(Stale, match="已由您开始初审"):
            workflow.receive(article, by=first, made_from=page)

    def test_the_same_state_again_is_not_the_same_page(self, first, second):
        """It went on and came back with a reason that the old page does not show."""
        article, senior = an_article(status=Status.FIRST_REVIEW), a_user(Role.SENIOR_EDITOR)
        old_page = seen.of(article)
        workflow.decide(article, "pass", by=first)
        workflow.decide(article, "back", by=senior, note="数字没有核")
        assert (stored(article).status, stored(article).round) == ("first_review", 1)
        with pytest.raises(Stale, match="退回上一级"):
            workflow.decide(article, "pass", by=second, made_from=old_page)

    def test_but_it_is_where_the_step_between_was_taken_back(self, first, second):
        article = an_article(status=Status.FIRST_REVIEW)
        old_page = seen.of(article)
        undoing.take_back(workflow.decide(article, "hold", by=first), by=first)
        workflow.decide(article, "pass", by=second, made_from=old_page)
        assert stored(article).status == Status.SECOND_REVIEW

    def test_another_round_is_another_page(self, first, second):
        article = an_article(status=Status.HELD)
        old_page = seen.of(article)
        workflow.reopen(article, by=first, why="有版面了")
        workflow.decide(article, "hold", by=first)
        with pytest.raises(Stale):
            workflow.reopen(article, by=second, why="再看", made_from=old_page)
        assert stored(article).round == 2

    def test_a_text_that_was_changed_is_read_again(self, first, second):
        article = an_article(status=Status.FIRST_REVIEW)
        old_page = seen.of(article)
        editing.revise(article, by=first, base=article.digest(), title="改过的题目")
        for decision in ("pass", "return", "reject", "hold"):
            with pytest.raises(Stale, match="稿件被改动过"):
                workflow.decide(article, decision, by=second, opinion="看。", made_from=old_page)

    def test_the_object_in_hand_is_what_was_seen_where_nobody_says_more(self, first, second):
        article = an_article(status=Status.FIRST_REVIEW)
        in_hand = stored(article)
        workflow.decide(article, "pass", by=first)
        with pytest.raises(Stale):
            workflow.decide(in_hand, "pass", by=second)

    def test_it_is_not_moved_where_it_was_moved_already(self, first, second):
        article = an_article(status=Status.FIRST_REVIEW, section=a_section())
        old_page = seen.of(article)
        workflow.transfer(article, to=a_section("service-emotion"), by=first)
        with pytest.raises(Stale, match="已由程砚转栏目，现在在“服务情思”"):
            workflow.transfer(
                article, to=a_section("service-sketch"), by=second, made_from=old_page
            )
        workflow.decide(article, "pass", by=second, made_from=old_page)  # that is another matter

    def test_nor_assigned_where_it_was(self, first, second):
        article, other = an_article(status=Status.FIRST_REVIEW), a_user(Role.EDITOR, name="周以宁")
        assigning.assign(article, to=other, by=first, instead_of=0)
        with pytest.raises(Stale, match="已由程砚分派给周以宁"):
            assigning.assign(article, to=second, by=second, instead_of=0)
        assert article.assignments.current().get().editor == other

    def test_a_correction_is_confirmed_once(self, first, second):
        article = accepted()
        editing.revise(article, by=first, base=article.digest(), title="改一字", small=True)
        digest = stored(article).digest()
        approvals.confirm(article, by=first, digest=digest)
        with pytest.raises(NotAllowed, match="已由程砚确认文字订正"):
            approvals.confirm(article, by=second, digest=digest)

    @pytest.mark.parametrize("state", ["", "x", "a.b.c.d", "first_review.1", "..", "草.9.9.9"])
    def test_what_is_no_state_fits_no_manuscript(self, state, second):
        article = an_article(status=Status.FIRST_REVIEW)
        made_from = seen.read(state, article.digest())
        with pytest.raises(Stale):
            workflow.decide(article, "pass", by=second, made_from=made_from)


class TestThePage:
    def press(self, client, article, page, action, **facts):
        address = f"{LIST}{article.pk}/review/"
        return client.post(address, {"action": action, **page, **facts})

    def test_it_shows_what_happened_and_keeps_both_opinions(
        self, client, first, second, html_valid
    ):
        article = an_article(status=Status.FIRST_REVIEW)
        page = shown(article)
        workflow.decide(article, "pass", by=first, note="数字核过")
        answer = self.press(client, article, page, "pass", opinion="写得好", note="我也核过")
        assert answer.status_code == 409
        told = text_of(answer)
        assert '<a href="#decide">这一次没有成' in answer.text  # on a phone the text comes first
        for words in ("已由程砚通过初审", "现在是“复审中”", "写得好", "我也核过", "数字核过"):
            assert words in told
        html_valid(answer.text)
        assert stored(article).status == Status.SECOND_REVIEW

    def test_so_it_does_to_who_has_no_button_any_more(self, client, first, html_valid):
        client.force_login(a_user(Role.EDITOR))
        article = an_article(status=Status.FIRST_REVIEW)
        page = shown(article)
        workflow.decide(article, "pass", by=first)
        answer = self.press(client, article, page, "return", opinion="请补上时间", note="缺日期")
        assert answer.status_code == 409
        assert "请补上时间" in answer.text
        assert "缺日期" in answer.text
        assert 'value="return"' not in answer.text
        html_valid(answer.text)

    def test_the_next_press_is_made_from_what_is_there_now(self, client, first, second):
        article = an_article(status=Status.FIRST_REVIEW)
        page = shown(article)
        workflow.decide(article, "pass", by=first)
        answer = self.press(client, article, page, "pass")
        assert str(shown(article)["state"]) in answer.text
        assert self.press(client, article, shown(article), "pass").status_code == 302
        assert stored(article).status == Status.FINAL_REVIEW

    def test_a_text_that_was_changed_is_shown_by_character(self, client, first, second):
        article = an_article(title="雨天的伞", status=Status.FIRST_REVIEW)
        page = {**shown(article), "version": article.history.first().pk}
        fresh = stored(article)
        editing.revise(fresh, by=first, base=fresh.digest(), title="雨天的纸伞")
        answer = self.press(client, article, page, "pass", opinion="写得好")
        assert answer.status_code == 409
        assert "<ins" in answer.text
        assert "您打开页面之后，文字改动了这些" in text_of(answer)
        assert "写得好" in answer.text

    def test_a_page_from_before_carries_too_little(self, client, second):
        article = an_article(status=Status.FIRST_REVIEW)
        page = {"digest": article.digest()}
        answer = self.press(client, article, page, "pass", opinion="写得好")
        assert (answer.status_code, "写得好" in answer.text) == (422, True)
        assert "请刷新页面再作决定" in text_of(answer)
        assert stored(article).status == Status.FIRST_REVIEW

    def test_three_presses_in_a_small_office_pass_one_review(self, client, second):
        a_small_office()
        article = an_article(status=Status.FIRST_REVIEW)
        page = shown(article)
        answers = [self.press(client, article, page, "pass").status_code for _ in range(3)]
        assert answers == [302, 409, 409]
        assert [review.stage for review in article.reviews.all()] == ["first"]

    def test_every_form_of_the_page_fires_once_and_carries_what_it_was_made_from(
        self, client, second
    ):
        article = an_article(status=Status.FIRST_REVIEW, section=a_section())
        page = client.get(f"{LIST}{article.pk}/review/").text
        deciding = [form for form in page.split("<form")[1:] if 'name="state"' in form]
        assert len(deciding) == 3  # decide, transfer, assign
        for form in deciding:
            assert "data-once" in form.split(">", 1)[0]
            assert shown(article)["state"] in form

    def test_an_assignment_is_refused_with_what_was_chosen(self, client, first, second, html_valid):
        article, other = an_article(status=Status.FIRST_REVIEW), a_user(Role.EDITOR, name="周以宁")
        page = {**shown(article), "instead_of": 0, "due": "2099-01-02", "to": second.pk}
        assigning.assign(article, to=other, by=first)
        answer = client.post(f"{LIST}{article.pk}/assign/", page)
        assert answer.status_code == 409
        assert "已由程砚分派给周以宁" in text_of(answer)
        assert 'value="2099-01-02"' in answer.text
        assert f'<option value="{second.pk}" selected>' in answer.text
        html_valid(answer.text)

    def test_chosen_manuscripts_of_an_old_list_are_received_once(self, client, first, second):
        article = an_article(title="已投的稿", status=Status.SUBMITTED)
        step = client.post(
            LIST, {"action": "receive_chosen", "_selected_action": [article.pk]}, follow=True
        )
        (state,) = re.findall(rf'name="seen-{article.pk}" value="([^"]+)"', step.text)
        workflow.receive(article, by=first)
        sent = {"chosen": [article.pk], f"seen-{article.pk}": state, "due": usual_due()}
        answer = client.post(f"{LIST}batch/receive/", sent, follow=True)
        assert "您打开页面之后有了变动，现在是“初审中”" in text_of(answer)
        assert "篇稿件进入初审" not in text_of(answer)
