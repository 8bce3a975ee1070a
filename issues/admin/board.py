"""The board (编排): manuscripts in, each in its section and its place; the issue with it in view.

With scripts each move is a step of its own (`board_steps`). Without, the form carries the order
that it was made from. Where somebody changed it meanwhile, the page shows both: theirs as it
stands, and in the form what this person arranged, to be saved or dropped.
"""

from dataclasses import dataclass
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from articles.models import Article, Section
from issues.making import make_up, publication
from issues.making.board import cards, measuring, plans, view
from issues.making.board.cards import Card, Filters
from issues.making.make_up import Leads, Order
from issues.models import Issue
from servicejournal.access import who_acts
from servicejournal.certain import certain
from servicejournal.web.keys import is_key, key_in, keys_in

#: Where manuscripts are moved out of the issue.
PILE = "pile"


@dataclass(frozen=True, slots=True)
class Typed:
    """What the form sent: the order that it showed, the one that was made of it, what was ticked.

    `places` are the numbers as they were typed, by article.
    """

    seen: Order
    wanted: Order
    places: dict[int, str]
    chosen: list[int]
    why_not: str = ""

    @property
    def is_moved(self) -> bool:
        return bool(self.wanted) and self.wanted != self.seen


def moved_here(request: HttpRequest, pk: int) -> HttpResponse:
    """The address that the page had; what is sent to it arrives too."""
    return redirect("admin:issues_issue_board", pk, preserve_request=True)


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
    return redirect(_back(request, issue))


def _back(request: HttpRequest, issue: Issue) -> str:
    """The page with the filters that were set."""
    address: str = redirect("admin:issues_issue_board", issue.pk).headers["Location"]
    return f"{address}?{request.GET.urlencode()}" if request.GET else address


def _page(
    request: HttpRequest, issue: Issue, typed: Typed | None = None, *, status: int = 200
) -> HttpResponse:
    board = view.of(issue, who_acts(request))
    measuring.order(issue, board.missing)
    differs = typed is not None and typed.is_moved and typed.wanted != board.order
    context = {
        **admin.site.each_context(request),
        "title": f"编排 {issue.full_label}",
        "issue": issue,
        **_rows(board, typed.wanted if typed and differs else board.order, typed),
        **parts(board, Filters.read(request.GET.dict())),
        "rival": [card.article for card in board.deck.placed] if differs else (),
        **leads_of(board, _chosen_leads(request)),
        "typed": typed,
    }
    return render(request, "admin/issues/issue/board/page.html", context, status=status)


def parts(board: view.Board, filters: Filters) -> dict[str, Any]:
    """What the page shows and what a step brings anew."""
    waiting = [card for card in board.deck.pile if filters.let_through(card)]
    return {
        "board": board,
        "issue": board.issue,
        "totals": board.totals,
        "flat": board.plan,
        "seen": written(board.order),
        "planned": board.planned,
        "plan_seen": plans.written(board.planned),
        "undoable": board.undoable,
        "waiting": waiting,
        "placeable": " ".join(str(c.article.pk) for c in waiting if c.article.section_id),
        "filters": filters,
        "choices": cards.choices(board.deck, filters),
    }


def leads_of(board: view.Board, chosen: Leads | None = None) -> dict[str, object]:
    """What leads now, and what the form chose instead, where that could not be kept."""
    articles = [card.article for card in board.deck.placed]
    marked = sorted((each for each in articles if each.lead), key=lambda each: each.lead or 0)
    present = [each.pk for each in marked]
    wanted = present if chosen is None else chosen
    may_lead = [
        each for each in articles if not certain(each.section, "article_place_is_whole").is_preamble
    ]
    slots = [
        (words, wanted[at] if at < len(wanted) else None)
        for at, words in enumerate(Article.Lead.labels)
    ]
    differs = wanted != present
    return {
        "may_lead": may_lead,
        "slots": slots,
        "seen_leads": " ".join(map(str, present)),
        "rival_leads": marked if differs else (),
        "leads_differ": differs,
    }


def _rows(board: view.Board, order: Order, typed: Typed | None) -> dict[str, object]:
    """Section by section, in this order; articles that it does not name come last in theirs.

    Each with its number: the one that was typed, where it could not be read.
    """
    there = {card.article.pk: card for card in board.deck.placed}
    named = [(pk, section) for pk, section in order if pk in there]
    known = {pk for pk, _ in named}
    rest = [(pk, section) for pk, section in board.order if pk not in known]
    placed: dict[int, list[Card]] = {}
    for pk, section in [*named, *rest]:
        placed.setdefault(section, []).append(there[pk])
    columns = {column.section.pk: column for column in board.columns}
    sections = [s for s in board.deck.sections if s.pk in placed or not s.retired]
    numbers = typed.places if typed and typed.why_not else {}
    rows = [
        (
            section,
            columns.get(section.pk),
            [
                (card, numbers.get(card.article.pk, str(place)))
                for place, card in enumerate(placed.get(section.pk, []), start=1)
            ],
        )
        for section in sections
    ]
    return {"rows": rows, "sections": sections}


def _act(request: HttpRequest, issue: Issue, typed: Typed) -> None:
    """One form, several buttons: what the person moved is kept whichever of them is pressed."""
    if "plan" in request.POST:
        _plan(request, issue)
        return
    if "leads" in request.POST:
        _lead(request, issue)
        return
    if typed.why_not:
        raise publication.NotAllowed(typed.why_not)
    if typed.is_moved:
        make_up.arrange(issue, typed.wanted, by=who_acts(request), made_from=typed.seen)
    if "place" in request.POST:
        _place(request, issue, typed)
    elif "move" in request.POST:
        _move(request, issue, typed)
    elif taken := request.POST.get("take_out", ""):
        _take_out(request, issue, taken)
    else:
        messages.success(request, "目录已保存。" if typed.is_moved else "目录没有改动。")


