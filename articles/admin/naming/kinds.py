"""What the pages of branches and of authors differ in, and what they all do."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from articles.models import Author, Branch
from articles.naming import alike, merging, renaming
from servicejournal.access import who_acts
from servicejournal.models import User
from servicejournal.roles import EDITORIAL


@dataclass(frozen=True, slots=True)
class Kind:
    """`name` is that of the model in addresses; the rest are words and verbs."""

    name: str
    noun: str
    measure: str
    model: type[Branch] | type[Author]
    rename: Callable[..., Any]
    merge: Callable[..., Any]
    alike: Callable[[], list[alike.Alike]]

    def rows(self) -> QuerySet[Any]:
        own = {"branch": ["moved_into"], "author": ["branch", "user"]}[self.name]
        return self.model._default_manager.select_related(*own)

    def one(self, pk: int) -> Any:
        """Raises `Http404`."""
        row = self.rows().filter(pk=pk).first()
        if row is None:
            raise Http404
        return row


BRANCHES = Kind(
    "branch",
    "单位",
    "个",
    Branch,
    renaming.rename_branch,
    merging.merge_branches,
    alike.branches,
)
AUTHORS = Kind(
    "author",
    "作者",
    "位",
    Author,
    renaming.rename_author,
    merging.merge_authors,
    alike.authors,
)


def an_editor(request: HttpRequest) -> User:
    """Who asks; nobody else comes to these pages."""
    user = who_acts(request)
    if not user.has_role(*EDITORIAL):
        raise PermissionDenied
    return user


def keys_in(values: list[str], *, most: int = 1000) -> list[int]:
    """The keys among what was sent; anything may come from outside."""
    whole = (each for each in values if each.isascii() and each.isdecimal() and len(each) < 19)
    return list(dict.fromkeys(map(int, whole)))[:most]


def page(
    request: HttpRequest, template: str, kind: Kind, /, *, status: int = 200, **context: Any
) -> HttpResponse:
    whole = {
        **admin.site.each_context(request),
        "kind": kind,
        "list_of": f"admin:articles_{kind.name}_changelist",
        "change": f"admin:articles_{kind.name}_change",
        **context,
    }
    return render(request, f"admin/articles/naming/{template}", whole, status=status)
