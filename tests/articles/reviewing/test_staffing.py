"""Who may review what: by role or as a deputy, never one's own text, three reviews by three."""

from datetime import timedelta

import pytest
from django.utils import timezone

from articles.models import Article, Author, Deputy, Review
from articles.reviewing import approvals, deputies, staffing, workflow
from articles.reviewing.workflow import NotAllowed
from servicejournal import record
from servicejournal.models import Masthead, RoleGrant
from servicejournal.roles import Role
from tests.factories import (
    a_user,
    an_article,
    shown,
)

pytestmark = pytest.mark.django_db
Status = Article.Status
EDITOR, SENIOR, CHIEF = Role.EDITOR, Role.SENIOR_EDITOR, Role.CHIEF_EDITOR


def a_deputy(user, stage="final", *, first=0, last=0, **facts) -> Deputy:
    """For the days from so many after today to so many."""
    today = timezone.localdate()
    days = {"starts": today + timedelta(days=first), "ends": today + timedelta(days=last)}
    granted_at = timezone.now() + timedelta(days=min(first, 0))
    days["granted_at"] = granted_at
    facts = {"why": "主编自己写的稿", "granted_by": a_user(Role.ADMINISTRATOR), **days, **facts}
    return Deputy.objects.create(user=user, stage=stage, **facts)


def a_small_office() -> None:
    Masthead.objects.update(small_office=True)


class Three:
    """A desk of three people, and a manuscript that one of them, or somebody else, wrote."""

    def __init__(self, writes: str, **facts) -> None:
        self.editor, self.senior, self.chief = (
            a_user(role, name=name)
            for role, name in ((EDITOR, "程砚"), (SENIOR, "周以宁"), (CHIEF, "秦望"))
        )
        facts = {"status": Status.FIRST_REVIEW, **facts}
        self.article = an_article(contributor=getattr(self, writes, None), **facts)

    def passes(self, who) -> None:
        workflow.decide(self.article, "pass", by=who)


class TestADeputy:
    def test_decides_the_stage_and_the_review_and_the_record_say_as_what(self):
        desk = Three("chief", status=Status.FINAL_REVIEW)
        with pytest.raises(NotAllowed, match="您的角色"):
            desk.passes(desk.senior)
        deputy = a_deputy(desk.senior)
        desk.passes(desk.senior)
        assert desk.article.status == Status.ACCEPTED
        assert Review.objects.get().deputy == deputy
        assert record.of(desk.article).first().what["deputy"] == deputy.pk

    def test_has_the_chiefs_text_accepted_by_three_people_beside_them(self):
        desk = Three("chief")
        guest = a_user(EDITOR)
        desk.passes(guest)
        a_deputy(desk.editor, "second")
        desk.passes(desk.editor)
        a_deputy(desk.senior)
        desk.passes(desk.senior)
        assert desk.article.status == Status.ACCEPTED
        assert [each.reviewer for each in Review.objects.all()] == [guest, desk.editor, desk.senior]

    @pytest.mark.parametrize(
        ("days", "holds"), [((0, 0), True), ((-3, 0), True), ((1, 5), False), ((-5, -1), False)]
    )
    def test_is_one_from_the_first_day_to_the_last(self, days, holds):
        editor = a_user(EDITOR)
        a_deputy(editor, first=days[0], last=days[1])
        assert staffing.may_decide(editor, "final") == holds

    def test_is_none_any_more_once_it_was_revoked(self):
        editor, chief = a_user(EDITOR), a_user(CHIEF)
        a_deputy(editor, revoked_by=chief, revoked_at=timezone.now(), revoked_why="回来了")
        assert not staffing.may_decide(editor, "final")

    def test_has_that_stage_alone(self):
        editor = a_user(EDITOR)
        a_deputy(editor, "final")
        assert staffing.stages_of(editor) == {"first", "final"}
        with pytest.raises(NotAllowed, match="您的角色"):
            workflow.decide(an_article(status=Status.SECOND_REVIEW), "pass", by=editor)

    def test_never_decides_on_their_own_text(self):
        desk = Three("senior", status=Status.FINAL_REVIEW)
        a_deputy(desk.senior)
        with pytest.raises(NotAllowed, match="不能审自己的稿件"):
            desk.passes(desk.senior)

    def test_is_still_one_of_three(self):
        desk = Three("chief")
        desk.passes(desk.editor)
        desk.passes(desk.senior)
        a_deputy(desk.senior)
        with pytest.raises(NotAllowed, match="三审须由不同的人完成"):
            desk.passes(desk.senior)

    @pytest.mark.parametrize("role", [Role.CONTRIBUTOR, Role.AUDITOR, Role.ADMINISTRATOR])
    def test_who_lost_the_desk_is_nobodys_deputy(self, role):
        user = a_user(role)
        a_deputy(user)
        assert not staffing.may_decide(user, "final")

    def test_nor_is_a_closed_account(self):
        editor = a_user(EDITOR, is_active=False)
        a_deputy(editor)
        assert not staffing.may_decide(editor, "final")

    def test_who_has_the_role_decides_in_their_own_name(self):
        chief = a_user(CHIEF)
        a_deputy(chief)
        workflow.decide(an_article(status=Status.FINAL_REVIEW), "pass", by=chief)
        assert Review.objects.get().deputy is None

    def test_changes_the_text_at_the_stage_that_is_theirs(self):
        editor = a_user(EDITOR)
        article = an_article(status=Status.FINAL_REVIEW)
        assert approvals.falls_back_to(article, editor) == Status.FIRST_REVIEW
        a_deputy(editor)
        assert approvals.falls_back_to(article, editor) == ""


