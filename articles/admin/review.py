"""The review page: the text as readers will see it, and the decision beside it."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Case, IntegerField, QuerySet, Value, When
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.html import format_html

from articles.bodies import layout
from articles.models import Article, Assignment, Comment, Section
from articles.pictures import dressing
from articles.reviewing import approvals, editing, rejections, workflow
from articles.reviewing.assigning import usual_due
from articles.reviewing.workflow import Action
from articles.writing import endorsement
from servicejournal import offering, record
from servicejournal.access import who_acts
from servicejournal.models import User
from servicejournal.roles import EDITORIAL
from servicejournal.web.csp import holds_the_editor

from . import findings, in_place, presence, remarks
from .age import age_of, is_overdue
from .queue import assigning

#: In the order of the buttons; the first that is allowed is the main one.
_BUTTONS = (
    Action.RECEIVE,
    Action.PASS,
    Action.RETURN,
    Action.HOLD,
    Action.REJECT,
    Action.REOPEN,
)


#: Steps on this page that are no move from state to state.
CONFIRM, TRANSFER = "confirm", "transfer"
_STEPS = [(CONFIRM, "确认文字订正"), (TRANSFER, "转栏目")]


_ACTIONS = [*((each.value, each.label) for each in _BUTTONS), *_STEPS]


class DecisionForm(forms.Form):
    action = forms.ChoiceField(
        choices=_ACTIONS,
        error_messages={"invalid_choice": "没有这一步，请刷新页面。"},
    )
    digest = forms.CharField(max_length=64)
    opinion = forms.CharField(
        label="给作者的意见",
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text="作者会看到。退修、退稿、重新审稿时必填。",
    )
    note = forms.CharField(
        label="内部意见",
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="只有编辑部看得到。",
    )
    letter = forms.CharField(required=False, max_length=20)
    section = forms.ModelChoiceField(
        queryset=Section.objects.none(),
        required=False,
        error_messages={"invalid_choice": "请选一个还在用的栏目。"},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offering.only(self, "section", Section.objects.active())

    def clean(self) -> dict[str, Any]:
        """A kind letter chosen, and nothing written: the letter is the opinion."""
        super().clean()
        data = self.cleaned_data
        if data.get("action") == Action.REJECT and not data.get("opinion"):
            data["opinion"] = rejections.letter(data.get("letter", ""))
        if data.get("action") == TRANSFER and not data.get("section"):
            self.add_error("section", "请选要转去的栏目。")
        return data


def review_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Shows one manuscript; POST takes a decision and goes to the next in the queue."""
    article = _manuscript(request, pk)
    form = DecisionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            _carry_out(article, form.cleaned_data, by=who_acts(request))
        except workflow.NotAllowed as refusal:
            form.add_error(None, str(refusal))
        else:
            return _on_to_the_next(request, article, form.cleaned_data["action"])
    return _page(request, article, form, status=422 if form.is_bound else 200)


@holds_the_editor
@transaction.atomic
def edit_page(request: HttpRequest, pk: int) -> HttpResponse:
    """The same page with the text open for editing."""
    article = _manuscript(request, pk)
    if not who_acts(request).has_role(*EDITORIAL):
        raise PermissionDenied
    reason = editing.why_not(article, who_acts(request))
    if reason and request.method != "POST":  # what was typed is refused by the form, and kept
        messages.error(request, reason)
        return redirect("admin:articles_article_review", article.pk)
    form = in_place.TextForm(request.POST or None, instance=Article.objects.get(pk=article.pk))
    if request.method == "POST" and (response := in_place.save(request, article, form)):
        return response
    status = 422 if form.is_bound else 200
    return _page(request, article, DecisionForm(), status=status, text=form)


def _manuscript(request: HttpRequest, pk: int) -> Article:
    return get_object_or_404(
        Article.objects.visible_to(who_acts(request))
        .exclude(status=Article.Status.DRAFT)
        .select_related("section", "issue", "call", "contributor")
        .with_bylines(),
        pk=pk,
    )


def _page(
    request: HttpRequest,
    article: Article,
    form: DecisionForm,
    *,
    status: int,
    text: in_place.TextForm | None = None,
) -> HttpResponse:
    context = {
        **admin.site.each_context(request),
        **_context(article, form, who_acts(request)),
        **_around(article, who_acts(request)),
        "text": text,
    }
    template = "admin/articles/article/review.html"
    return render(request, template, context, status=status)


