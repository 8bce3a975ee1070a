"""稿酬 is reckoned when the issue goes out, and falls with a schedule that is taken back."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from issues.making import make_up, publication
from issues.models import FeeRule, FeeSheet
from servicejournal.roles import Role
from tests.factories import a_user, accepted, an_issue, proofread

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)


def test_publishing_reckons_and_taking_the_schedule_back_drops():
    editor, chief = a_user(Role.EDITOR), a_user(Role.CHIEF_EDITOR)
    FeeRule.objects.create(since=date(2020, 1, 1), basis="piece", fen=3000)
    issue = an_issue(date=date(2026, 12, 18), running_number=66)
    make_up.place([accepted(title="一盏灯")], issue, by=editor)
    proofread(issue)
    publication.sign_off(issue, by=chief)
    assert not FeeSheet.objects.exists()
    publication.publish(issue, by=chief, at=timezone.now() + timedelta(days=1))
    assert FeeSheet.objects.get(issue=issue).fees.get().fen == 3000
    publication.take_back_sign_off(issue, by=chief, why="再等一天")
    assert not FeeSheet.objects.exists()
    proofread(issue)
    publication.sign_off(issue, by=chief)
    publication.publish(issue, by=chief)
    sheet = FeeSheet.objects.get(issue=issue)
    assert sheet.edition == issue.standing
    assert sheet.fees.get().title == "一盏灯"
