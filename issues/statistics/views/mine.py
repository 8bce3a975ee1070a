"""What branches and writers get back: «我的» year, a branch's figures for its head, 用稿证明."""

from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from articles import people
from articles.models import Article
from articles.writing.views.admission import writers_page
from servicejournal import masthead, record
from servicejournal.access import SignedInRequest
from servicejournal.certain import certain
from servicejournal.models import User
from servicejournal.papers import fonts, qr, typesetting
from servicejournal.web import site, turnstile

from ...counts import figures as readings
from ...models import DailyCount, Fee, Praise, PrintedArticle
from .. import contributions, facts, papers, periods
from ..amounts import figures
from ..periods import Period
from ..report import Report
from ..tables import Row, Table, said


class YearForm(forms.Form):
    year = forms.IntegerField(min_value=1980, max_value=2100)


def _year(request: HttpRequest) -> Period:
    asked = YearForm(request.GET)
    number = asked.cleaned_data["year"] if asked.is_valid() else timezone.localdate().year
    return periods.year(number)


def _handed_in(user: User, period: Period) -> Any:
    """What they handed in themselves in the year; what was recalled too, it has a receipt."""
    rows = Article.objects.of(user).exclude(receipt=None).exclude(origin=Article.Origin.BACK_ISSUE)
    rows = rows.filter(facts.within(period, "submitted_at"))
    return rows.order_by("submitted_at", "pk").only("title", "submitted_at")


def _printed_of(user: User) -> Any:
    """What is out of theirs: signed by them, or handed in by them."""
    own = Article.objects.written_by(user).values("pk")
    rows = PrintedArticle.objects.out().filter(article__in=own).select_related("edition__issue")
    return rows.defer("body")


@writers_page
@require_safe
def year(request: SignedInRequest) -> HttpResponse:
    """What I handed in and what came out, my points, what I was paid."""
    period, user = _year(request), request.user
    report = Report(period)
    author = people.author_of(user)
    points = [each for each in report.points if author and each.signed.author == author.pk]
    handed = list(_handed_in(user, period))
    titles = {each.pk: each.title for each in handed}
    mine = list(_printed_of(user).newest_first())
    read = _read([each.article_id for each in mine], period)
    paid = Fee.objects.filter(author__user=user, sheet__closed_at__isnull=False)
    paid = paid.filter(sheet__issue__date__year=period.start.year).select_related("sheet__issue")
    context = {
        "period": period,
        "handed": handed,
        "out": [(each, read.get(each.article_id, 0)) for each in mine if _is_of(each, period)],
        "read": sum(read.values()),
        "points": [
            (each, each.title or titles.get(each.article, ""), said("share", each.hundredths))
            for each in points
        ],
        "sum": said("share", sum(each.hundredths for each in points)),
        "paid": [(each, figures(_stands(each))) for each in paid.prefetch_related("entries")],
        "branches": people.branches_led_by(user),
        "earlier": period.start.year - 1,
    }
    return render(request, "issues/my_year.html", context)


def _is_of(printed: PrintedArticle, period: Period) -> bool:
    day = printed.edition.issue.date
    return day is not None and period.start <= day < period.end


def _read(articles: list[int], period: Period) -> dict[int, int]:
    """How often each was read in the period, by whomever: nobody counts who."""
    return readings.of(DailyCount.Kind.ARTICLE, articles, since=period.start, until=period.last)


def _stands(fee: Fee) -> int:
    return fee.fen + sum(each.fen for each in fee.entries.all())


@writers_page
@require_safe
def branch(request: SignedInRequest, slug: str) -> HttpResponse:
    """A branch's year for its head: figures, what came out, who wrote; no title that is not out."""
    found = get_object_or_404(people.branches_led_by(request.user), slug=slug)
    period = _year(request)
    report = Report(period)
    tables = [report.table("branches"), report.table("quotas"), report.table("points")]
    out = [
        each
        for each in report.facts.printed
        if any(one.branch == found.pk for one in report.facts.print_signed.get(each.article, ()))
    ]
    read = _read([each.article for each in out], period)
    by_branch = readings.by_branch(since=period.start, until=period.last)
    context = {
        "period": period,
        "branch": found,
        "tables": [_own(each, period, found.pk) for each in tables if each],
        "out": [(each, read.get(each.article, 0)) for each in out],
        "read": by_branch.get(found.pk, 0),
        "earlier": period.start.year - 1,
    }
    return render(request, "issues/branch_year.html", context)


def _own(table: Table, period: Period, branch: int) -> Table:
    """The line of one branch: its link tells whose a line is, for two may bear one name."""
    whats = ("printed", "points")
    mine = {contributions.link(period, what=what, branch=branch) for what in whats}
    rows = tuple(Row(row.cells) for row in table.rows if row.link in mine)
    return Table(table.slug, table.title, table.columns, rows)


@writers_page
@require_safe
def certificate(request: SignedInRequest, pk: int) -> HttpResponse:
    """用稿证明 of an article that is out, for whoever wrote it. A 404 to everybody else."""
    printed = _printed_of(request.user).filter(article=pk).first()
    if printed is None:
        raise Http404
    turnstile.enter(turnstile.DRAWN, request)
    address = site.absolute(reverse("edition", args=_of_issue(printed)))
    try:
        faces = fonts.find(settings.FONT_DIR)
        data = papers.certificate(_told(printed, address), qr.drawing_of(address), faces)
    except (typesetting.NotPrinted, fonts.FontsMissing) as reason:
        messages.error(request, str(reason))
        return redirect("my_year")
    record.write("用稿证明", printed.article, by=request.user, edition=printed.edition.number)
    response = HttpResponse(data, content_type="application/pdf")
    response["Content-Disposition"] = certain(
        content_disposition_header(False, f"用稿证明-{printed.title[:40]}.pdf"),
        "what is named goes with its name",
    )
    return response


def _of_issue(printed: PrintedArticle) -> tuple[int, str]:
    issue = printed.edition.issue
    return issue.year, issue.slug


def _told(printed: PrintedArticle, address: str) -> papers.Certificate:
    issue, journal, now = printed.edition.issue, masthead.current(), timezone.localdate()
    day = issue.date or now
    grades = Praise.objects.filter(article=printed.article_id).order_by("-grade")
    return papers.Certificate(
        journal=printed.edition.face.get("name") or journal.name,
        number=f"编号：{issue.year}-{issue.slug}-{printed.place:02d}",
        names=printed.byline.replace("　", "、"),
        title=printed.title,
        section=printed.section_name,
        issue=issue.full_label,
        day=f"{day.year}年{day.month}月{day.day}日",
        address=address,
        compiled_by=issue.compiled_by or journal.compiled_by,
        printed_on=f"{now.year}年{now.month}月{now.day}日",
        grade="、".join(each.get_grade_display() for each in grades),
    )
