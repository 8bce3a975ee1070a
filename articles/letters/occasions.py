"""What happened to a manuscript, told to its contributor once; of roles, the office is told.

Called by the verb that makes it happen, inside its transaction: the notice is there or nothing
happened. Each adds one `Notice` and, where the contributor has a mail address, puts a letter into
the post (`post.put_in`). What a decision tells is neither shown nor sent while the decision may be
taken back. An account that is closed and a back issue's article are told nothing.
"""

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from articles.models import Article, Assignment, Deputy, Endorsement, Notice, Review
from servicejournal import clock
from servicejournal.certain import certain
from servicejournal.models import RoleGrant, RoleRequest, User
from servicejournal.roles import Role

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
    words = wording.endorsed(endorsement.article.title, endorsement.signed_by)
    _tell(endorsement.article, Kind.ENDORSED, endorsement.pk, words, by_mail=False)


def not_endorsed(endorsement: Endorsement) -> None:
    words = wording.not_endorsed(endorsement.article.title, endorsement.signed_by)
    _tell(endorsement.article, Kind.NOT_ENDORSED, endorsement.pk, words)


def decided(review: Review) -> None:
    """A review's decision, where it is news: to the desk alone a pass that is not the last of the
    three, and what goes back to the stage before.
    """
    if review.decision in _OF_DECISIONS:
        _OF_DECISIONS[review.decision](review)
    elif review.article.status == Article.Status.ACCEPTED:
        accepted(review)


def returned(review: Review) -> None:
    article = review.article
    words = wording.returned(article.title, _receipt(article))
    _tell(article, Kind.RETURNED, review.pk, words, not_before=review.revocable_until)


def held(review: Review) -> None:
    article = review.article
    words = wording.held(article.title, _receipt(article))
    _tell(article, Kind.HELD, review.pk, words, not_before=review.revocable_until)


def rejected(review: Review) -> None:
    article = review.article
    words = wording.rejected(article.title, _receipt(article))
    _tell(article, Kind.REJECTED, review.pk, words, not_before=review.revocable_until)


_OF_DECISIONS: dict[str, Callable[[Review], None]] = {
    Decision.RETURN: returned,
    Decision.HOLD: held,
    Decision.REJECT: rejected,
}


def accepted(review: Review) -> None:
    article = review.article
    words = wording.accepted(article.title, _receipt(article))
    _tell(article, Kind.ACCEPTED, article.round, words, not_before=review.revocable_until)


def unsaid(review: Review) -> bool:
    """What the decision was to tell is dropped. False where its letter is on its way already."""
    told = Notice.objects.select_for_update(of=("self",)).filter(
        article=review.article, not_before=review.revocable_until
    )
    if any(notice.attempts for notice in told):
        return False
    Notice.objects.filter(pk__in=[notice.pk for notice in told]).delete()
    return True


def placed(article: Article) -> None:
    """Moved about, out and in again, it is told once for each issue; not before it has settled."""
    words = wording.placed(article.title, _issue(article))
    settled = clock.now() + Review.REVOCABLE
    _tell(article, Kind.PLACED, article.issue_id, words, not_before=settled)


def taken_out(article: Article, issue: int) -> None:
    """Of the issue (its number) again: where its writer was not told yet, nothing is told."""
    told = Notice.objects.filter(article=article, key=_key(article, Kind.PLACED, issue))
    told.filter(not_before__gt=timezone.now(), attempts=0).delete()


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


def echoed(article: Article, *, occasion: int) -> bool:
    """A reader's letter about the article was passed; `occasion` is its number. Not by mail."""
    words = wording.echoed(article.title)
    path = f"{article.get_absolute_url()}#letters"
    return _tell(article, Kind.ECHO, occasion, words, path=path, by_mail=False)


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


def _key(article: Article, kind: Notice.Kind, occasion: Any) -> str:
    return f"{kind}:{article.pk}:{occasion}"


