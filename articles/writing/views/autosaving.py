"""What the form's script is told: each save by itself, and how two texts differ. JSON.

The same form and the same verb as for the buttons; only the answers are short.
"""

from django.http import HttpRequest, JsonResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from ..bodies import differences, html
from ..models import Article
from ..reviewing import workflow
from . import submissions
from .forms import ManuscriptForm

#: Values of the form's `action` that are answered here.
SAVE, COMPARE = "autosave", "compare"


def answer(request: HttpRequest, article: Article | None) -> JsonResponse:
    """200, or 422 (something is wrong in the form) with the sentences; or as `_save` says."""
    form = ManuscriptForm(request.POST, by=request.user, article=article)
    if not form.is_valid():
        sentences = list(dict.fromkeys(sentence for _, sentence in form.faults()))
        return refusal("".join(sentences), 422, reason="faults")
    if request.POST["action"] == COMPARE:
        shown = {"difference": difference(article, form.text())}
        return JsonResponse({"shown": render_to_string("articles/_difference.html", shown)})
    return _save(request, form, article)


def _save(request: HttpRequest, form: ManuscriptForm, article: Article | None) -> JsonResponse:
    """200 with the new `base`; 409 where the text is locked, or was changed elsewhere."""
    try:
        article = submissions.save(
            form.text(),
            by=request.user,
            article=article,
            form_id=str(form.cleaned_data["form_id"] or ""),
            base=request.POST.get("base"),
            automatic="version" not in request.POST,
        )
    except workflow.NotAllowed as refused:
        return refusal(str(refused), 409, reason="locked")
    except submissions.Overwritten as overwritten:
        return refusal(str(overwritten), 409, reason="overwritten")
    return JsonResponse(
        {
            "saved": f"{timezone.localtime():%H:%M}",
            "base": submissions.fingerprint(article),
            "edit": reverse("submission_edit", args=[article.pk]),
            "length": article.length,
        }
    )


def refusal(message: str, status: int, *, reason: str) -> JsonResponse:
    """`reason` for the script, `message` (Chinese) for the writer."""
    return JsonResponse({"error": {"reason": reason, "message": message}}, status=status)


def difference(article: Article | None, text: submissions.Text) -> differences.Difference:
    """What stands in the manuscript, if there is one, against another text of it."""
    stored = _compared(submissions.text_of(article)) if article else differences.Text("", "")
    return differences.between(stored, _compared(text))


def _compared(text: submissions.Text) -> differences.Text:
    bylines = [f"{each.branch or ''} {each.name}".strip() for each in text.bylines]
    return differences.Text(
        title=text.title,
        body=html.clean(text.body),
        byline="　".join(bylines),
        section=text.section.name if text.section else "",
        call=str(text.call or ""),
        note=text.note,
    )
