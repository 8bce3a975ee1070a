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
#: A number that a list counts by itself. 一、 and （一） are words of this journal's headings.
_NUMBER = re.compile(r"[(（]?(\d{1,4}|[a-zA-Z]{1,4})[.、)）．]|\d{1,4}")

_WORDS = re.compile(r"\d|\w{2}|[\u4e00-\u9fff\u2460-\u24ff]")


def plain(source: str) -> str:
    """The source with lists, notes and emoji as ordinary HTML; most texts pass unchanged."""
    if "<img" in source:
        source = _IMG.sub(_emoji, source)
    if "mso-" not in source:
        return source
    return _lists(_notes(source))


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
    kind: str  # ul or ol
    start: str
    content: str


def _lists(source: str) -> str:
    out: list[str] = []
    items: list[_Item] = []
    at = 0
    for tag, following in pairwise(_PARAGRAPH.finditer(source)):
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
        item = _item(int(level[1]), content) if tag[2].lower() == "p" else None
        if item:
            items.append(item)
        else:
            out.append(_nested(items) + _worded(tag[2], content))
            items = []
    return "".join([*out, _nested(items), source[at:]])


def _item(level: int, content: str) -> _Item | None:
    """None where the mark is a word (一、), or there is none."""
    mark, rest = _without_mark(content)
    number = _NUMBER.fullmatch(mark)
    if not mark or (not number and _WORDS.search(mark)):
        return None
    is_alone = len(mark) == 1 and not mark.isdigit()  # a letter of a font of bullets
    if number is None or is_alone:
        return _Item(level, "ul", "", rest)
    digits = mark.strip("(（).、）．")
    return _Item(level, "ol", digits if digits.isdigit() and digits != "1" else "", rest)


def _worded(tag: str, content: str) -> str:
    """A paragraph whose mark is a part of its words."""
    mark, rest = _without_mark(content)
    return f"<{tag}>{html.escape(mark)}{rest}</{tag}>"


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
    return words.replace("\xa0", " ").strip(), _CONDITIONAL.sub("", rest)


def _nested(items: list[_Item]) -> str:
    """Items as lists in lists: a deeper one stands inside the item above it."""
    out: list[str] = []
    open_lists: list[_Item] = []
    for item in items:
        while open_lists and (
            open_lists[-1].level > item.level
            or (open_lists[-1].level == item.level and open_lists[-1].kind != item.kind)
        ):
            out.append(f"</li></{open_lists.pop().kind}>")
        if open_lists and open_lists[-1].level == item.level:
            out.append("</li>")
        else:
            start = f' start="{item.start}"' if item.start else ""
            out.append(f"<{item.kind}{start}>")
            open_lists.append(item)
        out.append(f"<li>{item.content}")
    out += [f"</li></{each.kind}>" for each in reversed(open_lists)]
    return "".join(out)
