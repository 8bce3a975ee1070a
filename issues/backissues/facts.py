"""What is found in the dump of a back issue: plain, frozen, without a database."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from articles.bylines import Signature
from issues import numbering


@dataclass(frozen=True, slots=True)
class Doubt:
    """Something that a person should look at. `line` is the line of the file, from 1; 0: no line.

    `code` is for programs, `message` (one Chinese sentence) is for the editor.
    """

    line: int
    code: str
    message: str


class Fate(StrEnum):
    """What became of a line of the file; of a line in two pieces, what stands first here."""

    DOUBT = "doubt"
    TEXT = "text"
    FRONT = "front"
    HEAD = "head"
    PAGE = "page"
    HOST = "host"

    @property
    def label(self) -> str:
        return _FATES[self]


_FATES = {
    Fate.DOUBT: "没有收入（已列为存疑）",
    Fate.TEXT: "文章",
    Fate.FRONT: "封面、目录和版权页",
    Fate.HEAD: "栏目名、刊名和期号",
    Fate.PAGE: "页码",
    Fate.HOST: "网站自带",
}


@dataclass(frozen=True, slots=True)
class Account:
    """Every line of the file that holds something, by what became of it."""

    lines: int
    doubt: int = 0
    text: int = 0
    front: int = 0
    head: int = 0
    page: int = 0
    host: int = 0

    @property
    def is_whole(self) -> bool:
        return self.lines == sum(count for _, count in self.parts)

    @property
    def parts(self) -> list[tuple[str, int]]:
        return [(fate.label, getattr(self, fate.value)) for fate in Fate]


def account_of(lines: int, fates: Iterable[Fate]) -> Account:
    found = list(fates)
    return Account(lines, **{fate.value: found.count(fate) for fate in Fate})


@dataclass(frozen=True, slots=True)
class FoundSection:
    name: str
    name_en: str


@dataclass(frozen=True, slots=True)
class FoundArticle:
    section: str
    title: str
    signatures: tuple[Signature, ...]
    body: str  # HTML of p, h2–h4, ul, ol, li; text escaped
    line: int  # where it begins in the file

    @property
    def branch(self) -> str:
        """The branch that is printed first; the empty string where there is none."""
        return next((one.branch for one in self.signatures if one.branch), "")

    @property
    def authors(self) -> tuple[str, ...]:
        return tuple(one.name for one in self.signatures if one.name)


@dataclass(frozen=True, slots=True)
class Colophon:
    compiled_by: str = ""
    telephone: str = ""
    website: str = ""
    submissions: str = ""
    more: tuple[str, ...] = ()  # lines that have no field of their own, such as 责任编辑


@dataclass(frozen=True, slots=True)
class HostFacts:
    category: str = ""
    published_on: date | None = None
    views: int | None = None


@dataclass(frozen=True, slots=True)
class BackIssue:
    year: int
    number: int
    running_number: int | None
    journal_name: str
    journal_name_en: str
    title: str  # of the host's page
    cover_lines: tuple[str, ...]
    slogan: str
    sections: tuple[FoundSection, ...]  # in print order
    articles: tuple[FoundArticle, ...]  # in print order
    colophon: Colophon
    host: HostFacts
    encoding: str
    punctuation_fixes: int
    doubts: tuple[Doubt, ...]  # by line
    account: Account
    last_number: int | None = None  # of a 合刊, which begins with `number`
    kind: str = numbering.REGULAR
