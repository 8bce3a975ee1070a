"""The page that hands in, and what leads back: asking for it again, withdrawing."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from articles import authorship
from articles.bodies import html
from articles.models import Article, Section
from articles.reviewing import workflow
from servicejournal import offering
from servicejournal.access import SignedInRequest
from servicejournal.models import User

from .. import endorsement, handing_in, personal, progress, saving, second_look, telling
from ..forms import TextField
from ..second_look import SecondLook
from . import endorsing
from .admission import mine, writers_page

#: Characters of a reason for withdrawing that go into the record.
MAX_REASON = 500
ALL_TRUE = "以上都看过，属实"
_BUSY = "编辑部正在处理这篇稿件，请十分钟以后再来看。"


class DeclarationForm(forms.Form):
    """One box to tick for what the writer answers for; the section where none was chosen yet."""

    declared = forms.BooleanField(
        label=ALL_TRUE, error_messages={"required": "请看过声明，在前面打勾，再提交。"}
    )
    section: "forms.ModelChoiceField[Section]" = forms.ModelChoiceField(
        queryset=Section.objects.none(),
        empty_label=None,
        widget=forms.RadioSelect,
        error_messages={
            "required": "请选一个栏目；拿不准就选最接近的，编辑会调整。",
            "invalid_choice": "这个栏目现在不收稿，请另选一个。",
        },
    )

    people = forms.CharField(
        max_length=32,
        error_messages={
            "required": "请回去删去这些号码；确需保留的，请在这里打勾，并写明理由。",
            "changed": "文字改过了，请看看现在的这些号码，再打勾。",
        },
    )
    reason = TextField(label="理由", max_length=personal.MAX_REASON)

    def __init__(
        self, people: personal.People, *, wants_section: bool, data: QueryDict | None = None
    ) -> None:
        super().__init__(data, label_suffix="")
        self.found = people
        if not people.sure:
            del self.fields["people"], self.fields["reason"]
        if wants_section:
            offering.only(self, "section", Section.objects.open_to_writers())
        else:
            del self.fields["section"]

    def clean_people(self) -> str:
        key: str = self.cleaned_data["people"]
        if key != self.found.key:
            raise ValidationError(self.fields["people"].error_messages["changed"], code="changed")
        return key

    def clean(self) -> dict[str, Any]:
        super().clean()
        unsaid = not self.cleaned_data.get("reason") and not self.has_error("reason")
        if self.cleaned_data.get("people") and unsaid:
            self.add_error("reason", "请写一句理由：号码是谁的，为什么要留。")
        return self.cleaned_data

    def vouched(self) -> handing_in.Vouched | None:
        if not self.found.sure:
            return None
        return handing_in.Vouched(self.cleaned_data["people"], self.cleaned_data["reason"])


@writers_page
@require_http_methods(["GET", "POST"])
def submission_hand_in(request: SignedInRequest, pk: int) -> HttpResponse:
    """Everything at a glance and two boxes to tick; POST hands in, or asks the branch to sign."""
    article = mine(request, pk)
    look = second_look.at(article)
    data = request.POST if request.method == "POST" else None
    form = DeclarationForm(look.people, wants_section=article.section is None, data=data)
    if request.method == "GET" and telling.as_told(article).with_the_writer:
        return _hand_in_page(request, article, form, look)
    if request.method == "GET":
        return redirect(_after(article), pk)
    if stands_in_the_way := _why_not(article, workflow.Action.HAND_IN, request.user):
        if article.status != Article.Status.SUBMITTED:  # as after the first of two clicks
            messages.error(request, stands_in_the_way)
        return redirect(_after(article), pk)
    lacking = handing_in.beside_the_section(article)
    if lacking or not form.is_valid():
        return _hand_in_page(request, article, form, look, status=422)
    try:
        if article.section is None:
            saving.choose_section(article, form.cleaned_data["section"], by=request.user)
        article = handing_in.hand_in(
            article, by=request.user, declared=True, vouched=form.vouched()
        )
    except handing_in.Unexplained as changed:  # between the reading of the text and its lock
        messages.error(request, str(changed))
        return redirect("submission_hand_in", pk)
    except saving.Overwritten as rival:
        messages.error(request, f"{rival}请看过现在的文字，再提交。")
        return redirect("submission_hand_in", pk)
    except (handing_in.Incomplete, handing_in.NotDeclared, workflow.NotAllowed) as refused:
        messages.error(request, str(refused))
    response = redirect(_after(article), pk)
    if endorsement.pending(article):
        endorsing.remember_the_device(response, article)
    return response


def _why_not(article: Article, action: workflow.Action, user: User) -> str:
    """As `workflow.why_not`, without a word on what the writer is not told yet (`telling`)."""
    if told := workflow.why_not(telling.as_told(article), action, user):
        return told
    return _BUSY if workflow.why_not(article, action, user) else ""


def _after(article: Article) -> str:
    """The receipt of what has just come in; otherwise the page that says where it stands."""
    came_in = article.status == Article.Status.SUBMITTED
    return "submission_receipt" if came_in else "submission"


def _hand_in_page(
    request: SignedInRequest,
    article: Article,
    form: DeclarationForm,
    look: SecondLook,
    *,
    status: int = 200,
) -> HttpResponse:
    shown = html.picture_tokens(article.body)
    context = {
        "article": article,
        "form": form,
        "lacking": handing_in.to_go_back_for(article),
        "length_word": _length_word(article),
        "twice": authorship.signing_twice(article),
        "pictures": len(shown),
        "has_silent_picture": html.has_silent_picture(article.body),
        "branch_signs": not endorsement.lets_leave(article),
        "pending": endorsement.pending(article),
        "signed": endorsement.signed(article),
        "look": look,
        "declarations": handing_in.DECLARATIONS.values(),
        "explained": personal.explanation(article, look.people),
    }
    return render(request, "articles/submission_hand_in.html", context, status=status)


def _length_word(article: Article) -> str:
    """How the length stands to what the section usually prints; it forbids nothing."""
    section = article.section
    if section is None or not section.usual_length:
        return ""
    usual = f"“{section.name}”一般 {section.usual_length}"
    if section.shortest and article.length < section.shortest:
        return f"{usual}，这篇短一些；也可以提交。"
    if section.longest and article.length > section.longest:
        return f"{usual}，这篇长一些；也可以提交，编辑可能会删节。"
    return f"{usual}，正合适。"


@writers_page
@require_safe
def submission_receipt(request: SignedInRequest, pk: int) -> HttpResponse:
    """The number, when it came in, and what happens next; to be printed on one page."""
    article = telling.as_told(mine(request, pk))
    if not article.receipt:
        return redirect("submission", pk)
    context = {
        "article": article,
        "progress": progress.of(article),
        "came_in": progress.last_hand_in(article),
        "signed": endorsement.signed(article),
        "may_recall": workflow.Action.RECALL in workflow.actions_for(article, request.user),
    }
    return render(request, "articles/submission_receipt.html", context)


@writers_page
@require_POST
def submission_recall(request: SignedInRequest, pk: int) -> HttpResponse:
    """One click, because handing in again undoes it. The second click finds it done."""
    article = mine(request, pk)
    if not telling.as_told(article).with_the_writer:
        try:
            if reason := _why_not(article, workflow.Action.RECALL, request.user):
                raise workflow.NotAllowed(reason)
            workflow.recall(article, by=request.user)
        except workflow.NotAllowed as refused:
            messages.error(request, f"{refused}要改动，请与编辑部联系。")
            return redirect("submission", pk)
        messages.success(request, "稿件已撤回，编辑部现在看不到它。改好以后再次提交，稿号不变。")
    return redirect("submission_edit", pk)


@writers_page
@require_http_methods(["GET", "POST"])
def submission_withdraw(request: SignedInRequest, pk: int) -> HttpResponse:
    """Asks first."""
    article = mine(request, pk)
    refused = _why_not(article, workflow.Action.WITHDRAW, request.user)
    if request.method == "POST" and not refused:
        _withdraw(request, article)
    elif not refused:
        return render(request, "articles/submission_withdraw.html", {"article": article})
    else:
        messages.error(request, refused)
    return redirect("submission", pk)


def _withdraw(request: SignedInRequest, article: Article) -> None:
    why = html.visible(request.POST.get("why", "")).strip()
    try:
        workflow.withdraw(article, by=request.user, why=why[:MAX_REASON])
    except workflow.NotAllowed as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, f"“{article.title}”已撤稿。")
