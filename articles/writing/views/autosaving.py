"""What the form's script is told: each save by itself, and how two texts differ. JSON.

The same sheet and the same verb as for the buttons; only the answers are short.
"""

from django.http import JsonResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from articles.reviewing import workflow
from servicejournal.access import SignedInRequest

from .. import saving, telling
from ..text import difference, fingerprint
from .door import Sheet


def save(request: SignedInRequest, sheet: Sheet) -> JsonResponse:
    """200 with the new `base`; 422 (something is wrong in the form) with the sentences; 409 where
    the text is locked, or was changed elsewhere."""
    if sheet.text is None:
        return _faults(sheet)
    try:
        article = saving.save(
            sheet.text,
            by=request.user,
            article=sheet.article,
            form_id=sheet.form_id,
            base=sheet.base,
            automatic="version" not in request.POST,
        )
    except workflow.NotAllowed as refused:
        return refusal(str(refused), 409, reason="locked")
    except saving.Overwritten as overwritten:
        return refusal(str(overwritten), 409, reason="overwritten")
    return JsonResponse(
        {
            "saved": f"{timezone.localtime():%H:%M}",
            "base": fingerprint(article, sheet.text.bylines),
            "edit": reverse("submission_edit", args=[article.pk]),
            "length": article.length,
        }
    )


def compare(request: SignedInRequest, sheet: Sheet) -> JsonResponse:
    """How what is on the page differs from what is stored, as HTML."""
    if sheet.text is None:
        return _faults(sheet)
    if sheet.article and not telling.as_told(sheet.article).with_the_writer:
        return refusal("稿件在编辑部，现在不能比较。", 409, reason="locked")
    shown = {"difference": difference(sheet.article, sheet.text)}
    return JsonResponse({"shown": render_to_string("articles/_difference.html", shown)})


def _faults(sheet: Sheet) -> JsonResponse:
    sentences = dict.fromkeys(sentence for _, sentence in sheet.form.faults())
    return refusal("".join(sentences), 422, reason="faults")


def refusal(message: str, status: int, *, reason: str) -> JsonResponse:
    """`reason` for the script, `message` (Chinese) for the writer."""
    return JsonResponse({"error": {"reason": reason, "message": message}}, status=status)


#: Values of the form's `action` that the script sends, and not a button.
ACTS = {"autosave": save, "compare": compare}
