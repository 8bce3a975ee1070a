"""The door of the writer's form: what was sent comes in here once, and goes on as one `Sheet`."""

from dataclasses import dataclass

from django.contrib import messages

from articles.authorship import bylines_of
from articles.models import Article
from servicejournal.access import SignedInRequest

from .. import enclosures
from ..forms import ManuscriptForm
from ..text import Text, fingerprint

#: The button that a form is sent with where none was pressed: the Enter key saves.
SAVE = "save"
#: Brings in the Word file; a file that comes with another button is brought in all the same.
WORD = "word"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """The form as it was read at the door, with pictures and Word file in it."""

    form: ManuscriptForm
    article: Article | None
    base: str | None  # fingerprint of what the page went on from
    act: str = ""
    over: str = ""  # fingerprint of the text, seen elsewhere, that the writer wants to replace
    text: Text | None = None  # None where something is wrong in the form
    form_id: str = ""
    enclosed: enclosures.Joined | None = None


def blank(request: SignedInRequest, article: Article | None) -> Sheet:
    """What the manuscript holds, or an empty sheet for the call that the writer came from."""
    bylines = bylines_of(article) if article else ()
    call = request.GET.get("call", "")
    form = ManuscriptForm(by=request.user, article=article, bylines=bylines, call=call)
    if form.call_is_over:
        messages.info(request, "这次征稿已经结束，您仍然可以作自由来稿投。")
    return Sheet(form=form, article=article, base=fingerprint(article, bylines) if article else "")


def received(request: SignedInRequest, article: Article | None) -> Sheet:
    """What was written on the sheet, and by which button it came."""
    sent = request.POST
    act = WORD if WORD in request.FILES else sent.get("action", SAVE)
    enclosed = enclosures.join(sent, request.FILES, by=request.user, wants_word=act == WORD)
    form = ManuscriptForm(enclosed.data, by=request.user, article=article, beside=enclosed.problems)
    text = form.text() if form.is_valid() else None
    return Sheet(
        form=form,
        article=article,
        base=sent.get("base"),
        act=act,
        over=sent.get("over", ""),
        text=text,
        form_id=str(form.cleaned_data.get("form_id") or ""),
        enclosed=enclosed,
    )
