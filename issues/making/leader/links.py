"""Preview links: made, opened, revoked. The only writer of `PreviewLink`.

The link is the permission. It is signed, so that nobody makes one by guessing, and bears a random
number that its row holds, so that it can be revoked; the address itself is stored nowhere.
"""

import secrets
from datetime import timedelta
from typing import Any

from django.core import signing
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.crypto import constant_time_compare

from articles.bodies import html
from servicejournal import record
from servicejournal.models import User
from servicejournal.roles import EDITORIAL
from servicejournal.web import whereabouts

from ...models import Issue, PreviewLink
from .. import publication

#: For how many days a link may be made; the first is offered.
DAYS = (3, 1, 7, 14)
MADE, OPENED, REVOKED = "送看", "打开送看链接", "收回送看链接"
#: Links of one issue that are open at a time: more is a distribution list.
MOST = 20
_signer = signing.Signer(salt="issues.preview")


class Closed(Exception):
    """The link opens nothing any more; `reason` (Chinese) says why and what to do."""

    def __init__(self, reason: str, link: PreviewLink) -> None:
        super().__init__(reason)
        self.reason, self.link = reason, link


def token_of(link: PreviewLink) -> str:
    return _signer.sign(f"{link.pk}-{link.key}")


def by_token(token: str) -> PreviewLink:
    """The link behind an address, open or not. Raises `PreviewLink.DoesNotExist` where forged."""
    try:
        pk, _, key = _signer.unsign(token).partition("-")
        link = PreviewLink.objects.select_related("issue__standing").get(pk=int(pk))
    except (signing.BadSignature, ValueError) as forged:
        raise PreviewLink.DoesNotExist from forged
    if not constant_time_compare(link.key, key):
        raise PreviewLink.DoesNotExist
    return link


def why_closed(link: PreviewLink) -> str:
    """Why it opens nothing now, in Chinese; empty where it does."""
    again = "要再看，请向编辑部要一个新的链接。"
    if link.revoked_at:
        return f"编辑部收回了这个链接。{again}"
    if link.is_over:
        return f"这个链接过了期，已经失效。{again}"
    if link.issue.is_published:
        return "这一期已经出刊，不用再从这个链接看了。"
    return ""


def opened(token: str) -> PreviewLink:
    """The link, open. Raises `PreviewLink.DoesNotExist` and `Closed`."""
    link = by_token(token)
    if reason := why_closed(link):
        raise Closed(reason, link)
    return link


def locked(link: PreviewLink) -> PreviewLink:
    """As stored, its issue locked before it, as every verb of an issue does; what was revoked
    meanwhile raises `Closed`.
    """
    publication.locked(link.issue)
    current = PreviewLink.objects.select_for_update(of=("self",)).select_related("issue")
    again = current.get(pk=link.pk)
    if reason := why_closed(again):
        raise Closed(reason, again)
    return again


@transaction.atomic
def make(
    issue: Issue, *, by: User, for_whom: str, days: int = DAYS[0], may_agree: bool = False
) -> PreviewLink:
    """A link to the whole issue as it stands from moment to moment. Raises `NotAllowed`."""
    publication.require(by, *EDITORIAL)
    current = publication.locked(issue)
    for_whom = " ".join(html.visible(for_whom).split())
    if not for_whom:
        raise publication.NotAllowed("请写明给谁看：收回、记录都凭这个名字。")
    if len(for_whom) > 40:
        raise publication.NotAllowed("给谁看，最多写 40 个字。")
    if days not in DAYS:
        raise publication.NotAllowed("请选有效几天。")
    if current.is_published:
        raise publication.NotAllowed(f"{current}已经出刊，把它的网址发出去就可以。")
    if current.preview_links.open().count() >= MOST:
        raise publication.NotAllowed(f"这一期还开着 {MOST} 个链接，请先收回不用的。")
    now = timezone.now()
    link = PreviewLink.objects.create(
        issue=current,
        for_whom=for_whom,
        key=secrets.token_urlsafe(16),
        may_agree=may_agree,
        made_by=by,
        made_at=now,
        expires_at=now + timedelta(days=days),
    )
    told: dict[str, Any] = {"link": link.pk, "for": for_whom, "days": days, "may_agree": may_agree}
    record.write(MADE, current, by=by, **told)
    return link


@transaction.atomic
def revoke(link: PreviewLink, *, by: User) -> None:
    """收回, at once; doing it again changes nothing."""
    publication.require(by, *EDITORIAL)
    _revoke(PreviewLink.objects.select_for_update(of=("self",)).get(pk=link.pk), by=by)


def revoke_all(issue: Issue, *, by: User) -> None:
    """Of an issue that is taken down: what nobody shall read opens by no link of before.

    For the verb that takes it down, in whose transaction this is.
    """
    for link in PreviewLink.objects.select_for_update(of=("self",)).filter(issue=issue):
        _revoke(link, by=by)


def _revoke(link: PreviewLink, *, by: User) -> None:
    if link.revoked_at is None:
        link.revoked_at, link.revoked_by = timezone.now(), by
        link.save(update_fields=["revoked_at", "revoked_by"])
        record.write(REVOKED, link.issue, by=by, link=link.pk, **{"for": link.for_whom})


@transaction.atomic
def count_opening(link: PreviewLink) -> None:
    """Counts one; the record has the first of each day from each network address."""
    rows = PreviewLink.objects.filter(pk=link.pk)
    rows.update(opened=F("opened") + 1, opened_at=timezone.now())
    known = record.of(link.issue).filter(
        verb=OPENED,
        address=whereabouts.address(),
        at__date=timezone.localdate(),
        what__link=link.pk,
    )
    if not known.exists():
        record.write(OPENED, link.issue, by=link.for_whom, link=link.pk)
