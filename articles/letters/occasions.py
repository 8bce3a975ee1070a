"""What happened to a manuscript, told to its contributor once.

Called by the verb that makes it happen, inside its transaction: the notice is there or nothing
happened. Each adds one `Notice` and, where the contributor has a mail address, puts a letter into
the post (`post.put_in`). An account that is closed and a back issue's article are told nothing.
"""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from articles.models import Article, Assignment, Endorsement, Notice, Review
from servicejournal.certain import certain
from servicejournal.models import User

from . import post, wording

Kind = Notice.Kind
Decision = Review.Decision


def received(article: Article) -> None:
    words = wording.received(
        article.title, _receipt(article), round=article.round, days=settings.REVIEW_DAYS
    )
    _tell(article, Kind.RECEIVED, article.round, words)


def _receipt(article: Article) -> str:
    return certain(article.receipt, "article_handed_in_has_a_receipt")


def endorsed(endorsement: Endorsement) -> None:
    """On the site only: what was endorsed is handed in, and `received` writes the letter."""
    words = wording.endorsed(endorsement.article.title, _signer(endorsement))
    _tell(endorsement.article, Kind.ENDORSED, endorsement.pk, words, by_mail=False)


def not_endorsed(endorsement: Endorsement) -> None:
    words = wording.not_endorsed(endorsement.article.title, _signer(endorsement))
    _tell(endorsement.article, Kind.NOT_ENDORSED, endorsement.pk, words)


def _signer(endorsement: Endorsement) -> str:
    return f"{endorsement.post}{endorsement.signer}"


def decided(review: Review) -> None:
    """A review's decision; a pass is news only where it is the last of the three."""
    if review.decision != Decision.PASS:
        _OF_DECISIONS[review.decision](review)
    elif review.article.status == Article.Status.ACCEPTED:
        accepted(review.article)


def returned(review: Review) -> None:
    article = review.article
    _tell(article, Kind.RETURNED, review.pk, wording.returned(article.title, _receipt(article)))


def held(review: Review) -> None:
    article = review.article
    _tell(article, Kind.HELD, review.pk, wording.held(article.title, _receipt(article)))


def rejected(review: Review) -> None:
    article = review.article
    _tell(article, Kind.REJECTED, review.pk, wording.rejected(article.title, _receipt(article)))


_OF_DECISIONS: dict[str, Callable[[Review], None]] = {
    Decision.RETURN: returned,
    Decision.HOLD: held,
    Decision.REJECT: rejected,
}


def accepted(article: Article) -> None:
    words = wording.accepted(article.title, _receipt(article))
    _tell(article, Kind.ACCEPTED, article.round, words)


def placed(article: Article) -> None:
    """Moved about, out and in again, it is told once for each issue."""
    words = wording.placed(article.title, _issue(article))
    _tell(article, Kind.PLACED, article.issue_id, words)


def _issue(article: Article) -> str:
    """Its name."""
    return certain(article.issue, "it was placed, or its issue is out").label


def out(article: Article) -> bool:
    """Its issue is out now: never call it for a schedule. Whether that was news."""
    words = wording.out(article.title, _issue(article))
    return _tell(article, Kind.OUT, "once", words, path=article.get_absolute_url())


def corrected(article: Article, *, occasion: int) -> bool:
    """`occasion` is the number of the correction."""
    words = wording.corrected(article.title, _issue(article))
    return _tell(article, Kind.CORRECTED, occasion, words, path=article.get_absolute_url())


def taken_back(article: Article, issue: str, *, occasion: int) -> bool:
    """The article, or its whole issue (its name); `occasion` is the number of the withdrawal."""
    words = wording.taken_back(article.title, issue)
    return _tell(article, Kind.TAKEN_BACK, occasion, words)


def deadline_near(article: Article) -> bool:
    """The draft answers a call that ends soon, or ended. A deadline that moves is news again."""
    call = certain(article.call, "who asks for this has a draft that answers a call")
    words = wording.deadline_near(
        article.title, call.theme, call.deadline, today=timezone.localdate()
    )
    path = reverse("submission_edit", args=[article.pk])
    return _tell(article, Kind.DEADLINE, f"{call.pk}:{call.deadline}", words, path=path)


def review_due(assignment: Assignment) -> bool:
    """To the editor who has it: once when it falls due, once more when it is overdue."""
    words = wording.review_due(assignment.article.title, assignment.due, today=timezone.localdate())
    path = reverse("admin:articles_article_review", args=[assignment.article_id])
    when = "overdue" if assignment.is_overdue else "due"
    occasion = f"{assignment.pk}:{when}"
    to = assignment.editor
    return _tell(assignment.article, Kind.REVIEW, occasion, words, path=path, to=to)


def assigned(assignment: Assignment, *, by: User) -> bool:
    """To the editor who has it now; whoever takes it on themselves knows."""
    if assignment.editor_id == by.pk:
        return False
    words = wording.assigned(assignment.article.title, by.name, assignment.due)
    return _tell_editor(assignment, Kind.ASSIGNED, words)


def taken_off(assignment: Assignment, *, by: User, how: str) -> bool:
    """To the editor who had it, where somebody else took it off them, and how."""
    if assignment.editor_id == by.pk:
        return False
    words = wording.taken_off(assignment.article.title, by.name, how)
    return _tell_editor(assignment, Kind.TAKEN_OFF, words)


def _tell_editor(assignment: Assignment, kind: Notice.Kind, words: wording.Words) -> bool:
    path = reverse("admin:articles_article_review", args=[assignment.article_id])
    to = assignment.editor
    return _tell(assignment.article, kind, assignment.pk, words, path=path, to=to)


def _tell(
    article: Article,
    kind: Notice.Kind,
    occasion: Any,
    words: wording.Words,
    *,
    path: str = "",
    by_mail: bool = True,
    to: User | None = None,
) -> bool:
    """True where it is news. `occasion` tells apart what may happen several times to an article."""
    recipient = to or article.contributor
    if not recipient.is_active or article.origin == Article.Origin.BACK_ISSUE:
        return False
    address = recipient.email if by_mail and post.is_open() else ""
    notice, is_new = Notice.objects.get_or_create(
        key=f"{kind}:{article.pk}:{occasion}",
        defaults={
            "recipient": recipient,
            "kind": kind,
            "article": article,
            "subject": words.subject,
            "words": words.body,
            "path": path or reverse("submission", args=[article.pk]),
            "address": address,
            "due_at": timezone.now() if address else None,
        },
    )
    if is_new and address:
        post.put_in(notice)
    return is_new
