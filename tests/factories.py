"""Test data in one line each: a person, an article, an issue. Built through the models alone.

What a test does not name gets a fresh, plausible value, so that two calls never collide.
"""

from collections.abc import Sequence
from datetime import date, timedelta
from io import BytesIO
from itertools import count
from typing import Any

from django.utils import timezone
from PIL import Image

from articles.models import Article, Author, Authorship, Branch, Call, Picture, Review, Section
from articles.pictures import renditions, taking
from articles.reviewing import seen
from issues.exports import archive, book
from issues.making import editions, orders, page_checks, preflight, proofs
from issues.models import Edition, Issue, Making, Proof
from servicejournal.models import Masthead, RoleGrant, User

PASSWORD = "a-long-enough-pass-phrase"

_numbers = count(1)
_issues = count(1)  # of their own: years must stay plausible however many people are made


def a_user(*roles: str, **facts: Any) -> User:
    """An account with the given roles; its password is PASSWORD."""
    number = next(_numbers)
    facts = {"username": f"user{number}", "name": f"员工{number}", **facts}
    user = User.objects.create_user(password=PASSWORD, **facts)
    for role in roles:
        RoleGrant.objects.create(user=user, role=role)
    return user


def a_section(slug: str = "service-management") -> Section:
    """One of the ten sections that the migration makes, by slug."""
    return Section.objects.get(slug=slug)


def an_author(name: str = "", branch: str = "") -> Author:
    """The author of that name in that branch, both made when missing."""
    at = Branch.objects.named(branch) if branch else None
    return Author.objects.of_byline(name or f"作者{next(_numbers)}", at)


def an_article(
    *, authors: Sequence[tuple[str, str]] = (("东岭支行", "高志远"),), **facts: Any
) -> Article:
    """A draft; `authors` are (branch, name) in print order, no branch being "".

    Accepted where it stands in an `issue` (in 服务管理, behind what is there, unless told).
    """
    number = next(_numbers)
    body = f"<p>这是第 {number} 篇文章的正文，写柜台内外的一件小事。</p>"
    facts = {"title": f"第 {number} 篇文章", "body": body, **facts}
    facts["contributor"] = facts.get("contributor") or a_user()
    if facts.get("issue"):
        facts = {"section": a_section(), "status": Article.Status.ACCEPTED, **facts}
        facts.setdefault("position", number)
    if facts.get("status", Article.Status.DRAFT) != Article.Status.DRAFT:
        facts = {
            "receipt": f"T-{number:05d}",
            "submitted_at": timezone.now(),
            "round": 1,
            **facts,
        }
    article = Article.objects.create(**facts)
    for position, (branch, name) in enumerate(authors, start=1):
        author = an_author(name, branch)
        Authorship.objects.create(
            article=article, author=author, branch=author.branch, position=position
        )
    if article.issue and article.issue.standing_id:
        printed_anew(article.issue)
    return article


