"""What Word, WPS and WeChat put on the clipboard, in ordinary HTML. Pure, one pass each, linear.

Word writes its lists as paragraphs whose style says `mso-list:l0 level2 lfo1` and whose text begins
with the mark or number; its notes as links to places that nobody keeps; WeChat its emoji as
pictures. The browser does the same before the editor sees a paste (`static/articles/paste.js`);
this is for what comes another way. No sanitizer: `articles.bodies.html` cleans what it gives.
"""

import html
import re
from dataclasses import dataclass
from itertools import pairwise

from articles import symbols

from . import headlines, looks, notebooks, unshown

_PARAGRAPH = re.compile(r"<(/?)(p|h[1-6]|t[dhr]|table|div|ul|ol)\b([^<>]*+)>", re.IGNORECASE)
_LEVEL = re.compile(r"mso-list:\s*l\d+\s+level([1-9])", re.IGNORECASE)
_SPAN = re.compile(r"<(/?)span\b([^<>]*+)>", re.IGNORECASE)
_IGNORED = re.compile(r"<span\b[^<>]*?mso-list:\s*ignore[^<>]*+>", re.IGNORECASE)
_CONDITIONAL = re.compile(r"<!(?:--)?\[(?:if !supportLists|endif)\](?:--)?>", re.IGNORECASE)
_TAG = re.compile(r"<[^<>]*+>")
_NOTE = re.compile(r"<a\b([^<>]*+)>|</a\s*+>", re.IGNORECASE)
_IMG = re.compile(r"<img\b[^<>]*+>", re.IGNORECASE)
_ALT = re.compile(r"\balt=[\"']([^\"'<>]{1,8})[\"']", re.IGNORECASE)
_EMOJI = re.compile(r"\[[^\[\]]{1,6}\]|[\u203c-\u2bff\U0001f000-\U0001faff\ufe0f\u200d]{1,8}")
#: What a list of ours prints by itself; 一、, 1) and a. are words, as in a Word file.
_NUMBER = re.compile(r"([1-9]\d{0,3})\.")
#: A letter of a font of bullets, whose font was not told.
_LETTER = re.compile(r"[A-Za-z\u00a7-\u00ff]")
_SYMBOL = re.compile(
    r"<span\b[^<>]*?(?<![\w-])(?:mso-symbol-font-family|font-family):\s*(?:&quot;|[\"'])?"
    r"((?:Wingdings|Webdings|Symbol)(?: [23])?)[^<>]*+>"
    # The mark of an item is one sign; a number beside such a font is a number.
    r"(?:<span\b[^<>]*mso-list:\s*ignore[^<>]*+>(?=[^<>]<))?([^<>]{1,40})",
    re.IGNORECASE,
)


def plain(source: str) -> str:
    """The source with lists, notes and emoji as ordinary HTML; most texts pass unchanged."""
    if "<img" in source:
        source = _IMG.sub(_emoji, source)
    source = _SYMBOL.sub(_sign, unshown.plain(notebooks.plain(source)))
    if not is_of_word(source):
        return source
    return looks.told(headlines.deeper(_lists(_notes(source))))


def is_of_word(source: str) -> bool:
    """Word's clipboard, and WPS's, which says that it is Word's."""
    return "mso-" in source


def _sign(match: re.Match[str]) -> str:
    """What is typed in a font of signs, as it is seen there."""
    seen, _ = symbols.read(html.unescape(match[2]), match[1])
    return match[0][: match.start(2) - match.start()] + html.escape(seen)


def _emoji(match: re.Match[str]) -> str:
    alt = _ALT.search(match[0])
    return alt[1] if alt and _EMOJI.fullmatch(html.unescape(alt[1])) else match[0]