def _lead(request: HttpRequest, issue: Issue) -> None:
    seen = keys_in(request.POST.get("seen_leads", "").split())
    leads = _chosen_leads(request) or []
    if leads == seen:
        messages.success(request, "头条没有改动。")
        return
    make_up.lead_with(issue, leads, by=who_acts(request), made_from=seen)
    messages.success(request, "头条已保存。")


def _chosen_leads(request: HttpRequest) -> Leads | None:
    """What the form of the leads chose; None where another form was sent."""
    if "leads" not in request.POST:
        return None
    return [int(each) for each in request.POST.getlist("lead")[:3] if is_key(each)]


def _place(request: HttpRequest, issue: Issue, typed: Typed) -> None:
    """In the order in which they stand on the page."""
    there = Article.objects.in_bulk(typed.chosen)
    chosen = [there[pk] for pk in typed.chosen if pk in there and there[pk].issue_id != issue.pk]
    if not chosen:
        raise publication.NotAllowed("请先勾选要编入的稿件。")
    count = make_up.place(chosen, issue, by=who_acts(request))
    messages.success(request, f"已编入 {count} 篇，排在各自栏目的最后。")


def _move(request: HttpRequest, issue: Issue, typed: Typed) -> None:
    """What is ticked, wherever it stands, to the end of a section or to the pile."""
    to = request.POST.get("to", "")
    section = Section.objects.filter(pk=key_in(to)).first()
    if not typed.chosen:
        raise publication.NotAllowed("请先勾选要移动的稿件。")
    if section is None and to != PILE:
        raise publication.NotAllowed("请先选要移到哪个栏目。")
    seen = make_up.order_of(issue) if typed.is_moved else typed.seen
    make_up.move(issue, typed.chosen, to=section, by=who_acts(request), made_from=seen)
    where = f"“{section.name}”的最后" if section else "“待编入”"
    messages.success(request, f"{len(typed.chosen)} 篇已移到{where}。")


def _take_out(request: HttpRequest, issue: Issue, taken: str) -> None:
    article = Article.objects.filter(pk=key_in(taken)).first()
    if article is None:
        raise publication.NotAllowed("这篇文章已经不在本期，请看现在的目录。")
    article.issue = issue  # as the page showed it
    make_up.take_out(article, by=who_acts(request))
    messages.success(request, f"《{article.title}》已移出本期，回到“待编入”。")


def _plan(request: HttpRequest, issue: Issue) -> None:
    """设想: numbers by section; what is empty has none."""
    typed = {
        key_in(name.removeprefix("plan-")): value.strip()
        for name, value in request.POST.items()
        if name.startswith("plan-") and isinstance(value, str) and value.strip()
    }
    if not all(is_key(value) and int(value) <= plans.MOST for value in typed.values()):
        raise publication.NotAllowed(f"设想的页数要填 1 到 {plans.MOST} 的数字，不设想就留空。")
    known = {0, *Section.objects.values_list("pk", flat=True)}
    pages = {section: int(value) for section, value in typed.items() if section in known}
    seen = request.POST.get("plan_seen", "")
    plans.set_pages(issue, pages, by=who_acts(request), made_from=seen)
    messages.success(request, "设想已保存。")


def _undo(request: HttpRequest, issue: Issue, step: int) -> HttpResponse:
    try:
        make_up.undo(issue, by=who_acts(request), step=step)
    except publication.NotAllowed as refusal:
        messages.error(request, str(refusal))
        return _page(request, issue, status=409)
    messages.success(request, "撤销了，目录和刚才那一步以前一样。")
    return redirect(_back(request, issue))


# What the form sent


def _read(request: HttpRequest) -> Typed:
    """Section-ID and place-ID of every article; the order where nothing moved is the same."""
    ids = keys_in(request.POST.getlist("article"))
    takes_all = request.POST.get("place") == "all"
    waiting = request.POST.get("waiting", "").split()
    chosen = keys_in(waiting if takes_all else request.POST.getlist("chosen"))
    places = {pk: request.POST.get(f"place-{pk}", "") for pk in ids}
    sections = {pk: request.POST.get(f"section-{pk}", "") for pk in ids}
    seen = read_order(request.POST.get("seen", ""))
    why_not = _why_unreadable(places, sections)
    if why_not:
        return Typed(seen, [], places, chosen, why_not)
    ranks = dict(Section.objects.values_list("pk", "order"))
    rows = [(pk, int(sections[pk]), float(places[pk])) for pk in ids]
    rows.sort(key=lambda row: (ranks.get(row[1], 0), row[1], row[2]))
    return Typed(seen, [(pk, section) for pk, section, _ in rows], places, chosen)


def _why_unreadable(places: dict[int, str], sections: dict[int, str]) -> str:
    if not all(is_key(section) for section in sections.values()):
        return "有文章没有选栏目，请补上再保存。"
    try:
        for place in places.values():
            float(place)
    except ValueError:
        return "次序要填数字，如 1、2、3。"
    return ""


def written(order: Order) -> str:
    return " ".join(f"{article}:{section}" for article, section in order)


def read_order(text: str) -> Order:
    """The hidden field back; what is none of ours is no order, and fits no issue."""
    pairs = [pair.split(":") for pair in text.split()]
    if not all(len(pair) == 2 and all(is_key(part) for part in pair) for pair in pairs):
        return []
    return [(int(article), int(section)) for article, section in pairs]