def role_asked(asked: RoleRequest) -> None:
    """To everybody who may be the second person of a role that takes two."""
    words = wording.role_asked(
        str(asked.user),
        asked.get_role_display(),
        asked_by=str(asked.asked_by),
        why=asked.why,
    )
    path = reverse("admin:servicejournal_user_role_request", args=[asked.pk])
    for to in User.objects.seconds().exclude(pk__in=[asked.asked_by_id, asked.user_id]):
        _tell_of_a_role(to, f"asked:{asked.pk}", words, path)


def two_hats(given: RoleGrant, *, by: str) -> None:
    """To the chief editors: who runs the accounts decides on manuscripts from now on."""
    words = wording.two_hats(str(given.user), by=by)
    for to in User.objects.with_role(Role.CHIEF_EDITOR).exclude(pk=given.user_id):
        _tell_of_a_role(to, f"two-hats:{given.pk}", words, reverse("notices"))


def _tell_of_a_role(to: User, occasion: str, words: wording.Words, path: str) -> None:
    _put_up(to, Kind.ROLE, f"{Kind.ROLE}:{occasion}:{to.pk}", words, path=path)


def to_confirm(article: Article, to: Iterable[User], *, digest: str) -> None:
    """To those who may confirm a change after the final review: once for each text."""
    _tell_each(article, to, digest, wording.to_confirm(article.title))


def nobody_confirms(article: Article, to: Iterable[User], *, digest: str) -> None:
    """To those who can appoint somebody who may."""
    _tell_each(article, to, digest, wording.nobody_confirms(article.title))


def correction_proposed(
    article: Article, to: Iterable[User], *, occasion: int, by: str, path: str
) -> None:
    """To those who may confirm a large correction of what is out."""
    words = wording.correction_proposed(article.title, by=by)
    for user in to:
        _tell(article, Kind.CONFIRM, f"proposal:{occasion}:{user.pk}", words, path=path, to=user)


def _tell_each(article: Article, to: Iterable[User], digest: str, words: wording.Words) -> None:
    path = reverse("admin:articles_article_review", args=[article.pk])
    for user in to:
        occasion = f"{digest[:16]}:{user.pk}"
        _tell(article, Kind.CONFIRM, occasion, words, path=path, to=user)


def deputy_granted(deputy: Deputy, *, to: Iterable[User]) -> None:
    """To the deputy, and to others whom it concerns."""
    for user in to:
        words = wording.deputy_granted(deputy, theirs=user.pk == deputy.user_id)
        _tell_colleague(user, f"{Kind.DEPUTY}:{deputy.pk}:granted:{user.pk}", words)


def deputy_revoked(deputy: Deputy, *, to: Iterable[User]) -> None:
    for user in to:
        words = wording.deputy_revoked(deputy, theirs=user.pk == deputy.user_id)
        _tell_colleague(user, f"{Kind.DEPUTY}:{deputy.pk}:revoked:{user.pk}", words)


def _tell_colleague(user: User, key: str, words: wording.Words) -> None:
    path = reverse("admin:articles_deputy_changelist")
    _put_up(user, Kind.DEPUTY, key, words, path=path)


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
    not_before: datetime | None = None,
) -> bool:
    """True where it is news. `occasion` tells apart what may happen several times to an article."""
    if article.origin == Article.Origin.BACK_ISSUE:
        return False
    return _put_up(
        to or article.contributor,
        kind,
        _key(article, kind, occasion),
        words,
        path=path or reverse("submission", args=[article.pk]),
        by_mail=by_mail,
        article=article,
        not_before=not_before,
    )


def _put_up(
    recipient: User,
    kind: Notice.Kind,
    key: str,
    words: wording.Words,
    *,
    path: str,
    by_mail: bool = True,
    article: Article | None = None,
    not_before: datetime | None = None,
) -> bool:
    """One notice, and its letter; False where it is there already, or nobody would read it."""
    if not recipient.is_active:
        return False
    address = recipient.email if by_mail and post.is_open() else ""
    notice, is_new = Notice.objects.get_or_create(
        key=key,
        defaults={
            "recipient": recipient,
            "kind": kind,
            "article": article,
            "subject": words.subject,
            "words": words.body,
            "path": path,
            "address": address,
            "not_before": not_before,
            "due_at": (not_before or timezone.now()) if address else None,
        },
    )
    if is_new and address:
        post.put_in(notice)
    return is_new
