"""Making up an issue (编排): manuscripts in, each in its section and its place."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render

from articles.models import Article, Section
from issues import contents
from issues.making import make_up, publication
from issues.models import Issue
from servicejournal.access import who_acts
from servicejournal.certain import certain


def page(request: HttpRequest, pk: int) -> HttpResponse:
    """The contents to arrange, and the accepted manuscripts that wait for an issue."""
    if not request.user.has_perm("issues.change_issue"):
        raise PermissionDenied
    issue = get_object_or_404(Issue, pk=pk)
    if request.method == "POST":
        return _act(request, issue)
    whole = contents.of(issue)
    placed: dict[int, list[Article]] = {}
    for article in whole.articles:
        placed.setdefault(_section(article), []).append(article)
    sections = [s for s in Section.objects.all() if s.pk in placed or not s.retired]
    waiting = Article.objects.placeable().select_related("section").with_bylines()
    context = {
        **admin.site.each_context(request),
        "title": f"编排 {issue.full_label}",
        "issue": issue,
        "rows": [(section, placed.get(section.pk, [])) for section in sections],
        "sections": sections,
        "waiting": waiting.defer("body").order_by("section__order", "stage_since"),
        "count": len(whole.articles),
        "length": sum(article.length for article in whole.articles),
    }
    return render(request, "admin/issues/issue/make_up.html", context)


def _act(request: HttpRequest, issue: Issue) -> HttpResponseRedirect:
    """One form, three buttons: what the person moved is kept whichever of them is pressed."""
    try:
        _arrange(request, issue)
        if "place" in request.POST:
            _place(request, issue)
        elif taken := request.POST.get("take_out", ""):
            article = issue.articles.filter(pk=taken if taken.isdigit() else 0).first()
            if article:
                make_up.take_out(article, by=who_acts(request))
                messages.success(request, f"《{article.title}》已移出本期，回到“待编入”。")
        else:
            messages.success(request, "目录已保存。")
    except publication.NotAllowed as refusal:
        messages.error(request, str(refusal))
    return redirect("admin:issues_issue_make_up", issue.pk)


def _place(request: HttpRequest, issue: Issue) -> None:
    chosen = [int(pk) for pk in request.POST.getlist("chosen") if pk.isdigit()]
    if not chosen:
        raise publication.NotAllowed("请先勾选要编入的稿件。")
    count = make_up.place(Article.objects.filter(pk__in=chosen), issue, by=who_acts(request))
    messages.success(request, f"已编入 {count} 篇，排在各自栏目的最后。")


def _arrange(request: HttpRequest, issue: Issue) -> None:
    """Reads section-ID and place-ID of every article; keeps the order where nothing moved."""
    order = [
        (int(pk), *_place_of(request, pk)) for pk in request.POST.getlist("article") if pk.isdigit()
    ]
    ranks = dict(Section.objects.values_list("pk", "order"))
    order.sort(key=lambda row: (ranks.get(row[1], 0), row[1], row[2]))
    wanted = [(article, section) for article, section, _ in order]
    present = [(article.pk, _section(article)) for article in contents.of(issue).articles]
    if sorted(wanted) != sorted(present) or wanted != _in_row(present, ranks):
        make_up.arrange(issue, wanted, by=who_acts(request))


def _section(article: Article) -> int:
    return certain(article.section_id, "article_place_is_whole")


def _in_row(present: list[tuple[int, int]], ranks: dict[int, int]) -> list[tuple[int, int]]:
    return sorted(present, key=lambda row: (ranks.get(row[1], 0), row[1]))


def _place_of(request: HttpRequest, pk: str) -> tuple[int, float]:
    section, place = request.POST.get(f"section-{pk}", ""), request.POST.get(f"place-{pk}", "")
    if not section.isdigit():
        raise publication.NotAllowed("有文章没有选栏目，请补上再保存。")
    try:
        return int(section), float(place)
    except ValueError as error:
        raise publication.NotAllowed("次序要填数字，如 1、2、3。") from error
