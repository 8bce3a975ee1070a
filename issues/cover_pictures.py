"""Covers: what a drawn one shows, and uploaded ones at the size that pages show.

A wall of covers must not load print masters.
"""

from io import BytesIO
from pathlib import PurePosixPath

from django.core.files.storage import default_storage

from articles.pictures import pixels
from servicejournal import files
from servicejournal.models import Masthead

from .covers import CoverFacts
from .models import Issue

#: Pixels: twice the widest place that a page gives a cover.
WIDTH = 900
#: On a wall of covers, twice the widest.
ON_A_WALL = 480


def facts_of(issue: Issue, printed: Masthead) -> CoverFacts:
    return CoverFacts(
        name=printed.name,
        name_en=printed.name_en,
        year=issue.year,
        number=issue.number,
        running_number=issue.running_number or 0,
        cover_lines=tuple(issue.cover_line_list),
        slogan=issue.slogan or printed.slogan,
        month=issue.date.month if issue.date else None,
        kind=issue.kind,
        last_number=issue.last_number,
        permit=issue.permit,
        notice=issue.notice,
        layout=issue.cover_layout,
        motif=issue.cover_motif,
        colours=issue.cover_colours,
        has_picture=bool(issue.cover_picture),
    )


def for_pages(name: str, width: int = WIDTH) -> bytes:
    """The uploaded cover of that name in the storage, as WebP of that width. Made and stored beside
    the master when first asked for.

    Raises `FileNotFoundError` or `articles.pictures.pixels.PictureRefused` where the master is gone
    or is no picture.
    """
    path = str(PurePosixPath(name).with_suffix(f".{width}.webp"))
    try:
        with default_storage.open(path) as stored:
            data: bytes = stored.read()
    except FileNotFoundError:
        data = _rendition(name, width)
        files.put(path, data)
    return data


def _rendition(name: str, width: int) -> bytes:
    with default_storage.open(name) as master:
        image = pixels.decode(master.read())
    image.thumbnail((width, 2 * width))
    out = BytesIO()
    image.save(out, "WEBP", quality=82)
    return out.getvalue()
