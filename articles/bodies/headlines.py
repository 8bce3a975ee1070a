"""Headings of a text that came over Word's clipboard: 一、 and （一） are headings as in a file.

The same rules as `articles.word.outline` has for files, `static/articles/paste.js` in the browser.
Only what was just pasted is looked at: in a stored body a paragraph is what its writer left it.
"""

import html
import re

from .tree import Content, Node, parse, words, written

_CHINESE = "[一二三四五六七八九十]{1,3}"
#: By rank: 一、 or 第一章; （一）.
_NUMBERED = [
    re.compile(
        rf"{_CHINESE}\s*[、．.](?=\s*\S)|第(?:{_CHINESE}|\d{{1,2}})[章节篇部](?:分)?[\s：:、]*\S"
    ),
    re.compile(rf"[（(]\s*{_CHINESE}\s*[）)]"),
]
#: 1. is a heading's number only where its line stands out.
_THIRD = re.compile(r"\d{1,2}\s*[.．、](?!\d)")
ENDS = ("。", "！", "；", "…")
LONGEST = 45
_TAGS = ("h2", "h3", "h4")
_FIRST = re.compile(r"<h1\b", re.IGNORECASE)
_HEADING = re.compile(r"<(/?)h([1-5])\b", re.IGNORECASE)


def deeper(source: str) -> str:
    """Word's first level is our second, so each goes one deeper; a single one is a title, and the
    others are as deep as they are."""
    if len(_FIRST.findall(source)) < 2:
        return source
    return _HEADING.sub(lambda tag: f"<{tag[1]}h{int(tag[2]) + 1}", source)


def told(body: str) -> str:
    """A cleaned body with the headings that its numbers tell, no level skipped."""
    content = parse(body)
    if sum(isinstance(each, Node) for each in content) < 2:
        return body  # a line that goes into a text that is there
    ranks = _ranks(content)
    levels = {rank for rank in ranks if rank} | {
        _TAGS.index(each.tag) + 1
        for each in content
        if isinstance(each, Node) and each.tag in _TAGS
    }
    used = sorted(levels)
    for each, rank in zip(content, ranks, strict=True):
        if not isinstance(each, Node):
            continue
        level = rank or (_TAGS.index(each.tag) + 1 if each.tag in _TAGS else 0)
        if level:
            each.tag = _TAGS[used.index(level)]
            each.children = _plain(each.children)
    return written(content)


def _ranks(content: Content) -> list[int]:
    """Of each block the rank that its number gives it. Three numbered lines in a row with nothing
    between them are a list."""
    ranks = [_rank(each) for each in content]
    start = 0
    for end in range(len(ranks) + 1):
        if end < len(ranks) and ranks[end] and ranks[end] == ranks[start]:
            continue
        if end - start >= 3 and ranks[start]:
            ranks[start:end] = [0] * (end - start)
        start = end
    return ranks


def _rank(block: Node | str) -> int:
    if not isinstance(block, Node) or block.tag != "p":
        return 0
    rank = rank_of(" ".join(html.unescape(words(block.children)).split()))
    return rank if rank < 3 else 0


def rank_of(text: str) -> int:
    """1 for 一、 and 第一章, 2 for （一）, 3 for 1.; 0 where no number tells a heading."""
    if not 0 < len(text) <= LONGEST or text.endswith(ENDS) or "。" in text:
        return 0
    ranks = (rank for rank, each in enumerate((*_NUMBERED, _THIRD), 1) if each.match(text))
    return next(ranks, 0)


def _plain(children: Content) -> Content:
    """A heading has its own weight."""
    out: Content = []
    for each in children:
        if isinstance(each, Node) and each.tag in ("strong", "em"):
            out += _plain(each.children)
        else:
            out.append(each)
    return out
