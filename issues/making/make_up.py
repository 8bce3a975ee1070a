"""Making up an issue (编排): manuscripts in, in their order, out again. The only writer of places.

Every verb is one transaction, takes `by=` the person who acts, and adds a row to the record.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import transaction
from django.db.models import F, Max
from django.utils import timezone

from articles import letters
from articles.models import Article, Section
from articles.reviewing import seen
from servicejournal import record
from servicejournal.certain import certain
from servicejournal.models import Record, User
from servicejournal.roles import EDITORIAL

from ..models import Issue
from .publication import NotAllowed, Stale, locked, require

#: (article id, section id) in print order.
Order = list[tuple[int, int]]
#: Keys of the articles that the issue's page shows large: 头条, 次条; the second may lack.
Leads = list[int]
#: In the record of the issue: what changes its contents, and what takes that back.
_STEPS = {"编排": "撤销编排", "编入": "撤销编入", "移出": "撤销移出"}
#: Rows of the record that the way back is looked for in.
_WAY_BACK = 60
#: Lifts places out of the way while new ones are written; more than any issue holds.
_ASIDE = 1_000_000


def _open_for_make_up(issue: Issue) -> Issue:
    """The issue under a lock. Raises from its signing off on."""
    current = locked(issue)
    if current.why_frozen:
        raise NotAllowed(current.why_frozen)
    return current


def order_of(issue: Issue) -> Order:
    """(article id, section id) of every article of the issue, in print order."""
    rows = issue.articles.in_print_order().values_list("pk", "section_id")
    return [(pk, certain(section, "article_place_is_whole")) for pk, section in rows]


@transaction.atomic
def place(
    articles: Iterable[Article], issue: Issue, *, by: User, section: Section | None = None
) -> int:
    """编入: accepted manuscripts, as they come, to the end of their section (or of the one given).

    The count. Raises `NotAllowed` for one that is not accepted, stands in an issue already or has
    no section.
    """
    require(by, *EDITORIAL)
    if _open_for_make_up(issue).scan:
        raise NotAllowed(f"{issue}的 PDF 是当年的原件，不能再编入稿件。")
    before = order_of(issue)
    order = [article.pk for article in articles]
    chosen = Article.objects.select_for_update(of=("self",)).in_bulk(order)
    for article in (chosen[pk] for pk in order):
        if article.status != Article.Status.ACCEPTED or article.issue_id:
            happened = seen.what_happened(article, by)
            raise NotAllowed(
                f"“{article.title}”不是待编入的已采用稿件：{happened}。请看过现在的页面再编。"
            )
        target = section or article.section
        if target is None:
            raise NotAllowed(f"“{article.title}”还没有栏目，请先选栏目。")
        _put_in(article, issue, target, by=by)
    _note("编入", issue, before, by=by, titles=[chosen[pk].title for pk in order])
    return len(chosen)


def _put_in(article: Article, issue: Issue, section: Section, *, by: User) -> None:
    article.section, article.issue = section, issue
    article.position = _last_position(issue, section) + 1
    article.store("section", "issue", "position", by=by)
    record.write("编入", article, by=by, issue=str(issue), section=section.name)
    letters.placed(article)


def leads_of(issue: Issue) -> Leads:
    """头条 and 次条; a lone one is the first, whatever it was marked as."""
    rows = issue.articles.exclude(lead=None).order_by("lead")
    return list(rows.values_list("pk", flat=True))


@transaction.atomic
def lead_with(issue: Issue, leads: Leads, *, by: User, made_from: Leads) -> None:
    """定头条: at most two articles that the page of the issue shows large, the first first.

    `made_from` are the leads that were replaced. Raises `Stale` where others lead by now, and
    `NotAllowed` for more than two, the same one twice, a preamble, or an article of another issue.
    """
    require(by, *EDITORIAL)
    _open_for_make_up(issue)
    before = leads_of(issue)
    if made_from != before:
        raise Stale("刚才有人改过头条，您这一次没有保存。请看现在的头条，再选。")
    if len(leads) > len(Article.Lead) or len(set(leads)) < len(leads):
        raise NotAllowed("头条和次条要是两篇不同的文章。")
    there = issue.articles.filter(pk__in=leads, section__is_preamble=False).in_bulk()
    if len(there) < len(leads):
        raise NotAllowed("头条要从本期目录里选，卷首语自有位置，不用选。请看现在的目录再选。")
    _put_first(issue, leads)
    titles = [there[pk].title for pk in leads]
    record.write("定头条", issue, by=by, before=before, after=leads, titles=titles)


def _put_first(issue: Issue, leads: Leads) -> None:
    """Two steps: no two articles of an issue lead alike, at any moment."""
    issue.articles.exclude(lead=None).update(lead=None)
    for lead, pk in zip(Article.Lead, leads, strict=False):
        issue.articles.filter(pk=pk).update(lead=lead)


def lead_as_printed(issue: Issue, leads: Leads) -> None:
    """As an earlier edition led: part of the transaction that restores it."""
    _put_first(issue, leads)


def _note(
    verb: str, issue: Issue, before: Order, *, by: User, led: Leads | None = None, **what: Any
) -> None:
    """In the record of the issue: how it stood, and how it stands now, for the way back.

    `led` is what led before a step that may have changed it.
    """
    if led and (leads := leads_of(issue)) != led:
        what |= {"leads": led, "leads_after": leads}
    record.write(verb, issue, by=by, before=before, after=order_of(issue), **what)


def _last_position(issue: Issue, section: Section) -> int:
    last = Article.objects.filter(issue=issue, section=section).aggregate(last=Max("position"))
    return last["last"] or 0


def place_back_issue(
    article: Article, issue: Issue, position: int, *, by: User, lead: int | None = None
) -> None:
    """The place where an article of a back issue was printed; part of the import's transaction."""
    article.issue, article.position, article.lead = issue, position, lead
    article.store("issue", "position", "lead", by=by)


