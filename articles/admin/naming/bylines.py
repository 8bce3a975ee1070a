"""Who signs a manuscript, as the desk changes it in the long form."""

from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import QuerySet
from django.forms.models import BaseInlineFormSet
from django.http import HttpRequest

from articles.models import Author, Authorship
from servicejournal.admin.choosing import ChoosesCivilly


class AuthorshipForm(forms.ModelForm):
    def validate_constraints(self) -> None:
        """One author twice is two people of one name: they are told apart when they are saved."""


class AuthorshipFormSet(BaseInlineFormSet):
    def validate_unique(self) -> None:
        """(As above.)"""

    def save(self, commit: bool = True) -> Any:
        self._tell_apart()
        # An author may pass from one row to another: the rows give theirs up before they take one.
        given_up = [
            form.instance.pk
            for form in self.initial_forms
            if "author" in form.changed_data or form in self.deleted_forms
        ]
        Authorship.objects.filter(pk__in=given_up).delete()
        return super().save(commit)

    def _tell_apart(self) -> None:
        """Who stays is themselves; of two of one name that come in, the second is another."""
        kept = [form for form in self.forms if form not in self.deleted_forms]
        staying = [form for form in kept if form.instance.pk and not form.has_changed()]
        taken = [form.instance.author_id for form in staying]
        for form in kept:
            author = form.cleaned_data.get("author") if form not in staying else None
            if author and author.pk in taken:
                author = Author.objects.of_byline(author.name, author.branch, beside=taken)
                form.instance.author = author
            if author:
                taken.append(author.pk)


class AuthorshipInline(ChoosesCivilly, admin.TabularInline):
    model = Authorship
    form = AuthorshipForm
    formset = AuthorshipFormSet
    fields = ["position", "author", "branch", "printed"]
    readonly_fields = ["printed"]
    autocomplete_fields = ["author", "branch"]
    extra = 1
    verbose_name_plural = "署名（按次序排列；同名的两位，各选一行同一个名字）"

    def get_queryset(self, request: HttpRequest) -> QuerySet[Authorship]:
        rows: QuerySet[Authorship] = super().get_queryset(request)
        return rows.select_related("author", "branch")

    @admin.display(description="印作")
    def printed(self, row: Authorship) -> str:
        """Where it is not what author and branch are called today."""
        return "" if row.pk is None or row.is_up_to_date else str(row)
