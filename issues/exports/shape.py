"""The shape of an issue as plain data: what every renderer takes. Pure."""

import datetime as clock
from dataclasses import dataclass
from datetime import date, datetime

from issues import facts, numbering


@dataclass(frozen=True, slots=True)
class BookPicture:
    token: str
    file: str  # name in the storage
    sha256: str
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class BookAuthor:
    name: str
    branch: str


@dataclass(frozen=True, slots=True)
class BookArticle:
    section: str
    kicker: str
    title: str
    standfirst: str
    authors: tuple[BookAuthor, ...]
    body: str  # cleaned HTML, pictures as /pictures/TOKEN/
    pictures: tuple[BookPicture, ...]
    lead: int | None = None  # 1 the first, 2 the second that the issue's page shows large


@dataclass(frozen=True, slots=True)
class BookSection:
    slug: str
    name: str
    name_en: str
    is_preamble: bool


@dataclass(frozen=True, slots=True)
class Book:
    """One issue, whole: facts of the cover and colophon, sections and articles in print order."""

    year: int
    number: int
    running_number: int | None
    date: date | None
    theme: str
    standfirst: str
    cover_lines: tuple[str, ...]
    slogan: str
    compiled_by: str
    telephone: str
    website: str
    submissions_to: str
    sections: tuple[BookSection, ...]
    articles: tuple[BookArticle, ...]
    scan: str = ""  # SHA-256 of the PDF of a back issue, which is then the issue's PDF
    kind: str = numbering.REGULAR
    last_number: int | None = None  # of a 合刊, which begins with `number`
    after: int | None = None  # the number behind which a 增刊 or 号外 stands in the order
    permit: str = ""
    notice: str = ""
    distributed_to: str = ""
    printed_by: str = ""
    printed_on: clock.date | None = None  # `date` is a field here
    copies: int | None = None


#: Facts of a `Book` that an issue holds under the same name: read from it, and put back into it.
FACTS = tuple(name for name in facts.PRINTED if name != "cover_lines")


@dataclass(frozen=True, slots=True)
class Face:
    """What an issue wears: the masthead and the cover. Not part of what is signed off.

    `cover_svg` is the drawn cover; an uploaded one is `cover_file` (its name in the storage)
    instead. The colours are #rrggbb: `ink` stands on `ground`, `seal_ink` on `seal`. What an editor
    chose for the drawing is `cover_layout`, `cover_motif` and `cover_colours`; "" is its turn.
    `editors` and `proofreaders` are as the record had them; `address` is what the QR code leads to.
    """

    name: str
    name_en: str
    about: str
    cover_svg: str
    cover_file: str
    ground: str
    ink: str
    seal: str
    seal_ink: str
    cover_layout: str = ""
    cover_motif: str = ""
    cover_colours: str = ""
    cover_picture: str = ""  # the name in the storage of the picture in the drawing
    editors: str = ""
    proofreaders: str = ""
    address: str = ""


@dataclass(frozen=True, slots=True)
class BookCorrection:
    """更正: `article` is its place in print order, from 1; 0 for the cover or the colophon.

    `at` bears its time zone.
    """

    article: int
    at: datetime
    reason: str


@dataclass(frozen=True, slots=True)
class BookEdition:
    """The publication that a file belongs to; without number and moment before it is out.

    `starts` is the page of the PDF on which each article begins, in print order.
    """

    number: int | None = None
    made_at: datetime | None = None
    without_pdf: str = ""
    starts: tuple[int, ...] = ()
    corrections: tuple[BookCorrection, ...] = ()
