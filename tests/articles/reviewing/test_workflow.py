"""三审: one table says what may follow what, and by whose hand."""

import pytest
from django.db.models import QuerySet
from django.utils import timezone

from articles.models import Article, Retraction, Review
from articles.reviewing import workflow
from articles.reviewing.workflow import Action, NotAllowed
from servicejournal import record
from servicejournal.models import Masthead
from servicejournal.roles import Role
from tests.factories import a_user, an_article, an_issue

pytestmark = pytest.mark.django_db
Status = Article.Status

EDITOR, SENIOR, CHIEF = Role.EDITOR, Role.SENIOR_EDITOR, Role.CHIEF_EDITOR
OTHERS = (Role.CONTRIBUTOR, Role.AUDITOR, Role.ADMINISTRATOR)

#: (state, action) → the state after it, and the roles that may; "writer" is the contributor.
ALLOWED = {
    (Status.DRAFT, Action.HAND_IN): (Status.SUBMITTED, {"writer"}),
    (Status.REVISING, Action.HAND_IN): (Status.SUBMITTED, {"writer"}),
    (Status.SUBMITTED, Action.RECALL): (Status.DRAFT, {"writer"}),
    (Status.SUBMITTED, Action.RECEIVE): (Status.FIRST_REVIEW, {EDITOR, SENIOR, CHIEF}),
    (Status.FIRST_REVIEW, Action.PASS): (Status.SECOND_REVIEW, {EDITOR, SENIOR, CHIEF}),
    (Status.FIRST_REVIEW, Action.RETURN): (Status.REVISING, {EDITOR, SENIOR, CHIEF}),
    (Status.FIRST_REVIEW, Action.REJECT): (Status.REJECTED, {EDITOR, SENIOR, CHIEF}),
    (Status.FIRST_REVIEW, Action.HOLD): (Status.HELD, {EDITOR, SENIOR, CHIEF}),
    (Status.SECOND_REVIEW, Action.PASS): (Status.FINAL_REVIEW, {SENIOR, CHIEF}),
    (Status.SECOND_REVIEW, Action.RETURN): (Status.REVISING, {SENIOR, CHIEF}),
    (Status.SECOND_REVIEW, Action.REJECT): (Status.REJECTED, {SENIOR, CHIEF}),
    (Status.SECOND_REVIEW, Action.HOLD): (Status.HELD, {SENIOR, CHIEF}),
    (Status.SECOND_REVIEW, Action.BACK): (Status.FIRST_REVIEW, {SENIOR, CHIEF}),
    (Status.FINAL_REVIEW, Action.BACK): (Status.SECOND_REVIEW, {CHIEF}),
    (Status.FINAL_REVIEW, Action.PASS): (Status.ACCEPTED, {CHIEF}),
    (Status.FINAL_REVIEW, Action.RETURN): (Status.REVISING, {CHIEF}),
    (Status.FINAL_REVIEW, Action.REJECT): (Status.REJECTED, {CHIEF}),
    (Status.FINAL_REVIEW, Action.HOLD): (Status.HELD, {CHIEF}),
    (Status.HELD, Action.REOPEN): (Status.FIRST_REVIEW, {EDITOR, SENIOR, CHIEF}),
    (Status.REJECTED, Action.REOPEN): (Status.FIRST_REVIEW, {EDITOR, SENIOR, CHIEF}),
    (Status.WITHDRAWN, Action.REOPEN): (Status.FIRST_REVIEW, {EDITOR, SENIOR, CHIEF}),
    (Status.ACCEPTED, Action.REOPEN): (Status.FIRST_REVIEW, {EDITOR, SENIOR, CHIEF}),
    **{
        (status, Action.WITHDRAW): (Status.WITHDRAWN, {"writer"})
        for status in (
            Status.DRAFT,
            Status.SUBMITTED,
            Status.FIRST_REVIEW,
            Status.SECOND_REVIEW,
            Status.FINAL_REVIEW,
            Status.REVISING,
            Status.HELD,
        )
    },
}


