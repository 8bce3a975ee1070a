"""Issues in the making that many tests begin with, and who works on them."""

from dataclasses import dataclass
from datetime import date

from issues.making import make_up, publication
from issues.models import Issue
from servicejournal.models import User
from servicejournal.roles import Role
from tests.factories import a_user, accepted, an_issue, proofread


@dataclass(frozen=True)
class Desk:
    """An issue, and who works on it."""

    editor: User
    chief: User
    issue: Issue


def made_up() -> Desk:
    """An issue that could go out."""
    desk = Desk(a_user(Role.EDITOR), a_user(Role.CHIEF_EDITOR), _an_issue())
    texts = [accepted(title="一盏灯"), accepted(title="两把椅子")]
    make_up.place(texts, desk.issue, by=desk.editor)
    proofread(desk.issue)
    return desk


def put_out() -> Desk:
    """That issue, out in its first edition."""
    desk = made_up()
    publication.sign_off(desk.issue, by=desk.chief)
    publication.publish(desk.issue, by=desk.chief)
    return desk


def _an_issue() -> Issue:
    return an_issue(date=date(2026, 12, 18), running_number=66)
