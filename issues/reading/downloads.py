"""An issue as a file: PDF and EPUB. Who may see the issue may have them.

Readers get the files of the standing edition, as they were signed off. What is not out yet is made
when it is asked for: those are the proofs that the desk reads.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.core.files.base import ContentFile, File
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import quote_etag
from django.views.decorators.http import condition, require_safe

from servicejournal.access import for_the_desk_only, readers_page
from servicejournal.storage.sending import sent
from servicejournal.web import turnstile

from ..exports import book, outputs
from ..models import Edition, Issue
from ..numbering import Which
from . import gone
from .fronts import Front, of_issue


def visible_issue(request: HttpRequest, year: int, which: Which) -> Issue:
    """The fetch is the permission: a 404 for whoever may not see it, a 410 where it was out."""
    issues = Issue.objects.select_related("standing__issue").at(year, which)
    if out := issues.published().first():  # who may read the journal was asked at the door
        gone.refuse_strangers(out.access, request.user)
        return out
    found = issues.visible_to(request.user).first()
    if found is None:
        gone.look_for_issue(year, which)
        raise Http404
    return found


@dataclass(frozen=True, slots=True)
class Offer:
    """A file on an issue's page; `size` in bytes, None where it is made when asked for."""

    name: str
    words: str
    address: str
    size: int | None
    saves: bool
    sha256: str = ""


def files_of(front: Front, edition: Edition | None) -> list[Offer]:
    """What the page of the issue offers, of the edition that it shows. No query."""
    offers = (
        ("pdf", "PDF", "印刷版式", False),
        ("epub", "EPUB", "电子书", True),
    )
    return [
        Offer(
            name,
            words,
            reverse(f"issue_{kind}", args=[front.year, front.slug]),
            size,
            saves,
            getattr(edition, f"{kind}_sha256", ""),
        )
        for kind, name, words, saves in offers
        for size in [_size(edition, kind)]
        if size is not None or (edition is None and not (front.scan and kind == "epub"))
    ]


def _size(edition: Edition | None, kind: str) -> int | None:
    return getattr(edition, f"{kind}_size") if getattr(edition, kind, None) else None


def _etag(request: HttpRequest, year: int, which: Which) -> str | None:
    edition = visible_issue(request, year, which).standing
    return quote_etag(f"{edition.number}-{edition.sha256}") if edition else None


@require_safe
@readers_page
@condition(etag_func=_etag)
def issue_pdf(request: HttpRequest, year: int, which: Which) -> HttpResponseBase:
    """For the screen: opens in the browser."""
    return _answer(request, visible_issue(request, year, which), "pdf", _proof)


def _proof(issue: Issue) -> bytes:
    return outputs.pdf_of(*book.held(issue)).data


@require_safe
@readers_page
@condition(etag_func=_etag)
def issue_epub(request: HttpRequest, year: int, which: Which) -> HttpResponseBase:
    """For e-readers and phones: is saved."""
    shown = visible_issue(request, year, which)
    return _answer(request, shown, "epub", _draft, as_attachment=True)


def _draft(issue: Issue) -> bytes:
    return outputs.epub_of(*book.held(issue))


def _answer(
    request: HttpRequest,
    issue: Issue,
    kind: str,
    make: Callable[[Issue], bytes],
    *,
    as_attachment: bool = False,
) -> HttpResponseBase:
    edition = issue.standing
    told: dict[str, Any] = {
        "as_attachment": as_attachment,
        "filename": f"{of_issue(issue).name}{issue.label}.{kind}",
        "content_type": {"pdf": "application/pdf", "epub": "application/epub+zip"}[kind],
    }
    if edition is None:
        turnstile.enter(turnstile.DRAWN, request)
    try:
        response = (
            sent(_stored(edition, kind), name=getattr(edition, kind).name, **told)
            if edition
            else FileResponse(ContentFile(make(issue)), **told)
        )
    except outputs.REFUSALS as reason:
        front = of_issue(issue)
        context = {
            "issue": front,
            "masthead": front,
            "kind": kind.upper(),
            "reason": str(reason),
        }
        return for_the_desk_only(render(request, "issues/no_file.html", context, status=503))
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "no-cache"  # kept, but asked about: a correction makes a new one
    return response if issue.is_open else for_the_desk_only(response)


def _stored(edition: Edition, kind: str) -> "File[bytes]":
    """A 404 where the edition was made without it, or the file is gone."""
    name = getattr(edition, kind).name
    if not name:
        raise Http404
    try:
        return default_storage.open(name)
    except FileNotFoundError as gone:
        raise Http404 from gone
