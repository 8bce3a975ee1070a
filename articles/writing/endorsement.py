"""单位负责人签审: the head of the branch reads exactly this text, by a link, and lets it leave.

Off by default (BRANCH_ENDORSEMENT). What was signed is the digest of the text; whether it is that
of the present text is asked each time and stored nowhere. Every verb is one transaction.
"""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core import signing
from django.db import transaction
from django.utils import timezone

from servicejournal import record, spelling
from servicejournal.certain import certain
from servicejournal.models import User

from .. import letters
from ..models import Article, Endorsement
from ..models.endorsement import name_and_post
from ..reviewing import staffing, workflow

#: How long a link can be signed; said on the page that gives it.
DAYS = 14
ASKED = "送单位签审"
ANSWERED = "单位签审"
# The age is counted from the asking, not from the signing of an address: the same link each time
# that the writer looks at the page, and no younger for it.
_signer = signing.Signer(salt="articles.endorsement")


class Closed(ValueError):
    """The link is no longer for signing; the message (Chinese) says why and what to do."""


def token_of(endorsement: Endorsement) -> str:
    return _signer.sign(str(endorsement.pk))


def by_token(token: str) -> Endorsement:
    """The request behind a link. Raises `Endorsement.DoesNotExist`, also for a forged link."""
    try:
        pk = int(_signer.unsign(token))
    except (signing.BadSignature, ValueError) as forged:
        raise Endorsement.DoesNotExist from forged
    return Endorsement.objects.select_related("article__section", "asked_by").get(pk=pk)


def why_closed(endorsement: Endorsement, article: Article) -> str:
    """Why it cannot be signed now, in Chinese; the empty string where it can."""
    again = "请作者把新的链接发给您。"
    if endorsement.answer:
        return "这篇稿件已经签过意见，结果作者看得到。"
    if not article.with_the_writer:
        return "这篇稿件现在不用签审了。"
    if article.endorsements.first() != endorsement:
        return f"作者后来又送签了一次，这个链接已经作废。{again}"
    if is_late(endorsement):
        return f"链接过了 {DAYS} 天，已经失效。{again}"
    if not _is_of(endorsement, article):
        return f"作者送签之后又改了文字，这个链接已经作废。{again}"
    return ""


def signer_is_called_like(endorsement: Endorsement) -> str:
    """Whom of those who wrote the text the signer is a namesake of; the empty string where of
    nobody. It may be somebody else: the desk asks the branch.
    """
    article = endorsement.article
    names = [article.contributor.name, *(each.author_name for each in article.authorships.all())]
    signer = spelling.folded(name_and_post(endorsement.signer, endorsement.post)[0])
    return next((name for name in names if spelling.folded(name) == signer), "")


def _is_of(endorsement: Endorsement, article: Article) -> bool:
    """Of the present text, which is still whole: the section is not in the digest."""
    return endorsement.digest == article.digest() and article.section_id is not None


def is_late(endorsement: Endorsement) -> bool:
    return endorsement.asked_at + timedelta(days=DAYS) < timezone.now()


def pending(article: Article) -> Endorsement | None:
    """The request that waits for its answer, while the text is what was sent for it."""
    if not settings.BRANCH_ENDORSEMENT or not article.with_the_writer:
        return None
    newest = next(iter(article.endorsements.all()), None)
    if newest is None or newest.answer or is_late(newest):
        return None
    return newest if _is_of(newest, article) else None


def signed(article: Article) -> Endorsement | None:
    """The newest agreement, to whichever text."""
    agreed = Endorsement.Answer.AGREED
    return next((each for each in article.endorsements.all() if each.answer == agreed), None)


def refusal(article: Article) -> Endorsement | None:
    """The answer of a branch that gave the text back, until it is asked again."""
    if not settings.BRANCH_ENDORSEMENT or not article.with_the_writer:
        return None
    newest = next(iter(article.endorsements.all()), None)
    if newest is None or newest.answer != Endorsement.Answer.REFUSED:
        return None
    at = certain(newest.answered_at, "constraint endorsement_is_whole")
    return newest if at >= article.stage_since else None


