"""A body as a tree, and the one walk through it. Pure, time linear in its length.

Whoever reads a stored body reads this tree; nobody else takes its HTML apart. What was cleaned
comes back byte for byte: `written(parse(body)) == body`.
"""

import html
import re
from array import array
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from .markup import VOID

_TAG = re.compile(r"<(/?)([a-z0-9]+)((?:[^>\"]|\"[^\"]*\")*+)>")
_ATTRIBUTE = re.compile(r' ([a-z]+)="([^"]*)"')
_ENTITY = re.compile(r"&[^;&<\s]{1,32};")
_PICTURE = re.compile(r"/pictures/([0-9a-f-]{36})/")
#: Elements that hold nothing; pages put sources of pictures beside those that bodies have.
_VOID = VOID | {"source"}

#: What a tag is to somebody who reads the words alone: the end of a line, or a space.
SPACES = {
    **dict.fromkeys(("br", "ul", "ol", "/p", "/h2", "/h3", "/h4", "/li", "/tr"), "\n"),
    **dict.fromkeys(("/figcaption", "/caption", "/blockquote"), "\n"),
    **dict.fromkeys(("/td", "/th"), " "),
}


@dataclass(slots=True)
class Node:
    """An element. Its attributes are as written, with their entities."""

    tag: str
    attributes: dict[str, str] = field(default_factory=dict)
    children: "Content" = field(default_factory=list)
    inside: int = 0  # where its content begins in the source, behind the start tag
    behind: int = 0  # where the source goes on behind the element

    def get(self, name: str) -> str:
        """The value of an attribute; "" where there is none."""
        return html.unescape(self.attributes.get(name, ""))

    @property
    def token(self) -> str:
        """Of one of our pictures; "" for anything else."""
        found = _PICTURE.fullmatch(self.attributes.get("src", ""))
        return found[1] if found else ""


#: Text is as written, with its entities.
Content = list[Node | str]


def parse(source: str) -> Content:
    """The nodes of well-formed HTML. An end without a start is left out, and so is an image
    without an address."""
    root = node = Node("")
    around: list[Node] = []
    first, *rest = _TAG.split(source)
    if first:
        root.children.append(first)
    at = len(first)  # every character is part of a tag or of a text: their lengths are the place
    pieces = iter(rest)
    for closing, tag, attributes, text in zip(pieces, pieces, pieces, pieces, strict=True):
        if closing:
            at += len(tag) + 3
            if tag == node.tag:
                node.behind = at
                node = around.pop()
        else:
            at += len(tag) + len(attributes) + 2
            named = dict(_ATTRIBUTE.findall(attributes)) if attributes else {}
            if tag != "img" or "src" in named:
                new = Node(tag, named, [], at, at)
                node.children.append(new)
                if tag not in _VOID:
                    around.append(node)
                    node = new
        if text:
            node.children.append(text)
            at += len(text)
    return root.children


def walk(content: Iterable[Node | str]) -> Iterator[tuple[str, Node | str]]:
    """Everything in its order: ("", text), ("p", node) where it begins, ("/p", node) where it ends.

    What holds nothing (`br`, `img`, `hr`) only begins. As deep as it may be.
    """
    around: list[tuple[Iterator[Node | str], Node]] = []
    pieces = iter(content)
    while True:
        for piece in pieces:
            if isinstance(piece, str):
                yield "", piece
                continue
            yield piece.tag, piece
            if piece.tag not in _VOID:
                around.append((pieces, piece))
                pieces = iter(piece.children)
                break
        else:
            if not around:
                return
            pieces, node = around.pop()
            yield f"/{node.tag}", node


def written(content: Iterable[Node | str]) -> str:
    """As HTML."""
    return "".join([as_html(mark, piece) for mark, piece in walk(content)])


def as_html(mark: str, piece: Node | str) -> str:
    """What the walk came by: a text, the start or the end of an element."""
    if isinstance(piece, str):
        return piece
    if not piece.attributes or mark[0] == "/":
        return f"<{mark}>"
    named = "".join([f' {name}="{value}"' for name, value in piece.attributes.items()])
    return f"<{mark}{named}>"


def words(content: Iterable[Node | str]) -> str:
    """The text alone, of inline content."""
    return html.unescape("".join([piece for _, piece in walk(content) if isinstance(piece, str)]))


def lines(content: Iterable[Node | str]) -> list[str]:
    """The words, a line for each block, without empty ones."""
    pieces = [
        piece if isinstance(piece, str) else SPACES.get(mark, "") for mark, piece in walk(content)
    ]
    broken = html.unescape("".join(pieces)).splitlines()
    return [stripped for line in broken if (stripped := line.strip())]


def images(content: Iterable[Node | str]) -> Iterator[Node]:
    return (piece for mark, piece in walk(content) if mark == "img" and isinstance(piece, Node))


def replace(content: Content, tag: str, instead: Callable[[Node], Content]) -> None:
    """Puts other content in the place of every element of that tag, in this tree itself."""
    found = False
    for piece in content:
        if isinstance(piece, str):
            continue
        if piece.tag == tag:
            found = True
        elif piece.children:
            replace(piece.children, tag, instead)
    if found:
        content[:] = [
            new
            for piece in content
            for new in (instead(piece) if isinstance(piece, Node) and piece.tag == tag else [piece])
        ]


# Characters, and where they stand in the source


def characters(text: str, at: int) -> tuple[str, "array[int]"]:
    """The characters that a text stands for, and the place of each, where the text is at `at`."""
    if "&" not in text:
        return text, array("I", range(at, at + len(text)))
    pieces: list[str] = []
    places = array("I")
    behind = 0
    for entity in _ENTITY.finditer(text):
        char = html.unescape(entity[0])
        pieces += text[behind : entity.start()], char
        places.extend(range(at + behind, at + entity.start()))
        places.extend([at + entity.start()] * len(char))
        behind = entity.end()
    places.extend(range(at + behind, at + len(text)))
    return "".join((*pieces, text[behind:])), places


def end_of_character(source: str, place: int) -> int:
    """Behind the character that is written at a place of a body; the place itself at a tag."""
    if source[place] == "&":
        return source.index(";", place) + 1
    return place + (source[place] != "<")
