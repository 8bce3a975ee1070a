"""An article, or the contents of an issue, as the editor of a 公众号 keeps it. Pure.

Inline styles only, `section` for `div`, no class, id, script or form; what that editor drops or
spoils is not in it (DOMAIN §D). The platform's limits are the ones of its interface of 2025.
"""

from collections.abc import Callable
from dataclasses import dataclass

from articles.bodies import html, layout
from issues import numbering
from issues.exports.shape import Book, BookArticle, BookSection, Face

from . import message, themes
from .themes import THEMES, Theme

__all__ = ["LIMITS", "THEMES", "Message", "Theme", "of_article", "of_issue"]

#: Characters.
LIMITS = {"title": 32, "author": 16, "digest": 128, "html": 20_000}
_NAMES = {"title": "标题", "author": "作者", "digest": "摘要", "html": "正文（连同格式）"}


@dataclass(frozen=True, slots=True)
class Message:
    """What is put into the platform's form; `pictures` are tokens, in the order of the text."""

    title: str
    author: str
    digest: str
    html: str
    pictures: tuple[str, ...]

    def too_long(self) -> list[str]:
        """A sentence for each limit of the platform that is passed."""
        return [
            f"{_NAMES[name]}有 {len(getattr(self, name))} 个字符，平台最多 {most} 个。"
            for name, most in LIMITS.items()
            if len(getattr(self, name)) > most
        ]


def of_article(
    book: Book, article: BookArticle, face: Face, *, theme: str, source: Callable[[str], str]
) -> Message:
    """`theme` is a key of THEMES; `source` gives the address of the picture of a token."""
    part = next(each for each in book.sections if each.slug == article.section)
    writer = message.Writer(THEMES[theme], source, {pic.token for pic in article.pictures})
    body = writer.article(article, part, label=f"《{face.name}》{numbering.label(book)}")
    return Message(
        title=article.title,
        author=" ".join(author.name for author in article.authors) or face.name,
        digest=article.standfirst or layout.opening(html.text(article.body), 110),
        html=body,
        pictures=tuple(writer.shown),
    )


def of_issue(book: Book, face: Face, *, theme: str) -> Message:
    """The contents: section by section, titles with their authors."""
    rows = [(part, [a for a in book.articles if a.section == part.slug]) for part in book.sections]
    title = f"{face.name} {numbering.label(book)}"
    return Message(
        title=title if len(title) <= LIMITS["title"] else numbering.label(book),
        author=face.name[: LIMITS["author"]],
        digest=(book.standfirst or "、".join(book.cover_lines) or face.about)[: LIMITS["digest"]],
        html=message.Writer(THEMES[theme], str, set()).contents(book, face, _with_articles(rows)),
        pictures=(),
    )


def _with_articles(
    rows: list[tuple[BookSection, list[BookArticle]]],
) -> list[tuple[BookSection, list[BookArticle]]]:
    return [(part, articles) for part, articles in rows if articles]


def default_theme() -> str:
    return next(iter(themes.THEMES))
