"""服务回声 at an article: what readers wrote, a form to write, and the button 有帮助.

The letters stand on the article's own stored page too; this page holds the form, which differs by
reader, and answers 410 with its article.
"""

from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import OuterRef
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from servicejournal.access import for_the_desk_only, is_closed, readers_page
from servicejournal.web import kept, turnstile, whereabouts

from ...counts import figures
from ...echoes import helpful, sending
from ...models import DailyCount, Echo, PrintedArticle
from ...models.printed import PrintedQuerySet
from .. import fronts, gone

_THANKS = "信收到了，谢谢您。编辑看过就登在文章后面；没有登的，不另外通知。"


class LetterForm(forms.Form):
    words = forms.CharField(
        label="想说的话",
        max_length=3 * Echo.MOST,  # what is a little too long is told so, and not cut off
        widget=forms.Textarea(attrs={"rows": 6, "maxlength": Echo.MOST}),
        help_text=f"{Echo.LEAST}—{Echo.MOST} 字。会登出来，请不要写手机号、卡号和客户的姓名。",
        error_messages={"required": "请写几句话。"},
    )
    name = forms.CharField(label="称呼", max_length=20, required=False, help_text="可以不填。")
    branch = forms.CharField(label="单位", max_length=40, required=False, help_text="可以不填。")
    #: No person sees it: what fills it in is a program.
    website = forms.CharField(
        label="请留空",
        required=False,
        widget=forms.TextInput(attrs={"tabindex": "-1", "autocomplete": "off"}),
    )


def _printed(request: HttpRequest, pk: int) -> PrintedArticle:
    """The article as it is out to who asks; raises `TakenBack`, `MembersOnly` or a 404."""
    out = with_helped(PrintedArticle.objects.all_out()).filter(article__id=pk)
    printed = out.select_related("edition__issue").defer("body", "edition__cover_svg").first()
    if printed is None:
        gone.look_for_article(pk)
        raise Http404
    gone.refuse_strangers(printed.edition.issue.access, request.user)
    return printed


@require_http_methods(["GET", "HEAD", "POST"])
@readers_page
def letters(request: HttpRequest, pk: int) -> HttpResponse:
    printed = _printed(request, pk)
    form = LetterForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        turnstile.enter(turnstile.ECHO, request)
        try:
            if not form.cleaned_data.pop("website"):
                sending.send(pk, **form.cleaned_data)
        except sending.Refused as refusal:
            form.add_error("words", str(refusal))
        else:
            messages.success(request, _THANKS)
            # With a place of its own: else a browser keeps that of the form, below the thanks.
            return redirect(f"{reverse('letters', args=[pk])}#main")
    front = fronts.of(printed.edition)
    context = {
        "article": printed,
        "issue": front,
        "masthead": front,
        "form": form,
        "closed": is_closed(printed.edition.issue.access),
        **shown(printed),
    }
    status = 422 if form.is_bound else 200
    return for_the_desk_only(render(request, "issues/letters.html", context, status=status))


def shown(article: PrintedArticle) -> dict[str, Any]:
    """What stands of readers under an article that was read `with_helped`. One query."""
    return {"letters": of(article.article_id), "helped": vars(article)["helped"]}


def of(article: int) -> list[tuple[Echo, int]]:
    """Each with how many found it helpful. One query."""
    rows = Echo.objects.shown().filter(article=article)
    found = rows.annotate(helped=figures.summed(DailyCount.Kind.ECHO, OuterRef("pk")))
    return [(each, vars(each)["helped"]) for each in found]  # an annotation


def with_helped(rows: PrintedQuerySet) -> PrintedQuerySet:
    return rows.annotate(helped=figures.summed(DailyCount.Kind.HELPFUL, OuterRef("article_id")))


@csrf_exempt  # a stored page carries no token; whose page it was is asked instead
@require_POST
@readers_page
def found_helpful(request: HttpRequest, pk: int) -> HttpResponse:
    """有帮助, of the article or of one of its letters (`echo`)."""
    printed = _printed(request, pk)
    if not kept.is_from_our_page(request):
        return HttpResponse("请从文章的页面上点“有帮助”。", "text/plain; charset=utf-8", status=403)
    turnstile.enter(turnstile.HELPFUL, request)
    kind, key = DailyCount.Kind.HELPFUL, printed.article_id
    if (asked := request.POST.get("echo", "")) and asked.isdecimal() and len(asked) < 18:
        letter = Echo.objects.shown().filter(article=pk, pk=int(asked)).first()
        if letter is None:
            raise Http404
        kind, key = DailyCount.Kind.ECHO, letter.pk
    is_first = helpful.mark(kind, key, reader=_reader(request))
    thanks = "谢谢，记下了。" if is_first else "今天已经记过一次了，谢谢。"
    if request.headers.get("Accept") == "text/plain":
        response = HttpResponse(thanks, "text/plain; charset=utf-8")
        add_never_cache_headers(response)
        return response
    messages.success(request, thanks)
    return redirect("letters", pk)


def _reader(request: HttpRequest) -> str:
    """Told to the hash alone. Colleagues behind one address with one kind of browser are one: what
    is counted was said by at least so many.
    """
    if request.user.is_authenticated:
        return f"account {request.user.pk}"
    return f"address {whereabouts.address()} {whereabouts.browser()}"
