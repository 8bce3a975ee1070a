"""The form in which a manuscript is written: one address, and a short view for each of its buttons.

What comes in has passed the `door`: an act gets the sheet that was read there.
"""

from collections.abc import Callable
from dataclasses import replace
from functools import wraps

from django.contrib import messages
from django.db.models import prefetch_related_objects
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from articles.models import Article
from articles.reviewing import workflow
from servicejournal.access import SignedInRequest
from servicejournal.web import turnstile
from servicejournal.web.csp import holds_the_editor

from .. import endorsement, handing_in, progress, saving, second_look, telling
from ..text import Text, difference, fingerprint
from . import autosaving, door
from .admission import mine, mine_to_write, writers_page
from .door import Sheet


@writers_page
@holds_the_editor
@require_http_methods(["GET", "POST"])
def submit(request: SignedInRequest) -> HttpResponse:
    """A new draft."""
    return _write(request, None)


@writers_page
@holds_the_editor
@require_http_methods(["GET", "POST"])
def submission_edit(request: SignedInRequest, pk: int) -> HttpResponse:
    article = mine_to_write(request, pk)
    if request.method == "GET" and not telling.as_told(article).with_the_writer:
        messages.info(request, "稿件已经交给编辑部，文字不能再改。")
        return redirect("submission", pk)
    return _write(request, article)


def _write(request: SignedInRequest, article: Article | None) -> HttpResponse:
    """The form; POST does what the button (`action`) says."""
    if request.method == "GET":
        return _page(request, door.blank(request, article))
    turnstile.enter(turnstile.SAVE, request)
    sheet = door.received(request, article)
    return ACTS.get(sheet.act, save)(request, sheet)


Act = Callable[[SignedInRequest, Sheet], HttpResponse]


def _keeps_the_text(act: Callable[[SignedInRequest, Sheet, Text], HttpResponse]) -> Act:
    """Whatever stands in the way of an act is said on the same page, with every word on it."""

    @wraps(act)
    def guarded(request: SignedInRequest, sheet: Sheet) -> HttpResponse:
        if sheet.text is None:
            return _page(request, sheet, status=422)
        try:
            return act(request, sheet, sheet.text)
        except saving.Overwritten as rival:
            return _page(request, replace(sheet, article=rival.article), status=409, rival=rival)
        except workflow.NotAllowed as refused:
            sheet.form.add_error(None, str(refused))
            return _page(request, sheet, status=409)

    return guarded


@_keeps_the_text
def save(request: SignedInRequest, sheet: Sheet, text: Text) -> HttpResponse:
    article = _saved(request, sheet, text)
    messages.success(request, "已存为草稿，还没有提交。")
    return redirect("submission_edit", article.pk)


@_keeps_the_text
def preview(request: SignedInRequest, sheet: Sheet, text: Text) -> HttpResponse:
    return redirect("submission_preview", _saved(request, sheet, text).pk)


@_keeps_the_text
def hand_in(request: SignedInRequest, sheet: Sheet, text: Text) -> HttpResponse:
    """On to the page that hands in; half a text is saved all the same, and told what is missing."""
    article = _saved(request, sheet, text)
    if handing_in.beside_the_section(article):
        lacking = handing_in.missing(article)
        sheet.form.complain(lacking)
        saved = replace(sheet, article=article, base=fingerprint(article, text.bylines))
        return _page(request, saved, status=422, is_saved=True)
    return redirect("submission_hand_in", article.pk)


@_keeps_the_text
def take_theirs(request: SignedInRequest, sheet: Sheet, text: Text) -> HttpResponse:
    """The text that was stored elsewhere stays; the one of this page is kept as a version."""
    if sheet.article is None:
        return save(request, sheet)
    saving.set_aside(text, by=request.user, article=sheet.article)
    messages.success(request, "下面是那边的文字。您这一页写的也留着，是历史版本中的一份。")
    return redirect("submission_edit", sheet.article.pk)


def bring_in_word(request: SignedInRequest, sheet: Sheet) -> HttpResponse:
    """The form with what the Word file holds, and what to look at. Nothing is saved yet."""
    return _page(request, sheet, status=422 if "word" in sheet.form.beside else 200)


def _saved(request: SignedInRequest, sheet: Sheet, text: Text) -> Article:
    return saving.save(
        text,
        by=request.user,
        article=sheet.article,
        form_id=sheet.form_id,
        base=sheet.over or sheet.base,
    )


#: By the value of the button, `action`; any other one saves.
ACTS: dict[str, Act] = {
    **autosaving.ACTS,
    door.WORD: bring_in_word,
    "preview": preview,
    "hand_in": hand_in,
    "theirs": take_theirs,
}


def _page(
    request: SignedInRequest,
    sheet: Sheet,
    *,
    status: int = 200,
    is_saved: bool = False,
    rival: saving.Overwritten | None = None,
) -> HttpResponse:
    article, form = sheet.article, sheet.form
    if article:
        prefetch_related_objects([article], "authorships__author", "authorships__branch")
        article = telling.as_told(article)
    context = {
        "form": form,
        "enclosed": sheet.enclosed,
        "article": article,
        "base": (sheet.base or "")[:64],
        "originals": article.attachments.filter(uploaded_by=request.user) if article else [],
        "refused": endorsement.refusal(article) if article else None,
        "opinions": progress.opinions(article) if article else [],
        "comments": progress.shown_comments(article, to=request.user) if article else [],
        "look": second_look.at(article) if article and article.with_the_writer else None,
        "is_saved": is_saved,
        "rival": rival,
        "difference": difference(article, sheet.text) if rival and sheet.text else None,
        "state": "overwritten" if rival else "unsaved" if form.is_bound and not is_saved else "",
    }
    return render(request, "articles/submission_form.html", context, status=status)


@writers_page
@require_safe
def submission_second_look(request: SignedInRequest, pk: int) -> HttpResponse:
    """What the proofreading aid finds in the text as it is saved; for the form's script."""
    article = mine(request, pk)
    if not telling.as_told(article).with_the_writer:
        raise Http404
    context = {"look": second_look.at(article)}
    return render(request, "articles/_form_look.html", context)
