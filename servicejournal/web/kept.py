"""Words of a form that was not taken: nobody is signed in any more, somebody else is, or the page
was too old. The browser that sent them is given them back; the server stores nothing.

A form says for whom it was made (`writer`). What comes back goes into the same form once more, and
nothing happens before somebody has looked at it and pressed the button.
"""

import re
from collections.abc import Callable
from typing import Any, TypeVar
from urllib.parse import urlsplit

from django import forms
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import Resolver404, ResolverMatch, resolve, reverse
from django.utils.cache import add_never_cache_headers
from django.utils.html import strip_tags

Form = TypeVar("Form", bound=Callable[..., HttpResponseBase])

#: Sent where a form comes back to be filled in again.
AGAIN = "filled-again"
_LOOK_AT_IT = "下面是您刚才写的，还没有保存。请看一遍，再按一次按钮。"
#: Of the page and not of the text.
_OF_THE_PAGE = ("csrfmiddlewaretoken", AGAIN)
_WORDS = re.compile("[\u3400-\u9fff]|\\s\\w")
#: The id of a copy that the browser keeps; it learns from a cookie that the server has the words.
_COPY = re.compile(r"[0-9a-z]{8,40}")
_STORED = "stored-copy"


class FillsAgain:
    """A form that can come back filled in: nothing of it happens before the button is pressed."""

    def clean(self) -> Any:
        super_clean: Callable[[], Any] = super().clean  # type: ignore[misc]  # a mixin of forms
        data = super_clean()
        if isinstance(self, forms.BaseForm) and AGAIN in self.data:
            self.add_error(None, _LOOK_AT_IT)
        return data


def fills_again(view: Form) -> Form:
    """Decorator for a view whose form is a `FillsAgain`."""
    vars(view)["fills_again"] = True
    return view


def look_at_it(request: HttpRequest) -> str:
    """What to say of a form that came back; "" where it was sent by its own button. For a view
    whose form is none of Django's."""
    return _LOOK_AT_IT if AGAIN in request.POST else ""


def is_from_the_writer(request: HttpRequest) -> bool:
    """Signed in, and as the one for whom the form was made: on a shared computer another may be."""
    made_for = request.POST.get("writer", "")
    return request.user.is_authenticated and made_for in ("", str(request.user.pk))


def is_from_our_page(request: HttpRequest) -> bool:
    """As the browser says; over plain HTTP, where it says less, by the origin."""
    if site := request.headers.get("Sec-Fetch-Site"):
        return site == "same-origin"
    return request.headers.get("Origin") == f"{request.scheme}://{request.get_host()}"


def holds_words(request: HttpRequest) -> bool:
    """More than a button: something that somebody wrote, or a form that is filled in again."""
    return _is_filled_again(request) or bool(_typed_words(request))


def at_the_desk(request: HttpRequest) -> HttpResponse:
    """The page for a form of the admin: back into the form, or, of any other, words to copy."""
    again = _is_filled_again(request)
    return page(request, back=True, again=again, words="\n\n".join(_typed_words(request)))


def to_be_sent_again(request: HttpRequest) -> HttpResponse:
    """The page for a short form of a writer's, with the button that sends it once more."""
    return page(request, words="\n\n".join(_typed_words(request)))


def gone(request: HttpRequest) -> HttpResponse:
    """What the form was for is not there any more, or not for them: its words are, to copy."""
    words = "\n\n".join(_typed_words(request))
    return page(request, back=True, words=words, is_gone=True, status=404)


def too_large(request: HttpRequest) -> HttpResponse:
    """More than one request may hold: its words are there to copy, and one step back."""
    words = "\n\n".join(_typed_words(request))
    return page(request, back=True, words=words, is_too_large=True, status=413)


def page(
    request: HttpRequest,
    *,
    title: str = "",
    words: str = "",
    again: bool = False,
    back: bool = False,
    is_gone: bool = False,
    is_too_large: bool = False,
    status: int = 403,
) -> HttpResponse:
    """Holds everything that was typed, and sends it again; not shown to another account.

    `again`: into the form, to be looked at. `back` without it: not sent at all, only to be copied.
    """
    typed = [
        (name, value)
        for name, values in request.POST.lists()
        for value in values
        if name not in _OF_THE_PAGE
    ]
    context = {
        "typed": typed,
        "title": title,
        "words": words,
        "is_anothers": request.user.is_authenticated and not is_from_the_writer(request),
        "again": again,
        "sends": again or not back,
        "is_gone": is_gone,
        "is_too_large": is_too_large,
        "back": _page_before(request),
        "way_in": reverse("admin:index" if back else "submissions"),
    }
    response = render(request, "kept.html", context, status=status)
    add_never_cache_headers(response)
    return response


def told(request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
    """Where a form was taken, the browser is told so, and drops its copy of what was typed."""
    copy = request.POST.get("copy", "") if request.method == "POST" else ""
    if response.status_code in (302, 303) and _COPY.fullmatch(copy):
        response.set_cookie(
            _STORED, copy, max_age=24 * 3600, samesite="Lax", secure=request.is_secure()
        )
    return response


def _is_filled_again(request: HttpRequest) -> bool:
    match = _match(request)
    if match is None:
        return False
    if getattr(match.func, "fills_again", False):
        return True
    model_admin = getattr(match.func, "model_admin", None)
    is_form = (match.url_name or "").endswith(("_add", "_change"))
    return is_form and issubclass(getattr(model_admin, "form", object), FillsAgain)


def _match(request: HttpRequest) -> ResolverMatch | None:
    """Also before the view was looked for, as where a token is wrong."""
    try:
        return request.resolver_match or resolve(request.path_info)
    except Resolver404:
        return None


def _typed_words(request: HttpRequest) -> list[str]:
    values = [each for _, some in request.POST.lists() for each in some]
    plain = (strip_tags(each).strip() for each in values)
    return [each for each in plain if _WORDS.search(each)]


def _page_before(request: HttpRequest) -> str:
    """The path of the page that sent the form, where it is one of ours."""
    before = urlsplit(request.headers.get("Referer", ""))
    is_ours = before.netloc == request.get_host() and before.path.startswith("/admin/")
    return before.path if is_ours else reverse("admin:index")
