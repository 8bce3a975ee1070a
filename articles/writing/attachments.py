"""The Word files that manuscripts came in, as they were sent. The only writer of `Attachment`."""

import hashlib
import re
from collections.abc import Sequence
from datetime import timedelta
from pathlib import PurePosixPath
from uuid import UUID

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone

from servicejournal import files, record
from servicejournal.models import User

from ..bodies import html
from ..models import Article, Attachment

#: Files that one form brings in: more are not tied to the manuscript.
MAX_AT_ONCE = 10
#: Files that one person brings in a day: far more than anybody writes.
MAX_A_DAY = 50
#: Somebody who wrote without a connection may come back with the text weeks later.
DAYS = 30
_TOKEN = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
_UNNAMED = "原稿"


def tokens_in(text: str) -> tuple[UUID, ...]:
    """The tokens that a form holds, each once."""
    found = dict.fromkeys(_TOKEN.findall(text))
    return tuple(map(UUID, list(found)[-MAX_AT_ONCE:]))


def tidy_name(name: str) -> str:
    """The sender's name for a file as it can be shown: one line, no folder, not long."""
    name = PurePosixPath(" ".join(html.visible(name).replace("\\", "/").split())).name
    return name if len(name) <= 60 else f"{name[:50]}…{name[-8:]}"


def saved_name(name: str) -> str:
    """The same as the name of a file that is saved: .docx, whatever it was called."""
    stem = re.sub(r'[<>:"|?*]', "", PurePosixPath(tidy_name(name)).stem).strip(" .")
    return f"{stem or _UNNAMED}.docx"


def too_many_today(by: User) -> str:
    """Why this person brings no more today, in Chinese; mostly nothing."""
    midnight = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    today = Attachment.objects.filter(uploaded_by=by, uploaded_at__gte=midnight).count()
    return f"今天已经导入了 {today} 个文件，请明天再导入。" if today >= MAX_A_DAY else ""


def keep(data: bytes, name: str, *, by: User) -> Attachment:
    """Stores a Word file that passed the guard. It belongs to no manuscript until it is claimed."""
    attachment = Attachment(
        name=saved_name(name),
        size=len(data),
        sha256=hashlib.sha256(data).hexdigest(),
        uploaded_by=by,
    )
    attachment.file.save(attachment.name, ContentFile(data), save=False)
    attachment.save()
    return attachment


def claim(article: Article, tokens: Sequence[UUID], *, by: User) -> None:
    """Ties the files that this person brought in to the manuscript, and records each."""
    if tokens and article.with_the_writer:
        _claim(article, tokens, by=by)


@transaction.atomic
def _claim(article: Article, tokens: Sequence[UUID], *, by: User) -> None:
    for attachment in Attachment.objects.filter(token__in=tokens, uploaded_by=by, article=None):
        attachment.article = article
        attachment.save(update_fields=["article"])
        record.write("附上原稿", article, by=by, file=attachment.name, sha256=attachment.sha256)


def sweep(*, days: int = DAYS, for_good: bool = False) -> tuple[int, int]:
    """(number, bytes) of the files older than so many days that no manuscript was saved with;
    removes them when `for_good`. The row goes first: a crash leaves a file too many."""
    before = timezone.now() - timedelta(days=days)
    unused = list(Attachment.objects.filter(article=None, uploaded_at__lt=before))
    for attachment in unused if for_good else ():
        _remove(attachment)
    return len(unused), sum(each.size for each in unused)


@transaction.atomic
def _remove(attachment: Attachment) -> None:
    """Unless it was claimed this moment."""
    found = Attachment.objects.select_for_update().filter(pk=attachment.pk, article=None)
    if found.exists():
        found.delete()
        files.discard(attachment.file.name)  # goes late, by `manage.py check_files`
