"""单位负责人签审, as the head of a branch sees it: on a phone, by a link, without an account.

The link is the permission: what it does not open is a 404; answered, it opens nothing any more.
"""

from collections.abc import Callable
from functools import partial, wraps
from typing import Any
from urllib.parse import quote
from uuid import UUID

from django import forms
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from articles.bodies import html, layout
from articles.models import Article, Endorsement, Picture
from articles.pictures import dressing, renditions, views
from servicejournal.models import User
from servicejournal.papers import qr
from servicejournal.web import site, turnstile

from .. import endorsement, personal
from ..forms import LineField, TextField

AGREED, REFUSED = Endorsement.Answer.AGREED, Endorsement.Answer.REFUSED
_DEVICE = "articles.endorsement.device"
#: Characters of a forwarding server's word on the sender that go into the record.
_MAX_FORWARDED = 200


class AnswerForm(forms.Form):
    answer = forms.ChoiceField(
        choices=Endorsement.Answer,
        error_messages=dict.fromkeys(
            ("required", "invalid_choice"), "请点“同意报送”或“退回作者”。"
        ),
    )
    signer = LineField(label="您的姓名", max_length=40)
    post = LineField(label="职务", max_length=40)
    read = forms.BooleanField(required=False, label="我已经看过这篇稿件")
    words = TextField(label="意见", max_length=500)

    def clean(self) -> dict[str, Any]:
        super().clean()
        data = self.cleaned_data
        self._wants(data, "signer", "请写上您的姓名。")
        self._wants(data, "post", "请写上您的职务，如：支行行长。")
        self._wants(data, "read", "请看过稿件，在“我已经看过这篇稿件”前打勾。")
        if data.get("answer") == REFUSED:
            self._wants(data, "words", "退回时请写一句理由，作者要知道改哪里。")
        return data

    def _wants(self, data: dict[str, Any], name: str, sentence: str) -> None:
        if not data.get(name) and not self.has_error(name):
            self.add_error(name, sentence)


def ways_to_send(asked: Endorsement) -> dict[str, str]:
    """The link, its QR code as an address of a picture, and a letter begun with it."""
    token = endorsement.token_of(asked)
    link = site.absolute(reverse("endorse", args=[token]))
    subject = f"请您签审：{asked.article.title}"
    words = (
        f"您好，我写了一篇稿件《{asked.article.title}》，想投给服务文化专刊。"
        f"报送之前请您过目签审，手机打开就可以，不用登录：\n{link}\n"
        f"链接 {endorsement.DAYS} 天内有效。"
    )
    return {
        "link": link,
        "qr": qr.code_of(link),
        "letter": f"mailto:?subject={quote(subject)}&body={quote(words)}",
    }


def private(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Kept by no cache and no index."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response = view(request, *args, **kwargs)
        response["X-Robots-Tag"] = "noindex, nofollow"
        return response

    return never_cache(guarded)


def _asked(token: str) -> Endorsement:
    try:
        return endorsement.by_token(token)
    except Endorsement.DoesNotExist as error:
        raise Http404 from error


@private
@require_http_methods(["GET", "POST"])
def endorse(request: HttpRequest, token: str) -> HttpResponse:
    """The manuscript as in the journal, and the answer below it; POST answers."""
    asked = _asked(token)
    if request.method == "POST":
        turnstile.enter(turnstile.ANSWER, request)
    if closed := endorsement.why_closed(asked, asked.article):
        return _closed_page(request, asked, closed)
    form = AnswerForm(request.POST or None)
    if reason := endorsement.why_not_theirs(asked, _signer(request, asked)):
        return _reading_page(request, asked, token, form, not_theirs=reason)
    if request.method == "POST" and form.is_valid():
        try:
            _answer(request, asked, form.cleaned_data)
        except endorsement.Closed as reason:
            return _closed_page(request, asked, str(reason))
        return redirect("endorse", token)
    return _reading_page(request, asked, token, form)


def _answer(request: HttpRequest, asked: Endorsement, data: dict[str, Any]) -> None:
    verb = endorsement.agree if data["answer"] == AGREED else endorsement.refuse
    signer = _signer(request, asked, name=data["signer"], post=data["post"])
    verb(asked, signer=signer, words=data["words"])


def _signer(
    request: HttpRequest, asked: Endorsement, *, name: str = "", post: str = ""
) -> endorsement.Signer:
    return endorsement.Signer(
        name=name,
        post=post,
        address=_sender(request),
        account=request.user if isinstance(request.user, User) else None,
        asked_here=bool(
            request.get_signed_cookie(_device(asked.article), default="", salt=_DEVICE)
        ),
    )


def remember_the_device(response: HttpResponse, article: Article) -> None:
    """The writer had the link here: it is not signed here. The cookie goes to the link alone."""
    response.set_signed_cookie(
        _device(article),
        "asked",
        salt=_DEVICE,
        max_age=endorsement.DAYS * 24 * 3600,
        path="/endorse/",
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def _device(article: Article) -> str:
    return f"asked-{article.pk}"


def _sender(request: HttpRequest) -> str:
    """The connection's address, and what servers before it say, which can be forged."""
    forwarded = html.visible(request.headers.get("X-Forwarded-For", ""))[:_MAX_FORWARDED]
    return " ← ".join(filter(None, [request.META.get("REMOTE_ADDR", ""), forwarded]))


def _closed_page(request: HttpRequest, asked: Endorsement, reason: str) -> HttpResponse:
    """Only that it is over, and why: no word of the manuscript."""
    context = {"reason": reason, "answered": asked.answer, "agreed": asked.answer == AGREED}
    status = 200 if asked.answer else 410
    return render(request, "articles/endorse_closed.html", context, status=status)


def _reading_page(
    request: HttpRequest,
    asked: Endorsement,
    token: str,
    form: AnswerForm,
    *,
    not_theirs: str = "",
) -> HttpResponse:
    """`not_theirs`: why whoever reads it here cannot answer."""
    article = asked.article
    body = dressing.dress(article, address=partial(_address_of_the_link, token))
    people = personal.in_the_text(article)
    context = {
        "article": article,
        "asked": asked,
        "layout": layout.lay_out(body),
        "minutes": layout.minutes(article.length),
        "people": people,
        "explained": personal.explanation(article, people),
        "form": form,
        "days": endorsement.DAYS,
        "not_theirs": not_theirs,
    }
    status = 403 if not_theirs else 422 if form.is_bound else 200
    return render(request, "articles/endorse.html", context, status=status)


def _address_of_the_link(token: str, picture: dressing.Shown) -> str:
    """A reader without an account gets the pictures by the link's own addresses."""
    return f"{reverse('endorse', args=[token])}pictures/{picture.token}/"


@private
@require_safe
def endorse_picture(request: HttpRequest, token: str, picture: UUID) -> HttpResponseBase:
    """The master of a picture of that manuscript, while the link is open."""
    found = _open_picture(token, picture)
    return views.file_of(request, found, found.file.open)


@private
@require_safe
def endorse_picture_rendition(
    request: HttpRequest, token: str, picture: UUID, width: int, suffix: str
) -> HttpResponseBase:
    found = _open_picture(token, picture)
    if width not in renditions.widths(found.width):
        raise Http404
    return views.file_of(request, found, lambda: renditions.stored(found, width, suffix))


def _open_picture(token: str, picture: UUID) -> Picture:
    asked = _asked(token)
    if endorsement.why_closed(asked, asked.article):
        raise Http404
    return get_object_or_404(asked.article.pictures.select_related("article__issue"), token=picture)
