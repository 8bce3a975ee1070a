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
    )


def for_pages(name: str) -> bytes:
    """The uploaded cover of that name in the storage, as WebP. Made and stored beside the master
    when first asked for.

    Raises `FileNotFoundError` or `articles.pictures.pixels.PictureRefused` where the master is gone
    or is no picture.
    """
    path = str(PurePosixPath(name).with_suffix(f".{WIDTH}.webp"))
    try:
        with default_storage.open(path) as stored:
            data: bytes = stored.read()
    except FileNotFoundError:
        data = _rendition(name)
        files.put(path, data)
    return data


def _rendition(name: str) -> bytes:
    with default_storage.open(name) as master:
        image = pixels.decode(master.read())
    image.thumbnail((WIDTH, 2 * WIDTH))
    out = BytesIO()
    image.save(out, "WEBP", quality=82)
    return out.getvalue()