def an_issue(*, published: bool = False, articles: int = 0, **facts: Any) -> Issue:
    """An issue in the making, or one that is out; with so many articles."""
    number = next(_issues)
    facts = {"year": 1980 + number // 50 % 120, "number": number % 50 + 1, **facts}
    if published:
        facts = {**signed_off_and_published(), "date": date(2026, 6, 24), **facts}
    dates = {name: facts.pop(name) for name in signed_off_and_published_names & set(facts)}
    issue = Issue.objects.create(**facts)
    if dates:
        _date(issue, **dates)
    for _ in range(articles):
        an_article(issue=issue)
    return issue


def _date(issue: Issue, **dates: Any) -> None:
    """Signed off, with the edition that a signature needs, and perhaps out."""
    out_since = dates.get("published_at")
    edition = Edition.objects.create(
        issue=issue, number=1, made_by=dates["signed_off_by"], sha256="0" * 64, out_since=out_since
    )
    for name, value in {**dates, "standing": edition}.items():
        setattr(issue, name, value)
    issue.save()
    printed_anew(issue)


def signed_by(chief: User, issue: Issue) -> Issue:
    """Signed off as it stands, whatever preflight would say."""
    _date(issue, signed_off_at=timezone.now(), signed_off_by=chief, signed_off_digest="a" * 64)
    return issue


def printed_anew(issue: Issue) -> None:
    """The standing edition prints what the desk has now, as if it had been signed off like that."""
    edition = Edition.objects.get(standing_for=issue)
    edition.printed.all().delete()
    printing = book.printing_of(issue)
    editions.keep(edition, editions.Planned(issue, printing, book.face_of(issue)))
    issue.save()


def a_next_edition(issue: Issue, **facts: Any) -> Edition:
    """What the desk has now, as the next edition, in the place of the one that readers held."""
    number = issue.editions.count() + 1
    facts = {"sha256": "0" * 64, "out_since": issue.published_at, **facts}
    edition = Edition.objects.create(issue=issue, number=number, made_by=a_user(), **facts)
    issue.standing = edition
    issue.save()
    printed_anew(issue)
    return Edition.objects.get(pk=edition.pk)


def made() -> None:
    """What was ordered at the desk is made, as the queue would."""
    for making in Making.objects.under_way():
        orders.make.call(making.pk)


def accepted(*stages: str, **facts: Any) -> Article:
    """An accepted manuscript with its three reviews, or with those of these stages."""
    article = an_article(status=Article.Status.ACCEPTED, **{"section": a_section(), **facts})
    for stage in stages or Review.Stage:
        article.reviews.create(
            stage=stage, decision="pass", reviewer=a_user(), round=1, digest=article.digest()
        )
    return article


def proofread(issue: Issue) -> None:
    """Three proofs (三校) of the issue as it stands, by three people."""
    digest = archive.digest(book.of(issue))
    for round_ in Proof.Round:
        Proof.objects.create(issue=issue, round=round_, proofreader=a_user(), digest=digest)


def a_small_office() -> None:
    """One person may make two of three reviews, and two proofs in a row."""
    Masthead.objects.update_or_create(pk=1, defaults={"small_office": True})


def shown(article: Article) -> dict[str, str]:
    """What a form of the review page carries of the manuscript as it is now."""
    now = Article.objects.get(pk=article.pk)
    return {"digest": now.digest(), "state": str(seen.of(now))}


def release_page(issue: Issue) -> dict[str, Any]:
    """What the forms of the release page carry of the issue as it is now."""
    now = Issue.objects.get(pk=issue.pk)
    warnings = [*preflight.check(now), *page_checks.check(now)]
    return {
        "edition": now.standing_id or 0,
        "digest": archive.digest(book.of(now)),
        "accept": [each.code for each in warnings if not each.blocks],
        "why_all": "看过，照此签发",
    }


def proofs_page(issue: Issue) -> dict[str, Any]:
    """What the forms of the page of the proofs (三校) carry of the issue as it is now."""
    now = Issue.objects.get(pk=issue.pk)
    last = now.proofs.standing().last()
    return {
        "due": proofs.of(now).due or "",
        "digest": archive.digest(book.of(now)),
        "proof": last.pk if last else "",
    }


def a_call(*, days: int = 12, **facts: Any) -> Call:
    """A call for papers whose last day is in so many days."""
    deadline = timezone.localdate() + timedelta(days=days)
    facts = {"theme": f"第 {next(_numbers)} 次征稿", "words": "写一件小事。", **facts}
    return Call.objects.create(deadline=deadline, **facts)


signed_off_and_published_names = {
    "signed_off_at", "signed_off_by", "signed_off_digest", "published_at", "published_by",
}  # fmt: skip


def signed_off_and_published() -> dict[str, Any]:
    """The fields that publication sets on an issue."""
    chief = User.objects.filter(username="chief").first() or a_user(
        "chief_editor", username="chief"
    )
    now = timezone.now()
    return {
        "signed_off_at": now,
        "signed_off_by": chief,
        "signed_off_digest": "0" * 64,
        "published_at": now,
        "published_by": chief,
    }


def a_picture(article: Article | None = None, *, by: User | None = None) -> Picture:
    """A stored picture (with its renditions) of the article."""
    out = BytesIO()
    Image.new("RGB", (640, 400), "#a4231d").save(out, "PNG")
    picture = taking.take(out.getvalue(), by=by or a_user(), article=article)
    renditions.make.func(picture.pk)  # as the worker does
    return picture
