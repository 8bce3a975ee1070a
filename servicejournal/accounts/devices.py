"""我的登录设备: where somebody is signed in, and how they end that from elsewhere."""

import re
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from django.db import transaction
from django.utils import timezone

from .. import record
from ..models import User, Visit

_BROWSERS = (
    ("MicroMessenger", "微信"),
    ("Edg", "Edge"),
    ("Firefox", "Firefox"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
_SYSTEMS = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "安卓手机"),
    ("HarmonyOS", "鸿蒙手机"),
    ("Windows", "Windows 电脑"),
    ("Macintosh", "苹果电脑"),
    ("Linux", "Linux 电脑"),
)


@dataclass(frozen=True, slots=True)
class Device:
    """One browser; `handle` names it in a form, and is no key to it."""

    handle: str
    began_at: datetime
    seen_at: datetime
    address: str
    browser: str
    is_this: bool


def of(user: User, *, key: str | None = None) -> list[Device]:
    """Where the account is signed in, the newest first; `key` is that of the visit that asks."""
    return [
        Device(
            handle=_handle(visit.session_key),
            began_at=visit.began_at or visit.seen_at,
            seen_at=visit.seen_at,
            address=visit.address or "",
            browser=browser_in(visit.browser),
            is_this=visit.session_key == key,
        )
        for visit in _open(user)
    ]


def browser_in(agent: str) -> str:
    """As people call it."""
    browser = next((word for mark, word in _BROWSERS if mark in agent), "")
    system = next((word for mark, word in _SYSTEMS if mark in agent), "")
    version = re.search(r"(?:Edg|Firefox|Chrome|Version)/(\d+)", agent)
    named = f"{browser} {version[1]}" if browser and version else browser
    return "，".join(filter(None, [system, named])) or "认不出的浏览器"


@transaction.atomic
def end(user: User, handle: str, *, by: User) -> bool:
    """Signs that browser out; False where it was already."""
    found = next((visit for visit in _open(user) if _handle(visit.session_key) == handle), None)
    if found is None:
        return False
    found.delete()
    record.write("结束一处登录", user, by=by, browser=browser_in(found.browser))
    return True


@transaction.atomic
def end_all(user: User, *, but: str | None = None) -> int:
    """Signs the account out, but for the visit of that key. Who asks for it records it."""
    visits = Visit.objects.filter(account_pk=user.pk)
    ended, _ = (visits.exclude(session_key=but) if but else visits).delete()
    return ended


def sweep() -> int:
    """Drops visits that are over: they tell where somebody sat, and nothing asks for them."""
    return Visit.objects.filter(expire_date__lt=timezone.now()).delete()[0]


def _open(user: User) -> list[Visit]:
    visits = Visit.objects.filter(account_pk=user.pk, expire_date__gt=timezone.now())
    return list(visits.order_by("-seen_at"))


def _handle(key: str) -> str:
    return sha256(key.encode()).hexdigest()[:20]
