"""The words of a paragraph: without the spaces that laid them out, without number, as HTML."""

import html
from collections.abc import Mapping
from dataclasses import replace

from .lines import Break, Item, NoteMark, Paragraph, Shown, Words
from .looks import PLAIN_WORDS

SPACES = " \t\n\u3000\xa0\u2002\u2003"
#: Ends a sentence, so that what follows is no title and no heading.
ENDS = ("。", "！", "；", "…")


def trimmed(items: list[Item]) -> list[Item]:
    """Without spaces and line ends at either end. Pictures stay where they are."""
    out = list(items)
    _trim(out, 0)
    _trim(out, -1)
    return out


def _trim(items: list[Item], end: int) -> None:
    while items:
        item = items[end]
        if isinstance(item, Words):
            text = item.text.lstrip(SPACES) if end == 0 else item.text.rstrip(SPACES)
            if text:
                items[end] = replace(item, text=text)
                return
        elif not isinstance(item, Break):
            return
        items.pop(end)


def trim(paragraph: Paragraph) -> Paragraph:
    return replace(paragraph, items=trimmed(paragraph.items))


def line_of(paragraph: Paragraph) -> str:
    """Its words on one line, with single spaces."""
    return " ".join(paragraph.text.split())


def numbered(paragraph: Paragraph, *, is_shown_alone: bool = False) -> Paragraph:
    """With what Word counts typed before the words: 第三条, 图1-6, 1. in the cell of a table.

    Without words a number stands alone, a dot is not worth it; `is_shown_alone`: even that, as in
    cells of their own.
    """
    marker = paragraph.look.marker
    if marker is None:
        return paragraph
    look = replace(paragraph.look, marker=None, is_numbered=True)
    inside = trimmed(paragraph.items)
    if not (inside or is_shown_alone or marker.is_ordered or not marker.is_plain):
        return replace(paragraph, look=look)
    own = paragraph.words[0].look if paragraph.words else PLAIN_WORDS
    mark = Words(marker.typed, replace(own, raised="", is_struck=False))
    return replace(paragraph, items=[mark, *inside], look=look)


def without_start(paragraph: Paragraph, count: int) -> Paragraph:
    """Without its first so many characters (a number, a bullet, and the space behind)."""
    items = list(paragraph.items)
    for at, item in enumerate(items):
        if isinstance(item, Words):
            items[at] = replace(item, text=item.text[count:])
            count -= len(item.text)
        elif isinstance(item, Break):
            count -= 1
        if count <= 0:
            break
    return trim(replace(paragraph, items=[each for each in items if each != Words("")]))


def without_end(paragraph: Paragraph, count: int) -> Paragraph:
    items = list(paragraph.items)
    while count > 0 and items:
        item = items.pop()
        if isinstance(item, Words):
            if len(item.text) > count:
                items.append(replace(item, text=item.text[:-count]))
            count -= len(item.text)
        elif isinstance(item, Break):
            count -= 1
    return trim(replace(paragraph, items=items))


def split(paragraph: Paragraph) -> list[Paragraph]:
    """The paragraph cut at its line ends."""
    pieces: list[list[Item]] = [[]]
    for item in paragraph.items:
        if isinstance(item, Break):
            pieces.append([])
        else:
            pieces[-1].append(item)
    return [replace(paragraph, items=piece) for piece in pieces]


class Writer:
    """Items as HTML. `is_bold_text`: bold is how the whole text is set, and says nothing."""

    def __init__(self, notes: Mapping[tuple[str, str], int], *, is_bold_text: bool = False) -> None:
        self._notes, self._is_bold_text = notes, is_bold_text

    def html(self, items: list[Item], *, plainly: bool = False) -> str:
        """`plainly`: without bold and italics, which a heading or a caption has of its own."""
        words = [item for item in items if isinstance(item, Words)]
        all_italic = bool(words) and all(each.look.italic for each in words)
        out: list[str] = []
        for run in _runs(items):
            if isinstance(run, list):
                out.append(self._words(run, plainly, all_italic))
            elif isinstance(run, Break):
                out.append("<br>")
            elif isinstance(run, NoteMark) and run.key in self._notes:
                out.append(f"<sup>[{self._notes[run.key]}]</sup>")
        return "".join(out)

    def _words(self, run: list[Words], plainly: bool, all_italic: bool) -> str:
        look, href = run[0].look, run[0].href
        text = html.escape("".join(each.text for each in run), quote=False)
        if not text.strip():
            return text
        tags = [
            look.raised,
            "em" if look.italic and not (plainly or all_italic) else "",
            "strong" if look.bold and not (plainly or self._is_bold_text) else "",
        ]
        for tag in filter(None, tags):
            text = f"<{tag}>{text}</{tag}>"
        return f'<a href="{html.escape(href)}">{text}</a>' if href and not plainly else text


def _runs(items: list[Item]) -> list[list[Words] | Item]:
    """Neighbouring words that are written alike stand together."""
    out: list[list[Words] | Item] = []
    for item in items:
        if (
            isinstance(item, Words)
            and out
            and isinstance(out[-1], list)
            and _alike(out[-1][0], item)
        ):
            out[-1].append(item)
        elif isinstance(item, Words):
            out.append([item])
        elif not isinstance(item, Shown):
            out.append(item)
    return out


def _alike(one: Words, other: Words) -> bool:
    a, b = one.look, other.look
    same = (a.bold, a.italic, a.raised, one.href) == (b.bold, b.italic, b.raised, other.href)
    return same or not other.text.strip()
