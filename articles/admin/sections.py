"""Sections: added, renamed, reordered, retired."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import Count, QuerySet
from django.http import HttpRequest

from articles.models import Article, Section
from servicejournal.admin.shown import ShownToReaders


class InTheListForm(forms.ModelForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Nobody hears the head of the column beside the box.
        self.fields["order"].widget.attrs["aria-label"] = f"{self.instance.name}的次序"


@admin.register(Section)
class SectionAdmin(ShownToReaders):
    noun = "栏目"
    list_display = ["name", "name_en", "order", "article_count", "is_preamble", "retired"]
    list_editable = ["order"]
    list_filter = ["retired"]

    def get_readonly_fields(self, request: HttpRequest, obj: Section | None = None) -> list[str]:
        """An address that was printed leads there for good."""
        return ["slug"] if obj else []

    def get_prepopulated_fields(
        self, request: HttpRequest, obj: Section | None = None
    ) -> dict[str, Sequence[str]]:
        return {} if obj else {"slug": ["name_en"]}

    def get_queryset(self, request: HttpRequest) -> QuerySet[Section]:
        rows: QuerySet[Section] = super().get_queryset(request)
        return rows.annotate(article_count=Count("articles"))

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Any:
        """How many texts keep a section from being deleted, not which: drafts are among them."""
        going, counts, lacking, protected = super().get_deleted_objects(objs, request)
        if not protected:
            return going, counts, lacking, protected
        kept = Article.objects.filter(section__in=[each.pk for each in objs]).count()
        return [], {}, set(), [f"{kept} 篇文章和稿件；不再用的栏目请勾“已停用”"]

    def get_changelist_form(self, request: HttpRequest, **kwargs: Any) -> Any:
        return super().get_changelist_form(request, form=InTheListForm, **kwargs)

    @admin.display(description="文章与稿件", ordering="article_count")
    def article_count(self, section: Section) -> int:
        return int(vars(section)["article_count"])
