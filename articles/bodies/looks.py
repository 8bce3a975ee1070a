"""Headings that only their look tells, in what Word and WPS put on the clipboard. Pure, linear.

Short lines that are larger than the text, or bold from end to end, as `articles.word.outline` knows
them in files; `static/articles/paste.js` does the same in the browser. The line that looks like the
title of the whole stays a paragraph: the form offers it as one.
"""

import html
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from .headlines import ENDS, LONGEST, rank_of

_TAG = re.compile(r"<!--.*?(?:-->|$)|<(/?)([a-z][a-z0-9]*)\b([^<>]*+)>", re.IGNORECASE | re.DOTALL)
_SIZE = re.compile(r"(?<![\w-])font-size:\s*(\d{1,3}(?:\.\d+)?)pt", re.IGNORECASE)
_NORMAL = re.compile(
    r"MsoNormal\b[^{}]{0,200}\{[^{}]{0,400}?font-size:\s*(\d{1,3}(?:\.\d+)?)pt", re.IGNORECASE
)
_BOLD = re.compile(r"(?<![\w-])font-weight:\s*(?:bold|[6-9]00)", re.IGNORECASE)
_PLAIN = re.compile(r"(?<![\w-])font-weight:\s*(?:normal|[1-5]00)", re.IGNORECASE)
_CENTRED = re.compile(r"text-align:\s*center|align=[\"']?center", re.IGNORECASE)
_VOID = frozenset({"br", "img", "hr", "col", "input", "meta", "link", "base"})
_SILENT = frozenset({"style", "script", "xml", "title", "head"})
_INSIDE = frozenset({"td", "th", "li", "blockquote"})
#: Elements inside of each other that are looked at: more are somebody's attack.
_DEEPEST = 60
_LONGEST_BY_LOOK = 30
_LARGER = 1.5
_DEFAULT = 10.5


@dataclass(slots=True)
class _Block:
    """A paragraph, an item or a heading; `start` and `end` are the places of its tags."""

    tag: str
    is_centred: bool
    start: tuple[int, int]
    end: tuple[int, int] = (0, 0)
    words: list[str] = field(default_factory=list)
    sizes: Counter[float] = field(default_factory=Counter)
    bold: int = 0

    @property
    def text(self) -> str:
        return " ".join("".join(self.words).split())

    @property
    def size(self) -> float:
        return self.sizes.most_common(1)[0][0] if self.sizes else 0.0

    @property
    def is_bold(self) -> bool:
        return 0 < self.sizes.total() == self.bold


@dataclass(slots=True)
class _Open:
    tag: str
    size: float
    is_bold: bool


def told(source: str) -> str:
    """The source with lines that stand out as headings."""
    blocks = [each for each in _blocks(source) if each.text and (each.end[1] or each.tag == "li")]
    levels = _levels(blocks)
    out: list[str] = []
    at = 0
    for block, level in zip(blocks, levels, strict=True):
        if level:
            out += [source[at : block.start[0]], f"<h{level}>"]
            out += [source[block.start[1] : block.end[0]], f"</h{level}>"]
            at = block.end[1]
    return "".join([*out, source[at:]])


def _levels(blocks: list[_Block]) -> list[int]:
    """For each block 2, 3 or 4, or 0 where it is no heading by its look."""
    levels = [0] * len(blocks)
    if len(blocks) < 3:
        return levels
    sizes: Counter[float] = sum((each.sizes for each in blocks), Counter())
    body = sizes.most_common(1)[0][0]
    is_bold_text = sum(each.bold for each in blocks) * 10 > sizes.total() * 7
    rest = blocks[1:] if _is_title(blocks, body) else blocks
    shown = [_stands_out(each, body, is_bold_text) for each in rest]
    if sum(shown) * 2 > len(rest):  # a poem, a notice, a form
        return levels
    has_numbers = any(rank_of(each.text) == 1 for each in rest if each.tag == "p")
    first = len(blocks) - len(rest)
    for at, (block, is_shown) in enumerate(zip(rest, shown, strict=True), start=first):
        if is_shown and block.tag == "p" and rank_of(block.text) not in (1, 2):
            levels[at] = 4 if rank_of(block.text) == 3 else 3 if has_numbers else 2
    return _without_rows(levels)


def _is_title(blocks: list[_Block], body: float) -> bool:
    first = blocks[0]
    if first.tag != "p" or len(first.text) > LONGEST or first.text.endswith(ENDS):
        return False
    largest = max(each.size for each in blocks[1:])
    is_large = first.size >= body + _LARGER and first.size > largest
    return is_large or (first.is_centred and (first.is_bold or first.size >= body + _LARGER))


def _stands_out(block: _Block, body: float, is_bold_text: bool) -> bool:
    text = block.text
    if len(text) > _LONGEST_BY_LOOK or "。" in text or text.endswith((*ENDS, "，", ",", "：", ":")):
        return False
    return (block.is_bold and not is_bold_text) or block.size >= body + _LARGER


def _without_rows(levels: list[int]) -> list[int]:
    """Three in a row with nothing between them are no headings."""
    start = 0
    for end in range(len(levels) + 1):
        if end < len(levels) and levels[end] and levels[end] == levels[start]:
            continue
        if end - start >= 3 and levels[start]:
            levels[start:end] = [0] * (end - start)
        start = end
    return levels


def _blocks(source: str) -> Iterator[_Block]:
    normal = _NORMAL.search(source)
    around = _Open("", float(normal[1]) if normal else _DEFAULT, is_bold=False)
    stack: list[_Open] = []
    block: _Block | None = None
    at = silent = inside = 0
    for tag in _TAG.finditer(source):
        here = stack[-1] if stack else around
        if block and not silent:
            _add(block, source[at : tag.start()], here)
        at = tag.end()
        name = (tag[2] or "").lower()
        if not name or name in _VOID:
            continue
        is_end = bool(tag[1])
        if name in _SILENT:
            silent = max(0, silent + (-1 if is_end else 1))
        if name in _INSIDE and name != "li":
            inside = max(0, inside + (-1 if is_end else 1))
        if is_end:
            _close(stack, name)
            if block and block.tag == name:
                block.end = tag.span()
                yield block
                block = None
            continue
        if len(stack) < _DEEPEST:
            stack.append(_opened(name, tag[3], here))
        if not inside and re.fullmatch("p|li|h[1-6]", name) and (block is None or name != "p"):
            block = _Block(name, bool(_CENTRED.search(tag[3])), tag.span())


def _opened(name: str, attributes: str, around: _Open) -> _Open:
    size = _SIZE.search(attributes)
    is_bold = name in ("b", "strong") or bool(_BOLD.search(attributes)) or around.is_bold
    if _PLAIN.search(attributes) and "mso-bidi-font-weight" not in attributes:
        is_bold = False
    return _Open(name, float(size[1]) if size else around.size, is_bold)


def _close(stack: list[_Open], name: str) -> None:
    for at in range(len(stack) - 1, -1, -1):
        if stack[at].tag == name:
            del stack[at:]
            return


def _add(block: _Block, words: str, look: _Open) -> None:
    text = html.unescape(words)
    block.words.append(text)
    count = len("".join(text.split()))
    if count:
        block.sizes[look.size] += count
        block.bold += count * look.is_bold
