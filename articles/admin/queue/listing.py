"""The list of manuscripts: columns, filters, search, and the sheet that is taken away."""

from collections.abc import Sequence
from typing import Any, cast

from django.contrib import admin
from django.core.exceptions import BadRequest, SuspiciousOperation
from django.db.models import OrderBy, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.html import format_html

from articles.models import Article, Assignment, Author, Authorship
from articles.models.article import ArticleQuerySet
from articles.reviewing import finding
from servicejournal.access import who_acts
from servicejournal.admin.exporting import Exporting
from servicejournal.roles import EDITORIAL

from ..age import age_of, is_overdue
from . import views
from .assigning import CURRENT
from .filters import (
    AgeFilter,
    BranchFilter,
    DueFilter,
    GivenFilter,
    IssueFilter,
    NewestFilter,
    QueueFilter,
)

_DUE = Subquery(CURRENT.filter(article=OuterRef("pk")).values("due")[:1])


class ManuscriptList(Exporting):
    list_display = [
        "title_and_byline",
        "state",
        "section",
        "given_to",
        "due",
        "length",
        "age",
        "receipt",
        "issue",
    ]
    list_filter = [
        QueueFilter,
        GivenFilter,
        DueFilter,
        "status",
        AgeFilter,
        "section",
        BranchFilter,
        ("call", NewestFilter),
        ("issue", IssueFilter),
        "origin",
    ]
    list_select_related = ["section", "issue", "contributor"]
    search_fields = ["title"]  # Django shows the field where there are any; see below
    search_help_text = "按标题、正文、稿号或作者查找；几个词之间空一格，都要有。"
    ordering = ["-stage_since", "-pk"]
    date_hierarchy = "submitted_at"
    texts = ("standfirst", "body", "note")
    change_list_template = "admin/articles/article/change_list.html"
    export_title = "稿件"
    export_most = 5000
    columns = [
        ("稿号", 14),
        ("标题", 40),
        ("署名", 30),
        ("状态", 10),
        ("栏目", 12),
        ("分派给", 12),
        ("期限", 12),
        ("字数", 8),
        ("收稿时间", 18),
        ("进入本状态", 18),
        ("来源", 10),
        ("应征", 16),
        ("期", 16),
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Article]:
        """Another person's draft is theirs until it is handed in."""
        manuscripts = cast(ArticleQuerySet, super().get_queryset(request))
        given = Prefetch("assignments", CURRENT.select_related("editor"), to_attr="given")
        return manuscripts.visible_to(who_acts(request)).prefetch_related("authorships", given)

    def page_of(self, row: Article) -> str:
        """To be read and decided; its form is one press from there. A draft has its form alone."""
        if row.status == Article.Status.DRAFT or not row.receipt:
            return ""
        return reverse("admin:articles_article_review", args=[row.pk])

    def found_once(self, request: HttpRequest) -> bool:
        """Whose turn it is depends on roles, assignments, decisions and who wrote it."""
        return request.GET.get(QueueFilter.parameter_name) == "mine"

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        """Every word of it in the text; or the whole of it in the number or the byline."""
        term = search_term.strip()
        if not term:
            return queryset, False
        # Each by an index of its own, and none of a column behind the texts.
        named = Author.objects.filter(name__icontains=term)
        signed = Authorship.objects.filter(Q(author_name__icontains=term) | Q(author__in=named))
        numbered = Article.objects.filter(receipt__in=[term, term.upper()])
        found = Q(pk__in=signed.values("article")) | Q(pk__in=numbered.values("pk"))
        if term.isdecimal() and len(term) < 19:
            found |= Q(pk=int(term))  # the last part of the number
        if (held := finding.holding(term)) is not None:
            found |= Q(pk__in=held)
        return queryset.filter(found), False

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Whoever keeps a view to open with, and asks for nothing, is shown that."""
        own = views.shown(request)
        if request.method == "GET" and not request.GET and (query := views.first_of(own)):
            return redirect(f"{request.path}?{query}")
        context = {
            "views": own,
            "query": views.plain(request.GET),
            "may_hand_over": who_acts(request).has_role(*EDITORIAL),
        }
        try:
            return super().changelist_view(request, {**context, **(extra_context or {})})
        except (BadRequest, SuspiciousOperation):
            if request.method == "GET" and (view := views.shown_of(own)):
                return views.open_without(request, view)
            raise

    def row(self, each: Article) -> list[Any]:
        given = _given(each)
        return [
            *(each.receipt, each.title, each.byline, each.get_status_display()),
            *(str(each.section or ""), given and given.editor.name, given and given.due),
            *(each.length, each.submitted_at, each.stage_since, each.get_origin_display()),
            *(str(each.call or ""), str(each.issue or "")),
        ]

    def exported(self, found: QuerySet[Any]) -> QuerySet[Any]:
        return found.select_related("section", "issue", "call").defer(*self.texts)

    @admin.display(description="标题与署名", ordering="title")
    def title_and_byline(self, article: Article) -> str:
        shown = '<span class="ms-title">{}</span><span class="ms-byline">{}</span>'
        if article.contributor.is_unconfirmed:
            shown += '<span class="state state-unconfirmed">投稿人待核实</span>'
        return format_html(shown, article.title, article.byline or "（无署名）")

    @admin.display(description="分派给", empty_value="—")
    def given_to(self, article: Article) -> str | None:
        given = _given(article)
        return given.editor.name if given else None

    @admin.display(description="期限", ordering=OrderBy(_DUE, nulls_last=True), empty_value="—")
    def due(self, article: Article) -> str | None:
        given = _given(article)
        if given is None:
            return None
        kind = "overdue" if given.is_overdue else ""
        return format_html('<span class="{}">{}</span>', kind, f"{given.due:%-m月%-d日}")

    @admin.display(description="停留时间", ordering="stage_since")
    def age(self, article: Article) -> str:
        return format_html(
            '<span class="{}">{}</span>',
            "overdue" if is_overdue(article) else "",
            age_of(article),
        )


def _given(article: Article) -> Assignment | None:
    """Who has it, where the list loaded that (`get_queryset`)."""
    given: Sequence[Assignment] = vars(article).get("given", ())
    return given[0] if given else None
