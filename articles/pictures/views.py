"""Pictures over HTTP: in from the editor, out to whoever may see their article."""

import logging
from collections.abc import Callable
from functools import wraps
from pathlib import PurePosixPath
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.files import File
from django.core.files.storage import default_storage
from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag
from django.views.decorators.http import require_POST, require_safe

from articles.pictures import pixels, renditions
from servicejournal.access import may_read
from servicejournal.storage.sending import sent
from servicejournal.web import turnstile

from ..models import Picture
from . import taking

logger = logging.getLogger(__name__)

_TYPES = {
    ".jpg": "image/jpeg",
    ".png": "image/png",
    ".webp": "image/webp",
    ".avif": "image/avif",
}
#: What an address shows never changes, but it may be taken back: asked again within a minute.
_A_MINUTE = "public, max-age=30, s-maxage=30"


def refusal(message: str, status: int) -> JsonResponse:
    """What CKEditor shows to the writer."""
    return JsonResponse({"uploaded": 0, "error": {"message": message}}, status=status)


@require_POST
def picture_upload(request: HttpRequest) -> JsonResponse:
    """Takes one picture (`upload`), in the manner of CKEditor: JSON with its address."""
    if not request.user.is_authenticated:
        return refusal("登录已过期，请在新的页面登录后再上传。", 403)
    turnstile.enter(turnstile.UPLOAD, request)
    file = request.FILES.get("upload")
    if file is None:
        return refusal("没有收到文件，请重新选择图片。", 400)
    try:
        picture = taking.take_file(file, by=request.user)
    except pixels.PictureRefused as reason:
        return refusal(str(reason), 422)
    return JsonResponse(
        {"uploaded": 1, "fileName": file.name, "url": picture.get_absolute_url()}, status=201
    )


class _Gone(Exception):
    """Readers had it, and have it no more."""


def _visible(request: HttpRequest, token: UUID) -> Picture:
    """A 404 otherwise; 410 (RFC 9110, 15.5.11) where it was out, so that copies are dropped."""
    found = Picture.objects.visible_to(request.user).filter(token=token).first()
    if found is not None:
        return found
    this = Picture.objects.filter(token=token)
    is_closed = this.all_out().exists()  # to who asks: it is out, and does not show that it is
    if may_read(request.user) and not is_closed and this.were_out().exists():
        raise _Gone
    raise Http404


def _or_gone(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    @wraps(view)
    def answered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            return view(request, *args, **kwargs)
        except _Gone:
            gone = HttpResponse("这张图片已经撤下。\n", "text/plain; charset=utf-8", status=410)
            gone["Cache-Control"] = "no-cache"  # it may come out again
            return gone

    return answered


@require_safe
@_or_gone
def picture(request: HttpRequest, token: UUID) -> HttpResponseBase:
    """The master."""
    found = _visible(request, token)
    return file_of(request, found, lambda: default_storage.open(found.file.name))


@require_safe
@_or_gone
def picture_rendition(
    request: HttpRequest, token: UUID, width: int, suffix: str
) -> HttpResponseBase:
    """One of the widths that pages ask for, as WebP or AVIF (`suffix`)."""
    found = _visible(request, token)
    if width not in renditions.widths(found.width):
        raise Http404
    return file_of(request, found, lambda: renditions.stored(found, width, suffix))


@require_safe
@_or_gone
def picture_thumbnail(request: HttpRequest, token: UUID) -> HttpResponseBase:
    """The smallest rendition, for who does not know how wide the picture is."""
    found = _visible(request, token)
    width = renditions.widths(found.width)[0]
    return file_of(request, found, lambda: renditions.stored(found, width, "webp"))


def file_of(
    request: HttpRequest, picture: Picture, opened: Callable[[], "File[bytes]"]
) -> HttpResponseBase:
    is_out = Picture.objects.out().filter(pk=picture.pk).exists()
    return stored_picture(request, opened, of=picture, for_everybody=is_out)


def stored_picture(
    request: HttpRequest,
    opened: Callable[[], "File[bytes]"],
    *,
    of: Model,
    for_everybody: bool,
) -> HttpResponseBase:
    """A picture from the storage; its address never shows another one, so it is its own ETag.

    `for_everybody` says whether it is out; a members' journal is cached nowhere.
    """
    try:
        file = opened()
    except FileNotFoundError as gone:
        logger.exception(
            "A file of %s %s is not there: %s", type(of).__name__, of.pk, gone.filename
        )
        raise Http404 from None
    except OSError as away:
        logger.error("The storage does not answer: %s", away)
        return HttpResponse(status=503, headers={"Retry-After": "30", "Cache-Control": "no-store"})
    # Not every system knows .avif by name.
    suffix, asked = PurePosixPath(file.name or "").suffix, PurePosixPath(request.path).suffix
    kind = _TYPES.get(suffix, "application/octet-stream")
    response: HttpResponseBase = sent(file, name=file.name or "", content_type=kind)
    stands_in = asked not in ("", suffix)  # another file, until the one asked for is made
    if stands_in or not for_everybody or settings.READER_ACCESS != "public":
        response["X-Content-Type-Options"] = "nosniff"
        response["Cache-Control"] = "private, no-store"
        return response
    etag = quote_etag(request.path)
    if unchanged := get_conditional_response(request, etag=etag):
        file.close()
        response = unchanged
    response["ETag"], response["Cache-Control"] = etag, _A_MINUTE
    response["X-Content-Type-Options"] = "nosniff"
    return response
