"""What a writer sees. The fetch is the permission: another person's manuscript is a 404."""

import logging
from uuid import UUID, uuid4

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import redirect_to_login
from django.core.files.storage import default_storage
from django.http import (
    FileResponse,
    Http404,
    HttpRequest,
    HttpResponse,
    JsonResponse,
    QueryDict,
)
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from servicejournal.csp import holds_the_editor

from . import pictures, reading, workflow
from . import submissions as desk
from .forms import ManuscriptForm, SignatureFormSet
from .models import Article, Author, Picture

log = logging.getLogger(__name__)

#: Where what was typed waits while its writer signs in again.
_UNSAVED = "unsaved_manuscript"


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@holds_the_editor
def submit(request: HttpRequest) -> HttpResponse:
    """A new manuscript."""
    return _write(request, None)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@holds_the_editor
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """A draft, or one that came back for revision."""
    if not request.user.is_authenticated:
        return _sign_in_first(request)
    article = _mine(request, pk)
    if not article.with_the_writer:
        messages.info(request, "稿件已经提交，现在不能修改。")
        return redirect("submission", pk)
    return _write(request, article)


def _mine(request: HttpRequest, pk: int) -> Article:
    manuscripts = Article.objects.of(request.user).select_related("section", "issue")
    return get_object_or_404(manuscripts.with_bylines(), pk=pk)


def _sign_in_first(request: HttpRequest) -> HttpResponse:
    """Nothing typed is lost when the session has ended: it waits in the new one."""
    if request.method == "POST":
        request.session[_UNSAVED] = {"path": request.path, "data": request.POST.urlencode()}
    return redirect_to_login(request.get_full_path())


def _write(request: HttpRequest, article: Article | None) -> HttpResponse:
    if not request.user.is_authenticated:
        return _sign_in_first(request)
    if request.method == "POST":
        return _receive(request, article)
    form, authors = _kept_from_before(request, article) or _blank(request, article)
    return _form_page(request, article, form, authors)


def _kept_from_before(request: HttpRequest, article: Article | None) -> tuple | None:
    """The forms as they were typed before the writer had to sign in again."""
    kept = request.session.get(_UNSAVED)
    if not kept or kept["path"] != request.path:
        return None
    del request.session[_UNSAVED]
    data = QueryDict(kept["data"])
    messages.info(request, "您登录之前写的内容还在，请看一遍再保存。")
    return ManuscriptForm(data, article=article), SignatureFormSet(data, prefix="authors")


def _blank(request: HttpRequest, article: Article | None) -> tuple:
    """Unbound forms: the manuscript as it was saved, or the writer's own name to begin with."""
    if article:
        rows = [
            {"branch": each.branch, "name": each.author.name} for each in article.authorships.all()
        ]
    else:
        own = Author.objects.filter(user=request.user).select_related("branch").first()
        rows = [{"branch": own and own.branch, "name": request.user.name}]
    authors = SignatureFormSet(initial=rows, prefix="authors")
    return ManuscriptForm(article=article), authors


def _receive(request: HttpRequest, article: Article | None) -> HttpResponse:
    """Takes the pictures first, so that they are kept whatever else is wrong; then the text."""
    handing_in = "hand_in" in request.POST
    data = request.POST.copy()
    taken = desk.take_pictures(
        request.FILES.getlist("pictures"), data.get("captions", ""), by=request.user
    )
    if taken.figures:
        data["body"], data["captions"] = data.get("body", "") + taken.figures, ""
    form = ManuscriptForm(data, article=article, hand_in=handing_in)
    authors = SignatureFormSet(data, prefix="authors", hand_in=handing_in)
    sound = form.is_valid() and authors.is_valid()
    if not sound or taken.refused:
        return _form_page(request, article, form, authors, refused=taken.refused, status=422)
    try:
        article = desk.save_draft(
            article,
            by=request.user,
            facts=form.facts(),
            signatures=authors.signatures(),
            form_token=_token(data.get("form_token", "")),
        )
        if handing_in:
            desk.hand_in(article, by=request.user)
    except desk.Locked:
        return redirect("submission", article.pk) if article else redirect("submissions")
    except workflow.NotAllowed as refusal:
        form.add_error(None, str(refusal))
        return _form_page(request, article, form, authors, status=422)
    return _onward(request, article)


