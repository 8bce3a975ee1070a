"""Pictures: hostile files in, our own re-encoded ones out. The only writer of `Picture`.

What is stored was decoded and encoded again by Pillow: no EXIF, no position, no second format
hidden behind the first (polyglots), whatever the file was called.
"""

import hashlib
import re
from io import BytesIO
from pathlib import PurePosixPath

from django.core.files import File
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from PIL import Image, ImageOps

from . import html
from .models import Article, Picture

MAX_BYTES = 20 * 1024 * 1024
MAX_PIXELS = 50_000_000
#: Longest side of a master: A4 across at 300 dpi is 2,480 pixels.
MASTER_SIDE = 3600
#: Widths (pixels) that pages ask for.
WIDTHS = (480, 960, 1600)
FORMATS = ("JPEG", "PNG", "WEBP")
TOO_LARGE = "图片超过 20 MB，请在手机或电脑上缩小后再上传。"


class PictureRefused(ValueError):
    """The file is not taken; the message (Chinese) says what to do."""


def decode(data: bytes) -> Image.Image:
    """The upright picture in RGB or RGBA; sizes are looked at before a pixel is decoded."""
    if len(data) > MAX_BYTES:
        raise PictureRefused(TOO_LARGE)
    try:
        image = Image.open(BytesIO(data), formats=FORMATS)
        if image.width * image.height > MAX_PIXELS:
            raise PictureRefused("图片的像素太多（超过五千万），请缩小后再上传。")
        image.load()
    except PictureRefused:
        raise
    except Exception as error:  # Pillow raises whatever a broken decoder raises
        raise PictureRefused("这个文件读不出图片，请换成 JPG、PNG 或 WebP 格式。") from error
    image = ImageOps.exif_transpose(image)
    has_alpha = image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info
    pixels = image.convert("RGBA" if has_alpha else "RGB")
    pixels.info = {}  # Pillow would write a JPEG's comment into the new file
    return pixels


def encode_master(image: Image.Image) -> tuple[bytes, str]:
    """Bytes and suffix of what is stored: PNG where there is transparency, otherwise JPEG."""
    out = BytesIO()
    if image.mode == "RGBA":
        image.save(out, "PNG", optimize=True)
        return out.getvalue(), ".png"
    image.save(out, "JPEG", quality=90, optimize=True, progressive=True)
    return out.getvalue(), ".jpg"


def rendition_widths(width: int) -> list[int]:
    """The widths at which a picture of that width is offered: never blown up."""
    return [each for each in WIDTHS if each < width] or [min(width, WIDTHS[0])]


def rendition_path(picture: Picture, width: int) -> str:
    return str(PurePosixPath(picture.file.name).parent / f"{width}.webp")


def take_file(file: File, *, by, article: Article | None = None) -> Picture:
    """As `take`, for an uploaded file; one that is too large is not even read."""
    if file.size > MAX_BYTES:
        raise PictureRefused(TOO_LARGE)
    return take(file.read(), by=by, article=article)


@transaction.atomic
def take(data: bytes, *, by, article: Article | None = None) -> Picture:
    """Stores an upload and its renditions. Raises `PictureRefused`."""
    image = decode(data)
    image.thumbnail((MASTER_SIDE, MASTER_SIDE), Image.Resampling.LANCZOS)
    master, suffix = encode_master(image)
    picture = Picture(
        article=article,
        uploaded_by=by,
        sha256=hashlib.sha256(master).hexdigest(),
        width=image.width,
        height=image.height,
    )
    picture.file.save(f"master{suffix}", ContentFile(master), save=False)
    picture.save()
    for width in rendition_widths(image.width):
        _store_rendition(picture, image, width)
    return picture


def _store_rendition(picture: Picture, image: Image.Image, width: int) -> None:
    height = max(1, round(image.height * width / image.width))
    out = BytesIO()
    image.resize((width, height), Image.Resampling.LANCZOS).save(out, "WEBP", quality=80)
    default_storage.save(rendition_path(picture, width), ContentFile(out.getvalue()))


def claim(article: Article, *, by) -> None:
    """Ties the pictures that the body shows, and that the same person uploaded, to the article.

    One that belongs to another manuscript of theirs is copied: text moves between drafts.
    """
    own = Picture.objects.filter(token__in=html.picture_tokens(article.body), uploaded_by=by)
    own.filter(article=None).update(article=article)
    for picture in own.exclude(article=article):
        _put_in(article, _copy(picture, article), instead_of=picture)


def _put_in(article: Article, picture: Picture, *, instead_of: Picture) -> None:
    old, new = instead_of.get_absolute_url(), picture.get_absolute_url()
    article.body = article.body.replace(old, new)
    article.save(update_fields=["body", "updated_at"])


def _copy(picture: Picture, article: Article) -> Picture:
    copied = Picture(
        article=article,
        uploaded_by=picture.uploaded_by,
        sha256=picture.sha256,
        width=picture.width,
        height=picture.height,
    )
    with picture.file.open() as master:
        copied.file.save(PurePosixPath(picture.file.name).name, File(master), save=False)
    copied.save()
    for width in rendition_widths(picture.width):
        with default_storage.open(rendition_path(picture, width)) as rendition:
            default_storage.save(rendition_path(copied, width), File(rendition))
    return copied


_IMG = re.compile(r'<img [^>]*src="/pictures/([0-9a-f-]{36})/"[^>]*>')
_ALT = re.compile(r'alt="([^"]*)"')


def dress(article: Article) -> str:
    """The body for a page: pictures with sizes, renditions and lazy loading; others' are left out.

    One query. Another manuscript's picture is not shown: a guessed address shows nothing.
    """
    mine = {str(picture.token): picture for picture in article.pictures.all()}

    def tag(match: re.Match) -> str:
        picture = mine.get(match[1])
        alt = _ALT.search(match[0])
        return _img(picture, alt[1] if alt else "") if picture else ""

    return _IMG.sub(tag, article.body)


def _img(picture: Picture, alt: str) -> str:
    base = picture.get_absolute_url()
    srcset = ", ".join(f"{base}{w}.webp {w}w" for w in rendition_widths(picture.width))
    return (
        f'<img src="{base}" srcset="{srcset}" sizes="(max-width: 45em) 92vw, 42em" alt="{alt}"'
        f' width="{picture.width}" height="{picture.height}" loading="lazy" decoding="async">'
    )
