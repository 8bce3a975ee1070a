"""Lists of the desk: quick over tens of thousands of rows, and civil to any address.

The database is asked a fixed number of questions: no row is counted that nobody asked for, and the
way by dates knows the first and the last day only.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.options import IncorrectLookupParameters, ShowFacets
from django.contrib.admin.views.main import SEARCH_VAR, ChangeList
from django.core.exceptions import BadRequest, FieldError, ValidationError
from django.db import DataError
from django.db.models import Case, QuerySet, When
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.html import format_html
from django.utils.translation import gettext

from servicejournal import spelling
from servicejournal.web.keys import is_key

from .choosing import ChoosesCivilly

#: What lookups, keys and numbers raise that were not made by a page of ours: `id__range=1`, `²`.
_ODD = (
    IncorrectLookupParameters,
    ValidationError,
    FieldError,
    ValueError,
    LookupError,
    TypeError,
    OverflowError,
    DataError,
)


def _plainly(read: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """What a field reads, without marks that are no text."""

    def plain(typed: Any) -> Any:
        value = read(typed)
        return spelling.text(value) if isinstance(value, str) else value

    return plain


@contextmanager
def _civil(what: str) -> Iterator[None]:
    try:
        yield
    except _ODD as wrong:
        raise BadRequest(what) from wrong


#: A choice of the way by dates: its words, and the query that leads there.
Period = tuple[str, str]


class JournalChangeList(ChangeList):
    """What the address asks for and is not there is a 400; a page behind the last is the first."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        with _civil("no such filter"):
            super().__init__(*args, **kwargs)

    def url_for_result(self, result: Any) -> str:
        admin: Any = self.model_admin
        return admin.page_of(result) or super().url_for_result(result)

    def get_results(self, request: HttpRequest) -> None:
        everything: Any = self.queryset
        if self._texts and (self.query or self._is_found_once(request)):
            found: Any = _Found(everything.values_list("pk", flat=True))
            self.queryset = found
        try:
            super().get_results(request)
        except IncorrectLookupParameters:
            self.page_num = 1
            super().get_results(request)
        if self._texts:
            keys: Any = self.result_list
            shown = keys.values_list("pk", flat=True) if isinstance(keys, QuerySet) else keys
            self.result_list = self._rows_of(list(shown))
        self.queryset = everything

    def _is_found_once(self, request: HttpRequest) -> bool:
        return bool(getattr(self.model_admin, "found_once", lambda asked: False)(request))

    @property
    def _texts(self) -> tuple[str, ...]:
        return getattr(self.model_admin, "texts", ())

    def _rows_of(self, keys: list[Any]) -> QuerySet[Any]:
        """Keys come from indexes alone; of wide rows only those are read that are shown."""
        rows = self.apply_select_related(self.root_queryset.filter(pk__in=keys))
        rows = rows.defer(*self._texts)
        place = Case(*(When(pk=key, then=at) for at, key in enumerate(keys)), default=0)
        return rows.order_by(place if keys else "pk")

    @property
    def back(self) -> Period | None:
        """From a day to its month, from there to the year, from there to all."""
        year, month, day = self._chosen
        if day:
            return f"{year}年{month}月", self._to(year, month)
        if month:
            return f"{year}年", self._to(year)
        return ("全部日期", self._to()) if year else None

    @cached_property
    def periods(self) -> list[Period]:
        """Years, then months, then days: those between the first and the last of the list."""
        year, month, day = self._chosen
        if day:
            return [(f"{month}月{day}日", "")]
        if year and month:
            return [(f"{each}日", self._to(year, month, each)) for each in _days(year, month)]
        first, last = self._ends()
        if first is None or last is None:
            return []
        if year:
            begin = first.month if first.year == year else 1
            end = last.month if last.year == year else 12
            return [(f"{each}月", self._to(year, each)) for each in range(begin, end + 1)]
        return [(f"{each}年", self._to(each)) for each in range(first.year, last.year + 1)]

    @property
    def _chosen(self) -> tuple[int, int, int]:
        """Year, month and day of the address, 0 where there is none; they were looked at before."""
        told = [self.params.get(f"{self.date_hierarchy}__{part}") for part in _PARTS]
        year, month, day = (int(each) if each else 0 for each in told)
        return year, month if year else 0, day if year and month else 0

    def _to(self, *chosen: int) -> str:
        wanted = dict(zip(_PARTS, chosen, strict=False))
        new = {f"{self.date_hierarchy}__{part}": wanted.get(part) for part in _PARTS}
        return self.get_query_string(new, [])

    def _ends(self) -> tuple[date | None, date | None]:
        """Each is a look at the end of an index; `MIN` and `MAX` at once would read every row, and
        so would asking who may see what.
        """
        field = str(self.date_hierarchy)
        dated = self.model._default_manager.filter(**{f"{field}__isnull": False})
        moments = dated.values_list(field, flat=True)
        return _day(moments.order_by(field).first()), _day(moments.order_by(f"-{field}").first())


