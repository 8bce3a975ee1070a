"""Rows that readers' pages show as they are today: names to find one's way by, calls for papers."""

from typing import Any

from django import forms
from django.http import HttpRequest

from servicejournal import generation
from servicejournal.web.made_from import MadeFrom

from .recorded import RecordedAdmin


class KeptModelForm(MadeFrom, forms.ModelForm):
    """For pages of the admin that have no form of their own."""


class ShownToReaders(RecordedAdmin):
    """Whoever saves or deletes such a row, has the stored pages rendered anew."""

    form: "type[forms.ModelForm[Any]]" = KeptModelForm

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        generation.turn()

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        super().delete_model(request, obj)
        generation.turn()

    def delete_queryset(self, request: HttpRequest, queryset: Any) -> None:
        super().delete_queryset(request, queryset)
        generation.turn()
