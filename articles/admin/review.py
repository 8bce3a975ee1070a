"""The review page: the text as readers will see it, and the decision beside it.

What was made from an older state of the manuscript is refused with 409: the page shows what is
there now, what happened meanwhile, and everything that was typed.
"""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import NON_FIELD_ERRORS, PermissionDenied
from django.db import transaction
from django.db.models import Case, IntegerField, Q, QuerySet, Value, When
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.views.decorators.http import require_POST

from articles.bodies import differences, layout
from articles.models import Article, Assignment, Comment, Review, Section
from articles.pictures import dressing
from articles.reviewing import approvals, editing, rejections, seen, staffing, undoing, workflow
from articles.reviewing.assigning import usual_due
from articles.reviewing.workflow import Action
from articles.writing import endorsement
from servicejournal import offering, record
from servicejournal.access import who_acts
from servicejournal.models import User
from servicejournal.roles import EDITORIAL
from servicejournal.web.csp import holds_the_editor
from servicejournal.web.kept import FillsAgain, fills_again
from servicejournal.web.keys import key_in

from . import findings, in_place, presence, remarks
from .age import age_of, is_overdue
from .queue import assigning
from .staffing import outlook

#: In the order of the buttons; the first that is allowed is the main one.
_BUTTONS = (
    Action.RECEIVE,
    Action.PASS,
    Action.RETURN,
    Action.HOLD,
    Action.BACK,
    Action.REJECT,
    Action.REOPEN,
)


#: What an app above adds beside the text: a template, and what it is told of the manuscript.
_ALSO: list[tuple[str, Callable[[Article, User], dict[str, Any]]]] = []


def also_beside(template: str, tell: Callable[[Article, User], dict[str, Any]]) -> None:
    """A part of this page that another app brings; to who may see inside the manuscript alone."""
    if all(known != template for known, _ in _ALSO):
        _ALSO.append((template, tell))


#: Steps on this page that are no move from state to state.
CONFIRM, TRANSFER, TAKE_BACK = "confirm", "transfer", "take_back"
_STEPS = [(CONFIRM, "确认文字订正"), (TRANSFER, "转栏目"), (TAKE_BACK, workflow.TAKEN_BACK)]


_ACTIONS = [*((each.value, each.label) for each in _BUTTONS), *_STEPS]


_OLD_PAGE = "这一页是旧的，请刷新页面再作决定。"


class DecisionForm(FillsAgain, forms.Form):
    """`state` and `digest` are what the page showed (`seen`); `version` is the text's, to compare.

    What was refused is shown again beside what is there now.
    """

    action = forms.ChoiceField(
        choices=_ACTIONS,
        error_messages={"invalid_choice": "没有这一步，请刷新页面。"},
    )
    digest = forms.CharField(max_length=64, error_messages={"required": _OLD_PAGE})
    state = forms.CharField(max_length=80, error_messages={"required": _OLD_PAGE})
    version = forms.IntegerField(required=False)
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


@fills_again
def review_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Shows one manuscript; POST takes a decision and goes to the next in the queue."""
    article = _manuscript(request, pk)
    form = DecisionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            _carry_out(article, form.cleaned_data, by=who_acts(request))
        except workflow.NotAllowed as refusal:
            form.add_error(None, str(refusal))
            stale = isinstance(refusal, workflow.Stale)
            return _page(request, _manuscript(request, pk), form, status=409 if stale else 422)
        else:
            return _on_to_the_next(request, article, form.cleaned_data["action"])
    return _page(request, article, form, status=422 if form.is_bound else 200)


@fills_again
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
    if form.rival and "theirs" in request.POST:
        article = _manuscript(request, pk)
        return _page(
            request, article, DecisionForm(), status=200, text=in_place.anew(form), beside=form
        )
    status = 409 if form.rival else 422 if form.is_bound else 200
    return _page(request, article, DecisionForm(), status=status, text=form, beside=form)


@fills_again
@require_POST
def comment_page(request: HttpRequest, pk: int, comment: int = 0) -> HttpResponse:
    """A comment is added, or one's own mended; what is refused stands in its form again."""
    if not who_acts(request).has_role(*EDITORIAL):
        raise PermissionDenied
    article = _manuscript(request, pk)
    if not article.is_open_inside_to(who_acts(request)):
        raise Http404
    refused = remarks.mend(request, article, comment) if comment else remarks.add(request, article)
    if refused is None:
        return remarks.back(article)
    return _page(request, article, DecisionForm(), status=422, refused=refused)


