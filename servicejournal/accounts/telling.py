"""Letters about an account itself, to its mail address: what its owner must know at once."""

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone
from django_tasks import task

from .. import errands, masthead
from ..models import User
from ..web import turnstile, whereabouts

_DAY = 24 * 3600


def of_a_reset(user: User, *, by: User) -> None:
    """Somebody reset the second factor: a letter, once that is stored; none without an address."""
    if user.email:
        words = (user.pk, str(by), f"{timezone.localtime():%Y-%m-%d %H:%M}")
        transaction.on_commit(lambda: send.enqueue(*words))


def of_guesses(user: User) -> None:
    """Somebody tried so many passwords that a place was shut out: a letter, and no more than one a
    day, so that nobody fills a mailbox from outside.
    """
    if user.email and turnstile.count("told-of-guesses", str(user.pk), seconds=_DAY) == 1:
        words = (user.pk, whereabouts.address() or "", f"{timezone.localtime():%Y-%m-%d %H:%M}")
        transaction.on_commit(lambda: send_of_guesses.enqueue(*words))


@task(queue_name=errands.LETTERS)
def send_of_guesses(pk: int, address: str, at: str) -> None:
    user, current = User.objects.get(pk=pk), masthead.current()
    context = {"user": user, "address": address, "at": at, "masthead": current}
    body = render_to_string("accounts/guesses_mail.txt", context)
    subject = f"{current.name}：有人在试您的密码"
    send_mail(" ".join(subject.split()), body, settings.DEFAULT_FROM_EMAIL, [user.email])


@task(queue_name=errands.LETTERS)
def send(pk: int, by: str, at: str) -> None:
    user = User.objects.get(pk=pk)
    current = masthead.current()
    context = {"user": user, "by": by, "at": at, "masthead": current}
    body = render_to_string("accounts/second_factor_mail.txt", context)
    subject = f"{current.name}：您的动态口令被重置"
    send_mail(" ".join(subject.split()), body, settings.DEFAULT_FROM_EMAIL, [user.email])
