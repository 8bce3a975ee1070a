"""Branches and authors. Their names are changed, merged and closed by verbs of their own."""

from collections.abc import Callable
from functools import partial
from typing import Any, ClassVar
from urllib.parse import urlencode

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path, reverse

from articles import people
from articles.models import Author, Branch
from articles.slugs import slug_of
from servicejournal.access import who_acts
from servicejournal.admin.recorded import RecordedAdmin

from .naming import closing, merging, renaming
from .naming.forms import AuthorForm, BranchForm
from .naming.kinds import AUTHORS, BRANCHES, Kind

#: Groups of rows that may be one, above a list.
_SHOWN = 12


class NamedAdmin(RecordedAdmin):
    """Of rows whose names are printed: `FIXED` are read only once the row is there."""

    KIND: ClassVar[Kind]
    FIXED: ClassVar[tuple[str, ...]] = ("name",)
    actions = ["merge_chosen"]
    change_list_template = "admin/articles/naming/change_list.html"
    change_form_template = "admin/articles/naming/change_form.html"

    def get_urls(self) -> list[Any]:
        guard, kind = self.admin_site.admin_view, self.KIND
        name = f"articles_{kind.name}"
        own: dict[str, tuple[Callable[..., HttpResponse], str]] = {
            "merge/": (merging.merge, "merge"),
            "<int:pk>/rename/": (renaming.rename, "rename"),
            "<int:pk>/up-to-date/": (renaming.bring_up_to_date, "up_to_date"),
        }
        pages = [
            path(where, guard(partial(view, kind=kind)), name=f"{name}_{verb}")
            for where, (view, verb) in own.items()
        ]
        return [*pages, *super().get_urls()]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        return (*super().get_readonly_fields(request, obj), *(self.FIXED if obj else ()))

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        alike = self.KIND.alike() if self.has_change_permission(request) else []
        merge = reverse(f"admin:articles_{self.KIND.name}_merge")
        shown = [
            (each.names, f"{merge}?{urlencode([('chosen', key) for key in each.keys])}")
            for each in alike[:_SHOWN]
        ]
        context = {
            "title": self.KIND.noun,
            "kind": self.KIND,
            "alike": shown,
            "alike_more": len(alike) - len(shown),
        }
        return super().changelist_view(request, {**context, **(extra_context or {})})

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        context = {"kind": self.KIND, **(extra_context or {})}
        return super().changeform_view(request, object_id, form_url, context)

    @admin.action(description="合并所选的", permissions=["change"])
    def merge_chosen(self, request: HttpRequest, chosen: QuerySet[Any]) -> HttpResponse:
        keys = [("chosen", pk) for pk in chosen.values_list("pk", flat=True)[: merging.MOST]]
        return redirect(f"{reverse(f'admin:articles_{self.KIND.name}_merge')}?{urlencode(keys)}")


@admin.register(Branch)
class BranchAdmin(NamedAdmin):
    KIND = BRANCHES
    noun = BRANCHES.noun
    #: Its address too: what is out links there.
    FIXED = ("name", "slug", "standing", "names_before")
    form = BranchForm
    fields = ["name", "slug"]
    list_display = ["name", "slug", "standing"]
    list_filter = ["retired"]
    list_select_related = ["moved_into"]
    search_fields = ["name", "slug", "former__name"]

    def get_urls(self) -> list[Any]:
        close = self.admin_site.admin_view(closing.close)
        return [
            path("<int:pk>/close/", close, name="articles_branch_close"),
            *super().get_urls(),
        ]

    def get_fields(self, request: HttpRequest, obj: Branch | None = None) -> list[Any]:
        return [*self.FIXED] if obj else ["name", "slug"]

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        initial = super().get_changeform_initial_data(request)
        return {**initial, "slug": slug_of(str(initial["name"]))} if "name" in initial else initial

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        """Nothing of a branch that is there is changed in the form itself."""
        if kwargs.get("change"):
            unused = ("show_save", "show_save_and_continue", "show_save_and_add_another")
            context.update(dict.fromkeys(unused, False))
        return super().render_change_form(request, context, *args, **kwargs)

    def has_delete_permission(self, request: HttpRequest, obj: Branch | None = None) -> bool:
        """A branch that closed keeps its past, and is part of it."""
        return not (obj and obj.retired) and super().has_delete_permission(request, obj)

    @admin.display(description="状态", ordering="retired")
    def standing(self, branch: Branch) -> str:
        if branch.moved_into:
            return f"已撤并，并入{branch.moved_into}"
        return "已撤并" if branch.retired else "在用"

    @admin.display(description="曾用名")
    def names_before(self, branch: Branch) -> str:
        return "、".join(dict.fromkeys(map(str, branch.former.all()))) or "没有"


@admin.register(Author)
class AuthorAdmin(NamedAdmin):
    KIND = AUTHORS
    noun = AUTHORS.noun
    recorded_elsewhere = ("user",)
    FIXED = ("name", "names_before")
    form = AuthorForm
    list_display = ["name", "branch", "namesake", "user"]
    list_filter = ["branch"]
    list_select_related = ["branch", "user"]
    search_fields = ["name", "branch__name", "former__name"]
    autocomplete_fields = ["branch"]
    raw_id_fields = ["user"]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        """Whose texts are an editor's own, and so closed to them, another editor says."""
        fixed = super().get_readonly_fields(request, obj)
        return (*fixed, "user") if obj and obj.user_id == request.user.pk else fixed

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        before = Author.objects.select_related("user").get(pk=obj.pk).user if change else None
        super().save_model(request, obj, form, change)
        people.note_account(obj, before, by=who_acts(request))

    def get_fields(self, request: HttpRequest, obj: Author | None = None) -> list[Any]:
        own = ["name", "branch", "namesake", "user"]
        return [*own, "names_before"] if obj else own

    @admin.display(description="曾用名")
    def names_before(self, author: Author) -> str:
        return "、".join(dict.fromkeys(map(str, author.former.all()))) or "没有"
