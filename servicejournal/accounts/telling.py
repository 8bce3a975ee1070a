"""Letters about an account itself, to its mail address: what its owner must know at once."""

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone
from django_tasks import task

from .. import errands, masthead
from ..models import User


def of_a_reset(user: User, *, by: User) -> None:
    """Somebody reset the second factor: a letter, once that is stored; none without an address."""
    if user.email:
        words = (user.pk, str(by), f"{timezone.localtime():%Y-%m-%d %H:%M}")
        transaction.on_commit(lambda: send.enqueue(*words))


@task(queue_name=errands.LETTERS)
def send(pk: int, by: str, at: str) -> None:
    user = User.objects.get(pk=pk)
    current = masthead.current()
    context = {"user": user, "by": by, "at": at, "masthead": current}
    body = render_to_string("accounts/second_factor_mail.txt", context)
    subject = f"{current.name}：您的动态口令被重置"
    send_mail(" ".join(subject.split()), body, settings.DEFAULT_FROM_EMAIL, [user.email])
