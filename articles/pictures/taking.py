"""Pictures of manuscripts: taken, put back, claimed. The only writer of `Picture`.

What is stored was decoded and encoded again (`articles.pictures.pixels`): no EXIF, no position, no
second format hidden behind the first (polyglots), whatever the file was called.
"""

import hashlib
import uuid
from dataclasses import dataclass
from pathlib import PurePosixPath

from django.core.files import File
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone

from servicejournal import files
from servicejournal.models import User

from ..bodies import html
from ..models import Article, Picture
from ..models.picture import master_path
from . import own_encoding, renditions
from .pixels import MAX_BYTES, TOO_LARGE, PictureRefused, decode, encode_master

#: Pictures that one manuscript may show. A report with more is an album.
MAX_IN_A_MANUSCRIPT = 60
#: Uploads of one writer in a day. The desk, which imports back issues, is not counted.
MAX_A_DAY = 200


def take_file(file: "File[bytes]", *, by: User, article: Article | None = None) -> Picture:
    """As `take`, for an uploaded file; one that is too large is not even read."""
    if file.size > MAX_BYTES:
        raise PictureRefused(TOO_LARGE)
    return take(file.read(), by=by, article=article)


def take(data: bytes, *, by: User, article: Article | None = None) -> Picture:
    """Stores an upload and its smallest rendition; a worker makes the others. Raises
    `PictureRefused`.

    Pixels are worked on before the transaction: meanwhile others can write.
    """
    image = decode(data)
    master, suffix = encode_master(image)
    picture = Picture(
        article=article,
        uploaded_by=by,
        sha256=hashlib.sha256(master).hexdigest(),
        width=image.width,
        height=image.height,
    )
    width, small = renditions.smallest(image)
    with transaction.atomic():
        _refuse_too_many(by)
        picture.file.save(f"master{suffix}", ContentFile(master), save=False)
        files.put(renditions.path(picture, width), small)
        picture.save()  # last: a crash leaves files too many, never a row without its file
        renditions.order(picture)
    return picture


@dataclass(frozen=True, slots=True)
class Master:
    """What a picture that was stored once is, looked at and not kept: `sha256` is of its bytes."""

    sha256: str
    width: int
    height: int
    suffix: str


def look_at_master(data: bytes) -> Master:
    """Takes a tenth of a second, so it is done before a transaction. Raises `PictureRefused`.

    Only masters as `take` makes them are taken.
    """
    image = decode(data)
    if not own_encoding.is_master(data):
        raise PictureRefused("它不是本系统存下的样子，可能被别的软件改过。")
    return Master(
        sha256=hashlib.sha256(data).hexdigest(),
        width=image.width,
        height=image.height,
        suffix=".png" if data.startswith(b"\x89PNG") else ".jpg",
    )


def keep_master(data: bytes, seen: Master, *, token: uuid.UUID) -> None:
    """Stores the file that `put_back` names, before anybody waits for a lock."""
    files.put(_master_of(token, seen), data)  # in a folder without a row, from a crash, over it


def put_back(seen: Master, *, token: uuid.UUID, by: User, article: Article) -> Picture:
    """A picture that an archive brings, under its old token, as it was looked at and kept.

    Renditions are made by a worker.
    """
    picture = Picture(
        token=token,
        article=article,
        uploaded_by=by,
        sha256=seen.sha256,
        width=seen.width,
        height=seen.height,
    )
    picture.file.name = _master_of(token, seen)
    picture.save()
    renditions.order(picture)
    return picture


def _master_of(token: uuid.UUID, seen: Master) -> str:
    return master_path(Picture(token=token), f"master{seen.suffix}")


def _refuse_too_many(by: User) -> None:
    if by.on_the_desk or not by.is_active:  # editors, and the program's own account
        return
    # Two uploads at once are counted one by one.
    User.objects.select_for_update(no_key=True).get(pk=by.pk)
    midnight = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    if Picture.objects.filter(uploaded_by=by, uploaded_at__gte=midnight).count() >= MAX_A_DAY:
        raise PictureRefused(f"今天已经上传了 {MAX_A_DAY} 张图片，请明天再传，或把稿件分成几篇。")


def too_many_in(body: str) -> str:
    """A sentence where a body shows more pictures than a manuscript may; otherwise ""."""
    count = len(html.picture_tokens(body))
    if count <= MAX_IN_A_MANUSCRIPT:
        return ""
    return (
        f"正文里有 {count} 张图片，一篇最多 {MAX_IN_A_MANUSCRIPT} 张，"
        f"请去掉 {count - MAX_IN_A_MANUSCRIPT} 张，或分成几篇投稿。"
    )


def claim(article: Article, *, by: User) -> None:
    """Ties the pictures that the body shows, and that the same person uploaded, to the article.

    One that belongs to another manuscript of theirs is copied: text moves between drafts.
    """
    body = tie(article, article.body, by=by)
    if body != article.body:
        article.body = body
        article.save(update_fields=["body", "updated_at"])


def tie(article: Article, body: str, *, by: User) -> str:
    """As `claim`, for a body that the article does not have yet: as it is to be, with the copies.

    The article itself is not written.
    """
    own = Picture.objects.filter(token__in=html.picture_tokens(body), uploaded_by=by)
    if not own.exclude(article=article).exists():  # as at nearly every saving
        return body
    own.filter(article=None).update(article=article)
    for picture in own.exclude(article=article):
        old, new = picture.get_absolute_url(), _copy(picture, article).get_absolute_url()
        body = body.replace(old, new)
    return body


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
    renditions.copy(picture, to=copied)
    copied.save()
    renditions.order(copied)
    return copied
