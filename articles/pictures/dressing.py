"""A body dressed for a page: its pictures with sizes, renditions, lazy loading."""

from collections.abc import Callable, Iterable
from typing import Protocol
from uuid import UUID

from django.urls import reverse

from ..bodies import tree
from ..models import Article
from . import renditions

_SIZES = "(max-width: 45em) 92vw, 42em"


class Shown(Protocol):
    """A picture of the text: its token (a UUID) and its size in pixels."""

    @property
    def token(self) -> UUID | str: ...
    @property
    def width(self) -> int: ...
    @property
    def height(self) -> int: ...


def _public(picture: Shown) -> str:
    return reverse("picture", args=[picture.token])


def dress(article: Article, *, address: Callable[[Shown], str] = _public) -> tree.Content:
    """The body for a page: pictures with sizes, renditions and lazy loading; others' are left out.

    One query. Another manuscript's picture is not shown: a guessed address shows nothing.
    """
    return dress_body(article.body, article.pictures.all(), address=address)


def dress_body(
    body: str, pictures: Iterable[Shown], *, address: Callable[[Shown], str] = _public
) -> tree.Content:
    """As `dress`, of a body with these pictures."""
    mine = {str(picture.token): picture for picture in pictures}

    def dressed(image: tree.Node) -> tree.Content:
        picture = mine.get(image.token)
        return [_dressed(image, picture, address(picture))] if picture else []

    content = tree.parse(body)
    tree.replace(content, "img", dressed)
    return content


def enlargeable(content: tree.Content) -> tree.Content:
    """Each picture of a dressed body as a link to itself, whole; what is a link already, stays."""
    out: tree.Content = []
    for piece in content:
        if isinstance(piece, str) or piece.tag == "a":
            out.append(piece)
        elif piece.tag == "picture":
            shown = next(tree.images(piece.children))
            alt = shown.attributes.get("alt", "")
            name = f"看大图：{alt}" if alt else "看大图"
            told = {"class": "enlarge", "href": shown.attributes["src"], "aria-label": name}
            out.append(tree.Node("a", told, [piece]))
        else:
            piece.children = enlargeable(piece.children)
            out.append(piece)
    return out


def _dressed(image: tree.Node, picture: Shown, base: str) -> tree.Node:
    source = {"type": "image/avif", "srcset": _srcset(picture, base, "avif"), "sizes": _SIZES}
    shown = {
        "src": base,
        "srcset": _srcset(picture, base, "webp"),
        "sizes": _SIZES,
        "alt": image.attributes.get("alt", ""),
        "width": str(picture.width),
        "height": str(picture.height),
        "loading": "lazy",
        "decoding": "async",
    }
    return tree.Node("picture", children=[tree.Node("source", source), tree.Node("img", shown)])


def _srcset(picture: Shown, base: str, suffix: str) -> str:
    return ", ".join(f"{base}{w}.{suffix} {w}w" for w in renditions.widths(picture.width))
