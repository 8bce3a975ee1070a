"""A stored body as a tree of plain values, for renderers that set type. Pure.

A block is one of
    {"kind": "p", "words": […]}
    {"kind": "heading", "level": 2|3|4, "words": […]}
    {"kind": "list", "ordered": bool, "start": int, "marked": bool, "items": [[block, …], …]}
    {"kind": "quote", "blocks": […]}
    {"kind": "figure", "token": str, "alt": str, "caption": […]}
    {"kind": "table", "caption": […], "columns": int, "header": int (rows), "cells": [cell, …]}
    {"kind": "rule"}
with cell {"x", "y", "colspan", "rowspan", "head": bool, "blocks": […]}, and a word is one of
    {"kind": "text", "text": str}, {"kind": "break"},
    {"kind": "picture", "token", "alt"} (with "alone" where its paragraph says nothing else),
    {"kind": "strong"|"em"|"sup"|"sub", "words": […]}, {"kind": "link", "to": str, "words": […]},
    {"kind": "note", "number": int, "words": […]} (only after `notes.gather`).

`marked` lists bring their own marks (√ ×). A link leads to http, https, mailto or tel; any other is
its words alone.
"""

import html
import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from articles.bodies.layout import IN_A_LINE, MARKS, MAX_COLUMNS, MAX_ROWSPAN, number
from articles.bodies.tree import Content, Node, parse
from issues.exports.shape import BookPicture

Block = dict[str, Any]
Word = dict[str, Any]

#: Where a link may lead from a page that lies anywhere.
SCHEME = re.compile(r"(?:https?://|mailto:|tel:)[^\s]", re.IGNORECASE)


def read(body: str) -> list[Block]:
    """The blocks of a cleaned body, in order."""
    return _blocks(parse(body))


def of(body: str, pictures: Iterable[BookPicture]) -> list[Block]:
    """As `read`, but only small pictures stay inside a sentence: a photograph does not, however it
    came there, nor does one that stands alone.
    """
    large = {each.token for each in pictures if each.height > IN_A_LINE}
    return [each for block in read(body) for each in _lifted(block, large)]


def _lifted(block: Block, large: set[str]) -> list[Block]:
    words = block["words"] if block["kind"] == "p" else []
    lifted: list[Block] = []
    own: list[Word] = []
    for word in words:
        if word["kind"] == "picture" and (word.get("alone") or word["token"] in large):
            lifted += [{"kind": "p", "words": own}] if own else []
            lifted.append({**word, "kind": "figure", "caption": []})
            own = []
        else:
            own.append(word)
    if not lifted:
        return [block]
    return [*lifted, *([{"kind": "p", "words": own}] if own else [])]


def text(words: Iterable[Word]) -> str:
    """The words alone; what a note says is not part of them."""
    return "".join(_text(word) for word in words)


def _text(word: Word) -> str:
    if word["kind"] == "text":
        return str(word["text"])
    if word["kind"] == "break":
        return "\n"
    return text(word.get("words", ())) if word["kind"] != "note" else ""


def tokens(blocks: Iterable[Block]) -> Iterator[str]:
    """The pictures that the blocks show, in order, repeated where they are."""
    for node in walk(blocks):
        if "token" in node:
            yield node["token"]


