"""What the form's script is told: each save by itself, and how two texts differ. JSON.

The same form and the same verb as for the buttons; only the answers are short.
"""

from dataclasses import asdict, dataclass

from django.http import HttpRequest, JsonResponse
from django.urls import reverse
from django.utils import timezone

from . import collation, html, submissions, workflow
from .forms import ManuscriptForm
from .models import Article

#: Values of the form's `action` that are answered here.
SAVE, COMPARE = "autosave", "compare"


def answer(request: HttpRequest, article: Article | None) -> JsonResponse:
    """200, or 422 (something is wrong in the form) with the sentences; or as `_save` says."""
    form = ManuscriptForm(request.POST, by=request.user, article=article)
    if not form.is_valid():
        sentences = list(dict.fromkeys(sentence for _, sentence in form.faults()))
        return refusal("".join(sentences), 422, reason="faults")
    if request.POST["action"] == COMPARE:
        return JsonResponse({"differences": _shown(differences(article, form.text()))})
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


@dataclass(frozen=True, slots=True)
class Difference:
    label: str
    pieces: list[collation.Piece]


def differences(article: Article | None, text: submissions.Text) -> list[Difference]:
    """Part by part what stands in the manuscript (`gone`) and what in the other text (`new`)."""
    stored = _words(submissions.text_of(article)) if article else {}
    return [
        Difference(label, pieces)
        for label, words in _words(text).items()
        if (pieces := collation.pieces(stored.get(label, ""), words))
    ]


def _words(text: submissions.Text) -> dict[str, str]:
    bylines = [f"{each.branch or ''} {each.name}".strip() for each in text.bylines]
    return {
        "标题": text.title,
        "正文": html.text_with_pictures(html.clean(text.body)),
        "作者": "　".join(bylines),
        "栏目": text.section.name if text.section else "",
        "应征": str(text.call or ""),
        "给编辑的话": text.note,
    }


def _shown(found: list[Difference]) -> list[dict]:
    return [asdict(each) for each in found]
