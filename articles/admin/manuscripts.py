"""Manuscripts: the list, the form, and the way to the review page."""

from collections.abc import Callable
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.utils.decorators import method_decorator
from django.utils.html import format_html

from articles.models import Article
from articles.pictures import taking
from articles.reviewing import editing
from articles.writing import handing_in
from servicejournal.access import who_acts
from servicejournal.models import User
from servicejournal.roles import EDITORIAL
from servicejournal.web.csp import holds_the_editor

from . import (
    findings,
    in_place,
    presence,
    reading_copy,
    remarks,
    review,
    review_sheet,
    versions,
)
from .naming.bylines import AuthorshipInline
from .queue import assigning, batch, commissioned, views
from .queue.listing import ManuscriptList

_OWN = "这是您自己的稿件，编辑部的改动和意见给别的编辑看；您的各版文字在“我的稿件”里。"


@admin.register(Article)
class ArticleAdmin(ManuscriptList):
    actions = [
        *("receive_chosen", "assign_chosen", "take_back_chosen", "transfer_chosen"),
        *("word_of_chosen", "proof_of_chosen"),
    ]
    inlines = [AuthorshipInline]
    readonly_fields = [
        "state",
        "receipt",
        "contributor",
        "submitted_at",
        "stage_since",
        "origin",
        "length",
        "note",
        "issue",
    ]
    form = in_place.TextForm
    fieldsets = [
        (None, {"fields": [*in_place.TEXT]}),
        (
            "来稿信息",
            {
                "fields": [
                    ("state", "stage_since"),
                    ("receipt", "submitted_at"),
                    ("contributor", "origin"),
                    ("length", "issue"),
                    "call",
                    "note",
                ]
            },
        ),
    ]
    change_form_template = "admin/articles/article/change_form.html"

    def get_urls(self) -> list[Any]:
        pages: dict[str, tuple[Callable[..., HttpResponse], str]] = {
            "<int:pk>/review/": (review.review_page, "articles_article_review"),
            "<int:pk>/review/edit/": (review.edit_page, "articles_article_edit"),
            "<int:pk>/presence/": (presence.beat, "articles_article_presence"),
            "<int:pk>/comments/": (review.comment_page, "articles_article_comment"),
            "<int:pk>/comments/<int:comment>/mend/": (
                review.comment_page,
                "articles_article_mend",
            ),
            "<int:pk>/comments/<int:comment>/": (remarks.settle, "articles_article_settle"),
            "<int:pk>/findings/": (findings.act, "articles_article_findings"),
            "<int:pk>/slip.pdf": (review_sheet.sheet, "articles_article_review_sheet"),
            "<int:pk>/reading-copy.<docx_or_pdf:form>": (
                reading_copy.of_chosen,
                "articles_article_reading_copy",
            ),
            "reading-copy.<docx_or_pdf:form>": (
                reading_copy.of_chosen,
                "articles_article_reading_copies",
            ),
            "reading-copy/": (reading_copy.back, "articles_article_reading_copy_back"),
            "<int:pk>/assign/": (review.assign_page, "articles_article_assign"),
            "hand-over/": (assigning.hand_over, "articles_article_hand_over"),
            "batch/<slug:name>/": (batch.page, "articles_article_batch"),
            "views/": (views.page, "articles_article_views"),
            "views/save/": (views.save, "articles_article_view_save"),
        }
        guard = self.admin_site.admin_view
        own = [path(where, guard(view), name=name) for where, (view, name) in pages.items()]
        return [*own, *super().get_urls()]

    def has_change_permission(self, request: HttpRequest, obj: Article | None = None) -> bool:
        """What the writer is working on, and what is signed off or out, is read only here.

        What was typed before somebody signed goes through to the form, which refuses and keeps it.
        """
        if obj is not None:
            if obj.is_published or self._is_with_the_writer(obj, who_acts(request)):
                return False
            if obj.why_frozen and request.method != "POST":
                return False
        return super().has_change_permission(request, obj)

    def _is_with_the_writer(self, article: Article, user: User) -> bool:
        return article.with_the_writer and article.contributor_id != user.pk

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False  # manuscripts are rejected or withdrawn, never deleted

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        return super().changelist_view(request, {"title": "稿件", **(extra_context or {})})

    @method_decorator(holds_the_editor)
    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """With who else has the text open, where this person may change it."""
        context = {**self._beside(request, object_id), **(extra_context or {})}
        return super().changeform_view(request, object_id, form_url, context)

    def _beside(self, request: HttpRequest, object_id: str | None) -> dict[str, Any]:
        article = self.get_object(request, object_id) if object_id else None
        if article is None or article.status == Article.Status.DRAFT:
            return {}
        if not self.has_change_permission(request, article):
            return {}
        return {
            "others": presence.others(article, who_acts(request)),
            "digest": article.digest(),
        }

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Our own: the library's can write an old version back, its state included. What the desk
        did to one's own manuscript, and why, is not for oneself: writers have a page of versions.
        """
        article = self.get_object(request, object_id)
        if article is None:
            raise Http404
        if not self.has_view_permission(request, article):
            raise PermissionDenied
        if not article.is_open_inside_to(who_acts(request)):
            messages.error(request, _OWN)
            return redirect("admin:articles_article_change", article.pk)
        return versions.page(request, article)

    def get_fieldsets(self, request: HttpRequest, obj: Article | None = None) -> list[Any]:
        """The form's own fields; to a reader of the page, who changes nothing, only the text."""
        text = list(in_place.TEXT)
        if obj is None or self.has_change_permission(request, obj):
            small = obj and obj.status == Article.Status.ACCEPTED
            text += ["base", "why", *(["small"] if small else [])]
        return [(None, {"fields": text}), *self.fieldsets[1:]]

    def save_model(self, request: HttpRequest, obj: Article, form: Any, change: bool) -> None:
        """A new one is commissioned. What is changed waits for its byline: see `save_related`."""
        if change:
            return
        obj.contributor, obj.origin = who_acts(request), Article.Origin.COMMISSIONED
        super().save_model(request, obj, form, change)
        taking.claim(obj, by=who_acts(request))

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        if not change:
            super().save_related(request, form, formsets, change)
            return
        stored = Article.objects.get(pk=form.instance.pk)
        before = stored.status
        changed = editing.revise(
            stored,
            by=who_acts(request),
            also=lambda: super(ArticleAdmin, self).save_related(request, form, formsets, change),
            **form.remarks(),
            **form.changes(),
        )
        if stored.status != before:
            happened = in_place.what_happened(stored, before=before, changed=changed)
            messages.warning(request, happened)

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        context["may_hand_in"] = commissioned.may_hand_in(kwargs.get("obj"), who_acts(request))
        context["declarations"] = handing_in.DECLARATIONS.values()
        return super().render_change_form(request, context, *args, **kwargs)

    def response_add(self, request: HttpRequest, obj: Article, *args: Any) -> HttpResponse:
        response = super().response_add(request, obj, *args)
        return (
            commissioned.handed_in(request, obj) if commissioned.ASKED in request.POST else response
        )

    def response_change(self, request: HttpRequest, obj: Article) -> HttpResponse:
        response = super().response_change(request, obj)
        return (
            commissioned.handed_in(request, obj) if commissioned.ASKED in request.POST else response
        )

    @admin.display(description="状态", ordering="status")
    def state(self, article: Article) -> str:
        return format_html(
            '<span class="state state-{}">{}</span>', article.status, article.get_status_display()
        )

    def has_edit_permission(self, request: HttpRequest) -> bool:
        return who_acts(request).has_role(*EDITORIAL)

    @admin.action(description="开始初审所选的稿件", permissions=["edit"])
    def receive_chosen(self, request: HttpRequest, chosen: QuerySet[Article]) -> HttpResponse:
        return batch.begin(request, "receive", chosen)

    @admin.action(description="分派所选的稿件", permissions=["edit"])
    def assign_chosen(self, request: HttpRequest, chosen: QuerySet[Article]) -> HttpResponse:
        return batch.begin(request, "assign", chosen)

    @admin.action(description="收回所选稿件的分派", permissions=["edit"])
    def take_back_chosen(self, request: HttpRequest, chosen: QuerySet[Article]) -> HttpResponse:
        return batch.begin(request, "take-back", chosen)

    @admin.action(description="所选的稿件转栏目", permissions=["edit"])
    def transfer_chosen(self, request: HttpRequest, chosen: QuerySet[Article]) -> HttpResponse:
        return batch.begin(request, "transfer", chosen)

    @admin.action(description="所选稿件的送审稿（Word）", permissions=["edit"])
    def word_of_chosen(self, request: HttpRequest, chosen: QuerySet[Article]) -> HttpResponse:
        return reading_copy.begin("docx", chosen)

    @admin.action(description="所选稿件的送审稿（PDF）", permissions=["edit"])
    def proof_of_chosen(self, request: HttpRequest, chosen: QuerySet[Article]) -> HttpResponse:
        return reading_copy.begin("pdf", chosen)