def walk(nodes: Iterable[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Every block, cell and word, parents first."""
    for node in nodes:
        yield node
        for part in ("caption", "words", "blocks", "cells"):
            yield from walk(node.get(part, ()))
        for item in node.get("items", ()):
            yield from walk(item)


# Blocks


def _blocks(content: Content) -> list[Block]:
    """Loose words between blocks (an item, a cell) are a paragraph."""
    found: list[Block] = []
    loose: Content = []
    for node in content:
        if isinstance(node, Node) and node.tag in _READERS:
            found += [*_paragraph(loose), *_READERS[node.tag](node)]
            loose = []
        else:
            loose.append(node)
    return [*found, *_paragraph(loose)]


def _paragraph(content: Content) -> list[Block]:
    words = _words(content)
    if not text(words).strip():
        words = [{**w, "alone": True} if w["kind"] == "picture" else w for w in words]
    return [{"kind": "p", "words": words}] if _says_something(words) else []


def _says_something(words: list[Word]) -> bool:
    shows = any(word["kind"] == "picture" for word in walk(words))
    return shows or bool(text(words).strip())


def _heading(node: Node) -> list[Block]:
    words = _words(node.children)
    level = int(node.tag[1])
    return [{"kind": "heading", "level": level, "words": words}] if _says_something(words) else []


def _list(node: Node) -> list[Block]:
    children = [child for child in node.children if isinstance(child, Node)]
    items = [item for child in children if (item := _blocks(child.children))]
    if not items:
        return []
    start = number(node.get("start"), 1, 9999)
    return [
        {
            "kind": "list",
            "ordered": node.tag == "ol",
            "start": start,
            "marked": node.tag == "ul" and all(map(_has_a_mark, items)),
            "items": items,
        }
    ]


def _has_a_mark(item: list[Block]) -> bool:
    first = item[0]
    return first["kind"] == "p" and text(first["words"]).strip().startswith(MARKS)


def _quote(node: Node) -> list[Block]:
    blocks = _blocks(node.children)
    return [{"kind": "quote", "blocks": blocks}] if blocks else []


def _figure(node: Node) -> list[Block]:
    children = [child for child in node.children if isinstance(child, Node)]
    captions = [child for child in children if child.tag == "figcaption"]
    caption = _words(captions[0].children) if captions else []
    pictures = [word for child in children if child.tag == "img" for word in _picture(child)]
    figures = [{**picture, "kind": "figure", "caption": []} for picture in pictures]
    if figures:
        figures[-1]["caption"] = caption
        return figures
    return [{"kind": "p", "words": caption}] if _says_something(caption) else []


def _rule(node: Node) -> list[Block]:
    return [{"kind": "rule"}]


def _table(node: Node) -> list[Block]:
    caption = next((c for c in node.children if isinstance(c, Node) and c.tag == "caption"), None)
    rows = list(_rows(node))
    if not rows:
        return []
    header = next((at for at, row in enumerate(rows) if not _is_head(row)), len(rows))
    header = header if header < len(rows) else 0  # a table of heads alone has no body to head
    cells = [*_placed(rows[:header], 0), *_placed(rows[header:], header)]
    columns = max((cell["x"] + cell["colspan"] for cell in cells), default=0)
    if not columns:
        return []
    return [
        {
            "kind": "table",
            "caption": _words(caption.children) if caption else [],
            "columns": columns,
            "header": header,
            "cells": cells,
        }
    ]


def _rows(node: Node) -> Iterator[list[Node]]:
    """Rows that have a cell; where they stand (thead, tbody) is told by their cells."""
    for child in node.children:
        if not isinstance(child, Node):
            continue
        if child.tag == "tr":
            cells = [each for each in child.children if isinstance(each, Node)]
            if cells := [each for each in cells if each.tag in ("td", "th")]:
                yield cells
        elif child.tag in ("thead", "tbody"):
            yield from _rows(child)


def _is_head(row: list[Node]) -> bool:
    return all(cell.tag == "th" for cell in row)


def _placed(rows: list[list[Node]], first: int) -> list[dict[str, Any]]:
    """The cells of a group of rows with their places; no two overlap, none leaves the group."""
    taken: set[tuple[int, int]] = set()
    placed: list[dict[str, Any]] = []
    for y, row in enumerate(rows):
        x = 0
        for cell in row:
            while (x, y) in taken:
                x += 1
            blocks = _blocks(cell.children)
            if x >= MAX_COLUMNS:
                placed[-1]["blocks"] += blocks
                continue
            wide, high = _span(cell, x, y, len(rows), taken)
            taken |= {(x + i, y + j) for i in range(wide) for j in range(high)}
            place = {"x": x, "y": first + y, "colspan": wide, "rowspan": high}
            placed.append({**place, "head": cell.tag == "th", "blocks": blocks})
    return placed


def _span(cell: Node, x: int, y: int, rows: int, taken: set[tuple[int, int]]) -> tuple[int, int]:
    wide = min(number(cell.get("colspan"), 1, MAX_COLUMNS), MAX_COLUMNS - x)
    high = min(number(cell.get("rowspan"), 1, MAX_ROWSPAN), rows - y)
    free = next((i for i in range(wide) if (x + i, y) in taken), wide)
    return free, high


_READERS: dict[str, Callable[[Node], list[Block]]] = {
    "p": lambda node: _paragraph(node.children),
    "h2": _heading,
    "h3": _heading,
    "h4": _heading,
    "ul": _list,
    "ol": _list,
    "blockquote": _quote,
    "figure": _figure,
    "table": _table,
    "hr": _rule,
}


# Words


def _words(content: Content) -> list[Word]:
    return [word for node in content for word in _word(node)]


def _word(node: Node | str) -> list[Word]:
    if isinstance(node, str):
        return [{"kind": "text", "text": html.unescape(node)}] if node else []
    if node.tag == "br":
        return [{"kind": "break"}]
    if node.tag == "img":
        return _picture(node)
    words = _words(node.children)
    if node.tag in ("strong", "em", "sup", "sub"):
        return [{"kind": node.tag, "words": words}] if words else []
    to = node.get("href").strip() if node.tag == "a" else ""
    return [{"kind": "link", "to": to, "words": words}] if words and SCHEME.match(to) else words


def _picture(node: Node) -> list[Word]:
    token = node.token
    return [{"kind": "picture", "token": token, "alt": node.get("alt")}] if token else []