def carry_out(article, action, by):
    if action == Action.HAND_IN:
        workflow.hand_in(article, by=by)
    elif action == Action.RECALL:
        workflow.recall(article, by=by)
    elif action == Action.RECEIVE:
        workflow.receive(article, by=by)
    elif action == Action.WITHDRAW:
        workflow.withdraw(article, by=by)
    elif action == Action.REOPEN:
        workflow.reopen(article, by=by, why="再议")
    else:
        workflow.decide(article, action, by=by, opinion="请看批注。", note="请再核。")


#: The stage that a state decides; in the other states there is none.
DECIDES = {
    Status.FIRST_REVIEW: "first",
    Status.SECOND_REVIEW: "second",
    Status.FINAL_REVIEW: "final",
}
DECISIONS = {Action.PASS, Action.RETURN, Action.REJECT, Action.HOLD, Action.BACK}
#: What somebody passed before, as (stage, how many rounds ago, taken back since), or nothing.
PASSED = [None] + [
    (stage, ago, is_gone)
    for stage in ("first", "second", "final")
    for ago in (0, 1)
    for is_gone in (False, True)
]


def bars(status: str, action: str, passed: tuple[str, int, bool] | None) -> bool:
    """三审制: who passed another stage in this round, and did not take it back, decides nothing."""
    if passed is None or action not in DECISIONS or status not in DECIDES:
        return False
    stage, ago, is_gone = passed
    return ago == 0 and not is_gone and stage != DECIDES[status]


@pytest.mark.any_database
@pytest.mark.parametrize("round_", [1, 2, 3])
@pytest.mark.parametrize("status", Status.values)
def test_every_role_state_action_stage_and_round_is_as_the_table_says(status, round_):
    """What each may do, whatever they passed at which stage in which round."""
    writer = a_user(Role.CONTRIBUTOR)
    people = {"writer": writer, **{role: a_user(role) for role in (EDITOR, SENIOR, CHIEF, *OTHERS)}}
    article = an_article(status=status, contributor=writer)
    Article.objects.filter(pk=article.pk).update(round=round_)
    article.refresh_from_db()
    if not article.receipt:  # a draft that was called back
        Article.objects.filter(pk=article.pk).update(receipt="T-0", submitted_at=timezone.now())
    tried = 0
    for passed in PASSED:
        for who, person in people.items():
            rows = having_passed(article, person, passed)
            for action in Action:
                _, roles = ALLOWED.get((status, action), (None, set()))
                may = who in roles and not bars(status, action, passed)
                said = workflow.why_not(article, action, person)
                assert (said == "") == may, (who, action, passed, said)
                tried += 1
            never_happened(rows)
    assert tried == len(PASSED) * len(people) * len(Action)


def having_passed(article, person, passed) -> list[Review]:
    if passed is None or article.round <= passed[1]:
        return []
    stage, ago, is_gone = passed
    made = Review.objects.create(
        article=article, stage=stage, decision="pass", reviewer=person,
        round=article.round - ago, digest="a" * 64,
    )  # fmt: skip
    if is_gone:
        Retraction.objects.create(review=made, by=person)
    return [made]


def never_happened(rows: list[Review]) -> None:
    """Around the rule that what was recorded stays: the next line of the table begins anew."""
    for row in rows:
        QuerySet(Retraction).filter(review=row).delete()
        QuerySet(Review).filter(pk=row.pk).delete()


@pytest.mark.parametrize("action", Action.values)
@pytest.mark.parametrize("status", Status.values)
def test_what_is_allowed_is_done_and_what_is_refused_changes_nothing(status, action):
    after, roles = ALLOWED.get((status, action), (None, set()))
    writer = a_user(Role.CONTRIBUTOR)
    people = {"writer": writer, **{role: a_user(role) for role in (EDITOR, SENIOR, CHIEF, *OTHERS)}}
    for who, person in people.items():
        article = an_article(status=status, contributor=writer)
        began = article.round
        if who in roles:
            carry_out(article, action, person)
            stored = Article.objects.get(pk=article.pk)
            turns = action in (Action.HAND_IN, Action.REOPEN)
            assert (stored.status, stored.round) == (after, began + turns)
            made = [(each.stage, each.decision, each.round) for each in article.reviews.all()]
            decided = [(DECIDES[status], action, began)] if action in DECISIONS else []
            assert made == decided
        else:
            with pytest.raises(NotAllowed):
                carry_out(article, action, person)
            stored = Article.objects.get(pk=article.pk)
            assert (stored.status, stored.round) == (status, began)
            assert not article.reviews.exists()


