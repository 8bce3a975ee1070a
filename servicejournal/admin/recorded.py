"""Rows that a form of the admin writes itself: the record says what it made of them."""

from collections.abc import Collection
from typing import Any, ClassVar

from django.db.models import Model
from django.http import HttpRequest

from servicejournal import record
from servicejournal.access import who_acts

from .lists import ListAdmin


def changes(
    before: Model, after: Model, *, without: Collection[str] = ()
) -> dict[str, dict[str, str]]:
    """For the record: by the label of each field that became different, what it was, what it is."""
    fields = [
        field
        for field in after._meta.concrete_fields
        if field.name not in without
        and getattr(before, field.attname) != getattr(after, field.attname)
    ]
    if not fields:
        return {}
    return {
        when: {str(field.verbose_name): _words(row, field.name) for field in fields}
        for when, row in (("before", before), ("after", after))
    }


def _words(row: Model, name: str) -> str:
    value = getattr(row, name)
    return "" if value is None else str(value)


class RecordedAdmin(ListAdmin):
    """新建栏目, 修改栏目, 栏目改名, 删除栏目: the noun is that of the row."""

    noun: ClassVar[str]
    #: Fields that have verbs of their own.
    recorded_elsewhere: ClassVar[tuple[str, ...]] = ()

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        before = self.model._default_manager.filter(pk=obj.pk).first() if change else None
        super().save_model(request, obj, form, change)
        by = who_acts(request)
        if before is None:
            record.write(f"新建{self.noun}", obj, by=by)
        elif told := changes(before, obj, without=self.recorded_elsewhere):
            verb = f"{self.noun}改名" if str(before) != str(obj) else f"修改{self.noun}"
            record.write(verb, obj, by=by, before=told["before"], after=told["after"])

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        record.write(f"删除{self.noun}", obj, by=who_acts(request))
        super().delete_model(request, obj)

    def delete_queryset(self, request: HttpRequest, queryset: Any) -> None:
        for each in queryset:
            record.write(f"删除{self.noun}", each, by=who_acts(request))
        super().delete_queryset(request, queryset)
