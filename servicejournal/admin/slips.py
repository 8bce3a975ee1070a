"""Slips of paper with one-time links, made on a click and kept nowhere."""

from collections.abc import Iterable

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache

from servicejournal.access import who_acts
from servicejournal.accounts import links
from servicejournal.accounts.registration import NotAllowed
from servicejournal.models import User
from servicejournal.web import site, turnstile


@never_cache
def page(request: HttpRequest, users: Iterable[User]) -> HttpResponse:
    """One slip for each account; back with a sentence where one of them is refused."""
    turnstile.enter(turnstile.LETTER, request)
    try:
        slips = links.make(users, by=who_acts(request))
    except NotAllowed as refused:
        messages.error(request, f"没有生成链接：{refused}")
        return redirect("admin:servicejournal_user_changelist")
    context = {
        **admin.site.each_context(request),
        "title": "设密码的链接",
        "slips": slips,
        "address": site.absolute("/"),
    }
    return render(request, "admin/servicejournal/user/slips.html", context)


def chosen(request: HttpRequest, visible: QuerySet[User]) -> list[User]:
    """The accounts that a form names in `accounts` as numbers with commas between, of those that
    the editor may see; in the order of the form.
    """
    named = [part for part in request.POST.get("accounts", "").split(",") if part.isdecimal()]
    keys = [int(part) for part in named[: links.MAX_SLIPS + 1] if len(part) < 19]
    found = {user.pk: user for user in visible.filter(pk__in=keys).select_related("branch")}
    return [found[key] for key in dict.fromkeys(keys) if key in found]
