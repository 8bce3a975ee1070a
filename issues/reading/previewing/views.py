"""Pages behind a preview link: the issue, its articles, cover, pictures, PDF; and what is said."""

from typing import Any
from uuid import UUID

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from articles.bodies import html
from articles.models import Picture
from articles.pictures import pixels, renditions, views
from servicejournal.web import turnstile

from ... import cover_pictures, numbering
from ...exports import book, outputs
from ...exports.offline.sheets import Offer
from ...making.leader import consent, links, notes
from ...models import PreviewLink, PrintedArticle
from .. import sheets
from . import shown
from .door import behind_a_link

REFUSED = (notes.NotAllowed, consent.NotAllowed)
_TOO_LONG = "写的太长了，或有不能显示的字符，请改一改。"


class SaidForm(forms.Form):
    """Nothing is demanded here: the verbs say what is missing, and the page shows it again."""

    step = forms.ChoiceField(
        choices=[("note", "提意见"), ("agree", "同意付印"), ("take_back", "收回")], required=False
    )
    name = forms.CharField(required=False, max_length=200)
    words = forms.CharField(required=False, max_length=5000)
    quote = forms.CharField(required=False, max_length=2000)
    before = forms.CharField(required=False, max_length=200, strip=False)
    digest = forms.CharField(required=False, max_length=64)


@require_http_methods(["GET", "HEAD", "POST"])
@behind_a_link()
def issue(request: HttpRequest, link: PreviewLink) -> HttpResponse:
    """The whole issue; POST says something of it, or consents."""
    token = links.token_of(link)
    form, refused, stale = _act(request, link, None)
    if request.method == "POST" and not refused:
        return redirect(f"{reverse('look', args=[token])}#said")
    if request.method == "GET":
        links.count_opening(link)
    # Before the issue is read: what is changed in between is refused, never agreed to unseen.
    digest = consent.digest_of(link.issue) if consent.may_be_given(link) else ""
    told = shown.of(sheets.ahead(link.issue), token)
    front = told.front
    context: dict[str, Any] = {
        **_told(link, form, refused),
        "issue": front,
        "masthead": front,
        "contents": told,
        "first": next(iter(told.articles), None),
        "cover_lines": told.cover_lines,
        "leads": told.leads,
        "preambles": shown.preambles(told),
        "makers": front.makers,
        "files": [Offer("issue.pdf", "PDF", "整期版面")],
        "digest": digest,
    }
    context |= _consent(link)
    return render(request, "issues/looking/issue.html", context, status=_status(refused, stale))


@require_http_methods(["GET", "HEAD", "POST"])
@behind_a_link()
def article(request: HttpRequest, link: PreviewLink, pk: int) -> HttpResponse:
    """One article of it; POST says something of a passage."""
    token = links.token_of(link)
    told = shown.of(sheets.ahead(link.issue), token)
    at = next((n for n, each in enumerate(told.articles) if each.key == pk), None)
    if at is None:
        return _left(request, link)
    printed = told.printed[at]
    form, refused, stale = _act(request, link, printed)
    if request.method == "POST" and not refused:
        return redirect(f"{reverse('look_article', args=[token, pk])}#said")
    context = {
        **_told(link, form, refused, printed),
        "issue": told.front,
        "masthead": told.front,
        "article": told.articles[at],
        "layout": shown.laid_out(printed, token),
        "before": told.articles[at - 1] if at else None,
        "after": told.articles[at + 1] if at + 1 < len(told.articles) else None,
    }
    return render(request, "issues/looking/article.html", context, status=_status(refused, stale))


def _left(request: HttpRequest, link: PreviewLink) -> HttpResponse:
    """For who sends a note on an article that was taken out meanwhile: what was written goes to no
    waste. Whoever merely asks for it is told the same as of one that never was there.
    """
    if request.method != "POST":
        raise Http404
    context = {
        "link": link,
        "token": links.token_of(link),
        "words": request.POST.get("words", "")[:2000],
    }
    return render(request, "issues/looking/left.html", context, status=409)


