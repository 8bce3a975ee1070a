"""What is found in the dump of a back issue: plain, frozen, without a database."""

from dataclasses import dataclass
from datetime import date

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
    last_number: int | None = None  # of a 合刊, which begins with `number`
    kind: str = numbering.REGULAR