def lets_leave(article: Article) -> bool:
    """Whether the text, exactly as it is, may leave the branch."""
    agreed = signed(article)
    return not settings.BRANCH_ENDORSEMENT or bool(agreed and agreed.digest == article.digest())


@transaction.atomic
def ask(article: Article, *, by: User, declared: list[str]) -> Endorsement:
    """Sends a text that the caller holds locked and found whole; the second of two clicks is one.

    A new request makes the link before it void. What was sent is a version of its own, which no
    saving by itself drops again.
    """
    if reason := workflow.why_not(article, workflow.Action.HAND_IN, by):
        raise workflow.NotAllowed(reason)
    if waiting := pending(article):
        return waiting
    article.store(by=by, why=ASKED)
    asked = Endorsement.objects.create(article=article, digest=article.digest(), asked_by=by)
    what: dict[str, Any] = {
        "declared": declared,
        "digest": asked.digest,
        "endorsement": asked.pk,
    }
    record.write(ASKED, article, by=by, **what)
    return asked


@dataclass(frozen=True, slots=True)
class Signer:
    """Who answers, as they say, and what the program knows of where they sit: the connection's
    `address`, the account that is signed in there, whether the link was asked for there.
    """

    name: str
    post: str
    address: str
    account: User | None = None
    asked_here: bool = False


def why_not_theirs(endorsement: Endorsement, signer: Signer) -> str:
    """Why whoever sits there cannot sign, in Chinese: nobody lets their own text leave."""
    account = signer.account
    if account and account.pk in {endorsement.asked_by_id, *staffing.writers(endorsement.article)}:
        return (
            "您用作者的账号登录着，作者不能签自己的稿件。"
            "请把链接发给单位负责人，由他在自己的手机上签。"
        )
    if signer.asked_here:
        return (
            "这台设备上有人用作者的账号送签过这篇稿件，不能在这里签。"
            "请单位负责人在自己的手机或电脑上打开链接。"
        )
    return ""


@transaction.atomic
def agree(endorsement: Endorsement, *, signer: Signer, words: str) -> Article:
    """同意报送: hands the manuscript in by that act, in the name of its contributor.

    Raises `Closed`. The writer declared what is to be declared when asking.
    """
    current = _answer(endorsement, Endorsement.Answer.AGREED, signer, words)
    asked = record.of(current).get(verb=ASKED, what__endorsement=endorsement.pk)
    workflow.hand_in(current, by=current.contributor, what=asked.what)
    letters.endorsed(endorsement)
    return current


@transaction.atomic
def refuse(endorsement: Endorsement, *, signer: Signer, words: str) -> Article:
    """退回作者, with a reason: nothing leaves the branch. Raises `Closed`."""
    if not words.strip():
        raise Closed("请写明退回的理由，作者要知道改哪里。")
    article = _answer(endorsement, Endorsement.Answer.REFUSED, signer, words)
    letters.not_endorsed(endorsement)
    return article


def _answer(endorsement: Endorsement, answer: str, signer: Signer, words: str) -> Article:
    """One answer, under the article's lock; the record knows from where it came."""
    article = Article.objects.select_for_update(of=("self",)).get(pk=endorsement.article_id)
    endorsement.refresh_from_db()
    if reason := why_closed(endorsement, article) or why_not_theirs(endorsement, signer):
        raise Closed(reason)
    endorsement.answer, endorsement.answered_at = answer, timezone.now()
    endorsement.signer, endorsement.post, endorsement.words = signer.name, signer.post, words
    endorsement.save(update_fields=["answer", "answered_at", "signer", "post", "words"])
    what: dict[str, Any] = {
        "answer": answer,
        "digest": endorsement.digest,
        "endorsement": endorsement.pk,
    }
    if signer.account:
        what["account"] = signer.account.pk
    what["address"] = signer.address
    record.write(ANSWERED, article, by=endorsement.signed_by, why=words, **what)
    return article
