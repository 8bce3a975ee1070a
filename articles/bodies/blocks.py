"""The shape of a body: blocks that hold words, words that stand in blocks. Pure, linear in length.

Takes well-formed HTML of known tags and gives it back as the journal stores it: every word inside a
block, no block inside a paragraph, pictures in figures of their own but in a sentence that goes on
behind them, no empty element, no spaces for layout.
"""

import html
import re
from collections.abc import Callable, Iterable, Sequence

from .markup import BLOCKS, INSIDE, VOID
from .tree import Content, Node, images, parse, written

_SPACES = " \t\n\u3000\xa0"
_RUN = re.compile(r"[ \t\n]+")
_CJK = "\u2e80-\u9fff\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef\U00020000-\U0003ffff"
# A line end between two Chinese characters is the sender's line wrapping, not a space.
_WRAPPED = re.compile(rf"(?<=[{_CJK}])[ \t]*\n[ \t\n]*(?=[{_CJK}])")
_NOT_INLINE = BLOCKS | INSIDE
_CELLS = ("td", "th")
#: Behind these a picture stands between sentences, not in one.
_ENDS = "。！？!?…”’；;"


def tidy(source: str) -> str:
    """Well-formed HTML of known tags (as the sanitizer writes it) in the shape that is stored."""
    return written(_flow(parse(source.replace("&nbsp;", "\xa0"))))


def _is_block(node: Node) -> bool:
    return node.tag in _NOT_INLINE


# Blocks: what may stand at the top of a body, in a quotation, in a cell.


def _flow(content: Iterable[Node | str]) -> list[Node]:
    """Any content as a sequence of blocks; words that stand alone become paragraphs, one a line."""
    blocks: list[Node] = []
    loose: Content = []
    for node in content:
        if isinstance(node, Node) and _is_block(node):
            blocks += _paragraphs(_lines(loose))
            loose = []
            blocks += _block(node)
        else:
            loose.append(node)
    return blocks + _paragraphs(_lines(loose))


def _block(node: Node) -> list[Node]:
    if any(isinstance(child, Node) and _is_block(child) for child in node.children):
        if node.tag in ("p", "h2", "h3", "h4", "figcaption", "caption"):
            return _flow(node.children)
    elif node.tag in ("p", "h2", "h3", "h4"):
        return _paragraphs([node.children], node.tag)
    return _SHAPES.get(node.tag, _unwrapped)(node)


def _unwrapped(node: Node) -> list[Node]:
    return _flow(node.children)


def _with(node: Node, children: Iterable[Node | str]) -> list[Node]:
    """The node with these children, unless there are none."""
    kept = list(children)
    return [Node(node.tag, node.attributes, kept)] if kept else []


def _list(node: Node) -> list[Node]:
    items: list[Node] = []
    for child in node.children:
        if isinstance(child, Node) and child.tag == "li":
            items += _with(child, _item(child.children))
        elif isinstance(child, Node) and child.tag in ("ul", "ol") and items:
            items[-1].children += _list(child)  # Word and CKEditor put a sub-list beside its item
        else:
            items += [Node("li", children=[block]) for block in _flow([child])]
    return _with(node, items)


def _item(content: Content) -> Content:
    """Words alone, or words and then a list, need no paragraph around them."""
    blocks = _flow(content)
    rest = blocks[1:]
    if blocks and blocks[0].tag == "p" and all(each.tag in ("ul", "ol") for each in rest):
        return [*blocks[0].children, *rest]
    return [*blocks]


def _table(node: Node) -> list[Node]:
    rows = [part for child in node.children for part in _table_part(child)]
    return _with(node, rows) if _has_words(rows) else []


def _table_part(node: Node | str) -> list[Node]:
    """Cells may be empty; what is no part of a table, is not kept in it."""
    if isinstance(node, str):
        return []
    if node.tag in _CELLS:
        return [Node(node.tag, node.attributes, _item(node.children))]
    if node.tag == "caption":
        return _with(node, _words(node.children))
    if node.tag in ("thead", "tbody", "tr"):
        return _with(node, [part for child in node.children for part in _table_part(child)])
    return []


def _has_words(content: Sequence[Node | str]) -> bool:
    return _has_text(content) or any(images(content))


def _figure(node: Node) -> list[Node]:
    """Pictures in one figure each; the caption is the last one's."""
    pictures, caption, rest = [], None, []
    for child in _unlinked(node.children):
        if isinstance(child, Node) and child.tag == "img":
            pictures.append(child)
        elif isinstance(child, Node) and child.tag == "figcaption" and caption is None:
            caption = child
        else:
            rest.append(child)
    words = _words(caption.children) if caption else []
    figures = [Node("figure", children=[_picture(each)]) for each in pictures]
    if figures and words:
        figures[-1].children.append(Node("figcaption", children=words))
        words = []
    return [*figures, *_flow([*rest, *([Node("p", children=words)] if words else [])])]


