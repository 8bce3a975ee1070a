"""An issue is closed to strangers, or opened to them again: before it is out or after.

The edition stays the one that was signed; what changes is who may have it. Every way out asks
`servicejournal.access`.
"""

from django.db import transaction
from django.utils import timezone

from servicejournal import generation, record, spelling
from servicejournal.models import User

from ..models import Issue
from .publication import NotAllowed, Stale, as_deputy, locked, refuse_stale, require_chief

_CLOSING = ["access", "closed_at", "closed_by", "closed_why"]


@transaction.atomic
def close(issue: Issue, *, by: User, why: str, edition: int | None = None) -> None:
    """Only who signed in reads it from now on. The reason is for the desk, and in the record.

    `edition` is the one on the page that was looked at. Raises `NotAllowed`, `Stale`.
    """
    current = _at_hand(issue, by=by, edition=edition)
    if not spelling.line(why):
        raise NotAllowed("请写明不公开的理由。")
    if current.access != Issue.Access.PUBLIC:
        raise Stale(f"{current}已经只给登录的读者看了，不用再关。")
    current.access, current.closed_why = Issue.Access.MEMBERS, why.strip()
    current.closed_at, current.closed_by = timezone.now(), by
    _keep(current, "改为登录后可读", by=by, why=current.closed_why)
    issue.refresh_from_db()


@transaction.atomic
def open_again(issue: Issue, *, by: User, why: str, edition: int | None = None) -> None:
    """Whoever the journal is open to reads it again. As `close`."""
    current = _at_hand(issue, by=by, edition=edition)
    if not spelling.line(why):
        raise NotAllowed("请写明改为公开的理由。")
    if current.access == Issue.Access.PUBLIC:
        raise Stale(f"{current}已经是公开的，不用再改。")
    current.access, current.closed_why = Issue.Access.PUBLIC, ""
    current.closed_at = current.closed_by = None
    _keep(current, "改为公开", by=by, why=why.strip())
    issue.refresh_from_db()


def _at_hand(issue: Issue, *, by: User, edition: int | None) -> Issue:
    require_chief(by)
    current = locked(issue)
    refuse_stale(current, edition)
    return current


def _keep(issue: Issue, verb: str, *, by: User, why: str) -> None:
    issue.save(update_fields=_CLOSING)
    record.write(verb, issue, by=by, why=why, **as_deputy(by))
    generation.turn()