@transaction.atomic
def take_out(article: Article, *, by: User) -> None:
    """移出本期: the manuscript is accepted and waits for an issue again.

    Raises `Stale` where it does not stand any more where the object in hand says.
    """
    require(by, *EDITORIAL)
    if article.issue is None:
        return
    issue = _open_for_make_up(article.issue)
    before, led = order_of(issue), leads_of(issue)
    current = Article.objects.select_for_update(of=("self",)).get(pk=article.pk)
    if current.issue_id != issue.pk:
        raise Stale(f"《{current.title}》{seen.what_happened(current, by)}，已经不在本期。")
    _drop(current, issue, by=by)
    article.issue = article.position = article.lead = None
    _note("移出", issue, before, by=by, led=led, titles=[current.title])


def _drop(article: Article, issue: Issue, *, by: User) -> None:
    article.issue = article.position = article.lead = None
    article.store("issue", "position", "lead", by=by)
    record.write("移出", article, by=by, issue=str(issue))
    letters.taken_out(article, issue.pk)


def drop_printed(article: Article, *, by: User) -> None:
    """Out of an issue that is out: part of the withdrawal that makes the edition without it."""
    article.issue = article.position = article.lead = None
    article.store("issue", "position", "lead", by=by)


def put_back_printed(article: Article, issue: Issue, section: Section, *, by: User) -> None:
    """Into the issue again, of which an earlier edition is restored; last in its section."""
    if article.issue_id == issue.pk and article.section_id == section.pk:
        return
    article.issue, article.section = issue, section
    article.position = _last_position(issue, section) + 1
    article.store("issue", "section", "position", by=by)


@transaction.atomic
def arrange(issue: Issue, order: Order, *, by: User, made_from: Order) -> None:
    """编排: `order` is (article id, section id) of every article of the issue, in print order.

    `made_from` is the order that was rearranged: raises `Stale` where it is not the present one,
    which somebody else changed meanwhile, and `NotAllowed` where `order` does not name exactly the
    articles of the issue.
    """
    require(by, *EDITORIAL)
    _open_for_make_up(issue)
    before, led = order_of(issue), leads_of(issue)
    if made_from != before:
        raise Stale(f"{_who_changed(issue, by)}，您这一次没有保存。")
    ids = [article_id for article_id, _ in order]
    known = set(Section.objects.values_list("pk", flat=True))
    if sorted(ids) != sorted(article_id for article_id, _ in before):
        raise NotAllowed("目录里的文章和本期的不一样，请刷新页面再排。")
    if not {section for _, section in order} <= known:
        raise NotAllowed("有的栏目已不存在，请刷新页面再排。")
    _lay_out(issue, order)
    _note("编排", issue, before, by=by, led=led)


@transaction.atomic
def move(
    issue: Issue,
    articles: Sequence[int],
    *,
    to: Section | None,
    before: int | None = None,
    by: User,
    made_from: Order,
) -> None:
    """One step of the board: these articles (keys), from the pile or from elsewhere in the issue,
    to a section, before the article of that key or to its end; to the pile where `to` is None.

    Raises `Stale` where `made_from` is not the present order, `NotAllowed` for what is not accepted
    or stands in another issue. Nothing in the record where nothing moved.
    """
    require(by, *EDITORIAL)
    current = _open_for_make_up(issue)
    now, led = order_of(issue), leads_of(issue)
    if made_from != now:
        raise Stale(f"{_who_changed(issue, by)}，您这一步没有保存。")
    if to and current.scan:
        raise NotAllowed(f"{issue}的 PDF 是当年的原件，不能再编入稿件。")
    chosen = Article.objects.select_for_update(of=("self",)).in_bulk(articles)
    there = {pk for pk, _ in now}
    for pk in articles:
        _refuse_what_is_elsewhere(chosen.get(pk), issue, by)
    verb = "编排" if to else "移出"
    for pk in articles:
        if to is None and pk in there:
            _drop(chosen[pk], issue, by=by)
        elif to and pk not in there:
            _put_in(chosen[pk], issue, to, by=by)
            verb = "编入"
    if to:
        _lay_out(issue, moved(now, articles, to.pk, before))
    if order_of(issue) != now:
        titles = [chosen[pk].title for pk in articles]
        _note(verb, issue, now, by=by, led=led, titles=titles)


