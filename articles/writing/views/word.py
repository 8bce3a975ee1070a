"""Word files over HTTP: in from the form, and the originals out to the desk."""

import logging
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_POST, require_safe

from articles import word
from articles.models import Attachment
from articles.pictures import pixels
from articles.pictures.views import refusal
from articles.word.parts import guard
from servicejournal.storage.sending import sent
from servicejournal.web import turnstile

from .. import word_files, word_pictures

logger = logging.getLogger(__name__)

_DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@require_POST
def word_upload(request: HttpRequest) -> JsonResponse:
    """Takes one Word file (`word`) and gives what it holds as JSON, for the form to be filled."""
    if not request.user.is_authenticated:
        return refusal("登录已过期，您写的字还在。请在新的页面登录，再导入一次。", 403)
    turnstile.enter(turnstile.WORD, request)
    file = request.FILES.get("word")
    if file is None:
        return refusal("没有收到文件，请重新选择。", 400)
    try:
        later = request.POST.get("pictures") == "later"
        brought = word_files.bring_in(file, by=request.user, pictures_later=later)
    except word.WordRefused as reason:
        return refusal(str(reason), 422)
    return JsonResponse(brought.as_json(), status=201)


@require_POST
def word_picture(request: HttpRequest, token: UUID, number: int) -> JsonResponse:
    """Brings one picture of one's own Word file in; gives its figure as JSON."""
    if not request.user.is_authenticated:
        return refusal("登录已过期，您写的字还在。请在新的页面登录，再点“重试”。", 403)
    turnstile.enter(turnstile.UPLOAD, request)
    own = Attachment.objects.filter(uploaded_by=request.user)
    found = get_object_or_404(own, token=token)
    try:
        figure = word_pictures.take(found, number, by=request.user)
    except (pixels.PictureRefused, word.WordRefused) as reason:
        return refusal(str(reason), 422)
    except (LookupError, FileNotFoundError):
        return refusal("原稿里找不到这张图片了，请把图片另外上传。", 404)
    return JsonResponse({"figure": figure}, status=201)


def _withheld() -> HttpResponse:
    sentence = "这份原稿没有通过安全检查，不能下载。请作者另存为 .docx（不带宏）再导入一次。\n"
    response = HttpResponse(sentence, "text/plain; charset=utf-8", status=410)
    response["Cache-Control"] = "private, no-store"
    return response


@require_safe
def attachment(request: HttpRequest, token: UUID) -> HttpResponseBase:
    """The original, to be saved and never to be shown in the browser. Looked at once more before
    it goes to another than its sender: what was kept in older times may be what is refused now.
    """
    found = get_object_or_404(Attachment.objects.visible_to(request.user), token=token)
    try:
        file = found.file.open()
    except FileNotFoundError:
        logger.exception("The file of attachment %s is not there: %s", found.pk, found.file.name)
        raise Http404 from None
    if found.uploaded_by_id != request.user.pk:
        try:
            guard.check(file.read(guard.MAX_BYTES + 1), found.name)
        except word.WordRefused as reason:
            file.close()
            logger.warning("Attachment %s would not be taken today: %s", found.pk, reason)
            return _withheld()
        file.seek(0)
    options = {"as_attachment": True, "filename": found.name, "content_type": _DOCX}
    response = sent(file, name=found.file.name, **options)
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response
