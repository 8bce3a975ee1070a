"""Branches and authors are renamed and merged at any time: what was signed does not change."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from articles.models import Article
from articles.naming import merging, renaming
from issues.exports import archive, book
from issues.making import make_up, preflight, publication
from issues.models import Issue
from servicejournal.roles import Role
from tests.factories import a_user, accepted, an_author, an_issue, proofread
from tests.prepared import laid_out

pytestmark = pytest.mark.django_db


def signed_off() -> Issue:
    chief = a_user(Role.CHIEF_EDITOR)
    issue = an_issue(date=date(2026, 12, 18), running_number=66)
    make_up.place([accepted(title="一盏灯"), accepted(title="两把椅子")], issue, by=chief)
    proofread(issue)
    publication.sign_off(issue, by=chief)
    return issue


@pytest.fixture
def signed(db) -> Issue:
    return laid_out(signed_off)


@pytest.mark.parametrize("hours", [None, 2, -2], ids=["signed", "scheduled", "out"])
def test_names_of_people_change_nothing_that_was_signed(signed, hours):
    if hours:
        at = timezone.now() + timedelta(hours=hours)
        chief = signed.signed_off_by
        Issue.objects.filter(pk=signed.pk).update(published_at=at, published_by=chief)
    editor, other = a_user(Role.EDITOR), an_author("高 志远", "松山支行")
    authorship = Article.objects.get(title="一盏灯").authorships.get()
    before = [article.byline for article in Article.objects.order_by("pk")]
    found = preflight.check(Issue.objects.get(pk=signed.pk))
    renaming.rename_branch(authorship.branch, "新东岭支行", by=editor, why="更名")
    renaming.rename_author(authorship.author, "高致远", by=editor, why="写错了")
    merging.merge_branches(other.branch, [authorship.branch], by=editor, why="并入")
    merging.merge_authors(other, [authorship.author], by=editor, why="同一个人")
    assert [article.byline for article in Article.objects.order_by("pk")] == before
    issue = Issue.objects.get(pk=signed.pk)
    assert archive.digest(book.of(issue)) == signed.signed_off_digest
    assert preflight.check(issue) == found