def _refuse_what_is_elsewhere(article: Article | None, issue: Issue, by: User) -> None:
    if article is None:
        raise NotAllowed("有的稿件已经不在了，请刷新页面再排。")
    waits = article.status == Article.Status.ACCEPTED and article.issue_id is None
    if not waits and article.issue_id != issue.pk:
        happened = seen.what_happened(article, by)
        raise NotAllowed(f"“{article.title}”{happened}，不能编进本期。")


def moved(order: Order, articles: Sequence[int], section: int | None, before: int | None) -> Order:
    """An order after a step of the board. Pure; `section` None takes the articles out.

    Where `before` does not stand in that section, they go to its end.
    """
    rest = [(pk, at) for pk, at in order if pk not in set(articles)]
    if section is None:
        return rest
    ends = [n for n, (_, at) in enumerate(rest, start=1) if at == section]
    place = next((n for n, pair in enumerate(rest) if pair == (before, section)), None)
    if place is None:
        place = ends[-1] if ends else len(rest)
    return [*rest[:place], *((pk, section) for pk in articles), *rest[place:]]


def _lay_out(issue: Issue, order: Order) -> None:
    # Two steps: the places are unique, and the database looks at each row as it is written.
    issue.articles.update(position=F("position") + _ASIDE)
    rows = [
        Article(pk=pk, section_id=section, position=position)
        for position, (pk, section) in enumerate(order, start=1)
    ]
    # In one statement for any issue that there is: a step asks as much of a thick one as of a thin.
    issue.articles.bulk_update(rows, ["section", "position"], batch_size=300)
    # A preamble has a place of its own, and does not lead.
    issue.articles.filter(section__is_preamble=True).exclude(lead=None).update(lead=None)


def _who_changed(issue: Issue, by: User) -> str:
    last = record.of(issue).filter(verb__in=[*_STEPS, *_STEPS.values()]).first()
    if last is None:
        return "目录刚刚变了"
    who = "您在另一页上" if last.actor_pk == by.pk else last.actor
    return f"{who} {timezone.localtime(last.at):%H:%M} 改过目录（{last.verb}）"


# The way back


def undoable(issue: Issue, user: User) -> Record | None:
    """This person's own last step that still stands, while nobody else did one after it and nobody
    signed: step after step leads back.
    """
    if issue.why_frozen:
        return None
    taken_back = 0
    for last in record.of(issue).filter(verb__in=[*_STEPS, *_STEPS.values()])[:_WAY_BACK]:
        if last.actor_pk != user.pk:
            return None
        if last.verb not in _STEPS:
            taken_back += 1
        elif taken_back:
            taken_back -= 1
        else:
            return last if _read(last.what.get("after")) == order_of(issue) else None
    return None


def _read(order: Any) -> Order:
    """From the record; what older versions wrote there is no order."""
    return [(int(article), int(section)) for article, section in order or []]


@transaction.atomic
def undo(issue: Issue, *, by: User, step: int) -> None:
    """撤销: the contents as they were before one's own last step, whose number the page showed.
    What is undone is undone for good; the step before it can be undone next.

    Raises `Stale` where something came after it, `NotAllowed` where a manuscript is needed
    elsewhere by now.
    """
    require(by, *EDITORIAL)
    current = _open_for_make_up(issue)
    last = undoable(current, by)
    if last is None or last.pk != step:
        raise Stale("这一步之后目录又有变化，不能撤销了。请看现在的目录。")
    now, before = order_of(current), _read(last.what["before"])
    there = {article for article, _ in now}
    led = last.what.get("leads", [])
    as_left = leads_of(current) == last.what.get("leads_after", [pk for pk in led if pk in there])
    for article in current.articles.exclude(pk__in=[pk for pk, _ in before]):
        _drop(article, current, by=by)
    for pk, section in before:
        if pk not in there:
            _bring_back(pk, current, section, by=by)
    _lay_out(current, before)
    if led and as_left:  # nobody chose others since
        _put_first(current, led)
    _note(_STEPS[last.verb], current, now, by=by, titles=last.what.get("titles", []))


def _bring_back(pk: int, issue: Issue, section: int, *, by: User) -> None:
    article = Article.objects.select_for_update(of=("self",)).get(pk=pk)
    if article.status != Article.Status.ACCEPTED or article.issue_id:
        happened = seen.what_happened(article, by)
        raise NotAllowed(f"“{article.title}”{happened}，放不回原处了。")
    _put_in(article, issue, Section.objects.get(pk=section), by=by)
