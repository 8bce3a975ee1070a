"""Making up an issue (编排): manuscripts in, each in its section and its place.

The form carries the order that it was made from. Where somebody changed it meanwhile, the page
shows both: theirs as it stands, and in the form what this person arranged, to be saved or dropped.
"""

from dataclasses import dataclass
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from articles.models import Article, Section
from issues import contents
from issues.making import make_up, publication
from issues.making.make_up import Leads, Order
from issues.models import Issue
from servicejournal.access import who_acts
from servicejournal.certain import certain
from servicejournal.models import User
from servicejournal.web.keys import is_key, key_in, keys_in


@dataclass(frozen=True, slots=True)
class Typed:
    """What the form sent: the order that it showed, the one that was made of it, what was ticked.

    `places` are the numbers as they were typed, by article.
    """

    seen: Order
    wanted: Order
    places: dict[int, str]
    chosen: list[int]
    seen_leads: Leads
    leads: Leads
    why_not: str = ""

    @property
    def leads_anew(self) -> bool:
        return self.leads != self.seen_leads

    @property
    def is_moved(self) -> bool:
        return bool(self.wanted) and self.wanted != self.seen


def page(request: HttpRequest, pk: int) -> HttpResponse:
    """The contents to arrange, and the accepted manuscripts that wait for an issue."""
    if not request.user.has_perm("issues.change_issue"):
        raise PermissionDenied
    issue = get_object_or_404(Issue, pk=pk)
    if request.method != "POST":
        return _page(request, issue)
    if step := request.POST.get("undo", ""):
        return _undo(request, issue, key_in(step))
    typed = _read(request)
    try:
        _act(request, issue, typed)
    except publication.NotAllowed as refusal:
        messages.error(request, str(refusal))
        issue.refresh_from_db()
        status = 409 if isinstance(refusal, publication.Stale) else 422
        return _page(request, issue, typed, status=status)
    return redirect("admin:issues_issue_make_up", issue.pk)


def _page(
    request: HttpRequest, issue: Issue, typed: Typed | None = None, *, status: int = 200
) -> HttpResponse:
    articles = contents.of(issue).articles
    present = _in_print_order(articles)
    differs = typed is not None and typed.is_moved and typed.wanted != present
    shown = _rows(articles, typed.wanted if typed and differs else present, typed)
    context = {
        **admin.site.each_context(request),
        "title": f"编排 {issue.full_label}",
        "issue": issue,
        **shown,
        "seen": _written(present),
        **_leads([each for _, placed in shown["rows"] for each, _ in placed], typed),
        "rival": articles if differs else (),
        "typed": typed,
        "undoable": make_up.undoable(issue, who_acts(request)),
        "waiting": _waiting(),
        "count": len(articles),
        "length": sum(article.length for article in articles),
    }
    return render(request, "admin/issues/issue/make_up.html", context, status=status)


def _leads(articles: list[Article], typed: Typed | None) -> dict[str, object]:
    """What leads now, and what the form chose instead, where that could not be kept."""
    marked = sorted((each for each in articles if each.lead), key=lambda each: each.lead or 0)
    present = [each.pk for each in marked]
    chosen = typed.leads if typed and typed.leads_anew else present
    may_lead = [
        each for each in articles if not certain(each.section, "article_place_is_whole").is_preamble
    ]
    slots = [
        (words, chosen[at] if at < len(chosen) else None)
        for at, words in enumerate(Article.Lead.labels)
    ]
    differs = chosen != present
    return {
        "may_lead": may_lead,
        "slots": slots,
        "seen_leads": " ".join(map(str, present)),
        "rival_leads": marked if differs else (),
        "leads_differ": differs,
    }


def _waiting() -> list[Article]:
    waiting = Article.objects.placeable().select_related("section").with_bylines()
    return list(waiting.defer("body").order_by("section__order", "stage_since"))


def _rows(articles: tuple[Article, ...], order: Order, typed: Typed | None) -> dict[str, Any]:
    """Section by section, in this order; articles that it does not name come last in theirs.

    Each with its number: the one that was typed, where it could not be read.
    """
    there = {article.pk: article for article in articles}
    named = [(pk, section) for pk, section in order if pk in there]
    known = {pk for pk, _ in named}
    rest = [(each.pk, _section(each)) for each in articles if each.pk not in known]
    placed: dict[int, list[Article]] = {}
    for pk, section in [*named, *rest]:
        placed.setdefault(section, []).append(there[pk])
    sections = [s for s in Section.objects.all() if s.pk in placed or not s.retired]
    numbers = typed.places if typed and typed.why_not else {}
    rows = [
        (
            section,
            [
                (article, numbers.get(article.pk, str(place)))
                for place, article in enumerate(placed.get(section.pk, []), start=1)
            ],
        )
        for section in sections
    ]
    return {"rows": rows, "sections": sections}


