"""Lists of what was recorded, to search and to take away, never to change."""

from typing import Any, ClassVar

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone

from servicejournal import record
from servicejournal.access import who_acts
from servicejournal.papers import spreadsheets

from .read_only import ReadOnlyAdmin


class ExportingAdmin(ReadOnlyAdmin):
    """A read-only list with «导出 Excel»: what the list would show with the same filters."""

    change_list_template = "admin/exporting_change_list.html"
    #: Heading and width (in characters) of each column of the sheet.
    columns: ClassVar[list[tuple[str, int]]]
    #: Of the sheet, the file and the page.
    export_title: str

    def row(self, each: Any) -> list[Any]:
        """The cells of one line of the sheet."""
        raise NotImplementedError

    @property
    def _export_name(self) -> str:
        return f"{self.opts.app_label}_{self.opts.model_name}_export"

    def get_urls(self) -> list[URLPattern]:
        export = self.admin_site.admin_view(self.export)
        return [path("export/", export, name=self._export_name), *super().get_urls()]

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        here = reverse(f"admin:{self._export_name}")
        context = {"title": self.export_title, "export": f"{here}?{request.GET.urlencode()}"}
        return super().changelist_view(request, {**context, **(extra_context or {})})

    def export(self, request: HttpRequest) -> HttpResponse:
        """Taking it away is recorded. 403 for whom the list is not."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        found = self.get_changelist_instance(request).get_queryset(request)
        rows = (self.row(each) for each in found.iterator(chunk_size=2000))
        data = spreadsheets.workbook(self.export_title, self.columns, rows)
        query = request.GET.urlencode()
        record.write(
            f"导出{self.export_title}", who_acts(request), by=who_acts(request), query=query
        )
        return spreadsheets.download(f"{self.export_title}-{timezone.localdate():%Y%m%d}", data)
