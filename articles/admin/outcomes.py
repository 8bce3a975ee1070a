"""Every decision, every version, every row of the record, to search and take away: each for whom it
is.
"""

from datetime import datetime
from typing import Any, cast

from django.contrib import admin
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.text import Truncator

from articles.bodies import html
from articles.models import Article, Notice, Retraction, Review
from articles.models.review import ReviewQuerySet
from servicejournal.access import who_acts
from servicejournal.admin.exporting import ExportingAdmin
from servicejournal.admin.record import ABOUT_ACCOUNTS, RecordAdmin
from servicejournal.models import Record

Version = Article.history.model
#: Subjects of the record whose rows hold titles.
_HOLD_TITLES = _ARTICLE, _NOTICE = Article._meta.label_lower, Notice._meta.label_lower
#: Characters of an opinion in the list.
_BEGUN = 24


class _ByMoment(admin.DateFieldListFilter):
    """The history library names its column in English."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.title = "时间"


@admin.register(Review)
class ReviewAdmin(ExportingAdmin):
    list_display = [
        "decided_at", "article", "stage", "decision", "who", "told", "noted", "retracted",
    ]  # fmt: skip
    list_display_links = ["decided_at"]
    list_select_related = ["article", "reviewer", "retraction", "deputy__granted_by"]
    list_filter = ["stage", "decision", "decided_at"]
    search_fields = ["article__title", "article__receipt", "reviewer__name", "opinion", "note"]
    search_help_text = "按题目、稿号、审稿人或意见查找"
    date_hierarchy = "decided_at"
    ordering = ["-decided_at", "-pk"]
    texts = ("digest", "article__body", "article__standfirst", "article__note")
    export_title = "审稿意见"
    columns = [
        ("时间", 18),
        ("稿号", 14),
        ("题目", 40),
        ("审级", 8),
        ("决定", 8),
        ("审稿人", 12),
        ("给作者的意见", 60),
        ("内部意见", 60),
        ("轮次", 6),
        ("所审文本的校验值", 66),
        ("撤回时间", 18),
        ("代行", 30),
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Review]:
        return cast(ReviewQuerySet, super().get_queryset(request)).readable_by(who_acts(request))

    @admin.display(description="撤回时间")
    def retracted(self, each: Review) -> datetime | None:
        """Who decided took it back: it counts nowhere."""
        retraction: Retraction | None = getattr(each, "retraction", None)
        return retraction.at if retraction else None

    @admin.display(description="审稿人", ordering="reviewer__name")
    def who(self, each: Review) -> str:
        return (
            f"{each.reviewer}（代行{each.deputy.get_stage_display()}）"
            if each.deputy
            else str(each.reviewer)
        )

    @admin.display(description="给作者的意见")
    def told(self, each: Review) -> str:
        """How it begins: the whole of it is in the sheet, and beside the manuscript."""
        return Truncator(each.opinion).chars(_BEGUN)

    @admin.display(description="内部意见")
    def noted(self, each: Review) -> str:
        return Truncator(each.note).chars(_BEGUN)

    def row(self, each: Review) -> list[Any]:
        return [
            *(each.decided_at, each.article.receipt, each.article.title),
            *(each.get_stage_display(), each.get_decision_display(), str(each.reviewer)),
            *(each.opinion, each.note, each.round, each.digest, self.retracted(each)),
            f"{each.deputy.granted_by}指定，{each.deputy.days}" if each.deputy else "",
        ]


@admin.register(Version)
class VersionAdmin(ExportingAdmin):
    """Of the manuscripts that are open inside to who looks: no drafts, and none of their own."""

    list_display = ["when", "title", "receipt", "status", "length", "who", "why"]
    list_display_links = ["when"]
    list_select_related = ["history_user"]
    list_filter = ["status", ("history_date", _ByMoment)]
    search_fields = ["title", "receipt", "history_user__name", "history_change_reason"]
    search_help_text = "按题目、稿号、经手人或理由查找"
    date_hierarchy = "history_date"
    texts = ("standfirst", "body", "note")
    export_title = "稿件版本"
    columns = [
        ("时间", 18),
        ("稿号", 14),
        ("题目", 40),
        ("状态", 10),
        ("字数", 8),
        ("经手人", 12),
        ("理由", 30),
        ("正文", 100),
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """Written so that the newest are found by their date, without a look at all of them."""
        readable = Article.objects.open_inside_to(who_acts(request))
        there = Exists(readable.filter(pk=OuterRef("id")))
        return super().get_queryset(request).filter(there)

    def change_view(
        self, request: HttpRequest, object_id: str, *args: Any, **kwargs: Any
    ) -> HttpResponse:
        """The page that shows it beside the other versions of the manuscript."""
        version = self.get_object(request, object_id)
        if version is None:
            return super().change_view(
                request, object_id, *args, **kwargs
            )  # says so, and leads back
        page = reverse("admin:articles_article_history", args=[version.id])
        return redirect(f"{page}?version={version.pk}")

    @admin.display(description="时间", ordering="history_date")
    def when(self, version: Any) -> datetime:
        moment: datetime = version.history_date
        return moment

    @admin.display(description="经手人")
    def who(self, version: Any) -> str:
        return str(version.history_user or "系统")

    @admin.display(description="理由")
    def why(self, version: Any) -> str:
        return version.history_change_reason or ""

    def row(self, each: Any) -> list[Any]:
        return [
            *(each.history_date, each.receipt, each.title, each.get_status_display()),
            *(each.length, self.who(each), self.why(each), html.text(each.body)),
        ]


@admin.register(Record)
class DeskRecordAdmin(RecordAdmin):
    """Accounts to the administrator; to the auditor everything, but what was never handed in or was
    called back, and but the course of their own manuscripts.
    """

    def get_queryset(self, request: HttpRequest) -> QuerySet[Record]:
        user, rows = who_acts(request), super().get_queryset(request)
        readable = Q(pk__in=[])
        if user.on_the_desk:
            closed = Article.objects.closed_inside_to(user)
            there = Article.objects.order_by().values("pk")  # a draft that was deleted is not
            notices = Notice.objects.readable_by(user).order_by().values("pk")
            readable |= Q(subject_type=_ARTICLE, subject_pk__in=there) & ~Q(subject_pk__in=closed)
            readable |= ~Q(subject_type__in=_HOLD_TITLES)
            readable |= Q(subject_type=_NOTICE, subject_pk__in=notices)
        if user.has_perm("servicejournal.view_rolegrant"):  # the dearest question comes last
            readable |= ABOUT_ACCOUNTS
        return rows.filter(readable)
