"""One step of the board at a time, for its script: a move, the way back, and what others did."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.template.loader import get_template
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_POST, require_safe

from articles.models import Article, Section
from issues.making import make_up, publication
from issues.making.board import measuring, view
from issues.making.board.cards import Filters
from issues.making.make_up import Order
from issues.models import Issue, LaidPage
from servicejournal.access import for_the_desk_only, who_acts
from servicejournal.web import turnstile
from servicejournal.web.keys import key_in, keys_in

from . import board

#: What a step brings anew, by the name of its template.
_PARTS = ("undo", "totals", "leads", "flat")
#: Each to the end of the section that it has.
_OWN = "own"
_A_YEAR = 365 * 24 * 3600


@require_safe
def state(request: HttpRequest, pk: int) -> HttpResponse:
    """The board as it is now, or 204 where the version that the page has still holds."""
    issue = _issue(request, pk)
    turnstile.enter(turnstile.SCRIPT, request)
    if request.GET.get("version") == view.version_of(issue):
        return HttpResponse(status=204)
    return JsonResponse(_told(request, issue))


@require_POST
def step(request: HttpRequest, pk: int) -> HttpResponse:
    """A move or an undo, made from the order that `seen` tells.

    409 where it is another by now, with both orders; 422 where it cannot be.
    """
    issue = _issue(request, pk)
    try:
        _do(request, issue)
    except publication.NotAllowed as refusal:
        stale = isinstance(refusal, publication.Stale)
        told = {"said": str(refusal), "yours": _yours(request), **_told(request, issue)}
        return JsonResponse(told, status=409 if stale else 422)
    return JsonResponse(_told(request, issue))


@require_safe
def sheet(request: HttpRequest, pk: int, side: str) -> HttpResponse:
    """A page of the flat plan. What was drawn once never changes."""
    if not request.user.has_perm("issues.change_issue"):
        raise PermissionDenied
    field = {"right": "right_first", "left": "left_first"}.get(side)
    found = LaidPage.objects.only(field).filter(pk=pk).first() if field else None
    if found is None or field is None:
        raise Http404
    answer = for_the_desk_only(HttpResponse(bytes(getattr(found, field)), "image/webp"))
    del answer["Cache-Control"]
    patch_cache_control(answer, private=True, max_age=_A_YEAR, immutable=True)
    return answer


def _issue(request: HttpRequest, pk: int) -> Issue:
    if not request.user.has_perm("issues.change_issue"):
        raise PermissionDenied
    return get_object_or_404(Issue, pk=pk)


def _do(request: HttpRequest, issue: Issue) -> None:
    if undo := request.POST.get("undo", ""):
        make_up.undo(issue, by=who_acts(request), step=key_in(undo))
        return
    if request.POST.get("to") == _OWN:
        keys = keys_in(request.POST.get("articles", "").split())
        there = Article.objects.in_bulk(keys)
        make_up.place([there[pk] for pk in keys if pk in there], issue, by=who_acts(request))
        return
    chosen, to = _asked(request)
    make_up.move(
        issue,
        chosen,
        to=to,
        before=key_in(request.POST.get("before", "")) or None,
        by=who_acts(request),
        made_from=board.read_order(request.POST.get("seen", "")),
    )


def _asked(request: HttpRequest) -> tuple[list[int], Section | None]:
    chosen = keys_in(request.POST.get("articles", "").split())
    to = request.POST.get("to", "")
    section = Section.objects.filter(pk=key_in(to)).first()
    if not chosen or (section is None and to != board.PILE):
        raise publication.NotAllowed("这一步没有传全，请刷新页面再排。")
    return chosen, section


def _yours(request: HttpRequest) -> list[dict[str, Any]]:
    """What the order would be where the step had been made on what the page showed."""
    seen = board.read_order(request.POST.get("seen", ""))
    chosen = keys_in(request.POST.get("articles", "").split())
    if not chosen or request.POST.get("to") == _OWN:
        return []
    to = key_in(request.POST.get("to", "")) or None
    before = key_in(request.POST.get("before", "")) or None
    return _named(make_up.moved(seen, chosen, to, before))


def _named(order: Order) -> list[dict[str, Any]]:
    titles = dict(Article.objects.filter(pk__in=[pk for pk, _ in order]).values_list("pk", "title"))
    parts: dict[int, list[str]] = {}
    for pk, section in order:
        parts.setdefault(section, []).append(titles.get(pk, ""))
    sections = Section.objects.in_bulk(list(parts))
    ranked = sorted(sections.values(), key=lambda each: (each.order, each.pk))
    return [{"section": each.name, "titles": parts[each.pk]} for each in ranked]


def _told(request: HttpRequest, issue: Issue) -> dict[str, Any]:
    """All that the script shows anew. The pile is what the page's filters let through."""
    issue.refresh_from_db()
    now = view.of(issue, who_acts(request))
    measuring.order(issue, now.missing)
    context = {**board.parts(now, Filters.read(request.GET.dict())), **board.leads_of(now)}
    facts, head = _template("facts"), _template("head")
    return {
        "version": now.version,
        "seen": context["seen"],
        "pile": [card.article.pk for card in context["waiting"]],
        "placeable": context["placeable"],
        "now": _named(now.order),
        "busy": now.is_busy,
        "frozen": bool(issue.why_frozen),
        "facts": {card.article.pk: facts.render({"card": card}) for card in now.deck.all},
        "heads": {col.section.pk: head.render({"column": col}) for col in now.columns},
        "parts": {name: _template(name).render(context, request) for name in _PARTS},
    }


def _template(name: str) -> Any:
    return get_template(f"admin/issues/issue/board/_{name}.html")
