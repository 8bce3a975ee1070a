"""Notices to look at, and the letters that did not arrive: told by telephone, or sent again."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any, cast

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import path
from django.utils import timezone
from django.utils.html import format_html
from django.views.decorators.http import require_POST

from articles.letters import post
from articles.models import Notice
from articles.models.notice import NoticeQuerySet
from servicejournal import admin_site
from servicejournal.access import who_acts
from servicejournal.admin.read_only import ReadOnlyAdmin
from servicejournal.models import User
from servicejournal.roles import EDITORIAL
from servicejournal.web import turnstile
from servicejournal.web.keys import key_in

_SHOWN = 10
#: A letter that should have left so long ago means that nobody takes letters to the post.
_LATE = timedelta(hours=1)


class LetterFilter(admin.SimpleListFilter):
    title = "信"
    parameter_name = "letter"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("given_up", "没有寄到"), ("due", "等着寄"), ("sent", "已寄出"), ("none", "不寄信")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        if self.value() == "none":
            return queryset.filter(address="")
        if self.value() in ("given_up", "due", "sent"):
            return queryset.exclude(**{f"{self.value()}_at": None})
        return queryset


@admin.register(Notice)
class NoticeAdmin(ReadOnlyAdmin):
    list_display = ["subject", "recipient", "kind", "letter", "is_read", "created_at"]
    list_filter = [LetterFilter, "kind"]
    list_select_related = ["recipient"]
    list_per_page = 50
    search_fields = ["subject", "recipient__name", "recipient__username", "address"]
    search_help_text = "按标题、收件人或邮箱查找"
    texts = ("words",)
    date_hierarchy = "created_at"
    fields = [
        "recipient",
        "kind",
        "article",
        "subject",
        "words",
        ("created_at", "read_at"),
        "address",
        ("sent_at", "due_at", "given_up_at"),
        ("attempts", "error"),
    ]

    def get_urls(self) -> list[Any]:
        guard = self.admin_site.admin_view
        return [
            path("again/", guard(send_again), name="articles_notice_again"),
            *super().get_urls(),
        ]

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        return super().changelist_view(request, {"title": "通知", **(extra_context or {})})

    def get_queryset(self, request: HttpRequest) -> QuerySet[Notice]:
        return cast(NoticeQuerySet, super().get_queryset(request)).readable_by(who_acts(request))

    @admin.display(description="信")
    def letter(self, notice: Notice) -> str:
        if not notice.address:
            return notice.letter
        kind = "submitted" if notice.due_at else "accepted" if notice.sent_at else "lost"
        return format_html('<span class="state state-{}">{}</span>', kind, notice.letter)

    @admin.display(description="看过", boolean=True)
    def is_read(self, notice: Notice) -> bool:
        return notice.read_at is not None


def _may_send(user: User) -> bool:
    return user.has_role(*EDITORIAL)


@require_POST
def send_again(request: HttpRequest) -> HttpResponse:
    """再寄一次: one letter (`notice`), or all that did not arrive."""
    if not _may_send(who_acts(request)):
        raise PermissionDenied
    turnstile.enter(turnstile.LETTER, request)
    chosen = request.POST.get("notice", "")
    undelivered: Iterable[Notice] = Notice.objects.undelivered().select_related("recipient")
    if chosen != "all":
        pk = key_in(chosen)
        undelivered = [get_object_or_404(Notice.objects.select_related("recipient"), pk=pk)]
    sent = [notice for notice in undelivered if _sends_again(request, notice)]
    if sent:
        messages.success(request, f"{len(sent)} 封信已经交去重寄，寄不到会再列在这里。")
    return redirect("admin:index")


def _sends_again(request: HttpRequest, notice: Notice) -> bool:
    try:
        post.send_again(notice, by=who_acts(request))
    except post.NotAllowed as refusal:
        messages.warning(request, str(refusal))
        return False
    return True


def undelivered(request: HttpRequest) -> tuple[str, dict[str, Any]] | None:
    """The dashboard's panel; it stays away where every letter arrived."""
    if not request.user.has_perm("articles.view_notice"):
        return None
    given_up = Notice.objects.undelivered().select_related("recipient").order_by("-given_up_at")
    rows = list(given_up[: _SHOWN + 1])
    late = Notice.objects.due(timezone.now() - _LATE).count()
    if not rows and not late:
        return None
    shown = rows[:_SHOWN]
    open_to_me = Notice.objects.readable_by(who_acts(request)).filter(pk__in=[r.pk for r in shown])
    readable = set(open_to_me.values_list("pk", flat=True))
    return "admin/panels/undelivered.html", {
        "rows": [(notice, notice.pk in readable) for notice in shown],
        "more": len(rows) > _SHOWN,
        "late": late,
        "may_send": _may_send(who_acts(request)),
    }


admin_site.current().panels.append(undelivered)
