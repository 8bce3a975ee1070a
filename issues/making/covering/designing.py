"""设计封面: layout, motif, colours, picture and lines by choice; or a finished cover."""

import logging
from typing import Any

from django.db import transaction
from django_tasks import task

from articles.pictures import pixels
from issues import announced, cover_pictures
from issues.models import Issue
from servicejournal import errands, record
from servicejournal.models import User

from ..publication import NotAllowed, locked

logger = logging.getLogger(__name__)

#: What is chosen on the page of the cover.
CHOSEN = (
    *("cover_layout", "cover_motif", "cover_colours", "cover_picture", "cover_crop"),
    *("cover_lines", "cover"),
)


@transaction.atomic
def design(issue: Issue, *, by: User) -> None:
    """Stores what `issue` in hand says of its cover; lines that are titles follow them from now on.

    What the drawing shows of a picture is made afterwards (`keep_picture`), by the worker if the
    click cannot. Raises `NotAllowed`.
    """
    if reason := locked(issue).why_frozen:
        raise NotAllowed(reason)
    announced.follow(issue)
    issue.save(update_fields=[*CHOSEN, "followed_titles"])
    record.write("设计封面", issue, by=by, **_told(issue))
    if cover_pictures.cropped_name(issue):
        errands.send(cut, issue.pk)


@task()
def cut(issue_pk: int) -> None:
    """Where the process that stored the choice died before its picture was cut."""
    try:
        for issue in Issue.objects.filter(pk=issue_pk):
            cover_pictures.keep_cropped(issue)
    except (OSError, pixels.PictureRefused):
        logger.exception("The picture of a cover cannot be cut.")  # its page says so too


@transaction.atomic
def take_picture(issue: Issue, *, by: User) -> None:
    """Keeps the uploaded picture of the issue in hand and nothing else: a browser does not send a
    file twice. It shows once somebody chooses it. Raises `NotAllowed`.
    """
    if reason := locked(issue).why_frozen:
        raise NotAllowed(reason)
    issue.save(update_fields=["cover_picture"])
    record.write("上传封面上的图", issue, by=by, file=issue.cover_picture.name)


def keep_picture(issue: Issue) -> None:
    """Outside the transaction: it decodes a photograph. Raises as `cover_pictures.for_pages`."""
    cover_pictures.keep_cropped(issue)


def _told(issue: Issue) -> dict[str, Any]:
    if issue.cover:
        return {"cover": issue.cover.name}
    chosen = {name: str(getattr(issue, name)) for name in CHOSEN if name != "cover_lines"}
    return {name: value for name, value in chosen.items() if value}
