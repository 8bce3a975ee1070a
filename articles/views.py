"""What a contributor sees. The fetch is the permission: another's manuscript is a 404."""

from collections.abc import Callable
from functools import wraps

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import resolve, reverse
from django.views.csrf import csrf_failure as plain_csrf_failure
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from servicejournal.csp import holds_the_editor

from . import html, pictures, reading, standing, workflow
from . import submissions as desk
from .forms import ManuscriptForm
from .models import Article
from .picture_views import refusal

#: Pages whose form holds what somebody wrote.
_WRITING = ("submit", "submission_edit")
#: Characters of a reason for withdrawing that go into the record.
MAX_REASON = 500


def writers_page(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """For signed-in people, kept by no cache. Who was signed out while writing loses no word."""

    @wraps(view)
    def guarded(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        if request.user.is_authenticated:
            return view(request, *args, **kwargs)
        if request.method == "POST" and request.resolver_match.url_name in _WRITING:
            return _keep_words(request)
        here = request.get_full_path() if request.method == "GET" else reverse("submissions")
        return redirect_to_login(here)

    return never_cache(guarded)


def _keep_words(request: HttpRequest) -> HttpResponse:
    """A page that holds everything that was typed and sends it again after signing in."""
    typed = [
        (name, value)
        for name, values in request.POST.lists()
        for value in values
        if name != "csrfmiddlewaretoken"
    ]
    try:
        words = html.text(html.clean(request.POST.get("body", "")))
    except html.Refused:
        words = html.text(html.plain(request.POST.get("body", "")))
    context = {"typed": typed, "title": request.POST.get("title", ""), "words": words}
    return render(request, "articles/kept.html", context, status=403)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Where a form's token is out of date, as after signing in elsewhere, the words are kept.

    Only for forms of our own pages: what a foreign page sends is not shown.
    """
    name = resolve(request.path_info).url_name
    if name == "picture_upload":
        return refusal("页面放得太久了，请保存草稿、刷新页面后再上传。", 403)
    if name in _WRITING and request.headers.get("Sec-Fetch-Site") == "same-origin":
        return _keep_words(request)
    return plain_csrf_failure(request, reason)


@writers_page
@holds_the_editor
@require_http_methods(["GET", "POST"])
def submit(request: HttpRequest) -> HttpResponse:
    """A new draft."""
    return _write(request)


@writers_page
@holds_the_editor
@require_http_methods(["GET", "POST"])
def submission_edit(request: HttpRequest, pk: int) -> HttpResponse:
    article = _mine(request, pk)
    if request.method == "GET" and not article.with_the_writer:
        messages.info(request, "稿件已经交给编辑部，文字不能再改。")
        return redirect("submission", pk)
    return _write(request, article)


def _mine(request: HttpRequest, pk: int) -> Article:
    mine = Article.objects.of(request.user).select_related("section", "issue").with_bylines()
    return get_object_or_404(mine, pk=pk)


def _write(request: HttpRequest, article: Article | None = None) -> HttpResponse:
    """The form; POST saves, and then stays, previews or hands in, by the button (`action`)."""
    if request.method == "GET":
        return _form_page(request, ManuscriptForm(by=request.user, article=article), article)
    data, problems = _with_uploads(request)
    form = ManuscriptForm(data, by=request.user, article=article)
    form.picture_problems = problems
    if not form.is_valid() or problems:
        return _form_page(request, form, article, status=422)
    form_id = str(form.cleaned_data["form_id"] or "")
    try:
        article = desk.save(form.text(), by=request.user, article=article, form_id=form_id)
        return _after_saving(request, article, data.get("action", "save"))
    except desk.Incomplete as incomplete:
        form.complain(incomplete.lacking)
        return _form_page(request, form, article, status=422, is_saved=True)
    except workflow.NotAllowed as refused:
        form.add_error(None, str(refused))
        return _form_page(request, form, article, status=409)


def _with_uploads(request: HttpRequest) -> tuple[QueryDict, list[str]]:
    """What was sent, with new pictures at the end of the body, and what is wrong with pictures."""
    data = request.POST.copy()
    files, captions = request.FILES.getlist("pictures"), data.get("captions", "")
    figures, problems = desk.figures(files, captions, by=request.user)
    if figures:
        data["body"] = f"{data.get('body', '')}\n{figures}"
        data["captions"] = ""
    return data, problems


def _after_saving(request: HttpRequest, article: Article, action: str) -> HttpResponse:
    if action == "hand_in":
        desk.hand_in(article, by=request.user)
        return redirect("submission_receipt", article.pk)
    if action == "preview":
        return redirect("submission_preview", article.pk)
    messages.success(request, "已存为草稿，还没有提交。")
    return redirect("submission_edit", article.pk)


def _form_page(
    request: HttpRequest,
    form: ManuscriptForm,
    article: Article | None,
    *,
    status: int = 200,
    is_saved: bool = False,
) -> HttpResponse:
    context = {
        "form": form,
        "article": article,
        "opinions": standing.opinions(article) if article else [],
        "is_saved": is_saved,
        "min_length": desk.MIN_LENGTH,
    }
    return render(request, "articles/submission_form.html", context, status=status)


@writers_page
@require_safe
def submissions(request: HttpRequest) -> HttpResponse:
    """Where each of my manuscripts stands: first what waits for me."""
    mine = (
        Article.objects.of(request.user)
        .select_related("section", "issue")
        .defer("body", "note")
        .order_by("-stage_since", "-pk")
    )
    rows = [(article, standing.of(article)) for article in mine]
    grouped = [
        (heading, [row for row in rows if row[1].turn == turn])
        for turn, heading in standing.TURNS.items()
    ]
    groups = [(heading, rows) for heading, rows in grouped if rows]
    return render(request, "articles/submissions.html", {"groups": groups})


@writers_page
@require_safe
def submission(request: HttpRequest, pk: int) -> HttpResponse:
    """One: its state, what happened, what the reviewers wrote, and what I can do."""
    article = _mine(request, pk)
    may = workflow.actions_for(article, request.user)
    context = {
        "article": article,
        "standing": standing.of(article),
        "events": standing.events(article),
        "opinions": standing.opinions(article),
        **_to_do(article),
        "may_withdraw": workflow.Action.WITHDRAW in may,
        **_laid_out(article),
    }
    return render(request, "articles/submission.html", context)


def _to_do(article: Article) -> dict:
    return {"lacking": desk.missing(article) if article.with_the_writer else {}}


def _laid_out(article: Article) -> dict:
    return {
        "layout": reading.lay_out(pictures.dress(article)),
        "minutes": reading.minutes(article.length),
        "has_silent_picture": html.has_silent_picture(article.body),
    }


@writers_page
@require_safe
def submission_preview(request: HttpRequest, pk: int) -> HttpResponse:
    """As in the journal."""
    article = _mine(request, pk)
    context = {"article": article, **_to_do(article), **_laid_out(article)}
    return render(request, "articles/submission_preview.html", context)


@writers_page
@require_POST
def submission_hand_in(request: HttpRequest, pk: int) -> HttpResponse:
    """From the preview, which offers it only where nothing is missing."""
    try:
        desk.hand_in(_mine(request, pk), by=request.user)
    except (desk.Incomplete, workflow.NotAllowed) as refused:
        messages.error(request, str(refused))
        return redirect("submission", pk)
    return redirect("submission_receipt", pk)


@writers_page
@require_safe
def submission_receipt(request: HttpRequest, pk: int) -> HttpResponse:
    """The number, when it came in, and what happens next; to be printed."""
    article = _mine(request, pk)
    if not article.receipt:
        return redirect("submission", pk)
    context = {"article": article, "standing": standing.of(article)}
    return render(request, "articles/submission_receipt.html", context)


@writers_page
@require_http_methods(["GET", "POST"])
def submission_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Asks first."""
    article = _mine(request, pk)
    refused = workflow.why_not(article, workflow.Action.WITHDRAW, request.user)
    if request.method == "POST":
        _withdraw(request, article)
    elif not refused:
        return render(request, "articles/submission_withdraw.html", {"article": article})
    else:
        messages.error(request, refused)
    return redirect("submission", pk)


def _withdraw(request: HttpRequest, article: Article) -> None:
    why = html.visible(request.POST.get("why", "")).strip()
    try:
        workflow.withdraw(article, by=request.user, why=why[:MAX_REASON])
    except workflow.NotAllowed as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, f"“{article.title}”已撤稿。")
