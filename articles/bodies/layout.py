"""A body made ready to be read on a page: anchors, tables that scroll, marked lists. Pure."""

import html
import re
from dataclasses import dataclass

#: Characters that a practised reader takes in a minute.
PACE = 450
#: From so many headings on, a list of them helps.
HEADINGS_WORTH_A_LIST = 3

_HEADING = re.compile(r"<(h[23])>(.*?)</\1>", re.DOTALL)
_MARKUP = re.compile(r"<[^>]*>")
_SIZED = re.compile(r'<img (?=[^>]* width="(\d+)" height="(\d+)")')
_LIST = re.compile(r"<ul>")
# A line break beside Chinese is no space.
_GAP = re.compile(r"(?<=[^\x00-\x7f])\s+|\s+(?=[^\x00-\x7f])")
_MARKED_ITEM = re.compile(r"\s*<li>(?:<p>)?\s*[√×✓✗◎●]")
# A table wider than the column scrolls by itself; the keyboard can only scroll what has focus.
_OPEN_TABLE = '<div class="table" role="group" aria-label="表格" tabindex="0"><table>'


@dataclass(frozen=True, slots=True)
class Heading:
    anchor: str
    level: int
    text: str


@dataclass(frozen=True, slots=True)
class Layout:
    """A body with anchors on its headings, and the headings that a list of contents shows."""

    body: str
    headings: tuple[Heading, ...]


def minutes(length: int) -> int:
    """Reading time of so many characters, at least one minute."""
    return max(1, -(-length // PACE))


def lay_out(body: str) -> Layout:
    """Prepares a cleaned (and dressed) body. `headings` is empty where a list would not help."""
    headings: list[Heading] = []

    def anchored(match: re.Match) -> str:
        tag, inner = match.groups()
        text = html.unescape(_MARKUP.sub("", inner)).strip()
        headings.append(Heading(f"s{len(headings) + 1}", int(tag[1]), text))
        return f'<{tag} id="{headings[-1].anchor}">{inner}</{tag}>'

    body = _SIZED.sub(_turned, _HEADING.sub(anchored, _mark_lists(body)))
    body = body.replace("<table>", _OPEN_TABLE).replace("</table>", "</table></div>")
    return Layout(body, _worth_listing(headings))


def _worth_listing(headings: list[Heading]) -> tuple[Heading, ...]:
    """The chapters alone where there are chapters enough; otherwise every heading."""
    chapters = [heading for heading in headings if heading.level == 2]
    chosen = chapters if len(chapters) >= HEADINGS_WORTH_A_LIST else headings
    return tuple(chosen) if len(chosen) >= HEADINGS_WORTH_A_LIST else ()


def _mark_lists(body: str) -> str:
    """Lists whose items begin with √ or × get a class: their own marks are the bullets."""

    def marked(match: re.Match) -> str:
        own = _MARKED_ITEM.match(body, match.end())
        return '<ul class="marks">' if own else match[0]

    return _LIST.sub(marked, body)


def _turned(match: re.Match) -> str:
    """A picture higher than wide gets a class: as wide as the column it fills two screens."""
    width, height = int(match[1]), int(match[2])
    return '<img class="upright" ' if height > width else match[0]


def opening(text: str, limit: int = 110) -> str:
    """The first sentences of a text, at most `limit` characters, for lists and descriptions."""
    flat = " ".join(_GAP.sub("", text).split())
    if len(flat) <= limit:
        return flat
    cut = flat[:limit]
    end = max(cut.rfind(mark) for mark in "。！？…")
    return cut[: end + 1] if end >= limit // 2 else f"{cut.rstrip('，、；：—“（《')}……"
