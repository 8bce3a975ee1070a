"""Correcting (更正) what is out: a reason, a dated note to readers, the next edition."""

from dataclasses import replace
from typing import Any, TypeVar

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from articles import authorship
from articles.admin import presence
from articles.authorship import Byline
from articles.bodies import differences
from articles.models import Article, Branch, Section
from articles.reviewing import editing, staffing, workflow
from issues.making import corrections, orders, proposals, publication
from issues.making.orders import Verb
from issues.models import Issue, Making, PrintedArticle, ProposedCorrection
from servicejournal import offering, spelling
from servicejournal.access import who_acts
from servicejournal.certain import certain
from servicejournal.web.csp import holds_the_editor
from servicejournal.web.kept import FillsAgain, fills_again

Row = TypeVar("Row", bound=Model)

TEXT = ("kicker", "title", "standfirst", "body")
_RELEASE = "admin:issues_issue_release"


class CorrectionForm(FillsAgain, forms.ModelForm):
    """`base` names what was opened: over something newer nothing is corrected unseen."""

    signed = forms.CharField(
        label="署名",
        required=False,
        max_length=600,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="一行一位，单位在前，空一格写姓名，如：净月支行 谷淳。没有单位的只写姓名。",
    )
    section = forms.ModelChoiceField(Section.objects.none(), label="栏目", empty_label=None)
    reason = forms.CharField(
        label="更正说明",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="读者会在文末看到，如：第三段“2021年”应为“2022年”。",
        error_messages={"required": "请写更正说明，读者会看到它。"},
    )

    base = forms.CharField(widget=forms.HiddenInput, max_length=100, required=False)
    over = forms.CharField(widget=forms.HiddenInput, max_length=100, required=False)

    class Meta:
        model = Article
        fields = TEXT

    field_order = ("kicker", "title", "signed", "section", "standfirst", "body", "reason")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        stands = Section.objects.filter(pk=self.instance.section_id)
        offering.only(self, "section", (Section.objects.active() | stands).distinct())
        stood = {
            "section": self.instance.section_id,
            "signed": _as_lines(self.instance),
            "base": corrections.base_of(self.instance),
        }
        self.initial = {**self.initial, **stood, **(kwargs.get("initial") or {})}

    def clean_signed(self) -> tuple[Byline, ...]:
        lines = map(spelling.line, self.cleaned_data["signed"].splitlines())
        return tuple(_signed(line) for line in lines if line)

    def text(self) -> dict[str, str]:
        """What was typed, where it is a text at all."""
        return {name: self.cleaned_data[name] for name in TEXT if name in self.cleaned_data}

    def what(self) -> dict[str, Any]:
        """For the verb: what is not as it was. `over` names a newer text, seen beside their own."""
        data, stands = self.cleaned_data, Article.objects.with_bylines().get(pk=self.instance.pk)
        changes: dict[str, Any] = self.text()
        if data["section"] != stands.section:
            changes["section"] = data["section"]
        if data["signed"] != authorship.bylines_of(stands):
            changes["bylines"] = data["signed"]
        base = data["over"] or data["base"]
        return {"base": base, "reason": data["reason"], "changes": changes}


def _signed(line: str) -> Byline:
    """The longest beginning that is a branch, and a name: of Maria Chen, of 张　三, too."""
    words = line.split()
    for at in range(len(words) - 1, 0, -1):
        if branch := Branch.objects.filter(name=" ".join(words[:at])).first():
            return Byline(spelling.name(" ".join(words[at:])), branch)
    if spelling.seems_two_people(line):
        branch_name = " ".join(words[:-1])
        raise ValidationError(f"没有叫“{branch_name}”的单位。请核对名称，或先在“单位”里添加。")
    return Byline(spelling.name(line), None)


def _as_lines(article: Article) -> str:
    named = authorship.bylines_of(article)
    return "\n".join(f"{each.branch or ''} {each.name}".strip() for each in named)


