"""A letter comes in: checked as a manuscript is for what is somebody's, and held back."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from articles.proofreading import Level, proofread, texts
from articles.proofreading.rules import personal
from servicejournal import spelling

from ..models import Echo

_NAMES = {rule.id: rule.name for rule in personal.RULES}
#: The same words once more within so long are a second click.
_AGAIN = timedelta(days=1)


class Refused(ValueError):
    """The letter cannot be taken; the message (Chinese) says why, and what to do."""


def persons_in(*parts: str) -> list[tuple[str, str]]:
    """(what it is, its words) of what must not be printed of anybody; by the desk's own rules."""
    text = texts.of_file("\n".join(parts))
    found = proofread(text, rules=personal.RULES)
    return [(_NAMES[each.rule], each.quote) for each in found if each.level is Level.BLOCK]


@transaction.atomic
def send(article: int, *, name: str, branch: str, words: str) -> Echo:
    """Stores a letter about an article that is out. Raises `Refused`, and then nothing is stored.

    Nothing of the sender is kept but what was written in the form. Sent twice it is one letter.
    """
    name, branch = spelling.line(name), spelling.line(branch)
    words = spelling.text(words).strip()
    _refuse_length(words)
    if found := persons_in(name, branch, words):
        told = "、".join(f"{kind}“{quote}”" for kind, quote in found[:3])
        raise Refused(f"请删去{told}再寄：来信会登出来，不能有个人信息。")
    same = Echo.objects.filter(article=article, words=words, name=name, branch=branch)
    if before := same.filter(at__gt=timezone.now() - _AGAIN).first():
        return before
    return Echo.objects.create(article_id=article, name=name, branch=branch, words=words)


def _refuse_length(words: str) -> None:
    if len(words) < Echo.LEAST:
        raise Refused(f"请写几句话，至少 {Echo.LEAST} 个字。")
    if len(words) > Echo.MOST:
        raise Refused(f"来信有 {len(words)} 字，最多 {Echo.MOST} 字，请删短一些。")
