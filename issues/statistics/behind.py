"""Which articles a figure counts: the same facts once more, by key."""

from collections.abc import Mapping
from dataclasses import dataclass

from articles.models import Article

from . import contributions, facts
from .facts import Signature
from .periods import Period

LABELS = {
    "handed": "投稿",
    "accepted": "采用",
    "printed": "刊出",
    "returned": "退修",
    "rejected": "退稿",
    "withdrawn": "撤稿",
    "points": "有积分的稿件",
    "waiting": "正在等的稿件",
}


@dataclass(frozen=True, slots=True)
class Asked:
    """`branch` and `section` are 0 for none; None asks nothing."""

    what: str
    branch: int | None = None
    author: int | None = None
    section: int | None = None
    status: str = ""

    @property
    def label(self) -> str:
        return LABELS[self.what]


def read(told: Mapping[str, str]) -> Asked | None:
    """From the address; None for what asks nothing that there is."""
    what, status = told.get("what", ""), told.get("status", "")
    keys = {name: told.get(name, "") for name in ("branch", "author", "section")}
    is_known = what in LABELS and (not status or status in Article.Status.values)
    if not is_known or not all(map(_is_key, keys.values())):
        return None
    found = {name: int(key) if key != "none" else 0 for name, key in keys.items() if key}
    return Asked(what, status=status, **found)


def _is_key(text: str) -> bool:
    return text in ("", "none") or (text.isascii() and text.isdecimal() and len(text) < 18)


def of(period: Period, asked: Asked) -> set[int]:
    """Keys of the articles."""
    if asked.what == "waiting":
        return set(facts.waiting_in(asked.status).values_list("pk", flat=True))
    told = facts.Facts(period)
    if asked.what == "printed":
        rows: dict[int, int | None] = {each.article: each.section for each in told.printed}
        signed = told.print_signed
    else:
        rows = _of_desk(told, asked.what)
        signed = {**told.signed, **told.print_signed} if asked.what == "points" else told.signed
    return {
        article
        for article, section in rows.items()
        if asked.section in (None, section or 0) and _is_by(signed.get(article, []), asked)
    }


def _of_desk(told: facts.Facts, what: str) -> dict[int, int | None]:
    if what == "handed":
        return {each.article: each.section for each in told.handed}
    if what == "withdrawn":
        return {each.article: each.section for each in told.withdrawn}
    if what == "points":
        return {
            **{each.article: each.section for each in told.handed},
            **{each.article: each.section for each in told.printed},
        }
    found = contributions.outcomes(told)
    return {article: each.section for (article, which), each in found.items() if which == what}


def _is_by(signed: list[Signature], asked: Asked) -> bool:
    if asked.author is not None and asked.author not in {each.author for each in signed}:
        return False
    if asked.branch is None:
        return True
    if not signed:
        return asked.branch == 0
    return asked.branch in {each.branch or 0 for each in signed}