def _act(
    request: HttpRequest, link: PreviewLink, printed: PrintedArticle | None
) -> tuple[SaidForm, str, bool]:
    """The form, why it was refused (Chinese), whether it was made from an older state."""
    form = SaidForm(request.POST or None)
    if request.method != "POST":
        return form, "", False
    turnstile.enter(turnstile.ANSWER, request)
    if not form.is_valid():
        is_unknown = "step" in form.errors
        return form, "没有这一步，请刷新页面。" if is_unknown else _TOO_LONG, False
    data = form.cleaned_data
    try:
        if data["step"] == "agree" and printed is None:
            told = {each: data[each] for each in ("name", "words", "digest")}
            consent.by_link(link, **told)
        elif data["step"] == "take_back":
            consent.take_back(link)
        else:
            said = notes.Said(data["words"], data["quote"], data["before"])
            notes.by_link(link, name=data["name"], said=said, article=printed)
    except REFUSED as refusal:
        return form, str(refusal), isinstance(refusal, (notes.Stale, consent.Stale))
    return form, "", False


def _status(refused: str, stale: bool) -> int:
    return 409 if stale else 422 if refused else 200


def _told(
    link: PreviewLink, form: SaidForm, refused: str, printed: PrintedArticle | None = None
) -> dict[str, Any]:
    """What every page behind the link says of it; of this link's notes those of the page."""
    mine = link.notes.filter(article=printed.article_id if printed else None)
    texts = {printed.article_id: notes.text_of(printed)} if printed else {}
    typed = form.data if form.is_bound else {}
    return {
        "link": link,
        "refused": refused,
        "typed": typed,
        "name": typed.get("name") or link.for_whom,
        "notes": notes.placed(list(mine), texts),
        "unindexed": True,
    }


def _consent(link: PreviewLink) -> dict[str, Any]:
    return {
        "may_agree": consent.may_be_given(link) and not link.issue.signed_off_at,
        "given": link.consents.standing().first(),
        "others": link.notes.exclude(article=None).count(),
    }


@require_safe
@behind_a_link(turnstile.LOOK_PICTURE)
def cover(request: HttpRequest, link: PreviewLink) -> HttpResponse:
    face = book.held(link.issue)[1]
    try:
        if face.cover_svg:
            drawn = cover_pictures.whole(face.cover_svg, face.cover_picture)
            return HttpResponse(drawn, content_type="image/svg+xml; charset=utf-8")
        data = cover_pictures.for_pages(face.cover_file, cover_pictures.WIDTH)
    except (FileNotFoundError, pixels.PictureRefused) as gone:
        raise Http404 from gone
    return HttpResponse(data, content_type="image/webp")


@require_safe
@behind_a_link(turnstile.LOOK_PICTURE)
def picture(
    request: HttpRequest,
    link: PreviewLink,
    picture: UUID,
    width: int = 0,
    suffix: str = "",
) -> HttpResponseBase:
    """A picture that a text of this issue shows; a 404 for every other there is."""
    found = get_object_or_404(Picture, token=picture)
    if not _is_shown(link, found):
        raise Http404
    if not suffix:
        return views.stored_picture(request, found.file.open, of=found, for_everybody=False)
    if width not in renditions.widths(found.width):
        raise Http404
    return views.stored_picture(
        request,
        lambda: renditions.stored(found, width, suffix),
        of=found,
        for_everybody=False,
    )


def _is_shown(link: PreviewLink, found: Picture) -> bool:
    if link.issue.standing_id:
        printed = PrintedArticle.objects.filter(edition=link.issue.standing_id)
        return printed.filter(shows__picture=found).exists()
    rows = link.issue.articles.filter(pictures=found)
    bodies = rows.values_list("body", flat=True)
    return any(str(found.token) in html.picture_tokens(body) for body in bodies)


@require_safe
@behind_a_link(turnstile.LOOK_PDF)
def pdf(request: HttpRequest, link: PreviewLink) -> HttpResponse:
    """As it would be printed, made anew each time: it is of this moment."""
    try:
        made = outputs.pdf_of(*book.held(link.issue))
    except outputs.REFUSALS:
        context = {"link": link, "token": links.token_of(link)}
        return render(request, "issues/looking/no_pdf.html", context, status=503)
    response = HttpResponse(made.data, content_type="application/pdf")
    name = f"{numbering.stem(link.issue)}.pdf"
    response["Content-Disposition"] = f'inline; filename="{name}"'
    return response
