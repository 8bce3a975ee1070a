"""The smaller sizes of a picture that pages ask for: where they lie, made when first asked for."""

from collections.abc import Iterator
from pathlib import PurePosixPath

from django.core.files import File
from django.core.files.storage import default_storage
from PIL import Image

from servicejournal import files

from ..models import Picture
from . import pixels

#: Suffixes of masters, as `pixels.encode_master` gives them.
MASTERS = ("jpg", "png")
#: Widths (pixels) that pages ask for.
WIDTHS = (480, 960, 1600)


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


def all_of(image: Image.Image) -> Iterator[tuple[tuple[int, str], bytes]]:
    """((width, suffix), file) of each."""
    for width in widths(image.width):
        scaled = pixels.scaled(image, width)
        for suffix in pixels.RENDITIONS:
            yield (width, suffix), pixels.encode_rendition(scaled, suffix)


def stored(picture: Picture, width: int, suffix: str) -> "File[bytes]":
    """The stored rendition; one that is not there is made first (of pictures older than AVIF).

    Raises `FileNotFoundError` where the master is gone too.
    """
    place = path(picture, width, suffix)
    try:
        return default_storage.open(place)
    except FileNotFoundError:
        with picture.file.open() as master:
            image = pixels.decode(master.read())
        files.put(place, pixels.encode_rendition(pixels.scaled(image, width), suffix))
    return default_storage.open(place)
