"""Issues: their facts; beside them the pages where an issue is made up and published."""

from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db.models import Count, QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.utils.html import format_html

from articles.pictures import pixels
from issues.exports import colophon
from issues.making import publication
from issues.making.make_up import next_numbers
from issues.models import Issue
from servicejournal import masthead
from servicejournal.admin.lists import ListAdmin

from . import (
    correcting,
    make_up,
    making,
    page_progress,
    printing,
    proofs,
    release,
    taking_back,
    wechat,
)

_FACTS = ["year", "number", "running_number", "date"]
_FACE = ["theme", "standfirst", "cover_lines", "slogan", "cover"]
_COLOPHON = list(colophon.MAKERS.values())


class IssueForm(forms.ModelForm):
    class Meta:
        model = Issue
        fields = [*_FACTS, *_FACE, *_COLOPHON]

    def clean(self) -> dict[str, Any]:
        """Under a lock until the request's transaction ends: what is signed is not changed."""
        super().clean()
        if self.instance.pk and (reason := publication.locked(self.instance).why_frozen):
            raise ValidationError(reason, code="frozen")
        return self.cleaned_data

    def clean_cover(self) -> Any:
        """Re-encoded like every picture that comes from outside."""
        upload = self.cleaned_data["cover"]
        if not upload or "cover" not in self.changed_data:
            return upload
        try:
            data, suffix = pixels.encode_master(pixels.decode(upload.read()))
        except pixels.PictureRefused as refusal:
            raise ValidationError(str(refusal)) from refusal
        return ContentFile(data, name=f"cover{suffix}")


@admin.register(Issue)
class IssueAdmin(ListAdmin):
    form = IssueForm
    list_display = ["label", "running_number", "theme", "state_mark", "article_count", "date"]
    list_filter = ["year"]
    search_fields = ["theme", "cover_lines"]
    change_form_template = "admin/issues/issue/change_form.html"
    fieldsets = [
        ("本期信息", {"fields": [("year", "number", "running_number"), "date"]}),
        ("封面", {"fields": [*_FACE]}),
        ("版权页", {"fields": [*_COLOPHON]}),
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Issue]:
        rows: QuerySet[Issue] = super().get_queryset(request)
        return rows.annotate(article_count=Count("articles"))

    def get_urls(self) -> list[Any]:
        guard = self.admin_site.admin_view
        return [
            path("<int:pk>/make-up/", guard(make_up.page), name="issues_issue_make_up"),
            path("<int:pk>/proofs/", guard(proofs.page), name="issues_issue_proofs"),
            path("<int:pk>/release/", guard(release.page), name="issues_issue_release"),
            path("<int:pk>/making/", guard(making.part), name="issues_issue_making"),
            path("<int:pk>/pages/", guard(page_progress.page), name="issues_issue_pages"),
            path("<int:pk>/wechat/", guard(wechat.page), name="issues_issue_wechat"),
            path("<int:pk>/wechat/<int:article>/", guard(wechat.page), name="issues_issue_wechat"),
            path(
                "<int:pk>/wechat/<int:article>/preview/",
                guard(wechat.preview),
                name="issues_issue_wechat_preview",
            ),
            path(
                "<int:pk>/wechat/<int:article>/pictures.zip",
                guard(wechat.pictures),
                name="issues_issue_wechat_pictures",
            ),
            path(
                "<int:pk>/print/<slug:paper>.pdf", guard(printing.file), name="issues_issue_print"
            ),
            path(
                "<int:pk>/archive/<int:number>.zip",
                guard(printing.archive),
                name="issues_issue_archive",
            ),
            path("<int:pk>/correct/", guard(correcting.choose), name="issues_issue_correct"),
            path("correct/<int:pk>/", guard(correcting.page), name="issues_article_correct"),
            path("proposal/<int:pk>/", guard(correcting.proposal), name="issues_proposal"),
            path("withdraw/<int:pk>/", guard(taking_back.article), name="issues_article_withdraw"),
            path("<int:pk>/facts/", guard(taking_back.facts), name="issues_issue_facts"),
            path(
                "<int:pk>/editions/<int:number>/restore/",
                guard(taking_back.restore),
                name="issues_issue_restore",
            ),
            path(
                "<int:pk>/editions/<int:number>/<path:name>",
                guard(taking_back.edition),
                name="issues_issue_edition",
            ),
            *super().get_urls(),
        ]

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        return super().changelist_view(request, {"title": "各期", **(extra_context or {})})

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        """A new issue follows the last one, and takes its colophon from the masthead."""
        printed = masthead.current()
        facts = {name: getattr(printed, name) for name in [*_COLOPHON, "slogan"]}
        return {
            **next_numbers(),
            **facts,
            **super().get_changeform_initial_data(request),
        }

    def has_change_permission(self, request: HttpRequest, obj: Issue | None = None) -> bool:
        """What is signed off is read only.

        What was typed before somebody signed goes through to the form, which refuses and keeps it.
        """
        if obj is not None and (obj.is_published or (obj.why_frozen and request.method != "POST")):
            return False
        return super().has_change_permission(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Issue | None = None) -> bool:
        if obj is not None and (obj.why_frozen or obj.editions.exists()):
            return False
        return super().has_delete_permission(request, obj)

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Any:
        """Articles in the issue protect it; the page says so instead of listing permissions."""
        to_delete, count, _perms_needed, protected = super().get_deleted_objects(objs, request)
        signed = [issue.why_frozen for issue in objs if issue.why_frozen]
        return to_delete, count, set(), [*protected, *signed]

    def save_model(self, request: HttpRequest, obj: Issue, form: Any, change: bool) -> None:
        """The facts alone: who signs and publishes meanwhile is not written over."""
        if change:
            obj.save(update_fields=form.Meta.fields)
        else:
            super().save_model(request, obj, form, change)

    @admin.display(description="期", ordering="year")
    def label(self, issue: Issue) -> str:
        return issue.label

    @admin.display(description="状态")
    def state_mark(self, issue: Issue) -> str:
        kind = "out" if issue.is_published else "signed" if issue.signed_off_at else "making"
        return format_html('<span class="state state-{}">{}</span>', kind, issue.state)

    @admin.display(description="篇数", ordering="article_count")
    def article_count(self, issue: Issue) -> int:
        return int(vars(issue)["article_count"])
