"""The head of a text: its title, and what stands above and below it before the text begins."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import takewhile

from . import outline, signing
from .figures import Block, Figure
from .inline import ENDS, line_of, numbered
from .lines import Paragraph

#: Lines that can stand before a text begins, and the longest of them.
_MOST, _LONGEST = 8, 60
#: The form's own limit.
LONGEST_TITLE = 120
_UNFINISHED = ("，", "、", "：", ":", "；", ";")
_SENTENCE = (".", "!", "?", "！", "？")
_NAMED = re.compile(r"(?:标\s*题|题\s*目|文章标题|稿件标题)\s*[:：]\s*")
#: Stands above a title and says nothing about it.
_ASIDE = re.compile(r"(?:附件|投稿|来稿|稿件)\s*\d*\s*[:：]?")
_DASHED = re.compile(r"\s*(?:[-–—―─]{1,4}|－{1,2})\s*")


@dataclass(slots=True)
class Opening:
    title: str = ""
    is_guessed: bool = False  # by nothing but its place
    signed: signing.Signed = field(default_factory=signing.Signed)
    above: list[Paragraph] = field(default_factory=list)  # lines above the title
    rest: list[Block] = field(default_factory=list)


def read(blocks: list[Block], body_size: float) -> Opening:
    """Pictures that stand above the title, a banner, stand above the text."""
    banner = list(takewhile(lambda block: isinstance(block, Figure), blocks))
    opening = _read(blocks[len(banner) :], body_size)
    if banner and not opening.title:
        return _read(blocks, body_size)
    opening.rest = [*banner, *opening.rest]
    return opening


def _read(blocks: list[Block], body_size: float) -> Opening:
    head = _head(blocks)
    opening = Opening(rest=blocks)
    at = _title_at(head, body_size, has_text=len(blocks) > 1)
    if at is None:
        below = signing.at_the_start(head, opening.signed)
        opening.rest = [*below, *blocks[len(head) :]]
        return opening
    opening.is_guessed = not _is_marked(head[at], body_size)
    opening.title, end = _whole_title(head, at)
    above = signing.at_the_start(head[:at], opening.signed, is_below_title=False)
    opening.above = [numbered(each) for each in above]
    below = signing.at_the_start(head[end:], opening.signed)
    opening.rest = [*below, *blocks[len(head) :]]
    return opening


def _head(blocks: list[Block]) -> list[Paragraph]:
    """The short lines at the start, up to the first that is text."""
    head: list[Paragraph] = []
    for block in blocks[:_MOST]:
        if not isinstance(block, Paragraph) or _is_text(block):
            break
        head.append(block)
    return head


def _is_text(paragraph: Paragraph) -> bool:
    if paragraph.look.kind in ("title", "subtitle"):
        return False
    text = line_of(paragraph)
    return len(text) > _LONGEST or text.endswith(ENDS) or "。" in text


def _title_at(head: list[Paragraph], body_size: float, *, has_text: bool) -> int | None:
    """Which line of the head is the title, by the surest sign that any of them gives."""
    could = [at for at, each in enumerate(head) if _could_be(each)]
    largest = max((head[at].size for at in could), default=0)
    signs: tuple[Callable[[Paragraph], bool], ...] = (
        lambda each: each.look.kind == "title" or bool(_NAMED.match(line_of(each))),
        lambda each: each.size == largest and each.size >= body_size + 1.5,
        lambda each: each.look.level == 1,
        lambda each: each.is_bold and each.look.align == "center",
        lambda each: each.look.align == "center",
        lambda each: each.is_bold,
    )
    for sign in signs:
        found = [at for at in could if sign(head[at])]
        # 南湖支行 may be what signs the text; 灯火可亲的网点 is a title that only sounds like it.
        if found:
            return next((at for at in found if not signing.is_unit(line_of(head[at]))), found[0])
    first = next((at for at, each in enumerate(head) if not _ASIDE.fullmatch(line_of(each))), None)
    words = line_of(head[first]) if first in could else ""
    return first if has_text and len(words) > 1 and not words.endswith(_SENTENCE) else None


def _could_be(paragraph: Paragraph) -> bool:
    text = line_of(paragraph)
    if not 1 <= len(text) <= LONGEST_TITLE or text.endswith(_UNFINISHED) or _is_listed(paragraph):
        return False
    if paragraph.look.kind == "title":
        return True
    return not (
        paragraph.look.kind
        or outline.rank_by_number(paragraph)
        or signing.read(text)
        or signing.is_contact(text)
        or signing.is_date(text)
        or _DASHED.match(text)
    )


def _is_listed(paragraph: Paragraph) -> bool:
    return paragraph.look.marker is not None or paragraph.look.is_numbered


def _is_marked(paragraph: Paragraph, body_size: float) -> bool:
    look = paragraph.look
    return (
        look.kind == "title"
        or look.level > 0
        or look.align == "center"
        or paragraph.is_bold
        or paragraph.size > body_size
        or bool(_NAMED.match(line_of(paragraph)))
    )


def _whole_title(head: list[Paragraph], at: int) -> tuple[str, int]:
    """The title with the lines that carry it on, and where what follows begins."""
    title, end = _one_line(head[at]), at + 1
    while end < len(head):
        text = line_of(head[end])
        following = line_of(head[end + 1]) if end + 1 < len(head) else ""
        if signing.read(text):
            break
        if (dashed := _DASHED.match(text)) and not _DASHED.match(following):
            longer = f"{title}——{text[dashed.end() :]}"
        elif head[end].look.kind == "subtitle":
            longer = f"{title}——{text}"
        elif _carries_on(head[at], head[end]):
            longer = f"{title} {text}"
        else:
            break
        if len(longer) > LONGEST_TITLE:
            break
        title, end = longer, end + 1
    return title, end


def _carries_on(title: Paragraph, line: Paragraph) -> bool:
    """In the title's own look, and not in that of everything below."""
    if title.look.kind == "title" or line.look.kind == "title":
        return title.look.kind == line.look.kind
    alike = (title.look.align, title.look.level) == (line.look.align, line.look.level)
    is_set_apart = title.look.align == "center" and title.is_bold == line.is_bold
    return alike and is_set_apart and title.size == line.size and _could_be(line)


def _one_line(paragraph: Paragraph) -> str:
    """A title over two lines of equal length is a couplet; other line ends are layout."""
    text = _NAMED.sub("", paragraph.text.strip(), count=1)
    lines = [" ".join(each.split()) for each in text.split("\n") if each.strip()]
    lines = [_DASHED.sub("——", each, count=1) if _DASHED.match(each) else each for each in lines]
    is_couplet = len({len(each) for each in lines}) == 1 and len(lines) == 2
    title = (" " if is_couplet else "").join(lines)
    enclosed = re.fullmatch(r"《([^《》]+)》", title)
    return enclosed[1] if enclosed else title
