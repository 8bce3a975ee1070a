"""The page of the search, and what it suggests while somebody types."""

from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

from servicejournal.access import readers_page
from servicejournal.web import turnstile

from .. import fronts, lists, lookup
from ..voices import counted
from . import catalogue, finding, names, nearest

#: Choices of a facet that stand open; the others are behind a click.
OPEN = 6
#: Whoever narrows by one of more than these, types the name.
MOST = 40


@require_safe
@readers_page
def search(request: HttpRequest) -> HttpResponse:
    """Articles, pages of issues that exist only as PDF, and what has a name, by their words."""
    words = " ".join(request.GET.get("q", "").split())
    context: dict[str, Any] = {"q": words, "longest": lookup.LONGEST}
    if words:
        turnstile.enter(turnstile.SEARCH, request)
        try:
            context |= _found(request, words)
        except lookup.NotLookedUp as reason:
            context["refusal"] = str(reason)
    context["masthead"] = fronts.newest()
    status = 400 if "refusal" in context else 200
    return render(request, "issues/search.html", context, status=status)


def _found(request: HttpRequest, words: str) -> dict[str, Any]:
    order = finding.BY_DATE if request.GET.get("order") == finding.BY_DATE else finding.BY_WEIGHT
    hits = finding.look_up(words, order=order, chosen=request.GET.dict())
    directory = names.of(hits.known)
    named = directory.holding(hits.asked)
    chosen = {name: each.value for name, each in hits.narrowed.items()}
    asked = {"q": words, **({"order": order} if order != finding.BY_WEIGHT else {}), **chosen}
    page = Paginator(hits, lists.PAGE_LENGTH).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "found": finding.show(page, hits.asked),
        "names": named[: names.MOST],
        "order": order,
        "orders": _orders(asked),
        "pages": f"?{urlencode(asked)}&page=",
        "chosen": [_chosen(name, asked, hits) for name in hits.narrowed],
        "facets": [each for name in catalogue.FACETS if (each := _facet(name, asked, hits))],
    }
    if not hits and not chosen:
        counted.searched_in_vain(request, words)
        context |= _instead(words, named, directory)
    return context


def _instead(words: str, named: list[names.Name], directory: names.Directory) -> dict[str, Any]:
    """Where nothing was found: what is like it, and ways on."""
    return {
        "like": [] if named else nearest.like(words),
        "parts": [
            (each, count, f"?{urlencode({'q': each})}") for each, count in nearest.parts(words)
        ],
        "sections": [each for each in directory.names if each.kind == "栏目"],
    }


def _orders(asked: dict[str, str]) -> list[tuple[str, str, str]]:
    """(order, what it is called, address)"""
    base = {name: value for name, value in asked.items() if name != "order"}
    by_date = {**base, "order": finding.BY_DATE}
    return [
        (finding.BY_WEIGHT, "按相关", f"?{urlencode(base)}"),
        (finding.BY_DATE, "按新旧", f"?{urlencode(by_date)}"),
    ]


def _chosen(name: str, asked: dict[str, str], hits: finding.Hits) -> dict[str, str]:
    without = {each: value for each, value in asked.items() if each != name}
    label = hits.narrowed[name].label
    return {"what": catalogue.FACETS[name], "label": label, "off": f"?{urlencode(without)}"}


def _facet(name: str, asked: dict[str, str], hits: finding.Hits) -> dict[str, Any] | None:
    """None where there is nothing to choose: one value alone, or one that is chosen already."""
    if name in hits.narrowed:
        return None
    found = hits.choices(name)
    if len(found) < 2:
        return None
    if name == "year":
        found.sort(key=lambda each: each[0].value, reverse=True)
    else:
        found.sort(key=lambda each: -each[1])
    told = [
        {
            "label": each.label,
            "count": count,
            "address": f"?{urlencode({**asked, name: each.value})}",
        }
        for each, count in found[:MOST]
    ]
    what = catalogue.FACETS[name]
    return {"what": what, "open": told[:OPEN], "more": told[OPEN:], "left": len(found) - len(told)}


@require_safe
@readers_page
def suggest(request: HttpRequest) -> JsonResponse:
    """Names and titles for what is typed so far. Nothing is written down, not even that one came:
    a letter typed costs no more than a stored page.
    """
    words = " ".join(request.GET.get("q", "").split())
    found = nearest.suggested(words) if len(words) <= lookup.LONGEST else []
    answer = JsonResponse(
        {
            "suggestions": [
                {"kind": each.kind, "label": each.label, "note": each.note, "address": each.address}
                for each in found
            ]
        },
        json_dumps_params={"ensure_ascii": False},
    )
    if settings.READER_ACCESS == "public":
        # As long as whoever stands in between may keep a page (`storing`).
        patch_cache_control(answer, public=True, max_age=30)
    return answer
