"""送审稿 from the desk: an article, a selection, an issue as Word or as a proof; and back again."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from io import BytesIO
from typing import Any

from django.conf import settings
from django.contrib import admin, messages
from django.core import signing
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import register_converter, reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe
from PIL import Image

from articles.models import Article, Picture
from articles.reviewing import editing, reading_copy, workflow
from articles.reviewing.reading_copy import coming_back, proof, taking
from articles.reviewing.reading_copy.coming_back import Remark, Returned
from articles.reviewing.reading_copy.taking import Beside
from articles.word import WordRefused
from servicejournal import masthead, record
from servicejournal.access import for_the_desk_only, who_acts
from servicejournal.certain import certain
from servicejournal.papers import fonts
from servicejournal.papers.typesetting import NotPrinted
from servicejournal.roles import EDITORIAL
from servicejournal.web import turnstile
from servicejournal.web.keys import keys_in

MADE = "打印送审稿"
#: Manuscripts on one paper.
MOST = 200
_KINDS = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
}
#: Changes of one paper that are offered at a time. Each is a field of the form, and one that has
#: more than `DATA_UPLOAD_MAX_NUMBER_FIELDS` would be refused when it is sent.
MOST_CHANGES = 1500
#: Pixels that a picture on paper has at most.
_PIXELS = (1000, 1000)
_SALT = "articles.reading-copy"
_TAKEN = re.compile(r"(\d{1,18})-([0-9a-f]{16})")


class _Kind:
    """The two kinds of paper, in an address."""

    regex = "docx|pdf"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(_Kind, "docx_or_pdf")


def begin(form: str, chosen: QuerySet[Article]) -> HttpResponse:
    """To the paper of what is ticked in the list."""
    asked = QueryDict(mutable=True)
    asked.setlist("chosen", [str(pk) for pk in chosen.values_list("pk", flat=True)[:MOST]])
    address = reverse("admin:articles_article_reading_copies", args=[form])
    return redirect(f"{address}?{asked.urlencode()}")


@require_safe
def of_chosen(request: HttpRequest, form: str, pk: int = 0) -> HttpResponse:
    """One manuscript, or those that `chosen` names, in the order of their keys."""
    user = who_acts(request)
    if not user.on_the_desk:
        raise PermissionDenied
    keys = [pk] if pk else keys_in(request.GET.getlist("chosen"))[:MOST]
    rows = Article.objects.visible_to(user).handed_in().filter(pk__in=keys)
    articles = list(rows.select_related("section", "issue").with_bylines().order_by("pk"))
    if not articles:
        raise Http404
    name = articles[0].receipt or str(articles[0].pk)
    several = f"{name}等{len(articles)}篇" if len(articles) > 1 else name
    back = redirect("admin:articles_article_changelist")
    answer = paper(request, articles, form, label=several, back=back)
    if answer is not back:
        for article in articles:
            record.write(MADE, article, by=user, form=form)
    return answer


def paper(
    request: HttpRequest,
    articles: Sequence[Article],
    form: str,
    *,
    label: str,
    back: HttpResponse,
) -> HttpResponse:
    """The file; where it cannot be made, a message and `back`."""
    turnstile.enter(turnstile.DRAWN, request)
    copies = [reading_copy.of(each) for each in articles]
    now = timezone.localtime()
    heading = f"{masthead.current().name}　送审稿　{label}　{now:%Y-%m-%d} 打印，请勿外传"
    pictures = dict(_pictures(articles))
    try:
        if form == "docx":
            from articles.reviewing.reading_copy import word  # brings python-docx

            data = word.docx(copies, heading, pictures)
        else:
            data = proof.pdf(copies, heading, pictures, fonts.find(settings.FONT_DIR))
    except (NotPrinted, fonts.FontsMissing) as reason:
        messages.error(request, f"送审稿没有做成。{reason}")
        return back
    response = HttpResponse(data, content_type=_KINDS[form])
    response["Content-Disposition"] = certain(
        content_disposition_header(True, f"送审稿-{label}.{form}"), "what is named goes with a name"
    )
    return for_the_desk_only(response)


def _pictures(articles: Iterable[Article]) -> Iterable[tuple[str, bytes]]:
    """Small, as JPEG; one whose file is gone is left out of the paper, not the paper out."""
    for picture in Picture.objects.filter(article__in=[each.pk for each in articles]):
        try:
            with picture.file.open() as file, Image.open(file) as image:
                image.thumbnail(_PIXELS)
                out = BytesIO()
                image.convert("RGB").save(out, "JPEG", quality=80)
        except OSError:
            continue
        yield str(picture.token), out.getvalue()


@dataclass(frozen=True, slots=True)
class Row:
    """A manuscript of the paper that came back, and what goes with it into the form."""

    told: Beside
    packed: str
    ticked: frozenset[str]
    refused: str = ""


def back(request: HttpRequest) -> HttpResponse:
    """The file that came back beside the text; then each change taken or left."""
    if not who_acts(request).has_role(*EDITORIAL):
        raise PermissionDenied
    if request.method == "POST" and "take" in request.POST:
        return _take(request)
    context: dict[str, Any] = {"rows": [], "remarks": [], "lost": []}
    if request.method != "POST":
        return _page(request, context)
    turnstile.enter(turnstile.WORD, request)
    file = request.FILES.get("file")
    try:
        if file is None:
            raise WordRefused("没有收到文件，请重新选择。")
        found, remarks = coming_back.read(file.read(), file.name or "")
        told = _offered(request, found, remarks)
    except WordRefused as refusal:
        return _page(request, {**context, "refused": str(refusal)}, status=422)
    return _page(request, told)


def _offered(
    request: HttpRequest, found: Sequence[Returned], remarks: Sequence[Remark]
) -> dict[str, Any]:
    """Raises `WordRefused` where it is more than a page takes."""
    if len(found) > MOST:
        raise WordRefused(f"这份送审稿有 {len(found)} 篇，一次最多 {MOST} 篇，请分成几个文件。")
    told = _beside(request, found, remarks)
    many = sum(len(row.told.changes) for row in told["rows"])
    if many > MOST_CHANGES:
        raise WordRefused(
            f"改了 {many} 处，一次最多列 {MOST_CHANGES} 处。请把这个文件按篇分开，分几次上传；"
            "整篇都重写了的，请打开稿件改。"
        )
    return told


def _beside(
    request: HttpRequest, found: Sequence[Returned], remarks: Sequence[Remark] = ()
) -> dict[str, Any]:
    there = _manuscripts(request, found)
    rows = [
        Row(told, _packed(each), frozenset(c.code for c in told.changes if not c.why_not))
        for each in found
        if (article := there.get(each.number))
        for told in [taking.beside(article, each)]
    ]
    lost = [each.number for each in found if each.number not in there]
    return {"rows": rows, "remarks": remarks, "lost": lost}


def _manuscripts(request: HttpRequest, found: Iterable[Returned]) -> dict[int, Article]:
    """Those of the paper that this person may see, by key."""
    rows = Article.objects.visible_to(who_acts(request)).handed_in()
    rows = rows.filter(pk__in=[each.number for each in found][:MOST])
    return {each.pk: each for each in rows.select_related("section", "issue").with_bylines()}


def _packed(returned: Returned) -> str:
    """What came back, to be sent along: nothing of it is stored before it is taken."""
    return signing.dumps(asdict(returned), salt=_SALT, compress=True)


def _unpacked(sent: Iterable[str]) -> list[Returned]:
    try:
        return [Returned(**signing.loads(each, salt=_SALT)) for each in sent]
    except (signing.BadSignature, TypeError) as forged:
        raise Http404 from forged


def _take(request: HttpRequest) -> HttpResponse:
    """Each manuscript for itself: one that was changed meanwhile keeps none of the others back."""
    found = _unpacked(request.POST.getlist("returned"))
    there = _manuscripts(request, found)
    ticked: dict[int, set[str]] = {}
    for each in request.POST.getlist("change"):
        if named := _TAKEN.fullmatch(each):
            ticked.setdefault(int(named[1]), set()).add(named[2])
    refused, done = [], 0
    for copy in found:
        article = there.get(copy.number)
        if article is None:
            continue
        codes = frozenset(ticked.get(copy.number, ()))
        try:
            done += taking.take(
                article,
                copy,
                codes,
                by=who_acts(request),
                base=request.POST.get(f"base-{copy.number}", ""),
                small="small" in request.POST,
            )
        except editing.Stale as stale:
            told = taking.beside(_again(stale.article), copy)
            refused.append(Row(told, _packed(copy), codes, stale.in_short))
        except workflow.NotAllowed as reason:
            told = taking.beside(_again(article), copy)
            refused.append(Row(told, _packed(copy), codes, str(reason)))
    if done:
        messages.success(request, f"采纳了 {done} 处；没有勾的没有改，记在稿件的流转记录里。")
    if refused:
        return _page(request, {"rows": refused, "remarks": [], "lost": []}, status=409)
    if not done:
        messages.info(request, "一处也没有采纳，文字没有变化。")
    only = found[0].number if len(found) == 1 and found[0].number in there else 0
    if only:
        return redirect("admin:articles_article_review", only)
    return redirect("admin:articles_article_reading_copy_back")


def _again(article: Article) -> Article:
    return Article.objects.with_bylines().select_related("section", "issue").get(pk=article.pk)


def _page(request: HttpRequest, context: dict[str, Any], *, status: int = 200) -> HttpResponse:
    told = {
        **admin.site.each_context(request),
        "title": "送审稿回稿",
        "small": request.POST.get("small", ""),
        **context,
    }
    template = "admin/articles/article/reading_copy_back.html"
    return render(request, template, told, status=status)
