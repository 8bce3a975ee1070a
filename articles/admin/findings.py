"""校对辅助 on the review page: beside the text, suggestions taken or let stand by a click."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from articles.models import Article
from articles.pictures import for_print
from articles.proofreading import weights
from articles.reviewing import checking, editing, workflow
from articles.writing import personal
from servicejournal.access import who_acts
from servicejournal.models import User
from servicejournal.roles import EDITORIAL

#: Findings of one weight that the page lists, and its head counts; a text with more is sent back,
#: not mended here.
_SHOWN = 60


def beside(article: Article, user: User) -> dict[str, Any]:
    """For the review page: findings by weight, what was let stand, and what may be done."""
    checked = checking.check_beside_others(article)
    groups = weights.grouped(checked.open)
    people = personal.People(personal.kinds_of(checked.open))
    is_editor = user.has_role(*EDITORIAL)
    return {
        "finding_groups": [(weight, found[:_SHOWN], found[_SHOWN:]) for weight, found in groups],
        "findings_count": sum(len(found[:_SHOWN]) for _, found in groups),
        "safe_count": sum(len(each.places) for each in checked.safe),
        "waived": checked.waived if article.is_open_inside_to(user) else [],
        "small_pictures": for_print.too_small(article),
        "explained": personal.explanation(article, people),
        "may_check": is_editor,
        "why_not_let_out": checking.why_not_let_out(article, user),
        "may_apply": is_editor and not editing.why_not(article, user),
        "may_undo_suggestions": is_editor and editing.may_undo(article, user),
    }


@require_POST
def act(request: HttpRequest, pk: int) -> HttpResponse:
    """One form, one button: take suggestions, let a finding stand, or take either back."""
    if not who_acts(request).has_role(*EDITORIAL):
        raise PermissionDenied
    article = get_object_or_404(Article.objects.handed_in(), pk=pk)
    try:
        messages.success(request, _carry_out(request, article))
    except editing.Stale as stale:
        messages.error(request, stale.in_short)
    except (checking.NotAllowed, workflow.NotAllowed) as refused:
        messages.error(request, str(refused))
    return redirect(reverse("admin:articles_article_review", args=[pk]) + "#findings")


def _carry_out(request: HttpRequest, article: Article) -> str:
    """Does what the button says; gives the sentence that says what happened."""
    sent, by, base = request.POST, who_acts(request), request.POST.get("digest", "")
    if "undo" in sent:
        editing.undo_suggestions(article, by=by, base=base)
        return "已撤销，文字和采纳之前一样。"
    if "take_back" in sent:
        waiver = get_object_or_404(article.waivers.model, pk=_number(sent["take_back"]))
        if waiver.article_id not in (None, article.pk):
            raise checking.NotAllowed("这条提示已经不在了，请刷新页面。")
        checking.take_back(waiver, article, by=by)
        return "已恢复该提示。"
    if "teach" in sent:
        term = checking.teach(article, sent["teach"], by=by)
        return f"已记入本刊词表，以后不再提示“{term.word}”；不对可以在词表里停用。"
    if "waive" in sent or "waive_everywhere" in sent:
        everywhere = "waive_everywhere" in sent
        anchor = sent["waive_everywhere" if everywhere else "waive"]
        reason = sent.get(f"reason-{anchor}", "")
        checking.waive(article, anchor, by=by, reason=reason, everywhere=everywhere)
        return "以后不再提示这个词。" if everywhere else "这一处不再提示。"
    return _apply(request, article, base)


def _apply(request: HttpRequest, article: Article, base: str) -> str:
    if "apply_safe" in request.POST:
        anchors = {each.anchor for each in checking.check(article).safe}
    else:
        anchors = {request.POST.get("apply", "")}
    done = editing.apply_suggestions(article, anchors, by=who_acts(request), base=base)
    if not done:
        raise checking.NotAllowed("这条建议已经不在了，请刷新页面。")
    return f"采纳了 {done} 处建议；不对可以点“撤销”。"


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 18 else 0
