"""Covers: what a drawn one shows, and pictures of them at the size that pages show.

A wall of covers must not load print masters.
"""

from io import BytesIO
from pathlib import PurePosixPath

from django.core.files.storage import default_storage
from PIL import Image

from articles.pictures import pixels
from servicejournal import files
from servicejournal.models import Masthead

from . import announced, covers
from .covers import CoverFacts
from .models import Issue

#: Pixels of a picture in a drawing: what print needs over the width of the page.
IN_PRINT = 2480
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
        cover_lines=announced.lines(issue),
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


def cropped_name(issue: Issue) -> str:
    """The name in the storage of what the drawing shows of the editor's picture; "" without one."""
    if not issue.cover_picture or issue.cover_motif != covers.OWN_PICTURE:
        return ""
    if not issue.cover_crop:
        return str(issue.cover_picture.name)
    told = issue.cover_crop.replace(" ", "-")
    return str(PurePosixPath(issue.cover_picture.name).with_suffix(f".{told}.jpg"))


def keep_cropped(issue: Issue) -> None:
    """Stores what `cropped_name` names, where it is not there yet. Raises as `for_pages` does."""
    name = cropped_name(issue)
    if not name or name == issue.cover_picture.name or default_storage.exists(name):
        return
    with default_storage.open(issue.cover_picture.name) as master:
        image = pixels.decode(master.read())
    files.put(name, pixels.encode_master(cropped(image, issue.cover_crop))[0])


def cropped(image: Image.Image, crop: str, width: int = IN_PRINT) -> Image.Image:
    """`crop`: left, top, width and height in hundredths of the picture; "" is all of it."""
    left, top, wide, high = map(int, (crop or "0 0 100 100").split())
    box = (
        left * image.width // 100,
        top * image.height // 100,
        (left + wide) * image.width // 100,
        (top + high) * image.height // 100,
    )
    part = image.crop(box).convert("RGB")
    part.thumbnail((width, 2 * width))
    return part


def whole(drawing: str, picture: str) -> str:
    """A drawing with its picture, as screens show it. Raises as `for_pages` does."""
    return covers.with_picture(drawing, for_pages(picture)) if picture else drawing


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