def _act(request: HttpRequest, issue: Issue, typed: Typed) -> None:
    """One form, three buttons: what the person moved is kept whichever of them is pressed."""
    if typed.why_not:
        raise publication.NotAllowed(typed.why_not)
    _keep(issue, typed, by=who_acts(request))
    if "place" in request.POST:
        _place(request, issue, typed)
    elif taken := request.POST.get("take_out", ""):
        _take_out(request, issue, taken)
    else:
        messages.success(request, _kept(typed))


@transaction.atomic
def _keep(issue: Issue, typed: Typed, *, by: User) -> None:
    """Order and leads come from one form: both are kept, or neither."""
    if typed.is_moved:
        make_up.arrange(issue, typed.wanted, by=by, made_from=typed.seen)
    if typed.leads_anew:
        make_up.lead_with(issue, typed.leads, by=by, made_from=typed.seen_leads)


def _kept(typed: Typed) -> str:
    if typed.is_moved:
        return "目录和头条已保存。" if typed.leads_anew else "目录已保存。"
    return "头条已保存。" if typed.leads_anew else "目录没有改动。"


def _place(request: HttpRequest, issue: Issue, typed: Typed) -> None:
    """In the order in which they stand on the page."""
    if not typed.chosen:
        raise publication.NotAllowed("请先勾选要编入的稿件。")
    there = Article.objects.in_bulk(typed.chosen)
    chosen = [there[pk] for pk in typed.chosen if pk in there]
    count = make_up.place(chosen, issue, by=who_acts(request))
    messages.success(request, f"已编入 {count} 篇，排在各自栏目的最后。")


def _take_out(request: HttpRequest, issue: Issue, taken: str) -> None:
    article = Article.objects.filter(pk=key_in(taken)).first()
    if article is None:
        raise publication.NotAllowed("这篇文章已经不在本期，请看现在的目录。")
    article.issue = issue  # as the page showed it
    make_up.take_out(article, by=who_acts(request))
    messages.success(request, f"《{article.title}》已移出本期，回到“待编入”。")


def _undo(request: HttpRequest, issue: Issue, step: int) -> HttpResponse:
    try:
        make_up.undo(issue, by=who_acts(request), step=step)
    except publication.NotAllowed as refusal:
        messages.error(request, str(refusal))
        return _page(request, issue, status=409)
    messages.success(request, "撤销了，目录和刚才那一步以前一样。")
    return redirect("admin:issues_issue_make_up", issue.pk)


# What the form sent


def _read(request: HttpRequest) -> Typed:
    """Section-ID and place-ID of every article; the order where nothing moved is the same."""
    ids = keys_in(request.POST.getlist("article"))
    takes_all = request.POST.get("place") == "all"
    waiting = request.POST.get("waiting", "").split()
    chosen = keys_in(waiting if takes_all else request.POST.getlist("chosen"))
    places = {pk: request.POST.get(f"place-{pk}", "") for pk in ids}
    sections = {pk: request.POST.get(f"section-{pk}", "") for pk in ids}
    seen = _order(request.POST.get("seen", ""))
    chosen_leads = [int(each) for each in request.POST.getlist("lead")[:3] if is_key(each)]
    leads = keys_in(request.POST.get("seen_leads", "").split()), chosen_leads
    why_not = _why_unreadable(places, sections)
    if why_not:
        return Typed(seen, [], places, chosen, *leads, why_not)
    ranks = dict(Section.objects.values_list("pk", "order"))
    rows = [(pk, int(sections[pk]), float(places[pk])) for pk in ids]
    rows.sort(key=lambda row: (ranks.get(row[1], 0), row[1], row[2]))
    return Typed(seen, [(pk, section) for pk, section, _ in rows], places, chosen, *leads)


def _why_unreadable(places: dict[int, str], sections: dict[int, str]) -> str:
    if not all(is_key(section) for section in sections.values()):
        return "有文章没有选栏目，请补上再保存。"
    try:
        for place in places.values():
            float(place)
    except ValueError:
        return "次序要填数字，如 1、2、3。"
    return ""


def _written(order: Order) -> str:
    return " ".join(f"{article}:{section}" for article, section in order)


def _order(written: str) -> Order:
    """The hidden field back; what is none of ours is no order, and fits no issue."""
    pairs = [pair.split(":") for pair in written.split()]
    if not all(len(pair) == 2 and all(is_key(part) for part in pair) for pair in pairs):
        return []
    return [(int(article), int(section)) for article, section in pairs]


def _in_print_order(articles: tuple[Article, ...]) -> Order:
    """As `make_up.order_of`, of articles that are here already."""
    ranked = sorted(articles, key=_rank)
    return [(each.pk, _section(each)) for each in ranked]


def _rank(article: Article) -> tuple[int, int, int]:
    section = certain(article.section, "article_place_is_whole")
    return section.order, section.pk, certain(article.position, "article_place_is_whole")


def _section(article: Article) -> int:
    return certain(article.section_id, "article_place_is_whole")
