"""Below `/admin/statistics/`: before the admin's own addresses, behind its door."""

from django.urls import path, re_path

from . import contributions, fees, merits, volume

urlpatterns = [
    path("", contributions.page, name="statistics"),
    path("charts/", contributions.charts, name="statistics_charts"),
    path("charts.pdf", contributions.charts_pdf, name="statistics_charts_pdf"),
    path("points/", contributions.points, name="statistics_points"),
    path("reading/", contributions.reading, name="statistics_reading"),
    path("rows/", contributions.rows, name="statistics_rows"),
    path("tables/<slug:slug>.<str:kind>", contributions.table, name="statistics_table"),
    path("praise/", merits.praise, name="statistics_praise"),
    path("quotas/", merits.quotas, name="statistics_quotas"),
    path("bulletin/", merits.bulletin, name="statistics_bulletin"),
    path("bulletin.docx", merits.bulletin_docx, name="statistics_bulletin_docx"),
    path("volume/", volume.page, name="statistics_volume"),
    re_path(r"^volume/(?P<what>index|bound)\.pdf$", volume.pdf, name="statistics_volume_pdf"),
    path("fees/", fees.page, name="statistics_fees"),
    path("fees/<int:pk>/", fees.sheet, name="statistics_fee_sheet"),
    path("fees/<int:pk>/payment.<str:kind>", fees.payment, name="statistics_payment"),
]
