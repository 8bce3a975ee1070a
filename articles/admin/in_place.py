"""The text of a manuscript changed by an editor: on the review page, and in the long form."""

from dataclasses import replace
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from articles.bodies import differences
from articles.bodies.fields import RichTextFormField
from articles.models import Article
from articles.reviewing import editing, workflow
from servicejournal.access import who_acts
from servicejournal.web.kept import FillsAgain

#: What an editor changes beside the byline.
TEXT = ("kicker", "title", "standfirst", "section", "body")
_WHY = "改动说明（可以不写）"
_IN_AN_ISSUE = (
    f"勾上，系统替您看着不超过 {editing.MOST_CORRECTED} 字。"
    "勾不勾，稿件都留在本期，由终审人看过改动后确认，三校再校一次。"
)


class TextForm(FillsAgain, forms.ModelForm):
    """`base` names the text that was opened: over a newer one nothing is saved."""

    body = RichTextFormField(label="正文", required=False)
    base = forms.CharField(widget=forms.HiddenInput, max_length=64, required=False)
    #: Names a newer text that was seen beside one's own.
    over = forms.CharField(widget=forms.HiddenInput, max_length=64, required=False)
    why = forms.CharField(label=_WHY, max_length=300, required=False)
    small = forms.BooleanField(
        label="只是文字订正（错别字、标点）",
        required=False,
        help_text=(
            f"终审之后的小改动，{editing.MOST_CORRECTED} 字以内："
            "不退回重审，由终审人看过改动后确认。"
        ),
    )

    class Meta:
        model = Article
        fields = TEXT

    #: The manuscript as somebody else left it meanwhile.
    rival: Article | None = None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.fields["base"].initial = self.instance.digest()
        if self.instance.status != Article.Status.ACCEPTED:
            del self.fields["small"]
        elif self.instance.issue_id:
            self.fields["small"].help_text = _IN_AN_ISSUE

    def clean(self) -> dict[str, Any]:
        """Under a lock until the request's transaction ends, so that nobody comes between."""
        super().clean()
        data = self.cleaned_data
        if reason := editing.why_not_with(self.instance, data):
            self.add_error("section", reason)
        if self.instance.pk:
            try:
                current = editing.check(self.instance, base=self._base())
            except editing.Stale as stale:
                self.rival = stale.article
                raise forms.ValidationError(str(stale), code="stale") from stale
            except workflow.NotAllowed as refused:
                raise forms.ValidationError(str(refused), code="stale") from refused
            if current.why_frozen:
                raise forms.ValidationError(current.why_frozen, code="frozen")
            if data.get("small") and (reason := editing.why_not_small(current, self.changes())):
                self.add_error("small", reason)
        return data

    def _base(self) -> str:
        over: str = self.cleaned_data.get("over", "")
        return over or self.cleaned_data.get("base", "")

    def newest(self) -> str:
        """The digest of the text that came in between."""
        return self.rival.digest() if self.rival else ""

    def last(self) -> Any:
        """Who changed it, and when: the newest row of its history."""
        return self.rival.history.select_related("history_user").first() if self.rival else None

    def difference(self) -> differences.Difference | None:
        """From the text as it stands to what was typed here."""
        if self.rival is None:
            return None
        theirs, changes = differences.text_of(self.rival), self.changes()
        if "section" in changes:
            changes["section"] = changes["section"].name if changes["section"] else ""
        return differences.between(theirs, replace(theirs, **changes))

    def changes(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in TEXT if name in self.cleaned_data}

    def remarks(self) -> dict[str, Any]:
        data = self.cleaned_data
        return {"base": self._base(), "why": data["why"], "small": data.get("small", False)}


def anew(form: TextForm) -> TextForm:
    """The newest text, opened to put one's own changes in; the reason that was typed stays."""
    current = form.rival or Article.objects.get(pk=form.instance.pk)
    return TextForm(instance=current, initial={"why": form["why"].value()})


def save(request: HttpRequest, article: Article, form: TextForm) -> HttpResponse | None:
    """Writes what was changed on the review page; None where the form has to be shown again."""
    if not form.is_valid():
        return None
    stored = Article.objects.get(pk=article.pk)
    before = stored.status
    try:
        changed = editing.revise(stored, by=who_acts(request), **form.remarks(), **form.changes())
    except (editing.Stale, workflow.NotAllowed) as refused:
        form.add_error(None, str(refused))
        return None
    messages.success(request, what_happened(stored, before=before, changed=changed))
    return redirect("admin:articles_article_review", article.pk)


def what_happened(article: Article, *, before: str, changed: bool) -> str:
    if not changed:
        return "文字没有变化。"
    if article.status != before:
        state = article.get_status_display()
        return f"已保存。文字变了，原审稿结论作废，稿件回到“{state}”，请重新审。"
    if article.status == Article.Status.ACCEPTED:
        return "已保存，等终审人（主编）确认这次改动。"
    return "已保存，原来的文字留在“版本”里。"