class TestASmallOffice:
    def test_one_person_makes_two_of_three_reviews_and_nobody_three(self):
        a_small_office()
        chief, article = a_user(CHIEF), an_article(status=Status.FIRST_REVIEW)
        workflow.decide(article, "pass", by=chief)
        workflow.decide(article, "pass", by=chief)
        assert article.status == Status.FINAL_REVIEW
        with pytest.raises(NotAllowed, match="另外两级"):
            workflow.decide(article, "pass", by=chief)

    def test_still_nobody_passes_their_own(self):
        a_small_office()
        chief = a_user(CHIEF)
        with pytest.raises(NotAllowed, match="不能审自己的稿件"):
            workflow.decide(
                an_article(status=Status.FIRST_REVIEW, contributor=chief), "pass", by=chief
            )

    def test_three_people_accept_the_chiefs_text_with_a_deputy(self):
        a_small_office()
        desk = Three("chief")
        desk.passes(desk.editor)
        desk.passes(desk.senior)
        a_deputy(desk.senior)
        desk.passes(desk.senior)
        assert desk.article.status == Status.ACCEPTED
        assert record.of(desk.article).first().what["small_office"] is True


class TestTheOutlook:
    def names(self, article, **how) -> list[tuple[str, str]]:
        seen = staffing.outlook(article, **how)
        return [(turn.stage.label, turn.names) for turn in seen.turns]

    def test_names_who_can_act_now_and_after(self):
        desk = Three("somebody else")
        assert self.names(desk.article) == [
            ("初审", "周以宁、秦望、程砚"),
            ("复审", "周以宁、秦望"),
            ("终审", "秦望"),
        ]
        assert not staffing.outlook(desk.article).is_stuck
        desk.passes(desk.editor)
        desk.passes(desk.senior)
        assert self.names(desk.article) == [("终审", "秦望")]

    def test_leaves_out_who_wrote_it_who_passed_it_and_who_is_gone(self):
        desk = Three("chief")
        desk.passes(desk.editor)
        a_user(SENIOR, name="走了的", is_active=False)
        assert self.names(desk.article) == [("复审", "周以宁"), ("终审", "")]

    def test_knows_deputies(self):
        desk = Three("chief", status=Status.FINAL_REVIEW)
        a_deputy(desk.editor)
        assert self.names(desk.article) == [("终审", "程砚")]

    @pytest.mark.parametrize("writes", ["editor", "senior", "chief"])
    def test_with_three_people_no_text_of_theirs_comes_through_and_it_says_what_helps(self, writes):
        seen = staffing.outlook(Three(writes).article)
        assert seen.is_stuck
        assert not seen.by_deputy  # two people are left for three reviews
        alone = {"editor": True, "senior": True, "chief": False}
        assert seen.by_small_office == alone[writes]
        assert seen.by_both == (not alone[writes])

    def test_what_it_says_helps_does_help(self):
        desk = Three("chief")
        a_small_office()
        a_deputy(desk.senior)
        seen = staffing.outlook(desk.article)
        assert not seen.is_stuck
        desk.passes(desk.editor)
        desk.passes(desk.senior)
        desk.passes(desk.senior)
        assert desk.article.status == Status.ACCEPTED

    def test_with_a_fourth_a_deputy_is_enough(self):
        desk = Three("chief")
        a_user(EDITOR, name="何晓棠")
        seen = staffing.outlook(desk.article)
        assert (seen.is_stuck, seen.by_deputy, seen.nobody) == (True, True, "终审")

    def test_two_stages_that_one_person_alone_can_decide_are_one_too_many(self):
        """Everybody is named somewhere, and still it cannot come through."""
        chief = a_user(CHIEF)
        editors = [a_user(EDITOR) for _ in range(3)]
        seen = staffing.outlook(an_article(status=Status.FIRST_REVIEW, contributor=editors[0]))
        assert seen.nobody == ""
        assert seen.is_stuck
        assert [turn.people for turn in seen.turns[1:]] == [(chief,), (chief,)]

    def test_what_waits_for_nobody_has_none(self):
        for status in (Status.HELD, Status.REVISING, Status.ACCEPTED, Status.REJECTED):
            assert staffing.outlook(an_article(status=status)) is None

    def test_a_change_after_the_final_review_waits_for_those_who_may_confirm_it(self):
        desk = Three("editor", status=Status.ACCEPTED)
        assert self.names(desk.article, to_confirm=True) == [("终审", "秦望")]

    def test_the_number_of_queries_does_not_grow(self, django_assert_num_queries):
        article = an_article(status=Status.FIRST_REVIEW)
        for _ in range(2):
            for role in (EDITOR, SENIOR, CHIEF):
                a_deputy(a_user(role), "final")
            with django_assert_num_queries(7):
                staffing.outlook(article)