def _unlinked(content: Content) -> Content:
    """The pictures of a figure, also those inside links and paragraphs."""
    out: Content = []
    for node in content:
        if isinstance(node, Node) and node.tag in ("a", "p", "strong", "em") and _only_images(node):
            out += [each for each in _unlinked(node.children) if isinstance(each, Node)]
        else:
            out.append(node)
    return out


def _only_images(node: Node) -> bool:
    return any(images(node.children)) and not _has_text(node.children)


def _has_text(content: Iterable[Node | str]) -> bool:
    return any(
        node.strip(_SPACES) if isinstance(node, str) else _has_text(node.children)
        for node in content
    )


def _picture(node: Node) -> Node:
    return node if "alt" in node.attributes else Node("img", {**node.attributes, "alt": ""})


_SHAPES: dict[str, Callable[[Node], list[Node]]] = {
    "ul": _list,
    "ol": _list,
    "table": _table,
    "figure": _figure,
    "blockquote": lambda node: _with(node, _flow(node.children)),
    "hr": lambda node: [node],
}


# Words: text, emphasis, links, line breaks.


def _lines(content: Content) -> list[Content]:
    """Loose content cut at the ends of its lines: plain text becomes a paragraph a line."""
    lines: list[Content] = [[]]
    for node in content:
        if isinstance(node, str) and "\n" in node:
            first, *others = node.split("\n")
            lines[-1].append(first)
            lines += [[line] for line in others]
        else:
            lines[-1].append(node)
    return lines


def _paragraphs(lines: Iterable[Content], tag: str = "p") -> list[Node]:
    """Lines as paragraphs; pictures get figures, and an empty line ends a paragraph."""
    return [block for line in lines for block in _cut(line, tag)]


def _cut(line: Content, tag: str) -> list[Node]:
    if all(isinstance(node, str) for node in line):
        return _with(Node(tag), _words(line))
    blocks: list[Node] = []
    piece: Content = []
    breaks = 0
    for at, node in enumerate(line):
        breaks += _is_break(node)
        inside = tag == "p" and _is_in_a_sentence(line, at)
        pictures = [] if inside else _pictures_of(node)
        if pictures or (breaks > 1 and tag == "p"):
            blocks += _with(Node(tag), _words(piece))
            piece, breaks = [], 0
        if pictures:
            blocks += [Node("figure", children=[_picture(each)]) for each in pictures]
        else:
            piece.append(node)
            if not _is_break(node) and _has_words([node]):
                breaks = 0
    return blocks + _with(Node(tag), _words(piece))


def _is_in_a_sentence(line: Content, at: int) -> bool:
    """A formula or a sign: words go on behind it, and no sentence ended before it."""
    if not 0 < at < len(line) - 1 or not _is_picture(line[at]):
        return False
    before, behind = line[at - 1], line[at + 1]
    if not (isinstance(before, str) and isinstance(behind, str)):
        return False
    said = html.unescape(before).rstrip(_SPACES)
    return bool(said and html.unescape(behind).strip(_SPACES)) and said[-1] not in _ENDS


def _is_picture(node: Node | str) -> bool:
    return isinstance(node, Node) and node.tag == "img"


def _pictures_of(node: Node | str) -> list[Node]:
    """What stands in a line without words beside it."""
    if isinstance(node, str):
        return []
    if node.tag == "img":
        return [node]
    return list(images(node.children)) if _only_images(node) else []


def _words(content: Content) -> Content:
    """Inline content without blocks, without empty elements, without space at either end."""
    words = _inline(content)
    _trim(words, first=True)
    _trim(words, first=False)
    return words


def _inline(content: Content) -> Content:
    out: Content = []
    for node in content:
        if isinstance(node, str):
            text = _RUN.sub(" ", _WRAPPED.sub("", node))
            out.append(text.lstrip(" ") if out and _is_break(out[-1]) else text)
        elif node.tag == "img":
            out.append(_picture(node))
        elif _is_block(node) or (node.tag == "a" and "href" not in node.attributes):
            out += _inline(node.children)
        elif node.tag == "br":
            out.append(node)
        elif _has_words(children := _inline(node.children)):
            out.append(Node(node.tag, node.attributes, children))
    return out


def _trim(words: Content, *, first: bool) -> None:
    """Takes spaces and line breaks from one end, inside emphasis too. Works in place."""
    if first:
        words.reverse()  # taking away is cheap at the end of a list only
    while words:
        node = words[-1]
        if isinstance(node, str):
            node = node.lstrip(_SPACES) if first else node.rstrip(_SPACES)
        elif node.tag not in VOID:
            _trim(node.children, first=first)
        if node and not (isinstance(node, Node) and _is_empty(node)):
            words[-1] = node
            break
        words.pop()
    if first:
        words.reverse()


def _is_break(node: Node | str) -> bool:
    return isinstance(node, Node) and node.tag == "br"


def _is_empty(node: Node) -> bool:
    return node.tag == "br" or (node.tag != "img" and not node.children)
