"""What readers' templates ask of an issue, with addresses behind a link: nothing leads out of it.

Shapes and templates are those of the copy in the archive (`exports.offline`), whose pages too lead
to each other alone.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.urls import reverse

from articles.bodies import footnotes, layout, tree
from articles.pictures import dressing, renditions
from issues.exports import front as fronts
from issues.exports.offline import sheets as copies
from issues.exports.shape import BookPicture

from ...models import PrintedArticle
from .. import sheets


@dataclass(frozen=True, slots=True)
class Front(fronts.Front):
    token: str = ""

    def get_absolute_url(self) -> str:
        return reverse("look", args=[self.token])

    @property
    def cover_address(self) -> str:
        return reverse("look_cover", args=[self.token])

    @property
    def small_cover_address(self) -> str:
        return self.cover_address


@dataclass(frozen=True, slots=True)
class Article(copies.Article):
    """In print order; `key` names it in the address."""

    key: int = 0
    large: dict[str, Any] | None = None

    @property  # type: ignore[misc]  # none in the copy
    def face(self) -> dict[str, Any] | None:  # type: ignore[override]
        return self.large


@dataclass(frozen=True, slots=True)
class Shown:
    """The whole issue; `printed` are the rows that `articles` are shown from."""

    front: Front
    articles: list[Article]
    printed: tuple[PrintedArticle, ...]

    @property
    def parts(self) -> list[copies.Part]:
        rest = [each for each in self.articles if not each.is_preamble]
        return [
            copies.Part(name, name_en, articles=list(group))
            for (name, name_en), group in groupby(
                rest, key=lambda each: (each.section_name, each.section_name_en)
            )
        ]

    @property
    def cover_lines(self) -> list[tuple[str, Article | None]]:
        return fronts.cover_lines(self.front.facts, self.articles)

    @property
    def leads(self) -> list[Article]:
        return fronts.leads(self.front.facts, self.articles)


def of(ahead: sheets.Sheets, token: str) -> Shown:
    """What comes out, as who holds the link sees it."""
    told = ahead.front
    worn = {name: getattr(told, name) for name in fronts.WORN}
    front = Front(told.facts, **worn, token=token)
    return Shown(front, [_article(each, token) for each in ahead.articles], ahead.articles)


def preambles(shown: Shown) -> list[tuple[Article, str]]:
    """With their bodies; an empty body stands for one too long to print in full."""
    return [
        (
            article,
            tree.written(_dressed(printed, shown.front.token))
            if article.length <= fronts.PREAMBLE_IN_FULL
            else "",
        )
        for article, printed in zip(shown.articles, shown.printed, strict=True)
        if article.is_preamble
    ]


def laid_out(printed: PrintedArticle, token: str) -> layout.Layout:
    content = dressing.enlargeable(_dressed(printed, token))
    footnotes.tie(content)
    return layout.lay_out(content)


def _dressed(printed: PrintedArticle, token: str) -> tree.Content:
    pictures = [BookPicture(**each) for each in printed.pictures]
    return dressing.dress_body(printed.body, pictures, address=_addresses(token))


def _addresses(token: str) -> Callable[[Any], str]:
    return lambda picture: reverse("look_picture", args=[token, picture.token])


def _article(printed: PrintedArticle, token: str) -> Article:
    return Article(
        key=printed.article_id,
        place=printed.place,
        address=reverse("look_article", args=[token, printed.article_id]),
        section_name=printed.section_name,
        section_name_en=printed.section_name_en,
        kicker=printed.kicker,
        title=printed.title,
        standfirst=printed.standfirst,
        summary=printed.summary,
        length=printed.length,
        byline=printed.byline,
        signatures=[
            {"name": each["name"], "branch": each["branch"]} for each in printed.signatures
        ],
        lead=printed.lead,
        is_preamble=printed.is_preamble,
        **_pictures(printed.pictures, token),
    )


def _pictures(pictures: Sequence[dict[str, Any]], token: str) -> dict[str, Any]:
    """The first one small, up to its suffix, and large."""
    for each in pictures[:1]:
        base = reverse("look_picture", args=[token, each["token"]])
        widths = renditions.widths(each["width"])
        srcset = {
            suffix: ", ".join(f"{base}{width}.{suffix} {width}w" for width in widths)
            for suffix in ("avif", "webp")
        }
        size = {"width": each["width"], "height": each["height"]}
        large = {**size, **srcset, "src": f"{base}{widths[0]}.webp"}
        return {"thumbnail": f"{base}{widths[0]}.", "large": large}
    return {}
