"""单位负责人: appointed and dismissed by an administrator, each with a reason; never rewritten."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.http import HttpRequest

from articles import people
from articles.models import BranchHead
from servicejournal.access import who_acts
from servicejournal.accounts.registration import NotAllowed
from servicejournal.admin.lists import ListAdmin
from servicejournal.admin.shown import KeptModelForm

_ASKED = ("user", "branch", "why")


class HeadForm(KeptModelForm):
    why = forms.CharField(label="理由", max_length=300, required=False)

    class Meta:
        model = BranchHead
        fields = ("user", "branch")


@admin.register(BranchHead)
class BranchHeadAdmin(ListAdmin):
    form = HeadForm
    list_display = ["branch", "user", "appointed_by", "appointed_at"]
    list_select_related = ["branch", "user", "appointed_by"]
    search_fields = ["branch__name", "user__name", "user__username"]
    autocomplete_fields = ["user", "branch"]
    actions = None

    def get_fields(self, request: HttpRequest, obj: Any = None) -> list[Any]:
        """The reason stands in the record; who is appointed already is shown with who did it."""
        return ["branch", "user", "appointed_by", "appointed_at"] if obj else [*_ASKED]

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        why = form.cleaned_data.get("why", "")
        made = people.appoint_head(obj.user, obj.branch, by=who_acts(request), why=why)
        obj.pk = made.pk
        obj._state.adding = False

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        people.dismiss_head(obj, by=who_acts(request))

    def add_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        try:
            return super().add_view(request, *args, **kwargs)
        except NotAllowed as refusal:
            messages.error(request, str(refusal))
            asked, post, request.method = request.GET.copy(), request.POST, "GET"
            for name in _ASKED:
                asked[name] = post.get(name, "")
            # Django takes any QueryDict here; its stubs say that of none who may write.
            request.GET = asked  # type: ignore[assignment]
            return super().add_view(request, *args, **kwargs)
