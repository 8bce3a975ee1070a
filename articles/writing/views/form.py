"""The form in which a manuscript is written: new, begun, sent back."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_http_methods, require_safe

from articles.bodies import layout
from articles.models import Article
from articles.pictures import dressing
from articles.reviewing import checking, workflow
from servicejournal.web.csp import framed_by_ourselves, holds_the_editor

from .. import autosaving, progress, submissions, word_files
from ..forms import ManuscriptForm, is_open_call
from .admission import mine, writers_page


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
    article = mine(request, pk)
    if request.method == "GET" and not article.with_the_writer:
        messages.info(request, "稿件已经交给编辑部，文字不能再改。")
        return redirect("submission", pk)
    return _write(request, article)


@writers_page
@framed_by_ourselves
@xframe_options_sameorigin
@require_safe
def submission_preview_sheet(request: HttpRequest, pk: int) -> HttpResponse:
    """The preview without anything around it, for the frame of a phone."""
    article = mine(request, pk)
    laid_out = layout.lay_out(dressing.dress(article))
    context = {"article": article, "layout": laid_out, "minutes": layout.minutes(article.length)}
    return render(request, "articles/submission_preview_sheet.html", context)


@writers_page
@require_safe
def submission_second_look(request: HttpRequest, pk: int) -> HttpResponse:
    """What the proofreading aid finds in the text as it is saved; for the form's script."""
    context = {"look": checking.for_the_writer(mine(request, pk))}
    return render(request, "articles/_form_look.html", context)


def _write(request: HttpRequest, article: Article | None = None) -> HttpResponse:
    """The form; POST saves, and then stays, previews or hands in, by the button (`action`)."""
    if request.method == "GET":
        form = ManuscriptForm(by=request.user, article=article, call=_wanted_call(request))
        return _form_page(request, form, article)
    if request.POST.get("action") in (autosaving.SAVE, autosaving.COMPARE):
        return autosaving.answer(request, article)
    data, problems = _with_uploads(request)
    if "word" in request.FILES or data.get("action") == "word":
        return _with_word(request, data, problems, article)
    form = ManuscriptForm(data, by=request.user, article=article)
    form.picture_problems = problems
    if not form.is_valid() or problems:
        return _form_page(request, form, article, status=422)
    return _save(request, form, article)


def _save(request: HttpRequest, form: ManuscriptForm, article: Article | None) -> HttpResponse:
    """`over` names the text that the writer has seen elsewhere and wants to replace."""
    sent, action = request.POST, request.POST.get("action", "save")
    form_id = str(form.cleaned_data["form_id"] or "")
    base = sent.get("over") or sent.get("base")
    try:
        if action == "theirs" and article:
            return _take_theirs(request, form, article)
        article = submissions.save(
            form.text(), by=request.user, article=article, form_id=form_id, base=base
        )
        return _after_saving(request, article, action)
    except submissions.Incomplete as incomplete:
        form.complain(incomplete.lacking)
        return _form_page(request, form, article, status=422, is_saved=True)
    except submissions.Overwritten as rival:
        return _form_page(request, form, rival.article, status=409, rival=rival)
    except workflow.NotAllowed as refused:
        form.add_error(None, str(refused))
        return _form_page(request, form, article, status=409)


def _take_theirs(request: HttpRequest, form: ManuscriptForm, article: Article) -> HttpResponse:
    submissions.set_aside(form.text(), by=request.user, article=article)
    messages.success(request, "下面是那边的文字。您这一页写的也留着，是历史版本中的一份。")
    return redirect("submission_edit", article.pk)


def _wanted_call(request: HttpRequest) -> str:
    """The call that the writer came from (`?call=`), where it still takes manuscripts."""
    wanted = request.GET.get("call", "")
    if wanted and not is_open_call(wanted):
        messages.info(request, "这次征稿已经结束，您仍然可以作自由来稿投。")
        return ""
    return wanted


def _with_uploads(request: HttpRequest) -> tuple[QueryDict, list[str]]:
    """What was sent, with new pictures at the end of the body, and what is wrong with pictures."""
    data = request.POST.copy()
    files, captions = request.FILES.getlist("pictures"), data.get("captions", "")
    figures, problems = submissions.figures(files, captions, by=request.user)
    if figures:
        data["body"] = f"{data.get('body', '')}\n{figures}"
        data["captions"] = ""
    return data, problems


def _with_word(
    request: HttpRequest, data: QueryDict, problems: list[str], article: Article | None
) -> HttpResponse:
    """The form with what the Word file holds, and what to look at. Nothing is saved yet."""
    data, outcome = word_files.fill(data, request.FILES.get("word"), by=request.user)
    form = ManuscriptForm(data, by=request.user, article=article)
    form.picture_problems, form.word = problems, outcome
    return _form_page(request, form, article, status=422 if outcome.problem else 200)


def _after_saving(request: HttpRequest, article: Article, action: str) -> HttpResponse:
    if action == "hand_in":
        if lacking := submissions.missing(article):
            raise submissions.Incomplete(lacking)
        return redirect("submission_hand_in", article.pk)
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
    rival: submissions.Overwritten | None = None,
) -> HttpResponse:
    context = {
        "form": form,
        "article": article,
        "opinions": progress.opinions(article) if article else [],
        "comments": progress.comments(article) if article else [],
        "look": checking.for_the_writer(article) if article else None,
        "is_saved": is_saved,
        "rival": rival,
        "difference": autosaving.difference(rival.article, form.text()) if rival else None,
        "base": _base(request, article, is_fresh=is_saved or not form.is_bound),
        "state": "overwritten" if rival else "unsaved" if form.is_bound and not is_saved else "",
        "min_length": submissions.MIN_LENGTH,
    }
    return render(request, "articles/submission_form.html", context, status=status)


def _base(request: HttpRequest, article: Article | None, *, is_fresh: bool) -> str:
    """The fingerprint of what the form went on from; a form that failed still goes on from that."""
    if is_fresh:
        return submissions.fingerprint(article) if article else ""
    return request.POST.get("base", "")[:64]