def _notes(source: str) -> str:
    """A note's number is raised in the text and stands as it is before the note; no link."""
    closing = "</a>"

    def changed(match: re.Match[str]) -> str:
        nonlocal closing
        if match[1] is None:
            return closing
        is_note = "mso-footnote-id" in match[1] or "mso-endnote-id" in match[1]
        is_back = is_note and re.search(r"#_(?:ftn|edn)ref", match[1])
        opening, closing = ("", "") if is_back else ("<sup>", "</sup>")
        if not is_note:
            opening, closing = match[0], "</a>"
        return opening

    return _NOTE.sub(changed, source)


@dataclass(frozen=True, slots=True)
class _Item:
    level: int
    number: int  # 0 for a bullet
    content: str

    @property
    def kind(self) -> str:
        return "ol" if self.number else "ul"

    def carries_on(self, last: "_Item") -> bool:
        """In one list with the last item of its level: a number is the next."""
        is_next = self.number in (0, last.number + 1)
        return self.kind == last.kind and is_next


def _lists(source: str) -> str:
    out: list[str] = []
    items: list[_Item] = []
    at = 0
    cells = 0
    for tag, following in pairwise(_PARAGRAPH.finditer(source)):
        if tag[2].lower() in ("td", "th"):
            cells = max(0, cells + (-1 if tag[1] else 1))
        level = _LEVEL.search(tag[3]) if not tag[1] else None
        if level is None:
            continue
        between = source[at : tag.start()]
        if _TAG.sub("", between).strip() or _PARAGRAPH.search(between):
            out.append(_nested(items))
            items = []
        out.append(between)
        content, at = source[tag.end() : following.start()], following.start()
        closes = following[1] and following[2].lower() == tag[2].lower()
        at = following.end() if closes else at
        mark, rest = _without_mark(content)
        is_item = tag[2].lower() == "p" and not cells
        item = _item(int(level[1]), mark, rest) if is_item else None
        if item:
            items.append(item)
        else:
            out.append(f"{_nested(items)}<{tag[2]}>{html.escape(_worded(mark))}{rest}</{tag[2]}>")
            items = []
    return "".join([*out, _nested(items), source[at:]])


def _item(level: int, mark: str, rest: str) -> _Item | None:
    """None where the mark says more than a list of ours prints, or there is none."""
    mark = mark.strip()
    if number := _NUMBER.fullmatch(mark):
        return _Item(level, int(number[1]), rest)
    is_bullet = mark and (_LETTER.fullmatch(mark) or symbols.is_mere_bullet(mark))
    return _Item(level, 0, rest) if is_bullet else None


def _worded(mark: str) -> str:
    """The mark as a part of the words: with a space behind where there was one."""
    words = mark.strip()
    if _LETTER.fullmatch(words):
        words = "•"
    return words + symbols.space_behind(words) if words and mark != mark.rstrip() else words


def _without_mark(content: str) -> tuple[str, str]:
    """The words of the mark that Word would draw, and what follows it."""
    begin = _IGNORED.search(content)
    if begin is None:
        return "", content
    end, depth = begin.start(), 0
    for span in _SPAN.finditer(content, begin.start()):
        depth += -1 if span[1] else 1
        if depth == 0:
            end = span.end()
            break
    words = html.unescape(_TAG.sub("", content[begin.start() : end]))
    rest = content[: begin.start()] + content[end:]
    return words.replace("\xa0", " "), _CONDITIONAL.sub("", rest)


def _nested(items: list[_Item]) -> str:
    """Items as lists in lists: a deeper one stands inside the item above it."""
    out: list[str] = []
    open_lists: list[_Item] = []  # of each list its last item
    for item in items:
        while open_lists and (
            open_lists[-1].level > item.level
            or (open_lists[-1].level == item.level and not item.carries_on(open_lists[-1]))
        ):
            out.append(f"</li></{open_lists.pop().kind}>")
        if open_lists and open_lists[-1].level == item.level:
            out.append("</li>")
            open_lists[-1] = item
        else:
            start = f' start="{item.number}"' if item.number > 1 else ""
            out.append(f"<{item.kind}{start}>")
            open_lists.append(item)
        out.append(f"<li>{item.content}")
    out += [f"</li></{each.kind}>" for each in reversed(open_lists)]
    return "".join(out)
