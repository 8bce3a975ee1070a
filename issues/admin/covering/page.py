"""The cover is designed: choices beside the cover as it would be, drawn anew at every change.

With scripts the page asks for the drawing alone (`live`). Without, a button brings the whole page
with the drawing, and nothing is stored but a picture that was uploaded: no browser sends it twice.
"""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from articles.pictures import pixels
from issues import announced, contents, cover_pictures, covers
from issues.exports import outputs
from issues.making import publication
from issues.making.covering import designing
from issues.models import Issue
from servicejournal import masthead
from servicejournal.access import who_acts
from servicejournal.web import turnstile

from .form import CoverForm, picture, samples, small

_UNREADABLE = "封面上的图读不出来，请重新选一张。"


def page(request: HttpRequest, pk: int) -> HttpResponse:
    if not request.user.has_perm("issues.change_issue"):
        raise PermissionDenied
    issue = get_object_or_404(Issue, pk=pk)
    issue.cover_lines = "\n".join(announced.lines(issue))
    titles = [(each.pk, each.title) for each in contents.of(issue).articles]
    if request.method != "POST":
        return _shown(request, CoverForm(instance=issue, titles=titles))
    turnstile.enter(turnstile.SCRIPT if "live" in request.POST else turnstile.UPLOAD, request)
    is_preview = "preview" in request.POST or "live" in request.POST
    with transaction.atomic():
        form = CoverForm(request.POST, request.FILES, instance=issue, titles=titles)
        if form.is_valid() and not is_preview:
            designing.design(issue, by=who_acts(request))
    if not form.is_valid():
        return _shown(request, form, status=409 if form.newest else 422)
    if is_preview:
        return _previewed(request, form)
    return _stored(request, issue)


def _stored(request: HttpRequest, issue: Issue) -> HttpResponse:
    try:
        designing.keep_picture(issue)
    except (OSError, pixels.PictureRefused):
        messages.error(request, _UNREADABLE)
    else:
        messages.success(request, "封面已保存。")
    return redirect("admin:issues_issue_cover", issue.pk)


def _previewed(request: HttpRequest, form: CoverForm) -> HttpResponse:
    if "live" in request.POST:
        return render(
            request, "admin/issues/issue/cover/_preview.html", _drawn(form.instance, form)
        )
    if "cover_picture" in form.changed_data and form.cleaned_data["cover_picture"]:
        try:
            designing.take_picture(form.instance, by=who_acts(request))
        except publication.NotAllowed as refusal:
            messages.error(request, str(refusal))
            return redirect("admin:issues_issue_cover", form.instance.pk)
        messages.info(request, "图已经收下；封面还没有保存。")
    return _shown(request, form.again())


def _shown(request: HttpRequest, form: CoverForm, *, status: int = 200) -> HttpResponse:
    issue = form.instance
    drawn = _drawn(issue, form)
    if "live" in request.POST:
        return render(request, "admin/issues/issue/cover/_preview.html", drawn, status=status)
    facts = cover_pictures.facts_of(issue, masthead.current())
    pictures = samples(facts)
    context = {
        **admin.site.each_context(request),
        "title": f"封面 {issue.full_label}",
        "issue": issue,
        "form": form,
        **drawn,
        "choices": [
            (
                form[name],
                [(each, pictures[name].get(each.data["value"], "")) for each in form[name]],
            )
            for name in ("cover_layout", "cover_motif", "cover_colours")
        ],
        "own_picture": _own(issue),
        "titles": [
            (pk, title, title in issue.cover_line_list) for pk, title in form.titles.items()
        ],
    }
    return render(request, "admin/issues/issue/cover/page.html", context, status=status)


def _drawn(issue: Issue, form: CoverForm) -> dict[str, Any]:
    """The cover as the issue in hand would have it."""
    context: dict[str, Any] = {"issue": issue, "form": form, "is_uploaded": bool(issue.cover)}
    try:
        return {**context, "drawing": _picture_of(issue)}
    except (OSError, pixels.PictureRefused):
        return {**context, "drawing": "", "problem": _UNREADABLE}


def _picture_of(issue: Issue) -> str:
    if issue.cover:
        return picture(small(_bytes(issue.cover)), "image/webp")
    announced.follow(issue)
    drawing = covers.draw(cover_pictures.facts_of(issue, masthead.current()))
    if issue.cover_motif == covers.OWN_PICTURE and issue.cover_picture:
        shown = small(_bytes(issue.cover_picture), issue.cover_crop)
        drawing = covers.with_picture(drawing, shown)
    return picture(drawing)


def _own(issue: Issue) -> str:
    """The whole picture, to choose a part of."""
    try:
        return picture(small(_bytes(issue.cover_picture)), "image/webp")
    except (OSError, ValueError):
        return ""


def _bytes(file: Any) -> bytes:
    """Also of one that is not stored yet."""
    if not file:
        raise FileNotFoundError
    if vars(file).get("_committed", True):
        return outputs.read(file.name)
    file.seek(0)
    data: bytes = file.read()
    return data
