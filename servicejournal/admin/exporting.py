"""Lists of what was recorded, to search and to take away, never to change."""

from typing import Any, ClassVar

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse
from django.utils import timezone

from servicejournal import record
from servicejournal.access import who_acts
from servicejournal.papers import spreadsheets
from servicejournal.web import turnstile

from .lists import ListAdmin
from .read_only import ReadOnlyAdmin


class Exporting(ListAdmin):
    """A list with «导出 Excel»: what the list would show with the same filters."""

    change_list_template = "admin/exporting_change_list.html"
    #: Heading and width (in characters) of each column of the sheet.
    columns: ClassVar[list[tuple[str, int]]]
    #: Of the sheet, the file and the page.
    export_title: str
    #: Rows that one sheet may hold; None for all there are.
    export_most: int | None = None

    def row(self, each: Any) -> list[Any]:
        """The cells of one line of the sheet."""
        raise NotImplementedError

    def _address(self, page: str) -> str:
        return reverse(f"admin:{self._name(page)}")

    def _name(self, page: str) -> str:
        return f"{self.opts.app_label}_{self.opts.model_name}_{page}"

    def exported(self, found: QuerySet[Any]) -> QuerySet[Any]:
        """With what `row` needs."""
        return found

    def get_urls(self) -> list[URLPattern]:
        export = self.admin_site.admin_view(self.export)
        return [path("export/", export, name=self._name("export")), *super().get_urls()]

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        here = self._address("export")
        context = {"title": self.export_title, "export": f"{here}?{request.GET.urlencode()}"}
        return super().changelist_view(request, {**context, **(extra_context or {})})

    def export(self, request: HttpRequest) -> HttpResponse:
        """Taking it away is recorded. 403 for whom the list is not."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        turnstile.enter(turnstile.EXPORT, request)
        found = self.get_changelist_instance(request).get_queryset(request)
        if self.export_most and found[self.export_most : self.export_most + 1].exists():
            too_many = f"超过 {self.export_most} 行，没有导出。请先筛选，比如按状态或日期，再导出。"
            messages.error(request, too_many)
            return redirect(f"{self._address('changelist')}?{request.GET.urlencode()}")
        found = self.exported(found)
        rows = (self.row(each) for each in found.iterator(chunk_size=2000))
        data = spreadsheets.workbook(self.export_title, self.columns, rows)
        query = request.GET.urlencode()
        record.write(
            f"导出{self.export_title}", who_acts(request), by=who_acts(request), query=query
        )
        return spreadsheets.download(f"{self.export_title}-{timezone.localdate():%Y%m%d}", data)


class ExportingAdmin(Exporting, ReadOnlyAdmin):
    """What was recorded: to search and to take away, never to change."""