def test_a_manuscript_goes_through_three_reviews_to_acceptance():
    writer = a_user()
    article = an_article(contributor=writer)
    workflow.hand_in(article, by=writer)
    first, second, final = a_user(EDITOR), a_user(SENIOR), a_user(CHIEF)
    workflow.receive(article, by=first)
    workflow.decide(article, "pass", by=first, note="有细节。")
    workflow.decide(article, "pass", by=second)
    workflow.decide(article, "pass", by=final)
    assert article.status == Status.ACCEPTED
    assert [(review.stage, review.reviewer) for review in article.reviews.all()] == [
        ("first", first),
        ("second", second),
        ("final", final),
    ]
    assert [event.verb for event in record.of(article)] == ["通过"] * 3 + ["开始初审", "投稿"]


def test_handing_in_gives_a_receipt_number_that_stays_when_it_is_handed_in_again():
    writer = a_user()
    article = an_article(contributor=writer)
    workflow.hand_in(article, by=writer)
    receipt = article.receipt
    assert receipt.endswith(f"-{article.pk:05d}")
    editor = a_user(EDITOR)
    workflow.receive(article, by=editor)
    workflow.decide(article, "return", by=editor, opinion="请补上时间。")
    workflow.hand_in(article, by=writer)
    assert (article.receipt, article.round) == (receipt, 2)


def test_what_is_called_back_keeps_its_number_and_editors_see_it_no_more():
    writer, editor = a_user(), a_user(EDITOR)
    article = an_article(contributor=writer)
    workflow.hand_in(article, by=writer)
    assert article in Article.objects.visible_to(editor)
    workflow.recall(article, by=writer)
    assert (article.status, article.receipt[:1]) == (Status.DRAFT, "2")
    assert article not in Article.objects.visible_to(editor)
    assert article in Article.objects.visible_to(writer)


def test_what_an_editor_has_begun_to_read_is_not_called_back():
    """The editor was first; the writer's page did not know yet."""
    writer = a_user()
    article = an_article(contributor=writer)
    workflow.hand_in(article, by=writer)
    stale = Article.objects.get(pk=article.pk)
    workflow.receive(article, by=a_user(EDITOR))
    with pytest.raises(NotAllowed, match="现在是“初审中”，不能撤回修改"):
        workflow.recall(stale, by=writer)


def test_nobody_reviews_their_own_manuscript():
    editor = a_user(EDITOR)
    handed_in_by_them = an_article(status=Status.FIRST_REVIEW, contributor=editor)
    written_by_them = an_article(status=Status.FIRST_REVIEW)
    author = written_by_them.authorships.get().author
    author.user = editor
    author.save()
    for article in (handed_in_by_them, written_by_them):
        with pytest.raises(NotAllowed, match="不能审自己的稿件"):
            workflow.decide(article, "pass", by=editor)
        waiting = Article.objects.filter(pk=article.pk)
        waiting.update(status=Status.SUBMITTED)
        with pytest.raises(NotAllowed, match="不能审自己的稿件"):
            workflow.receive(waiting.get(), by=editor)


def test_nobody_passes_two_of_the_three_reviews():
    chief = a_user(CHIEF)
    article = an_article(status=Status.FIRST_REVIEW)
    workflow.decide(article, "pass", by=chief)
    with pytest.raises(NotAllowed, match="三审须由不同的人完成"):
        workflow.decide(article, "pass", by=chief)
    Masthead.objects.update(small_office=True)
    workflow.decide(article, "pass", by=chief)
    assert article.status == Status.FINAL_REVIEW


