"""How a readers' page goes out: the same for everybody, or for the desk alone."""

from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string

from servicejournal.access import for_the_desk_only

from . import fronts, once, storing

#: Of an issue's front, what those pieces of a page show: the first of them the head, two the bar.
_TOLD_OF_THE_JOURNAL = (
    *("name", "name_en", "slogan", "about", "compiled_by", "telephone", "website"),
    "submissions_to",
)


def page(
    request: HttpRequest,
    template: str,
    context: dict[str, Any],
    *,
    out: bool = True,
    closed: bool = False,
) -> HttpResponse:
    """A readers' page; one that is not out yet stays between the desk and the server, and one of an
    issue that is closed to strangers between the server and who signed in.
    """
    if closed:
        return for_the_desk_only(render(request, template, {**context, "closed": True}))
    if not out:
        return for_the_desk_only(render(request, template, {**context, "preview": True}))
    shown = {**context, **storing.FOR_EVERYBODY, **_alike(request, context)}
    response = render(request, template, shown)
    number = context["page"].number if "page" in context else 1
    return storing.for_everybody(response, page=number)


def of_no_single_issue(
    request: HttpRequest, template: str, context: dict[str, Any]
) -> HttpResponse:
    """A page of no single issue: it bears the name that the newest one bears."""
    if "masthead" not in context:
        context["masthead"] = fronts.newest()
    return page(request, template, context)


def _alike(request: HttpRequest, context: dict[str, Any]) -> dict[str, str]:
    """What most pages have alike, drawn once: the bar on top alone was a tenth of an article."""
    masthead = context.get("masthead")
    if not isinstance(masthead, fronts.Front):  # before the first issue
        return {}
    told = {name: getattr(masthead, name) for name in _TOLD_OF_THE_JOURNAL}
    shown = {
        "masthead": told,
        "facts_above": bool(context.get("facts_above")),
        "request": request,
        **storing.FOR_EVERYBODY,
    }
    here = request.resolver_match.url_name if request.resolver_match else ""
    whole = (*told.values(), shown["facts_above"])
    keys = {"bar": (*whole[:2], here), "head": whole[:1], "foot": whole}
    return {
        name: once.in_a_state((name, *key), partial(render_to_string, f"_{name}.html", shown))
        for name, key in keys.items()
    }
