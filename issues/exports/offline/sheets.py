"""What the templates of readers' pages ask of an issue and its articles: places in the copy."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from itertools import groupby
from typing import Any

from articles.bodies import html, layout, tree
from issues.exports import bodies, colophon
from issues.exports import front as fronts
from issues.exports.shape import Book, BookArticle, BookEdition, BookSection, Face
from issues.exports.xhtml import Paths

#: The QR code of the issue.
CODE = "code.svg"


@dataclass(frozen=True, slots=True)
class Front(fronts.Front):
    """`root` leads from the page to the root of the copy, `cover_address` is seen from there."""

    root: str = ""
    cover_address: str = ""

    def get_absolute_url(self) -> str:
        return f"{self.root}index.html"

    @property
    def code(self) -> str:
        """A file beside the page: a copy asks for nothing that is not in it."""
        return f"{self.root}{CODE}" if self.address else ""


@dataclass(frozen=True, slots=True)
class Article:
    """As `PrintedArticle`; sections, branches and authors have no page in the copy."""

    place: int
    address: str
    section_name: str
    section_name_en: str
    kicker: str
    title: str
    standfirst: str
    summary: str
    length: int
    byline: str
    signatures: list[dict[str, str]]
    lead: int | None = None
    is_preamble: bool = False
    section_address: str = ""
    thumbnail: str = ""
    face: None = None
    is_picture_story: bool = False

    def get_absolute_url(self) -> str:
        return self.address

    @property
    def writers(self) -> list[str]:
        return self.byline.split("　")


@dataclass(frozen=True, slots=True)
class Part:
    name: str
    name_en: str
    address: str = ""
    articles: list[Article] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Offer:
    """A file that lies beside the page."""

    address: str
    name: str
    words: str
    saves: bool = False
    size: None = None


def names(book: Book) -> list[str]:
    """The file of each article, in print order, seen from the root."""
    digits = max(2, len(str(len(book.articles))))
    return [f"articles/{at:0{digits}d}.html" for at in range(1, len(book.articles) + 1)]


def front(book: Book, face: Face, *, root: str = "", cover: str = "") -> Front:
    worn = {name: getattr(face, name) for name in fronts.WORN}
    return Front(book, **worn, root=root, cover_address=cover)


def articles(book: Book) -> list[Article]:
    """All, in print order, as they are seen from the root."""
    sections = {part.slug: part for part in book.sections}
    rows = zip(names(book), book.articles, strict=True)
    return [_article(place, name, each, sections) for place, (name, each) in enumerate(rows, 1)]


def seen_from_beside(article: Article) -> Article:
    """As a page sees it that lies among them."""
    return replace(article, address=article.address.removeprefix("articles/"))


def _article(
    place: int, address: str, printed: BookArticle, sections: dict[str, BookSection]
) -> Article:
    part = sections[printed.section]
    return Article(
        place=place,
        address=address,
        section_name=part.name,
        section_name_en=part.name_en,
        kicker=printed.kicker,
        title=printed.title,
        standfirst=printed.standfirst,
        summary=layout.opening_of(printed.standfirst, printed.body),
        length=html.length(printed.body),
        byline=colophon.byline(printed.authors),
        signatures=_signatures(printed),
        lead=printed.lead,
        is_preamble=part.is_preamble,
    )


def _signatures(printed: BookArticle) -> list[dict[str, str]]:
    """Authors of one branch that follow each other share its name."""
    last, told = None, []
    for author in printed.authors:
        told.append({"name": author.name, "branch": author.branch if author.branch != last else ""})
        last = author.branch
    return told


def preambles(book: Book, shown: list[Article]) -> list[tuple[Article, str]]:
    """With their bodies; an empty body stands for one too long to print in full."""
    slugs = {part.slug for part in book.sections if part.is_preamble}
    return [
        (article, laid_out(each, {}).body if article.length <= fronts.PREAMBLE_IN_FULL else "")
        for each, article in zip(book.articles, shown, strict=True)
        if each.section in slugs
    ]


def parts(book: Book, shown: list[Article]) -> list[Part]:
    """What stands behind the contents page, section by section, in print order."""
    known = {part.slug: part for part in book.sections}
    rows = [
        (slug, article)
        for slug, article in zip((each.section for each in book.articles), shown, strict=True)
        if not known[slug].is_preamble
    ]
    return [
        Part(known[slug].name, known[slug].name_en, articles=[article for _, article in group])
        for slug, group in groupby(rows, key=lambda row: row[0])
    ]


def laid_out(printed: BookArticle, paths: Paths) -> layout.Layout:
    """Its body, cleaned once more, with its own pictures where they lie: one folder up.

    A link into the site it was printed on is its words alone.
    """
    own = {each.token: each for each in printed.pictures if each.token in paths}

    def placed(image: tree.Node) -> tree.Content:
        picture = own.get(image.token)
        if picture is None:
            return []
        shown = {
            "src": f"../{paths[picture.token]}",
            "alt": image.attributes.get("alt", ""),
            "width": str(picture.width),
            "height": str(picture.height),
            "loading": "lazy",
        }
        return [tree.Node("img", shown)]

    content = tree.parse(html.clean(printed.body))
    tree.replace(content, "img", placed)
    tree.replace(content, "a", lambda a: [a] if bodies.SCHEME.match(a.get("href")) else a.children)
    return layout.lay_out(content)


def corrections(
    edition: BookEdition, shown: list[Article], *, of: int | None = None
) -> list[dict[str, Any]]:
    """What readers were told of the issue, or of the article at that place, from 1."""
    return [
        {"at": each.at, "reason": each.reason, "article": _of(shown, each.article)}
        for each in _chosen(edition.corrections, of)
    ]


def _chosen(corrections: Iterable[Any], of: int | None) -> Iterable[Any]:
    return (each for each in corrections if of is None or each.article == of)


def _of(shown: list[Article], place: int) -> Article | None:
    """None for the cover or the colophon."""
    return shown[place - 1] if place else None