def _token(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _onward(request: HttpRequest, article: Article) -> HttpResponse:
    if "hand_in" in request.POST:
        return redirect("submission_receipt", article.pk)
    if "preview" in request.POST:
        return redirect("submission_preview", article.pk)
    messages.success(request, "已存为草稿，可以接着写。")
    return redirect("submission_edit", article.pk)


def _form_page(
    request: HttpRequest,
    article: Article | None,
    form: ManuscriptForm,
    authors: SignatureFormSet,
    *,
    refused: tuple[str, ...] = (),
    status: int = 200,
) -> HttpResponse:
    reviews = article.reviews.all() if article else []
    context = {
        "article": article,
        "form": form,
        "authors": authors,
        "refused": refused,
        "captions": form.data.get("captions", ""),
        "form_token": form.data.get("form_token") or uuid4(),
        "sections": form.fields["section"].queryset,
        "opinions": [review for review in reviews if review.opinion],
    }
    return render(request, "articles/form.html", context, status=status)


@require_safe
@never_cache
@login_required
def submissions(request: HttpRequest) -> HttpResponse:
    """The writer's manuscripts, the latest first, and where each stands."""
    mine = Article.objects.of(request.user).select_related("section", "issue").defer("body")
    return render(
        request, "articles/submissions.html", {"manuscripts": mine.order_by("-stage_since")}
    )


@require_safe
@never_cache
@login_required
def submission(request: HttpRequest, pk: int) -> HttpResponse:
    """One manuscript: where it stands, what happened, what the editors wrote to its writer."""
    article = _mine(request, pk)
    context = {
        "article": article,
        "body": reading.lay_out(pictures.dress(article)).body,
        "timeline": desk.timeline(article),
        "may_withdraw": workflow.Action.WITHDRAW in workflow.actions_for(article, request.user),
    }
    return render(request, "articles/submission.html", context)


@require_safe
@never_cache
@login_required
def preview(request: HttpRequest, pk: int) -> HttpResponse:
    """As the article will look in the journal."""
    article = _mine(request, pk)
    context = {"article": article, "body": reading.lay_out(pictures.dress(article)).body}
    return render(request, "articles/preview.html", context)


@require_safe
@never_cache
@login_required
def receipt(request: HttpRequest, pk: int) -> HttpResponse:
    """The number that the writer can ask about."""
    article = _mine(request, pk)
    if not article.receipt:
        raise Http404
    return render(request, "articles/receipt.html", {"article": article})


@require_POST
@login_required
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    article = _mine(request, pk)
    try:
        workflow.withdraw(article, by=request.user, why=request.POST.get("why", "")[:300])
    except workflow.NotAllowed as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, "稿件已撤回。改变主意的话，请与编辑部联系。")
    return redirect("submission", pk)


@require_POST
def picture_upload(request: HttpRequest) -> JsonResponse:
    """An upload from the editor, answered in the form that CKEditor reads."""
    if not request.user.is_authenticated:
        return _refused("登录已过期，请另开一个窗口登录，再回来上传。", 403)
    upload = request.FILES.get("upload")
    if upload is None:
        return _refused("没有收到图片，请再试一次。", 400)
    try:
        taken = pictures.take(upload.read(), by=request.user)
    except pictures.PictureRefused as refusal:
        return _refused(str(refusal), 422)
    url = taken.get_absolute_url()
    return JsonResponse({"uploaded": 1, "fileName": upload.name, "url": url})


def _refused(words: str, status: int) -> JsonResponse:
    return JsonResponse({"uploaded": 0, "error": {"message": words}}, status=status)


@require_safe
def picture(request: HttpRequest, token: UUID, width: int | None = None) -> FileResponse:
    """A picture, or one of its renditions, to who may see its article."""
    shown = get_object_or_404(
        Picture.objects.visible_to(request.user).select_related("article__issue"), token=token
    )
    name = pictures.rendition_path(shown, width) if width else shown.file.name
    try:
        file = default_storage.open(name)
    except FileNotFoundError as error:
        if not width or width in pictures.rendition_widths(shown.width):
            log.error("Picture %s has lost its file %s", token, name)
        raise Http404 from error
    response = FileResponse(file)
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = _caching(shown)
    return response


def _caching(shown: Picture) -> str:
    """A token's picture never changes; but what is not public must not stay in a shared cache."""
    out = shown.article is not None and shown.article.is_published
    if out and settings.READER_ACCESS == "public":
        return "public, max-age=31536000, immutable"
    return "private, no-store"
