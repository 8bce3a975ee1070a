"""Mail with a link to set a password: a task, so that no answer tells by its time whether there
is such an address, and a dead mail server delays nobody.
"""

from typing import Any
from urllib.parse import urlsplit

from django_tasks import task

from .. import errands, masthead
from ..web import site
from . import links
from .forms import ResetForm


@task(queue_name=errands.LETTERS)
def send(email: str) -> None:
    """To every open account with that address.

    The link is made here and not kept anywhere. A mail that cannot be sent is logged.
    """
    form = ResetForm({"email": email})
    if not form.is_valid():
        return
    address = urlsplit(site.address())
    more: dict[str, Any] = {"masthead": masthead.current()}
    form.save(
        domain_override=address.netloc,
        use_https=address.scheme == "https",
        token_generator=links.mailed,
        subject_template_name="accounts/reset_subject.txt",
        email_template_name="accounts/reset_mail.txt",
        extra_email_context=more,
    )