def test_a_pass_of_an_earlier_round_bars_nobody():
    """The text came back changed: whoever passed the first review then may make the second now."""
    writer, chief = a_user(), a_user(CHIEF)
    article = an_article(status=Status.FIRST_REVIEW, contributor=writer)
    workflow.decide(article, "pass", by=chief)
    workflow.decide(article, "return", by=a_user(SENIOR), opinion="请补上时间。")
    workflow.hand_in(article, by=writer)
    editor = a_user(EDITOR)
    workflow.receive(article, by=editor)
    workflow.decide(article, "pass", by=editor)
    workflow.decide(article, "pass", by=chief)
    assert article.status == Status.FINAL_REVIEW
    assert [(review.round, review.stage) for review in article.reviews.filter(reviewer=chief)] == [
        (1, "first"),
        (2, "second"),
    ]


def test_the_same_stage_is_passed_again_by_who_passed_it_before():
    """The text was changed after the pass, and fell back to that stage."""
    editor = a_user(EDITOR)
    article = an_article(status=Status.FIRST_REVIEW)
    workflow.decide(article, "pass", by=editor)
    workflow.fall_back(article, Status.FIRST_REVIEW, by=editor)
    workflow.decide(article, "pass", by=editor)
    assert article.status == Status.SECOND_REVIEW


def test_returning_and_rejecting_need_a_reason():
    article, editor = an_article(status=Status.FIRST_REVIEW), a_user(EDITOR)
    for decision in ("return", "reject"):
        with pytest.raises(NotAllowed, match="请写下给作者的意见"):
            workflow.decide(article, decision, by=editor, opinion=" \u200b\u202e")
    assert not Review.objects.exists()


def test_a_review_holds_the_digest_of_the_text_that_was_read():
    article, editor = an_article(status=Status.FIRST_REVIEW), a_user(EDITOR)
    review = workflow.decide(article, "pass", by=editor)
    assert review.digest == article.digest()
    article.title = "改过的标题"
    assert review.digest != article.digest()


def test_two_editors_at_once_decide_once():
    """The second works on a row that is not what the first left: refused, nothing is doubled."""
    article, first, second = an_article(status=Status.FIRST_REVIEW), a_user(EDITOR), a_user(EDITOR)
    stale = Article.objects.get(pk=article.pk)
    workflow.decide(article, "hold", by=first)
    with pytest.raises(NotAllowed, match="现在是“备用”"):
        workflow.decide(stale, "reject", by=second, opinion="不合适。")
    assert article.reviews.count() == 1


def test_a_manuscript_in_an_issue_is_not_reopened():
    article = an_article(issue=an_issue())
    with pytest.raises(NotAllowed, match="请先从该期撤下"):
        workflow.reopen(article, by=a_user(EDITOR), why="再看")


def test_reopening_needs_a_reason_and_begins_a_new_round():
    article, editor = an_article(status=Status.HELD), a_user(EDITOR)
    with pytest.raises(NotAllowed, match="重新审稿的理由"):
        workflow.reopen(article, by=editor, why=" \u200b\u202e")
    assert Article.objects.get(pk=article.pk).status == Status.HELD
    workflow.reopen(article, by=editor, why="有版面了")
    assert (article.status, article.round) == (Status.FIRST_REVIEW, 2)


def test_a_draft_that_was_withdrawn_and_never_handed_in_is_not_reopened():
    writer = a_user()
    article = an_article(contributor=writer)
    workflow.withdraw(article, by=writer)
    with pytest.raises(NotAllowed, match="没有投出过"):
        workflow.reopen(article, by=a_user(EDITOR), why="再看")


def test_the_buttons_offered_are_those_that_work():
    article, editor = an_article(status=Status.FIRST_REVIEW), a_user(EDITOR)
    assert workflow.actions_for(article, editor) == ["pass", "return", "reject", "hold"]
    assert workflow.actions_for(article, a_user(Role.AUDITOR)) == []