class TestWhoWroteIt:
    """Unlinking oneself, passing, linking again does not help."""

    def linked(self, article, user) -> Author:
        author = article.authorships.get().author
        author.user = user
        author.save()
        return author

    def refused(self, article, user) -> None:
        with pytest.raises(NotAllowed, match="不能审自己的稿件"):
            workflow.decide(Article.objects.get(pk=article.pk), "pass", by=user)

    def test_who_was_an_author_once_never_reviews_it(self):
        editor, article = a_user(EDITOR), an_article(status=Status.FIRST_REVIEW)
        author = self.linked(article, editor)
        author.user = None
        author.save()
        self.refused(article, editor)

    def test_nor_who_took_their_name_out_of_the_byline(self):
        editor, article = a_user(EDITOR), an_article(status=Status.FIRST_REVIEW)
        self.linked(article, editor)
        article.authorships.all().delete()
        self.refused(article, editor)

    def test_nor_who_is_an_author_of_it_since_today(self):
        editor, article = a_user(EDITOR), an_article(status=Status.FIRST_REVIEW)
        other = an_article(authors=[("西岭支行", "何晓棠")])
        author = self.linked(other, editor)
        article.authorships.create(author=author, branch=author.branch, position=2)
        author.user = None
        author.save()
        self.refused(article, editor)

    def test_by_the_page_of_the_author(self, client):
        """The account off, a pass, on again: not by themselves, nor with a colleague's help."""
        editor, colleague = a_user(EDITOR), a_user(EDITOR)
        article = an_article(status=Status.FIRST_REVIEW)
        author = self.linked(article, editor)
        client.force_login(editor)
        page = f"/admin/articles/author/{author.pk}/change/"
        sent = {"branch": author.branch_id, "namesake": "", "user": ""}
        client.post(page, sent)
        author.refresh_from_db()
        assert author.user == editor
        client.force_login(colleague)
        assert client.post(page, sent).status_code == 302
        author.refresh_from_db()
        assert author.user is None
        client.force_login(editor)
        review = f"/admin/articles/article/{article.pk}/review/"
        answer = client.post(review, {"action": "pass", **shown(article)})
        assert "不能审自己的稿件" in answer.text
        assert Article.objects.get(pk=article.pk).status == Status.FIRST_REVIEW
        row = record.of(author).get(verb="解除作者与账号")
        assert row.what == {"account": editor.pk, "name": str(editor)}

    def test_neither_does_it_wait_for_them(self, client):
        editor, article = a_user(EDITOR), an_article(status=Status.FIRST_REVIEW)
        self.linked(article, editor)
        article.authorships.all().delete()
        client.force_login(editor)
        assert article.title not in client.get("/admin/").text

    def test_a_colleague_who_never_wrote_it_does(self):
        editor, article = a_user(EDITOR), an_article(status=Status.FIRST_REVIEW)
        self.linked(an_article(authors=[("西岭支行", "何晓棠")]), editor)
        workflow.decide(article, "pass", by=editor)
        assert article.status == Status.SECOND_REVIEW

    def test_a_role_given_later_changes_nothing(self):
        writer = a_user()
        article = an_article(status=Status.FIRST_REVIEW)
        self.linked(article, writer)
        RoleGrant.objects.create(user=writer, role=EDITOR)
        author = article.authorships.get().author
        author.user = None
        author.save()
        self.refused(article, writer)


class TestThreePeople:
    """What one of three wrote is accepted by the other two, by the way that the page names."""

    @pytest.mark.parametrize(
        ("writes", "deputy", "helps"),
        [
            ("editor", "", "by_small_office"),
            ("senior", "", "by_small_office"),
            ("chief", "senior", "by_both"),
        ],
    )
    def test_by_what_the_page_says_and_nothing_else(self, writes, deputy, helps):
        desk = Three(writes)
        seen = staffing.outlook(desk.article)
        assert seen.is_stuck
        assert getattr(seen, helps)
        a_small_office()
        if deputy:
            days = {"starts": timezone.localdate(), "ends": timezone.localdate()}
            granted = {"why": "主编自己写的稿", "by": desk.chief, **days}
            deputies.grant(getattr(desk, deputy), "chief", **granted)
        while desk.article.status != Status.ACCEPTED:
            seen = staffing.outlook(desk.article)
            turn = seen.now
            assert turn.people, f"nobody makes the {turn.stage} review of {writes}'s text"
            desk.passes(next(who for who in turn.people if who not in seen.strand))
        assert staffing.writers(desk.article).isdisjoint(
            desk.article.reviews.values_list("reviewer", flat=True)
        )

    def test_who_would_leave_a_later_stage_without_anybody_is_named_apart(self):
        desk = Three("senior")
        a_small_office()
        seen = staffing.outlook(desk.article)
        assert (seen.best, list(seen.strand)) == ("程砚", [desk.chief])
        desk.passes(desk.editor)
        assert staffing.outlook(desk.article).strand == ()
