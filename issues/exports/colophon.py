"""What an issue is called and who made it, in the words of its colophon. Pure."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from issues import facts, numbering

from .shape import Book, BookAuthor

_MAIL = re.compile(r"[\w.+-]+@[\w-]+(\.[\w-]+)+", re.ASCII)
_SITE = re.compile(r"(https?://)?[\w-]+(\.[\w-]+)+(:\d+)?(/[\w./~-]*)?", re.ASCII)


class Worn(Protocol):
    """What the colophon asks of a face, or of what stands for it."""

    @property
    def editors(self) -> str: ...
    @property
    def proofreaders(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Line:
    """`name` stands before the `words`; `to` is where they lead, where they are an address."""

    name: str
    words: str

    @property
    def to(self) -> str:
        return address(self.words)

    @property
    def mail(self) -> str:
        """Pages lead nobody to another site."""
        return self.to if self.to.startswith("mailto:") else ""


def makers(book: Book, worn: Worn) -> list[Line]:
    """Who makes the journal, and by what leave: what is not known is not mentioned."""
    lines = (facts.BY_NAME[name] for name in facts.COLOPHON)
    told = ((fact, getattr(worn if fact.is_worn else book, fact.name)) for fact in lines)
    return [Line(fact.line, _words(fact.name, value)) for fact, value in told if value]


def imprint(book: Book, worn: Worn) -> list[Line]:
    """Every line of the colophon."""
    named = [Line("期号", numbering.full_label(book))]
    dated = [Line("出刊日期", day(book.date))] if book.date else []
    return [*named, *dated, *makers(book, worn)]


def day(of: date) -> str:
    return f"{of.year}年{of.month}月{of.day}日"


def _words(name: str, value: object) -> str:
    if isinstance(value, date):
        return day(value)
    return f"{value} 册" if name == "copies" else str(value)


def address(words: str) -> str:
    """Where a web or mail address leads; "" for anything else."""
    if _MAIL.fullmatch(words):
        return f"mailto:{words}"
    if _SITE.fullmatch(words):
        return words if "://" in words else f"https://{words}"
    return ""


def byline(authors: Iterable[BookAuthor]) -> str:
    """净月支行 谷淳　南湖支行 卢青"""
    return "　".join(f"{author.branch} {author.name}".strip() for author in authors)
