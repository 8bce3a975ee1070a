"""放回场景: the demo as a scene needs it; the links into it. The only writer of `Demo`."""

import hashlib
import secrets
from datetime import timedelta

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core.cache import cache
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from issues.models import Demo, DemoLink
from servicejournal import generation, record
from servicejournal.models import User

from . import packing
from .scenes import NotThere, Scene, named

#: Nobody finds a link in yesterday's window that still opens.
LASTS = timedelta(hours=1)


class NotPutBack(RuntimeError):
    """The message (Chinese) says why nothing was changed, and what to do."""


def is_on() -> bool:
    """Whether there are scenes here: by the settings, and by the mark of the demo. One query."""
    return bool(settings.DEMO) and Demo.objects.exists()


def mark() -> None:
    """Notes what the demo filled in, to put it back to; within the transaction that filled it."""
    Demo.objects.create(pk=1, base=packing.packed())


@transaction.atomic
def make_link(scene: Scene, *, by: User | str) -> str:
    """The token of a link that opens the scene once, within the hour. A row in the record."""
    token = secrets.token_urlsafe(24)
    link = DemoLink.objects.create(
        digest=_digest(token), scene=scene.slug, until=timezone.now() + LASTS
    )
    record.write("生成示范链接", link, by=by)
    return token


def scene_of(token: str) -> Scene | None:
    """What the link would open; None where it was used, is too old, or never was."""
    link = _open_links(token).first()
    return named(link.scene) if link else None


def use(token: str) -> Scene | None:
    """Of two who press at once, one."""
    scene = scene_of(token)
    return scene if _open_links(token).update(used_at=timezone.now()) else None


def _open_links(token: str) -> QuerySet[DemoLink]:
    return DemoLink.objects.filter(digest=_digest(token), used_at=None, until__gt=timezone.now())


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


@transaction.atomic
def put_back(scene: Scene, *, by: User | str) -> str:
    """Everything as it was when the demo was made, then what the scene needs; where it begins.

    What there was before is kept for `bring_back`. Passwords stay; the record grows. Turns the
    generation. Raises `NotPutBack`.
    """
    demo = _locked()
    before = packing.packed()
    _unpack(bytes(demo.base))
    try:
        address = scene.prepare()
    except NotThere as gone:
        raise NotPutBack(
            f"示范数据里没有“{scene.title}”要用的内容了，请重新开始（README 里写了怎样做）。"
        ) from gone
    Demo.objects.update(before=before)
    record.write("放回示范场景", demo, by=by, scene=scene.title)
    return address


@transaction.atomic
def bring_back(*, by: User | str) -> None:
    """What there was before the demo was last put back; and what there is now, the next time."""
    demo = _locked()
    if not demo.before:
        raise NotPutBack("还没有放回过，没有可以找回的。")
    now = packing.packed()
    _unpack(bytes(demo.before))
    Demo.objects.update(before=now)
    record.write("找回放回以前的内容", demo, by=by)


def _locked() -> Demo:
    demo = Demo.objects.select_for_update().first() if settings.DEMO else None
    if demo is None:
        raise NotPutBack("这里没有示范场景：数据不是 make demo 装入的。")
    return demo


def _unpack(data: bytes) -> None:
    passwords = list(User.objects.only("pk", "password"))
    try:
        packing.unpack(data)
    except ValueError as other:
        raise NotPutBack(
            "示范数据是较早的版本装入的，不能放回，请重新开始（README 里写了怎样做）。"
        ) from other
    User.objects.bulk_update(passwords, ["password"])
    ContentType.objects.clear_cache()
    generation.turn()
    transaction.on_commit(cache.clear)
