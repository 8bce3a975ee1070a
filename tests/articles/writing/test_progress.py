"""Where a manuscript stands: five steps, a time line, and nothing that is internal."""

import pytest

from articles.models import Article
from articles.reviewing import workflow
from articles.writing import handing_in, progress
from issues.making import make_up
from servicejournal import record
from servicejournal.roles import Role
from tests.articles.filling_in import a_draft, handed_in, sent_back
from tests.factories import a_section, a_user, an_article, an_issue

pytestmark = pytest.mark.django_db
Status = Article.Status


def fresh(article: Article) -> Article:
    return Article.objects.select_related("issue").get(pk=article.pk)


def told(article: Article) -> list[str]:
    """The time line, the oldest first."""
    return [event.words for event in reversed(progress.events(fresh(article)))]


def steps(article: Article) -> str:
    """The five steps as signs: ● behind, ◎ here, ✕ held there, ○ to come."""
    signs = {"done": "●", "now": "◎", "stopped": "✕", "ahead": "○"}
    return "".join(signs[step.place] for step in progress.progress(fresh(article)))


def accepted() -> Article:
    article = handed_in(a_user(name="沈一鸣"))
    article.section = a_section()
    article.save()
    workflow.receive(article, by=a_user(Role.EDITOR))
    for role in (Role.EDITOR, Role.SENIOR_EDITOR, Role.CHIEF_EDITOR):
        workflow.decide(article, "pass", by=a_user(role), note="内部意见")
    return article


class TestTheFiveSteps:
    @pytest.mark.parametrize(
        ("status", "expected"),
        [
            ("draft", "◎○○○○"),
            ("submitted", "●◎○○○"),
            ("first_review", "●◎○○○"),
            ("second_review", "●●◎○○"),
            ("final_review", "●●●◎○"),
            ("accepted", "●●●●◎"),
        ],
    )
    def test_show_what_is_behind_and_what_is_to_come(self, status, expected):
        assert steps(an_article(status=status)) == expected

    def test_are_all_behind_when_it_is_out(self):
        assert steps(an_article(issue=an_issue(published=True))) == "●●●●●"

    def test_show_at_which_review_it_was_returned(self):
        article = handed_in(a_user())
        workflow.receive(article, by=a_user(Role.EDITOR))
        workflow.decide(article, "pass", by=a_user(Role.EDITOR))
        workflow.decide(article, "return", by=a_user(Role.SENIOR_EDITOR), opinion="请补数字。")
        assert steps(article) == "●●✕○○"
        assert [step.word for step in progress.progress(article) if step.word] == ["请您修改"]

    @pytest.mark.parametrize(("decision", "word"), [("hold", "备用"), ("reject", "未采用")])
    def test_show_where_it_was_laid_aside(self, decision, word):
        article = handed_in(a_user())
        workflow.receive(article, by=a_user(Role.EDITOR))
        workflow.decide(article, decision, by=a_user(Role.EDITOR), opinion="题材重复。")
        assert steps(article) == "●✕○○○"
        assert progress.progress(article)[1].word == word

    def test_show_how_far_it_had_come_when_it_was_withdrawn(self):
        article = sent_back(a_user())
        workflow.withdraw(article, by=article.contributor)
        assert steps(article) == "●✕○○○"
        draft = a_draft(a_user())
        workflow.withdraw(draft, by=draft.contributor)
        assert steps(draft) == "✕○○○○"

    @pytest.mark.parametrize("status", Status.values)
    def test_know_every_state_also_without_a_record_of_how_it_came(self, status):
        assert len(steps(an_article(status=status))) == 5


class TestTheTimeLine:
    def test_goes_from_the_draft_to_the_readers(self):
        article, issue = accepted(), an_issue(year=2026, number=3)
        make_up.place([article], issue, by=a_user(Role.EDITOR))
        assert told(article) == [
            "您建立了草稿",
            "您提交了稿件",
            "编辑开始初审",
            "初审通过，进入复审",
            "复审通过，进入终审",
            "终审通过，稿件采用",
            "编入2026年第3期",
        ]
        assert progress.of(fresh(article)).meaning == "已编入2026年第3期，等待出刊。"

    def test_tells_of_leaving_an_issue_and_of_coming_out_in_another(self):
        article, editor = accepted(), a_user(Role.EDITOR)
        make_up.place([article], an_issue(year=2026, number=3), by=editor)
        make_up.take_out(fresh(article), by=editor)
        out = an_issue(published=True, year=2026, number=4)
        Article.objects.filter(pk=article.pk).update(issue=out, position=1)
        assert told(article)[-2:] == ["移出2026年第3期，另行安排", "在2026年第4期刊出"]

    def test_tells_of_returning_revising_and_coming_again(self):
        writer = a_user()
        article = sent_back(writer)
        handing_in.hand_in(article, by=writer, declared=True)
        events = progress.events(fresh(article))
        assert [event.words for event in events[:2]] == ["您改好以后再次提交", "编辑请您修改"]
        assert events[1].said == "请核对数字。"

    def test_tells_of_calling_back_and_withdrawing(self):
        writer = a_user()
        article = handed_in(writer)
        workflow.recall(article, by=writer)
        workflow.withdraw(article, by=writer, why="想换个题目。")
        assert told(article)[-2:] == ["您把稿件撤回修改", "您撤稿了"]
        assert progress.events(fresh(article))[0].said == "想换个题目。"

    def test_holds_no_note_no_reviewer_and_no_inner_step_of_the_desk(self):
        article = accepted()
        reviewers = [review.reviewer.name for review in article.reviews.all()]
        record.write("改动正文", article, by=a_user(name="程砚"), why="压缩到一页")
        workflow.reopen(article, by=a_user(Role.EDITOR, name="周以宁"), why="请您再核一个数字。")
        events = progress.events(fresh(article))
        words = " ".join(f"{event.words}{event.said}{event.note}" for event in events)
        for secret in ("内部意见", "改动正文", "压缩到一页", "程砚", "周以宁", *reviewers):
            assert secret not in words
        assert "请您再核一个数字。" in words  # the review page says that the writer sees it


def test_the_list_puts_first_what_the_words_say_waits_for_the_writer():
    """`whose_turn_first` sorts in the database what `progress.of` says in words."""
    writer = a_user()
    for status in Status.values:
        an_article(status=status, contributor=writer)
    an_article(contributor=writer, issue=an_issue(published=True))
    an_article(contributor=writer, issue=an_issue())
    rows = Article.objects.of(writer).select_related("issue").whose_turn_first({})
    order = list(progress.TURNS)
    assert [order[row.turn] for row in rows] == [progress.of(row).turn for row in rows]
    assert [row.turn for row in rows] == sorted(row.turn for row in rows)
