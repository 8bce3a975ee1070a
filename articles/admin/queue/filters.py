"""How the list of manuscripts is narrowed down: by whose turn it is, until when, and place."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any, cast

from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone

from articles.models import Assignment, Branch
from articles.models.article import ArticleQuerySet
from servicejournal.access import who_acts

from ..age import overdue_before
from ..review import queue_of
from .assigning import editors

#: Days before its end in which a term is called near.
_NEAR = 3
#: Issues and calls that are offered, the newest: who looks for an older one comes from its page.
_OFFERED = 16


class QueueFilter(admin.SimpleListFilter):
    """`all` is said, where one's own view would open otherwise."""

    title = "轮到谁"
    parameter_name = "queue"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("mine", "等我处理"), ("given", "分派给我的")]

    def choices(self, changelist: ChangeList) -> Iterator[Any]:
        every, *others = super().choices(changelist)
        everything = changelist.get_query_string({self.parameter_name: "all"})
        yield {
            **every,
            "selected": self.value() not in ("mine", "given"),
            "query_string": everything,
        }
        yield from others

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        user = who_acts(request)
        if self.value() == "mine":
            return queryset.filter(pk__in=queue_of(user).order_by().values("pk"))
        if self.value() == "given":
            return queryset.filter(pk__in=user.assignments.current().values("article"))
        return queryset


class GivenFilter(admin.SimpleListFilter):
    title = "分派给"
    parameter_name = "given"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("none", "没有分派"), *((str(each.pk), each.name) for each in editors())]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        current = Assignment.objects.current()
        if self.value() == "none":
            given = current.values("article")
            return cast(ArticleQuerySet, queryset).in_review().exclude(pk__in=given)
        if self.value() in dict(self.lookup_choices):
            return queryset.filter(
                pk__in=current.filter(editor=int(str(self.value()))).values("article")
            )
        return queryset


class DueFilter(admin.SimpleListFilter):
    """The date that came with the assignment; `AgeFilter` is for how long it has stood."""

    title = "分派的期限"
    parameter_name = "due"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("over", "已过期限"), ("near", f"{_NEAR} 天内到期")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        today, current = timezone.localdate(), Assignment.objects.current()
        if self.value() == "over":
            return queryset.filter(pk__in=current.filter(due__lt=today).values("article"))
        if self.value() == "near":
            near = current.filter(due__gte=today, due__lte=today + timedelta(days=_NEAR))
            return queryset.filter(pk__in=near.values("article"))
        return queryset


class AgeFilter(admin.SimpleListFilter):
    title = "停留时间"
    parameter_name = "overdue"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("yes", "已逾期")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        if not self.value():
            return queryset
        return cast(ArticleQuerySet, queryset).waiting_since(overdue_before())


class BranchFilter(admin.SimpleListFilter):
    """As a list to choose from: a bank has hundreds."""

    title = "署名单位"
    parameter_name = "branch"
    template = "admin/articles/queue/choose.html"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        named = Branch.objects.order_by("name").values_list("pk", "name")
        return [(str(pk), name) for pk, name in named]

    def choices(self, changelist: ChangeList) -> Iterator[Any]:
        kept = {name: value for name, value in changelist.params.items() if name != "branch"}
        yield {"kept": kept, "name": self.parameter_name, "offered": self.lookup_choices}
        yield {"chosen": self.value(), "without": changelist.get_query_string(remove=["branch"])}

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        if self.value() in dict(self.lookup_choices):
            return cast(ArticleQuerySet, queryset).signed_from(int(str(self.value())))
        return queryset


class NewestFilter(admin.RelatedFieldListFilter):
    """The newest rows, and the one that the address names."""

    order: tuple[str, ...] = ("-pk",)

    def field_choices(
        self, field: Any, request: HttpRequest, model_admin: Any
    ) -> list[tuple[str, Any]]:
        rows = field.related_model._default_manager.all()
        rows = rows.order_by(*self.order) if self.order else rows
        newest = list(rows[:_OFFERED])
        named = request.GET.get(f"{self.field_path}__{field.target_field.name}__exact", "")
        if named.isdecimal() and len(named) < 19:
            newest += rows.filter(Q(pk=int(named)) & ~Q(pk__in=[each.pk for each in newest]))
        return [(str(each.pk), str(each)) for each in newest]


class IssueFilter(NewestFilter):
    order = ()  # the model's own: by year and number
