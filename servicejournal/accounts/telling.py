"""Letters about an account itself, to its mail address: what its owner must know at once."""

from datetime import timedelta

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone
from django_tasks import task

from .. import errands, masthead, record
from ..models import User
from ..web import turnstile, whereabouts

_DAY = 24 * 3600
#: For how long an address from which somebody signed in counts as theirs; whoever stays away for
#: longer is asked whether it was they who came back.
KNOWN = timedelta(days=90)
#: So many wrong passwords or codes within an hour are no slip of the keyboard.
_MANY = 3


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


def odd_about(user: User, *, failures_before: int) -> str:
    """What is unusual about signing in now, from here: Chinese, or "". Ask before it is recorded.

    The first sign-in of all is nothing unusual.
    """
    ins = record.of(user).filter(verb="登录")
    before = ins.order_by("-at").first()
    if before is None:
        return ""
    since = timezone.now() - KNOWN
    if before.at < since:
        return f"这个账号 {KNOWN.days} 天没有登录过。"
    if not ins.filter(address=whereabouts.address(), at__gte=since).exists():
        return f"{KNOWN.days} 天里没有从这个网络地址登录过。"
    return f"之前一小时里输错了 {failures_before} 次。" if failures_before >= _MANY else ""


def of_a_sign_in(user: User, odd: str) -> None:
    """One that was unusual: a letter, one a day at most."""
    if settings.SIGN_IN_LETTERS and odd and _is_first_today("told-of-a-sign-in", user):
        _notice(user, "有人登录了您的账号", f"您的账号登录了。{odd}", to=user.email)


def of_a_wrong_code(user: User) -> None:
    """The password was right, the second factor was wrong and wrong again: one letter a day."""
    times = turnstile.count("wrong-codes", str(user.pk))
    if times >= _MANY and _is_first_today("told-of-codes", user):
        what = f"密码对了，动态口令一小时里输错了 {times} 次，没有通过。"
        _notice(user, "有人知道您的密码", what, to=user.email)


def of_a_change(user: User, what: str, *, to: str = "") -> None:
    """Password or mail address are others now; `to` the address that was there before."""
    _notice(user, what, f"您账号的{what}。", to=to or user.email)


def _is_first_today(gate: str, user: User) -> bool:
    return bool(user.email) and turnstile.count(gate, str(user.pk), seconds=_DAY) == 1


def _notice(user: User, subject: str, what: str, *, to: str) -> None:
    if to:
        at = f"{timezone.localtime():%Y-%m-%d %H:%M}"
        words = (user.pk, subject, what, whereabouts.address() or "", at, to)
        transaction.on_commit(lambda: send_notice.enqueue(*words))


@task(queue_name=errands.LETTERS)
def send_notice(pk: int, subject: str, what: str, address: str, at: str, to: str) -> None:
    user, current = User.objects.get(pk=pk), masthead.current()
    context = {"user": user, "what": what, "address": address, "at": at, "masthead": current}
    body = render_to_string("accounts/noticed_mail.txt", context)
    subject = f"{current.name}：{subject}"
    send_mail(" ".join(subject.split()), body, settings.DEFAULT_FROM_EMAIL, [to])


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