def choose(request: HttpRequest, pk: int) -> HttpResponse:
    """Which article of the issue; and the cover, the colophon."""
    if not request.user.has_perm("issues.add_correction"):
        raise PermissionDenied
    issue = get_object_or_404(Issue.objects.published(), pk=pk)
    printed = PrintedArticle.objects.filter(edition=issue.standing_id).defer("body")
    waiting = ProposedCorrection.objects.waiting().filter(article__issue=issue)
    context = {
        **admin.site.each_context(request),
        "title": f"更正 {issue.full_label}",
        "issue": issue,
        "printed": printed.order_by("place"),
        "waiting": waiting.select_related("article", "proposed_by"),
        "is_chief": staffing.acts_as_chief(who_acts(request)),
    }
    return render(request, "admin/issues/issue/correct_choose.html", context)


@fills_again
@holds_the_editor
def page(request: HttpRequest, pk: int) -> HttpResponse:
    """The text to correct; over somebody else's correction both are shown beside each other."""
    if not request.user.has_perm("issues.add_correction"):
        raise PermissionDenied
    article = get_object_or_404(Article.objects.published().select_related("issue"), pk=pk)
    if request.method != "POST":
        kept = _kept(request, article)
        return _page(request, article, CorrectionForm(instance=article, initial=kept))
    form = CorrectionForm(request.POST, instance=Article.objects.get(pk=pk))
    is_valid = form.is_valid()
    if "theirs" in request.POST:
        anew = CorrectionForm(instance=article, initial={"reason": form["reason"].value()})
        return _page(request, article, anew, difference=_beside(article, form))
    if not is_valid:
        return _page(request, article, form, status=422)
    try:
        _carry_out(request, article, form)
    except editing.Stale as stale:
        told = {"stale": stale, "difference": _beside(stale.article, form)}
        return _page(request, stale.article, form, status=409, **told)
    except (publication.NotAllowed, workflow.NotAllowed) as refusal:
        form.add_error(None, str(refusal))
        return _page(request, article, form, status=422)
    return redirect(_RELEASE, article.issue_id)


def _kept(request: HttpRequest, article: Article) -> dict[str, Any]:
    """What was typed into a correction that was not made (`?making=`), or not confirmed
    (`?proposal=`), to be gone on with.
    """
    failed = Making.objects.exclude(problem="").filter(
        verb=Verb.CORRECT, article=article, asked_by=who_acts(request).pk
    )
    if making := _named(request, "making", failed):
        what = making.what
        return _typed(what["changes"], base=what["base"], reason=what["reason"])
    refused = article.proposed_corrections.exclude(decided_at=None).filter(correction=None)
    if proposal := _named(request, "proposal", refused):
        return _typed(proposal.changes, base=proposal.base, reason=proposal.reason)
    return {}


def _named(request: HttpRequest, name: str, among: QuerySet[Row]) -> Row | None:
    asked = request.GET.get(name, "")
    is_key = asked.isascii() and asked.isdecimal() and len(asked) < 19
    return among.filter(pk=asked).first() if is_key else None


def _typed(changes: dict[str, Any], *, base: str, reason: str) -> dict[str, Any]:
    typed = {name: changes[name] for name in (*TEXT, "section") if name in changes}
    if "bylines" in changes:
        typed["signed"] = "\n".join(" ".join(pair).strip() for pair in changes["bylines"])
    return {**typed, "reason": reason, "base": base}


def _carry_out(request: HttpRequest, article: Article, form: CorrectionForm) -> None:
    """Has it made, or asks the chief editor."""
    by, what = who_acts(request), form.what()
    kept = {**what, "changes": proposals.kept(what["changes"])}
    try:
        orders.order(
            certain(article.issue, "it is out"), Verb.CORRECT, by=by, article=article, **kept
        )
    except corrections.TooLarge as why:
        changes = what.pop("changes")
        proposals.propose(article, by=by, **what, **changes)
        said = f"{why}您的更正已经存好，等主编确认；确认以前读者看到的还是原来的文本。"
        messages.success(request, said)


