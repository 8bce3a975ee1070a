"""合订本: contents and indexes of a period, as page and PDF; and its issues bound into one file."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.files.storage import default_storage
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_safe

from servicejournal import masthead
from servicejournal.papers import fonts, typesetting
from servicejournal.web import turnstile

from .. import periods, volumes
from .door import CONTRIBUTIONS, attached, choices, page_for, period_asked, shown

#: Issues that one file holds: more than a year of weeks is no volume.
_MOST = 60


@page_for(CONTRIBUTIONS)
@require_safe
def page(request: HttpRequest) -> HttpResponse:
    period = period_asked(request)
    if not request.GET:
        period = periods.year(period.start.year)
    volume = volumes.of(period)
    context: dict[str, Any] = {
        "title": f"合订本 {period.label}",
        "volume": volume,
        "is_too_much": len(volume.issues) > _MOST,
        **choices(period),
    }
    return shown(request, "volume.html", "statistics_volume", **context)


@page_for(CONTRIBUTIONS)
@require_safe
def pdf(request: HttpRequest, what: str) -> HttpResponse:
    """`index` is contents and indexes, `bound` the issues with them."""
    period = period_asked(request)
    turnstile.enter(turnstile.DRAWN, request)
    volume, journal = volumes.of(period), masthead.current().name
    here = f"{reverse('statistics_volume')}?period={period.slug}"
    if not volume.issues or len(volume.issues) > _MOST:
        messages.error(request, f"这段时间没有刊出的期，或者超过 {_MOST} 期，请换一个时段。")
        return redirect(here)
    try:
        faces = fonts.find(settings.FONT_DIR)
        if what == "bound":
            data = volumes.bind(volume, journal, faces, _read)
        else:
            data = volumes.front(volume, journal, faces, bound=False)
    except (typesetting.NotPrinted, fonts.FontsMissing) as reason:
        messages.error(request, str(reason))
        return redirect(here)
    except FileNotFoundError:
        messages.error(request, "有一期的 PDF 不在文件存储里，没有装订。请管理员检查文件。")
        return redirect(here)
    name = "合订本" if what == "bound" else "合订本目录索引"
    return attached(request, data, "pdf", f"{name}-{period.label}")


def _read(name: str) -> bytes:
    with default_storage.open(name) as file:
        data: bytes = file.read()
    return data
