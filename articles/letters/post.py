"""The post: a letter for each notice with an address, at least once, tried with growing gaps.

The outbox is the notices themselves: `Notice.due_at` says when a letter is to be tried next, and a
try begins with moving it into the future. So a worker that is killed in mid-letter leaves a letter
that is due again, two workers never try the same one at once, and a task is only the bell that
wakes somebody up: one that is lost or rings twice does no harm. A letter may arrive twice where
the mail server took it and the answer was lost; both carry the same Message-ID.
"""

import logging
from collections.abc import Callable, Iterator
from datetime import timedelta
from email.utils import parseaddr
from functools import partial
from time import monotonic
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.core.mail import EmailMessage
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils import timezone
from django_tasks import task
from django_tasks_db.models import DBTaskResult

from articles.models import Notice
from servicejournal import errands, masthead, record
from servicejournal.models import User
from servicejournal.roles import EDITORIAL

from . import reasons

logger = logging.getLogger(__name__)

#: Between one try and the next; after the last a letter is given up. Together two and a half days.
GAPS = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 30, 120, 720, 1440, 1440))
TRIES = len(GAPS) + 1
#: How long a last try may take before it counts as broken off.
_LAST_TRY = timedelta(minutes=15)
#: Seconds in a minute that clicks may spend on letters where there is no worker.
_PATIENCE = 3
_SPENT = "seconds-spent-on-letters"
_LOOKED = "looked-for-letters-that-are-due"


class NotAllowed(ValueError):
    """The letter cannot be sent again; the message (Chinese) says why."""


def is_open() -> bool:
    """Whether letters are written at all: `dummymail://` says that they are not."""
    return not settings.EMAIL_BACKEND.endswith(".dummy.EmailBackend")


def put_in(notice: Notice) -> None:
    """Into the post: part of the transaction where a worker sends, else right after it.

    What is to wait, waits in the queue; without a worker a later click takes it up (`look`).
    """
    waits = notice.not_before is not None and notice.not_before > timezone.now()
    if errands.has_worker():
        (deliver.using(run_after=notice.not_before) if waits else deliver).enqueue(notice.pk)
    elif not waits:
        transaction.on_commit(partial(_deliver_in_the_click, notice.pk), robust=True)


def _deliver_in_the_click(pk: int) -> None:
    """A slow or dead mail server costs all clicks of a minute some seconds; the rest waits."""
    spent = cache.get(_SPENT, 0)
    if spent > _PATIENCE:
        return
    began = monotonic()
    deliver.enqueue(pk)
    cache.set(_SPENT, spent + monotonic() - began, 60)


@task(queue_name=errands.LETTERS)
def deliver(pk: int) -> None:
    """One try at a letter that is due."""
    _try(pk)


def _try(pk: int) -> bool:
    """False where the mail server did not take the letter."""
    notice = _begin(pk)
    if notice is None:
        return True
    try:
        _letter(notice).send()
    except Exception as error:  # whatever it is, the letter stays due, and the worker goes on
        _failed(notice, error)
        return False
    _sent(notice)
    return True


@transaction.atomic
def _begin(pk: int) -> Notice | None:
    """The letter for one try, which is counted, and due again should this try break off.

    None where it is not due: sent meanwhile, or somebody else is at it.
    """
    now = timezone.now()
    notice = Notice.objects.due(now).select_for_update(of=("self",)).filter(pk=pk).first()
    if notice is None:
        return None
    if notice.attempts >= TRIES:
        _give_up(notice, reasons.BROKEN_OFF)
        return None
    notice.due_at = now + (GAPS[notice.attempts] if notice.attempts < len(GAPS) else _LAST_TRY)
    notice.attempts += 1
    notice.save(update_fields=["due_at", "attempts"])
    if errands.has_worker():
        deliver.using(run_after=notice.due_at).enqueue(pk)
    return notice


def _sent(notice: Notice) -> None:
    notice.sent_at, notice.due_at, notice.error = timezone.now(), None, ""
    notice.save(update_fields=["sent_at", "due_at", "error"])