def _page(
    request: HttpRequest,
    article: Article,
    form: CorrectionForm,
    *,
    status: int = 200,
    **told: Any,
) -> HttpResponse:
    proposed = article.proposed_corrections.select_related("proposed_by", "decided_by")
    context = {
        **admin.site.each_context(request),
        "title": f"更正《{article.title}》",
        "article": article,
        "newest": corrections.base_of(article),
        "last": article.corrections.select_related("by").first(),
        "proposal": proposed.last(),
        "issue": article.issue,
        "form": form,
        "others": presence.others(article, who_acts(request)),
        "digest": article.digest(),
        **told,
    }
    return render(request, "admin/issues/issue/correct.html", context, status=status)


def _beside(article: Article, form: CorrectionForm) -> differences.Difference:
    """From the text as it stands, its byline and its section, to what this person wrote."""
    theirs = differences.text_of(article, byline=authorship.printed(article))
    mine, data = form.text(), form.cleaned_data
    if "signed" in data:
        mine["byline"] = corrections.as_printed(data["signed"])
    if "section" in data:
        mine["section"] = data["section"].name
    return differences.between(theirs, replace(theirs, **mine))


def proposal(request: HttpRequest, pk: int) -> HttpResponse:
    """A correction that waits: what it changes, and the chief editor's word."""
    if not request.user.has_perm("issues.add_correction"):
        raise PermissionDenied
    related = ("article__issue", "article__section", "proposed_by", "decided_by")
    asked = get_object_or_404(ProposedCorrection.objects.select_related(*related), pk=pk)
    refusal, status = "", 200
    if request.method == "POST":
        try:
            _decide(request, asked)
            issue = asked.article.issue_id
            return redirect(_RELEASE, issue) if issue else redirect("admin:index")
        except (editing.Stale, publication.NotAllowed, workflow.NotAllowed) as reason:
            refusal = str(reason)
            status = 409 if isinstance(reason, editing.Stale) else 422
    context = {
        **admin.site.each_context(request),
        "title": f"更正《{asked.article.title}》，待主编确认",
        "proposal": asked,
        "issue": asked.article.issue,
        "difference": _proposed(asked),
        "refusal": refusal,
        "why": request.POST.get("why", ""),
        "is_chief": staffing.acts_as_chief(who_acts(request)),
        "is_theirs": asked.proposed_by_id == who_acts(request).pk,
    }
    return render(request, "admin/issues/issue/proposal.html", context, status=status)


def _decide(request: HttpRequest, asked: ProposedCorrection) -> None:
    by, step = who_acts(request), request.POST.get("step")
    if step == "confirm":
        issue = asked.article.issue
        if issue is None:
            raise publication.NotAllowed("这篇文章已经撤下，恢复刊出以后才能更正。")
        orders.order(issue, Verb.CONFIRM, by=by, article=asked.article, proposal=asked.pk)
    elif step == "take_back":
        proposals.take_back(asked, by=by)
        messages.success(request, "这份更正收回了。")
    else:
        proposals.refuse(asked, by=by, why=request.POST.get("why", ""))
        messages.success(request, "没有同意这份更正，理由写在更正页上。")


def _proposed(asked: ProposedCorrection) -> differences.Difference:
    """From what stands to what is proposed, with byline and section."""
    article, changes = asked.article, asked.changes
    stands = differences.text_of(article, byline=authorship.printed(article))
    words = {name: changes[name] for name in TEXT if name in changes}
    if "bylines" in changes:
        names = [f"{branch} {name}".strip() for branch, name in changes["bylines"]]
        words["byline"] = "　".join(names)
    if section := Section.objects.filter(pk=changes.get("section")).first():
        words["section"] = section.name
    return differences.between(stands, replace(stands, **words))
