"""A pass holds for the text that was read: what changes after it is passed again, or confirmed."""

import pytest

from articles.models import Article
from articles.reviewing import editing, workflow
from articles.reviewing.workflow import NotAllowed
from servicejournal import record
from servicejournal.models import Masthead
from servicejournal.roles import EDITORIAL, Role
from tests.articles.reviewing.office import Office
from tests.factories import a_section, a_user, an_article, an_issue

pytestmark = pytest.mark.django_db
Status = Article.Status


#: (passes so far, who changes the text) → where the manuscript stands afterwards.
AFTER = {
    (0, "first"): Status.FIRST_REVIEW,
    (0, "final"): Status.FIRST_REVIEW,
    (1, "first"): Status.FIRST_REVIEW,
    (1, "second"): Status.SECOND_REVIEW,
    (1, "final"): Status.SECOND_REVIEW,
    (2, "first"): Status.FIRST_REVIEW,
    (2, "second"): Status.SECOND_REVIEW,
    (2, "final"): Status.FINAL_REVIEW,
    (3, "first"): Status.FIRST_REVIEW,
    (3, "second"): Status.SECOND_REVIEW,
    (3, "final"): Status.FINAL_REVIEW,
}


@pytest.mark.parametrize(("passed", "who"), AFTER)
def test_a_change_voids_the_passes_from_the_changers_stage_on(passed, who):
    office = Office(passed)
    before = office.article.status
    after = office.change(getattr(office, who))
    assert after == AFTER[passed, who]
    verbs = [row.verb for row in record.of(office.article)]
    assert ("改动后重审" in verbs) == (after != before)


def test_an_editor_who_passed_nothing_changes_at_the_highest_stage_that_is_theirs():
    assert Office(3).change(a_user(Role.EDITOR)) == Status.FIRST_REVIEW
    assert Office(3).change(a_user(Role.SENIOR_EDITOR)) == Status.SECOND_REVIEW
    assert Office(3).change(a_user(Role.CHIEF_EDITOR)) == Status.FINAL_REVIEW


def test_what_somebody_passed_in_an_earlier_round_does_not_say_which_stage_is_theirs():
    """The chief made the first review once; in this round they passed nothing."""
    writer, chief = a_user(), a_user(Role.CHIEF_EDITOR)
    article = an_article(contributor=writer, section=a_section())
    workflow.hand_in(article, by=writer)
    workflow.receive(article, by=chief)
    workflow.decide(article, "pass", by=chief)
    workflow.decide(article, "return", by=a_user(Role.SENIOR_EDITOR), opinion="请补上时间。")
    workflow.hand_in(article, by=writer)
    workflow.receive(article, by=a_user(Role.EDITOR))
    for role in (Role.EDITOR, Role.SENIOR_EDITOR, Role.CHIEF_EDITOR):
        workflow.decide(article, "pass", by=a_user(role))
    editing.revise(article, by=chief, base=article.digest(), title="改过的题目")
    assert Article.objects.get(pk=article.pk).status == Status.FINAL_REVIEW


def test_a_change_that_changes_nothing_voids_nothing():
    office = Office(3)
    article = Article.objects.get(pk=office.article.pk)
    assert not editing.revise(article, by=office.first, base=article.digest(), title=article.title)
    assert Article.objects.get(pk=article.pk).status == Status.ACCEPTED


class TestEditing:
    def test_a_newer_text_is_never_written_over(self):
        office = Office(1)
        opened = Article.objects.get(pk=office.article.pk).digest()
        office.change(office.first, title="先存的题目")
        article = Article.objects.get(pk=office.article.pk)
        with pytest.raises(editing.Stale, match="为了不盖掉，这次没有保存"):
            editing.revise(article, by=office.second, base=opened, title="后存的题目")
        assert Article.objects.get(pk=article.pk).title == "先存的题目"

    @pytest.mark.parametrize("status", [Status.DRAFT, Status.REVISING])
    def test_what_is_in_the_writers_hands_is_left_alone(self, status):
        article = an_article(status=status)
        with pytest.raises(NotAllowed, match="在作者手里"):
            editing.revise(article, by=a_user(Role.EDITOR), base=article.digest(), title="改")

    @pytest.mark.parametrize("role", [Role.CONTRIBUTOR, Role.AUDITOR, Role.ADMINISTRATOR])
    def test_only_editors_edit(self, role):
        article = an_article(status=Status.FIRST_REVIEW)
        with pytest.raises(NotAllowed, match="您的角色不能编辑"):
            editing.revise(article, by=a_user(role), base=article.digest(), title="改")

    def test_a_section_can_be_taken_off_again(self):
        article = an_article(status=Status.FIRST_REVIEW, section=a_section())
        by = a_user(Role.EDITOR)
        assert not editing.revise(article, by=by, base=article.digest(), section=None)
        assert Article.objects.get(pk=article.pk).section is None
        assert record.of(article).get(verb="转栏目").what == {"section": ""}

    def test_what_stands_in_an_issue_keeps_a_section(self):
        article = an_article(issue=an_issue(), section=a_section())
        by = a_user(Role.EDITOR)
        with pytest.raises(NotAllowed, match="已编入一期，不能没有栏目"):
            editing.revise(article, by=by, base=article.digest(), section=None)
        assert Article.objects.get(pk=article.pk).section == a_section()

    def test_what_is_out_is_corrected_instead(self):
        article = an_article(issue=an_issue(published=True))
        with pytest.raises(NotAllowed, match="更正文章"):
            editing.revise(article, by=a_user(Role.EDITOR), base=article.digest(), title="改")


class TestTransfer:
    def test_a_manuscript_moves_to_another_section_and_keeps_its_stage(self):
        article = an_article(status=Status.SECOND_REVIEW, section=a_section())
        there = a_section("service-emotion")
        workflow.transfer(article, to=there, by=a_user(Role.EDITOR), why="像散文")
        article.refresh_from_db()
        assert (article.section, article.status) == (there, Status.SECOND_REVIEW)
        row = record.of(article).get()
        assert (row.verb, row.why, row.what["after"]) == ("转栏目", "像散文", "服务情思")

    def test_not_by_others_not_with_the_writer_and_not_in_an_issue(self):
        there = a_section("service-emotion")
        for role in set(Role) - EDITORIAL:
            with pytest.raises(NotAllowed, match="您的角色"):
                workflow.transfer(an_article(status="held"), to=there, by=a_user(role))
        with pytest.raises(NotAllowed, match="不能转栏目"):
            workflow.transfer(an_article(), to=there, by=a_user(Role.EDITOR))
        placed = an_article(issue=an_issue())
        with pytest.raises(NotAllowed, match="编排目录"):
            workflow.transfer(placed, to=there, by=a_user(Role.EDITOR))


def test_a_very_small_office_says_in_the_record_that_one_person_made_two_reviews():
    Masthead.objects.update(small_office=True)
    office = Office(1)
    chief = a_user(Role.CHIEF_EDITOR)
    workflow.decide(office.article, "pass", by=chief)
    workflow.decide(office.article, "pass", by=chief)
    told = [row.what.get("small_office", False) for row in record.of(office.article)]
    assert told[:2] == [True, False]