def _failed(notice: Notice, error: Exception) -> None:
    logger.warning("Notice %s: letter not sent, try %s: %r", notice.pk, notice.attempts, error)
    reason = reasons.of(error)
    if notice.attempts >= TRIES or reasons.is_final(error):
        _give_up(notice, reason)
    else:
        notice.error = reason
        notice.save(update_fields=["error"])


def _give_up(notice: Notice, reason: str) -> None:
    notice.given_up_at, notice.due_at, notice.error = timezone.now(), None, reason
    notice.save(update_fields=["given_up_at", "due_at", "error"])


def _letter(notice: Notice) -> EmailMessage:
    """One subject line whatever the title holds; nothing of the manuscript but its title."""
    journal = masthead.current().name
    link = f"{settings.SITE_URL}{notice.path}" if settings.SITE_URL else ""
    body = render_to_string(
        "letters/letter.txt", {"notice": notice, "journal": journal, "link": link}
    )
    host = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2] or "localhost"
    return EmailMessage(
        " ".join(f"【{journal}】{notice.subject}".split()),
        body,
        to=[notice.address],
        headers={
            "Message-ID": f"<notice-{notice.pk}@{host}>",
            "Auto-Submitted": "auto-generated",
        },
    )


def resume() -> int:
    """Takes up letters that are due and that no task waits for; the count of what was taken up.

    That happens where a worker was killed, the queue was emptied, or there is no worker.
    """
    due = Notice.objects.due(timezone.now()).order_by("due_at", "pk").values_list("pk", flat=True)
    if not errands.has_worker():
        return sum(1 for _ in _until_it_fails(list(due)))
    waiting = set(_waiting())
    forgotten = [pk for pk in due if pk not in waiting]
    for pk in forgotten:
        deliver.enqueue(pk)
    return len(forgotten)


@task(queue_name=errands.LETTERS)
def take_up() -> None:
    """Letters that became due since somebody last looked."""
    resume()


def look() -> None:
    """Without a worker nothing rings when a letter falls due: clicks look, one in a minute.

    It is sent aside, so that the click waits for no mail server. `remind` finds what no click does.
    """
    if errands.has_worker() or not cache.add(_LOOKED, True, 60):
        return
    try:
        if Notice.objects.due(timezone.now()).exists():
            errands.send_aside(take_up)
    except Exception:  # what was clicked is done, and its answer is not lost for a letter
        logger.exception("Nobody looked for letters that are due")


def after_a_click(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[..., Any]:
    """The middleware that does: what is posted asks the database anyway; pages wait for nothing."""

    def respond(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if request.method == "POST" and response.status_code < 400:
            look()
        return response

    return respond


def _until_it_fails(due: list[int]) -> Iterator[int]:
    """Where the server takes one letter not, it would take none of the others."""
    for pk in due:
        if not _try(pk):
            return
        yield pk


def _waiting() -> Iterator[int]:
    """The letters for which a task stands in the queue."""
    tasks = DBTaskResult.objects.ready().filter(task_path=deliver.module_path)
    for given in tasks.values_list("args_kwargs", flat=True):
        yield from given["args"]


def tidy() -> None:
    """Takes old tasks out of the queue's table: done, or left running by a worker that died."""
    now = timezone.now()
    DBTaskResult.objects.finished().filter(finished_at__lt=now - timedelta(days=7)).delete()
    DBTaskResult.objects.running().filter(started_at__lt=now - timedelta(days=1)).delete()


@transaction.atomic
def send_again(notice: Notice, *, by: User) -> None:
    """再寄一次: a letter that was given up, to the address that the person has now."""
    if not by.has_role(*EDITORIAL):
        raise NotAllowed("只有编辑可以再寄。")
    current = Notice.objects.select_for_update(of=("self",)).get(pk=notice.pk)
    if current.given_up_at is None:
        return  # the second of two clicks
    if not current.recipient.email:
        raise NotAllowed(f"{current.recipient}没有留邮箱，请用电话告诉他。")
    current.address, current.attempts = current.recipient.email, 0
    current.due_at, current.given_up_at, current.error = timezone.now(), None, ""
    current.save(update_fields=["address", "attempts", "due_at", "given_up_at", "error"])
    record.write("再寄一次", current, by=by, address=current.address)
    put_in(current)
