"""The form in which a manuscript is written: new, begun, sent back."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from servicejournal.csp import holds_the_editor

from . import standing, submissions, workflow
from .forms import ManuscriptForm
from .models import Article
from .writers import mine, writers_page


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
        article = submissions.save(form.text(), by=request.user, article=article, form_id=form_id)
        return _after_saving(request, article, data.get("action", "save"))
    except submissions.Incomplete as incomplete:
        form.complain(incomplete.lacking)
        return _form_page(request, form, article, status=422, is_saved=True)
    except workflow.NotAllowed as refused:
        form.add_error(None, str(refused))
        return _form_page(request, form, article, status=409)


def _with_uploads(request: HttpRequest) -> tuple[QueryDict, list[str]]:
    """What was sent, with new pictures at the end of the body, and what is wrong with pictures."""
    data = request.POST.copy()
    files, captions = request.FILES.getlist("pictures"), data.get("captions", "")
    figures, problems = submissions.figures(files, captions, by=request.user)
    if figures:
        data["body"] = f"{data.get('body', '')}\n{figures}"
        data["captions"] = ""
    return data, problems


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
) -> HttpResponse:
    context = {
        "form": form,
        "article": article,
        "opinions": standing.opinions(article) if article else [],
        "is_saved": is_saved,
        "min_length": submissions.MIN_LENGTH,
    }
    return render(request, "articles/submission_form.html", context, status=status)