class _Found(list[Any]):
    """Keys that a search or a costly filter gave, asked once: to count them, and for the page."""

    def count(self, *args: Any) -> int:
        """As a queryset's, for the paginator."""
        return len(self)

    def _clone(self) -> list[Any]:
        return self


_PARTS = ("year", "month", "day")


def _day(moment: datetime | date | None) -> date | None:
    return timezone.localdate(moment) if isinstance(moment, datetime) else moment


def _days(year: int, month: int) -> range:
    following = date(year + month // 12, month % 12 + 1, 1)
    return range(1, (following - date(year, month, 1)).days + 1)


def _with_a_chinese_colon(rows: list[Any]) -> list[Any]:
    """Of a tree of rows, each written by Django as «kind: row», safe as it was."""
    return [
        _with_a_chinese_colon(each) if isinstance(each, list)
        else type(each)(each.replace(": ", "：", 1))
        for each in rows
    ]  # fmt: skip


class ListAdmin(ChoosesCivilly, admin.ModelAdmin):
    """Of every list of ours."""

    list_per_page = 50
    list_max_show_all = 200
    #: «12 of 20,000» costs a second count, and counts beside filters one each.
    show_full_result_count = False
    show_facets = ShowFacets.NEVER
    #: Fields that no list shows, of rows that hold whole texts.
    texts: tuple[str, ...] = ()

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """What is pasted from elsewhere brings marks that no face, feed or archive can hold."""
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if isinstance(field, forms.CharField):
            vars(field)["to_python"] = _plainly(field.to_python)
        return field

    def action_checkbox(self, obj: Any) -> Any:
        """As Django's, without a widget and its template for each row: a tenth of a long list."""
        label = gettext("Select this object for an action - {}").format(obj)
        box = '<input type="checkbox" name="{}" value="{}" class="action-select" aria-label="{}">'
        return format_html(box, ACTION_CHECKBOX_NAME, obj.pk, label)

    def found_once(self, request: HttpRequest) -> bool:
        """Whether to find what is asked for costs more than to hold the keys of all of it."""
        return False

    def page_of(self, row: Any) -> str:
        """Where the list leads to for that row; empty for its form."""
        return ""

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Any:
        going, counts, lacking, protected = super().get_deleted_objects(objs, request)
        return _with_a_chinese_colon(going), counts, lacking, _with_a_chinese_colon(protected)

    def get_search_fields(self, request: HttpRequest) -> list[str] | tuple[str, ...]:
        """Chinese has no capitals: without a Latin letter nothing has to be folded in every row."""
        fields = super().get_search_fields(request)
        asked = request.GET.get(SEARCH_VAR, "")
        if asked.upper() != asked.lower():
            return fields
        return [name if name[:1] in "^=@" else f"{name}__contains" for name in fields]

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        return JournalChangeList

    def response_action(self, request: HttpRequest, queryset: QuerySet[Any]) -> Any:
        """What is ticked is a key of ours, or the whole is a 400: Django asks the database for
        whatever was sent.
        """
        ticked = request.POST.getlist(ACTION_CHECKBOX_NAME)
        if not all(is_key(each) for each in ticked):
            raise BadRequest("no such row")
        return super().response_action(request, queryset)

    def lookup_allowed(self, lookup: str, value: str, request: Any = None) -> bool:
        """No pattern from outside: it may be none, or one that takes the database for ever."""
        if lookup.endswith(("__regex", "__iregex")):
            return False
        return super().lookup_allowed(lookup, value, request)

    def _get_obj_does_not_exist_redirect(
        self, request: HttpRequest, opts: Any, object_id: str
    ) -> HttpResponse:
        """Django leads away from a row that is gone, also with the words that were typed for it."""
        if request.method == "POST":
            raise Http404
        away: Any = super()
        answer: HttpResponse = away._get_obj_does_not_exist_redirect(request, opts, object_id)
        return answer