@require_POST
def assign_page(request: HttpRequest, pk: int) -> HttpResponse:
    """分派 from the review page; what is refused stands in its form again."""
    if not who_acts(request).has_role(*EDITORIAL):
        raise PermissionDenied
    article = _manuscript(request, pk)
    form = assigning.AssignOneForm(request.POST)
    if made := assigning.carry_out(article, form, by=who_acts(request)):
        messages.success(request, f"已分派给{made.editor}，{made.due:%-m月%-d日}前。")
        return redirect("admin:articles_article_review", article.pk)
    status = 409 if form.has_error(NON_FIELD_ERRORS, "stale") else 422
    page = _manuscript(request, pk)
    return _page(request, page, DecisionForm(), status=status, assign=form)


def _manuscript(request: HttpRequest, pk: int) -> Article:
    return get_object_or_404(
        Article.objects.visible_to(who_acts(request))
        .handed_in()
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
    **more: Any,
) -> HttpResponse:
    """`more` are forms that were refused, or opened: `text`, `assign`, `refused`; and `beside`, the
    one whose words are shown beside the text.
    """
    context = {
        **admin.site.each_context(request),
        **_context(article, form, who_acts(request)),
        **_around(article, who_acts(request)),
        **more,
    }
    context |= _typed(context, more)
    template = "admin/articles/article/review.html"
    return render(request, template, context, status=status)


def _typed(context: dict[str, Any], more: dict[str, Any]) -> dict[str, Any]:
    """What was typed and refused, for the form that it came from."""
    refused, assign = more.get("refused"), more.get("assign")
    for row in context["comments"]:
        row["refused"] = refused if refused and refused.pk == row["comment"].pk else None
    given = context["assignment"].editor_id if context["assignment"] else ""
    return {
        "refused_new": refused if refused and not refused.pk else None,
        "refused_is_there": any(row["refused"] and row["mendable"] for row in context["comments"]),
        "chosen_editor": str(assign["to"].value() if assign else given),
    }


def _carry_out(article: Article, data: dict[str, Any], *, by: User) -> None:
    """The verb behind the button, with what the page showed."""
    made_from = seen.read(data["state"], data["digest"])
    if data["action"] == CONFIRM:
        approvals.confirm(article, by=by, digest=data["digest"])
    elif data["action"] == TRANSFER:
        workflow.transfer(article, to=data["section"], by=by, why=data["note"], made_from=made_from)
    elif data["action"] == TAKE_BACK:
        undoing.take_back_last(article, by=by, made_from=made_from)
    elif data["action"] == Action.RECEIVE:
        workflow.receive(article, by=by, made_from=made_from)
    elif data["action"] == Action.REOPEN:
        workflow.reopen(article, by=by, why=data["opinion"], made_from=made_from)
    else:
        said = {"opinion": data["opinion"], "note": data["note"]}
        unread = article.status == Article.Status.SUBMITTED
        decide = workflow.receive_and_decide if unread else workflow.decide
        decide(article, data["action"], by=by, made_from=made_from, **said)


def _on_to_the_next(request: HttpRequest, article: Article, action: str) -> HttpResponseRedirect:
    label = dict(_ACTIONS)[action]
    here = reverse("admin:articles_article_review", args=[article.pk])
    told = "《<a href='{}'>{}</a>》：{}，现在是“{}”。"
    if undoing.offered(article, who_acts(request)):
        minutes = Review.REVOCABLE.seconds // 60
        told += f"{minutes} 分钟之内可以在它的页面上<a href='{{}}#undo'>撤回</a>。"
    state = article.get_status_display()
    messages.success(request, format_html(told, here, article.title, label, state, here))
    if action in (Action.RECEIVE, Action.REOPEN, CONFIRM, TRANSFER, TAKE_BACK):
        return redirect(here)
    following = queue_of(who_acts(request)).first()
    if following:
        return redirect("admin:articles_article_review", following.pk)
    return redirect("admin:index")


def queue_of(user: User) -> QuerySet[Article]:
    """What waits for this editor: what is assigned to them, what a glance settles, then the oldest.

    The states that one of their roles decides, or they as a deputy, without what is assigned to
    somebody else; and the changes after a final review that they may confirm.
    """
    stages = staffing.stages_of(user)
    changed = approvals.to_confirm_by(user) if Review.Stage.FINAL in stages else []
    theirs = Article.objects.written_by(user)
    waiting = _at_the_stages_of(user, stages) | Q(pk__in=changed)
    mine = Article.objects.filter(waiting).exclude(pk__in=theirs.values("pk"))
    given = Assignment.objects.current()
    mine = mine.exclude(pk__in=given.exclude(editor=user).values("article"))
    assigned = When(pk__in=given.filter(editor=user).values("article"), then=Value(0))
    glance = When(pk__in=changed, then=Value(1))
    first = Case(assigned, glance, default=Value(2), output_field=IntegerField())
    return mine.select_related("section").with_bylines().order_by(first, "stage_since")