def _carry_out(article: Article, data: dict[str, Any], *, by: User) -> None:
    """The verb behind the button; refused where the text on the page is not the text any more."""
    if data["digest"] != article.digest():
        raise workflow.NotAllowed("您打开页面之后，稿件被改动过。请先看看新的文本，再作决定。")
    if data["action"] == CONFIRM:
        approvals.confirm(article, by=by, digest=data["digest"])
        return
    if data["action"] == TRANSFER:
        workflow.transfer(article, to=data["section"], by=by, why=data["note"])
        return
    action = Action(data["action"])
    if action == Action.RECEIVE:
        workflow.receive(article, by=by)
    elif action == Action.REOPEN:
        workflow.reopen(article, by=by, why=data["opinion"])
    else:
        workflow.decide(article, action, by=by, opinion=data["opinion"], note=data["note"])


def _on_to_the_next(request: HttpRequest, article: Article, action: str) -> HttpResponseRedirect:
    label = dict(_ACTIONS)[action]
    here = reverse("admin:articles_article_review", args=[article.pk])
    messages.success(
        request,
        format_html(
            "《<a href='{}'>{}</a>》：{}，现在是“{}”。",
            here,
            article.title,
            label,
            article.get_status_display(),
        ),
    )
    if action in (Action.RECEIVE, Action.REOPEN, CONFIRM, TRANSFER):
        return redirect(here)
    following = queue_of(who_acts(request)).first()
    if following:
        return redirect("admin:articles_article_review", following.pk)
    return redirect("admin:index")


def queue_of(user: User) -> QuerySet[Article]:
    """What waits for this editor: what is assigned to them, then the oldest first.

    The states that one of their roles decides, without what is assigned to somebody else.
    """
    statuses = {
        status
        for (status, action), transition in workflow.TRANSITIONS.items()
        if action in (Action.RECEIVE, Action.PASS) and user.has_role(*transition.roles)
    }
    mine = Article.objects.filter(status__in=statuses).exclude(contributor=user)
    mine = mine.exclude(authorships__author__user=user)
    given = Assignment.objects.current()
    mine = mine.exclude(pk__in=given.exclude(editor=user).values("article"))
    assigned = When(pk__in=given.filter(editor=user).values("article"), then=Value(0))
    first = Case(assigned, default=Value(1), output_field=IntegerField())
    return mine.select_related("section").with_bylines().order_by(first, "stage_since")


def _context(article: Article, form: DecisionForm, user: User) -> dict[str, Any]:
    allowed = workflow.actions_for(article, user)
    decidable = [action for (status, action) in workflow.TRANSITIONS if status == article.status]
    editors_step = next((action for action in _BUTTONS if action in decidable), None)
    if article.why_frozen:  # said above, with the way out
        editors_step = None
    awaits = approvals.awaits_confirmation(article)
    return {
        "title": "审稿",
        "article": article,
        "body": layout.lay_out(dressing.dress(article)).body,
        "form": form,
        "digest": article.digest(),
        "buttons": [action for action in _BUTTONS if action in allowed],
        "why_not": workflow.why_not(article, editors_step, user) if editors_step else "",
        "letters": rejections.REJECTIONS if Action.REJECT in allowed else (),
        "awaits_confirmation": awaits,
        "since_the_pass": approvals.changed_since(article) if awaits else None,
        "why_not_confirm": approvals.why_not_confirm(article, user) if awaits else "",
        "may_transfer": user.has_role(*EDITORIAL) and article.status in _TRANSFERABLE,
        "originals": article.attachments.all(),
        "signed": endorsement.signed(article),
        "age": age_of(article),
        "overdue": is_overdue(article),
        "may_edit": not editing.why_not(article, user),
        "frozen": article.why_frozen if user.has_role(*EDITORIAL) else "",
    }


_TRANSFERABLE = (*Article.IN_REVIEW, Article.Status.HELD, Article.Status.ACCEPTED)


def _around(article: Article, user: User) -> dict[str, Any]:
    """What stands beside the text: who else, comments, opinions, what happened, what comes next."""
    is_editor = user.has_role(*EDITORIAL)
    return {
        "others": presence.others(article, user),
        "comments": remarks.of(article),
        **findings.beside(article, user),
        "audiences": Comment.Audience.choices,
        "may_comment": is_editor,
        "reviews": article.reviews.select_related("reviewer"),
        "timeline": record.of(article)[:40],
        "waiting": queue_of(user).exclude(pk=article.pk).count(),
        "following": queue_of(user).exclude(pk=article.pk).first(),
        "assignment": article.assignments.current().select_related("editor").first(),
        "editors": assigning.editors() if is_editor and article.status in _ASSIGNABLE else (),
        "usual_due": usual_due(),
    }


_ASSIGNABLE = Article.IN_REVIEW
