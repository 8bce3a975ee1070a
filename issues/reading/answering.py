"""How a readers' page goes out: the same for everybody, or for the desk alone."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string

from servicejournal.access import for_the_desk_only

from . import fronts, once, storing


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
    shown = {**context, **storing.FOR_EVERYBODY, **_bar(request, context.get("masthead"))}
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


def _bar(request: HttpRequest, masthead: object) -> dict[str, str]:
    """The bar on top, which most pages have alike: drawn for each it was a tenth of an article."""
    if not isinstance(masthead, fronts.Front):  # before the first issue
        return {}
    here = request.resolver_match.url_name if request.resolver_match else ""
    named = {"name": masthead.name, "name_en": masthead.name_en}
    shown = {"request": request, "masthead": named, **storing.FOR_EVERYBODY}
    key = ("bar", *named.values(), here)
    return {"bar": once.in_a_state(key, lambda: render_to_string("_bar.html", shown))}
