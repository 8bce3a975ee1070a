"""What the dashboard says of manuscripts."""

from typing import Any

from django.db.models import Count
from django.http import HttpRequest

from articles.models import Article
from articles.models.article import ArticleQuerySet
from servicejournal import admin_site
from servicejournal.access import who_acts
from servicejournal.roles import EDITORIAL

from ..age import age_of, is_overdue, overdue_before
from ..review import queue_of

_SHOWN = 8
_COUNTED = (*Article.IN_REVIEW, Article.Status.REVISING, Article.Status.HELD)


def waiting(request: HttpRequest) -> tuple[str, dict[str, Any]] | None:
    """The editor's own queue, the oldest first, and how many stand at each stage."""
    if not who_acts(request).has_module_perms("articles") or not who_acts(request).on_the_desk:
        return None
    counts = dict(
        Article.objects.filter(status__in=_COUNTED)
        .order_by()
        .values_list("status")
        .annotate(Count("pk"))
    )
    mine = queue_of(who_acts(request)).defer("body")
    keys = list(mine.values_list("pk", flat=True))  # costly to find: once, to count and to show
    shown = {each.pk: each for each in _rows(keys[:_SHOWN])}
    rows = [shown[pk] for pk in keys[:_SHOWN]]
    return "admin/panels/waiting.html", {
        "rows": [
            {
                "article": each,
                "age": age_of(each),
                "overdue": is_overdue(each),
                "to_confirm": each.status == Article.Status.ACCEPTED,
            }
            for each in rows
        ],
        "mine": len(keys),
        "may_hand_over": who_acts(request).has_role(*EDITORIAL),
        "stages": [(status, status.label, counts.get(status, 0)) for status in _COUNTED],
        "overdue": Article.objects.waiting_since(overdue_before()).count(),
    }


def _rows(keys: list[int]) -> ArticleQuerySet:
    rows = Article.objects.filter(pk__in=keys).select_related("section")
    return rows.with_bylines().defer("body")


admin_site.current().panels.append(waiting)
