"""A body dressed for a page: its pictures with sizes, renditions, lazy loading."""

from collections.abc import Callable

from ..bodies import tree
from ..models import Article, Picture
from . import renditions

_SIZES = "(max-width: 45em) 92vw, 42em"


def dress(
    article: Article, *, address: Callable[[Picture], str] = Picture.get_absolute_url
) -> tree.Content:
    """The body for a page: pictures with sizes, renditions and lazy loading; others' are left out.

    One query. Another manuscript's picture is not shown: a guessed address shows nothing.
    """
    mine = {str(picture.token): picture for picture in article.pictures.all()}

    def dressed(image: tree.Node) -> tree.Content:
        picture = mine.get(image.token)
        return [_dressed(image, picture, address(picture))] if picture else []

    body = tree.parse(article.body)
    tree.replace(body, "img", dressed)
    return body


def _dressed(image: tree.Node, picture: Picture, base: str) -> tree.Node:
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


def _srcset(picture: Picture, base: str, suffix: str) -> str:
    return ", ".join(f"{base}{w}.{suffix} {w}w" for w in renditions.widths(picture.width))
