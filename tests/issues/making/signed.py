"""An issue that is signed, scheduled or out."""

from datetime import date, timedelta

from django.utils import timezone

from issues.making import make_up, publication
from issues.models import Issue
from servicejournal.roles import Role
from tests.factories import (
    a_user,
    accepted,
    an_issue,
    proofread,
)
from tests.issues.making.desks import Desk


def signed_off() -> Desk:
    desk = Desk(
        a_user(Role.EDITOR),
        a_user(Role.CHIEF_EDITOR),
        an_issue(date=date(2026, 12, 18), running_number=66, theme="冬天的灯"),
    )
    texts = [accepted(title="一盏灯", body="<p>灯,还亮着。</p>"), accepted(title="两把椅子")]
    make_up.place(texts, desk.issue, by=desk.chief)
    proofread(desk.issue)
    publication.sign_off(desk.issue, by=desk.chief)
    return desk


def put(issue: Issue, state: str, chief) -> Issue:
    """Signed off; from there scheduled, or out."""
    if state != "signed":
        hours = {"scheduled": 2, "out": -2}[state]
        at = timezone.now() + timedelta(hours=hours)
        Issue.objects.filter(pk=issue.pk).update(published_at=at, published_by=chief)
    return Issue.objects.get(pk=issue.pk)