def _at_the_stages_of(user: User, stages: set[Review.Stage]) -> Q:
    """At the states that they decide, unless they passed another stage of it in this round."""
    waiting = Q(status=Article.Status.SUBMITTED) if user.has_role(*EDITORIAL) else Q(pk__in=[])
    passed = _passed_by(user) if staffing.most_reviews() == 1 else []
    for status, (stage, _, _) in workflow.STAGES.items():
        if stage in stages:
            others = [article for article, made in passed if made != stage]
            waiting |= Q(status=status) & ~Q(pk__in=others)
    return waiting


def _passed_by(user: User) -> list[tuple[int, str]]:
    """(manuscript, stage) of what they passed in this round of what is under review.

    Asked by keys: who has passed thousands is not looked through for the few that count.
    """
    read = Article.objects.filter(status__in=[*workflow.STAGES]).order_by()
    rounds = dict(read.values_list("pk", "round"))
    rows = Review.objects.standing().filter(reviewer=user, decision=Review.Decision.PASS)
    rows = rows.filter(article__in=[*rounds]).order_by()
    passed = rows.values_list("article", "stage", "round")
    return [(pk, stage) for pk, stage, round_ in passed if round_ == rounds[pk]]


def _context(article: Article, form: DecisionForm, user: User) -> dict[str, Any]:
    at_once = workflow.at_first_sight(article, user)
    allowed = [*workflow.actions_for(article, user), *at_once]
    decidable = [action for (status, action) in workflow.TRANSITIONS if status == article.status]
    editors_step = next((action for action in _BUTTONS if action in decidable), None)
    if article.why_frozen:  # said above, with the way out
        editors_step = None
    awaits = approvals.awaits_confirmation(article)
    may_steer = user.has_role(*EDITORIAL) and not staffing.why_not_steer(article, user)
    return {
        "title": "审稿",
        "article": article,
        "body": layout.lay_out(dressing.dress(article)).body,
        "form": form,
        "digest": article.digest(),
        "state": seen.of(article),
        "version": article.history.values_list("pk", flat=True).first(),
        "since_opened": _since_opened(article, form),
        "revocable": undoing.offered(article, user),
        "buttons": [action for action in _BUTTONS if action in allowed],
        "at_once": at_once,
        "why_not": workflow.why_not(article, editors_step, user) if editors_step else "",
        "letters": rejections.REJECTIONS if Action.REJECT in allowed else (),
        "awaits_confirmation": awaits,
        **outlook.beside(article, user, to_confirm=awaits),
        "since_the_pass": approvals.changed_since(article) if awaits else None,
        "why_not_confirm": approvals.why_not_confirm(article, user) if awaits else "",
        "may_transfer": may_steer and article.status in _TRANSFERABLE,
        "originals": article.attachments.all(),
        "signed": endorsement.signed(article),
        "age": age_of(article),
        "overdue": is_overdue(article),
        "may_edit": not editing.why_not(article, user),
        "frozen": article.why_frozen if user.has_role(*EDITORIAL) else "",
    }


def _since_opened(article: Article, form: DecisionForm) -> differences.Difference | None:
    """What changed in the text since the page was opened whose decision is refused."""
    if not form.is_bound or form["digest"].value() == article.digest():
        return None
    version = form["version"].value() or ""
    opened = article.history.filter(pk=key_in(str(version))).first()
    if opened is None:
        return None
    now = differences.text_of(article.history.first())
    return differences.between(differences.text_of(opened), now)


_TRANSFERABLE = (*Article.IN_REVIEW, Article.Status.HELD, Article.Status.ACCEPTED)


def _around(article: Article, user: User) -> dict[str, Any]:
    """What stands beside the text: who else, comments, opinions, what happened, what comes next."""
    is_editor, inside = user.has_role(*EDITORIAL), article.is_open_inside_to(user)
    queue = queue_of(user).exclude(pk=article.pk)
    return {
        "others": presence.others(article, user),
        "open_inside": inside,
        "comments": remarks.of(article, user) if inside else [],
        "also": [(template, tell(article, user)) for template, tell in _ALSO] if inside else [],
        **findings.beside(article, user),
        "audiences": Comment.Audience.choices,
        "may_comment": is_editor and inside,
        "reviews": article.reviews.select_related("reviewer", "retraction", "deputy")
        if inside
        else [],
        "timeline": record.of(article)[:40] if inside else [],
        "waiting": queue.count(),
        "following": queue.first(),
        "assignment": article.assignments.current().select_related("editor").first(),
        "editors": assigning.editors()
        if is_editor and inside and article.status in _ASSIGNABLE
        else (),
        "usual_due": usual_due(),
    }


_ASSIGNABLE = Article.IN_REVIEW
