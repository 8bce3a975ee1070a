"""The smaller sizes of a picture that pages ask for: where they lie, and who makes them when.

The smallest is made with the upload, for lists and whoever asks first. The others cost a second of
a processor and hundreds of megabytes, which is the worker's; until it was there, and where a file
is lost, a page shows the picture itself.
"""

import logging
from collections.abc import Iterator
from pathlib import PurePosixPath

from django.core.cache import cache
from django.core.files import File
from django.core.files.storage import default_storage
from django_tasks import task
from PIL import Image

from servicejournal import errands, files

from ..models import Picture
from . import pixels

logger = logging.getLogger(__name__)

#: Suffixes of masters, as `pixels.encode_master` gives them.
MASTERS = ("jpg", "png")
#: Widths (pixels) that pages ask for.
WIDTHS = (480, 960, 1600)
#: Seconds before what was ordered, and is still not there, is ordered again.
_PATIENCE = 600


def widths(width: int) -> list[int]:
    """The widths at which a picture of that width is offered: never blown up."""
    return [each for each in WIDTHS if each < width] or [min(width, WIDTHS[0])]


def path(picture: Picture, width: int, suffix: str = "webp") -> str:
    return str(PurePosixPath(picture.file.name).parent / f"{width}.{suffix}")


def is_beside(name: str, named: frozenset[str]) -> bool:
    """Whether a file is a rendition of a picture that is named: they lie in one folder."""
    place = PurePosixPath(name)
    is_one = place.parts[0] == "pictures" and place.stem.isdecimal()
    return is_one and any(str(place.with_name(f"master.{suffix}")) in named for suffix in MASTERS)


def smallest(image: Image.Image) -> tuple[int, bytes]:
    """Its width, and the file as WebP."""
    width = widths(image.width)[0]
    return width, pixels.encode_rendition(pixels.scaled(image, width), "webp")


def order(picture: Picture) -> None:
    """Has those made that are not there: part of the transaction where a worker does it."""
    errands.send_aside(make, picture.pk)


@task
def make(pk: int) -> None:
    """All of a picture that are not there. May be begun twice: each file is whole or not there."""
    picture = Picture.objects.filter(pk=pk).first()
    lacking = list(_lacking(picture)) if picture else []
    if picture is None or not lacking:
        return
    try:
        with picture.file.open() as master:
            image = pixels.decode(master.read())
    except (FileNotFoundError, pixels.PictureRefused):
        logger.exception("No renditions of picture %s", pk)
        return
    for width in dict.fromkeys(width for width, _ in lacking):
        scaled = pixels.scaled(image, width)
        for suffix in (suffix for each, suffix in lacking if each == width):
            files.put(path(picture, width, suffix), pixels.encode_rendition(scaled, suffix))


def _lacking(picture: Picture) -> Iterator[tuple[int, str]]:
    for width in widths(picture.width):
        for suffix in pixels.RENDITIONS:
            if not default_storage.exists(path(picture, width, suffix)):
                yield width, suffix


def stored(picture: Picture, width: int, suffix: str) -> "File[bytes]":
    """The stored rendition; where it is not there, the master in its place, and it is ordered.

    Raises `FileNotFoundError` where the master is gone too.
    """
    try:
        return default_storage.open(path(picture, width, suffix))
    except FileNotFoundError:
        master = default_storage.open(picture.file.name)
    if _is_first_to_miss(picture):
        order(picture)
    return master


def _is_first_to_miss(picture: Picture) -> bool:
    """While the cache is away nobody is: the picture is shown, and a later reader orders."""
    try:
        return bool(cache.add(f"rendition-ordered-{picture.pk}", True, _PATIENCE))
    except Exception:  # each kind of cache has its own errors
        logger.exception("The cache is away")
        return False


def copy(picture: Picture, *, to: Picture) -> None:
    """Those that are there, beside another picture of the same pixels."""
    for width in widths(picture.width):
        for suffix in pixels.RENDITIONS:
            try:
                with default_storage.open(path(picture, width, suffix)) as made:
                    files.put(path(to, width, suffix), made.read())
            except FileNotFoundError:
                continue
