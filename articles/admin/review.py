"""The review page: the text as readers will see it, and the decision beside it."""

from django import forms
from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.html import format_html

from articles import endorsement, pictures, reading, workflow
from articles.models import Article
from articles.workflow import Action
from servicejournal import record

from .age import age_of, is_overdue

#: In the order of the buttons; the first that is allowed is the main one.
_BUTTONS = (
    Action.RECEIVE,
    Action.PASS,
    Action.RETURN,
    Action.HOLD,
    Action.REJECT,
    Action.REOPEN,
)


class DecisionForm(forms.Form):
    action = forms.ChoiceField(choices=[(each.value, each.label) for each in _BUTTONS])
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


def review_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Shows one manuscript; POST takes a decision and goes to the next in the queue."""
    article = get_object_or_404(
        Article.objects.visible_to(request.user)
        .exclude(status=Article.Status.DRAFT)
        .select_related("section", "issue", "contributor")
        .with_bylines(),
        pk=pk,
    )
    form = DecisionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            _carry_out(article, form.cleaned_data, by=request.user)
        except workflow.NotAllowed as refusal:
            form.add_error(None, str(refusal))
        else:
            return _on_to_the_next(request, article, Action(form.cleaned_data["action"]))
    context = {**admin.site.each_context(request), **_context(article, form, request.user)}
    status = 422 if form.is_bound else 200
    return render(request, "admin/articles/article/review.html", context, status=status)


def _carry_out(article: Article, data: dict, *, by) -> None:
    """The verb behind the button; refused where the text on the page is not the text any more."""
    if data["digest"] != article.digest():
        raise workflow.NotAllowed("您打开页面之后，稿件被改动过。请先看看新的文本，再作决定。")
    action = Action(data["action"])
    if action == Action.RECEIVE:
        workflow.receive(article, by=by)
    elif action == Action.REOPEN:
        workflow.reopen(article, by=by, why=data["opinion"])
    else:
        workflow.decide(article, action, by=by, opinion=data["opinion"], note=data["note"])


def _on_to_the_next(request: HttpRequest, article: Article, action: Action) -> HttpResponseRedirect:
    here = reverse("admin:articles_article_review", args=[article.pk])
    messages.success(
        request,
        format_html(
            "《<a href='{}'>{}</a>》：{}，现在是“{}”。",
            here,
            article.title,
            action.label,
            article.get_status_display(),
        ),
    )
    if action in (Action.RECEIVE, Action.REOPEN):
        return redirect(here)
    following = queue_of(request.user).first()
    if following:
        return redirect("admin:articles_article_review", following.pk)
    return redirect("admin:index")


def queue_of(user):
    """What waits for this editor, the oldest first: the states that one of their roles decides."""
    statuses = {
        status
        for (status, action), transition in workflow.TRANSITIONS.items()
        if action in (Action.RECEIVE, Action.PASS) and user.has_role(*transition.roles)
    }
    mine = Article.objects.filter(status__in=statuses).exclude(contributor=user)
    mine = mine.exclude(authorships__author__user=user)
    return mine.select_related("section").with_bylines().order_by("stage_since")


def _context(article: Article, form: DecisionForm, user) -> dict:
    allowed = workflow.actions_for(article, user)
    decidable = [action for (status, action) in workflow.TRANSITIONS if status == article.status]
    editors_step = next((action for action in _BUTTONS if action in decidable), None)
    return {
        "title": "审稿",
        "article": article,
        "body": reading.lay_out(pictures.dress(article)).body,
        "form": form,
        "digest": article.digest(),
        "buttons": [action for action in _BUTTONS if action in allowed],
        "why_not": workflow.why_not(article, editors_step, user) if editors_step else "",
        "signed": endorsement.signed(article),
        "reviews": article.reviews.select_related("reviewer"),
        "timeline": record.of(article)[:40],
        "age": age_of(article),
        "overdue": is_overdue(article),
        "may_edit": not article.is_published and not article.with_the_writer,
        "waiting": queue_of(user).exclude(pk=article.pk).count(),
    }
