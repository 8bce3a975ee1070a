"""Choices that depend on who asks: a field of a form offers some rows and no others."""

from typing import Any

from django.db.models import QuerySet
from django.forms import BaseForm, ChoiceField, ModelChoiceField


def only(form: BaseForm, name: str, rows: QuerySet[Any]) -> None:
    """The field takes one of these rows, and lists them."""
    field = form.fields[name]
    if not isinstance(field, ModelChoiceField):
        raise TypeError(f"{name} is no choice among rows")
    field.queryset = rows


def these(form: BaseForm, name: str, choices: list[tuple[str, str]]) -> None:
    """The field takes one of these values; each with the words for it."""
    field = form.fields[name]
    if not isinstance(field, ChoiceField):
        raise TypeError(f"{name} is no choice among words")
    field.choices = choices
