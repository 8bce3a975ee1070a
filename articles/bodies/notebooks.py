"""What the notes of telephones and documents on the web put on the clipboard, as ordinary HTML.

Notes of Huawei and Xiaomi bring tags of their own, boxes to tick are no text for anybody, and a
heading of Word on the web is a paragraph that says so. Pure, one pass each, linear; the same is in
`static/articles/paste.js`. No sanitizer, as `clipboard`.
"""

import re

_NOTES = re.compile(r"<(?:hw_font|note|text indent|bullet indent|order indent)\b", re.IGNORECASE)
_LINE = re.compile(r"<(/?)(?:element|text)\b[^<>]*+>", re.IGNORECASE)
_ITEM = re.compile(
    r"<(bullet|order)\b[^<>]*+>([^<>\n]{0,2000})(?:</(?:bullet|order)>)?(?:<br[^<>]*+>)?",
    re.IGNORECASE,
)
#: What Apple puts on the clipboard for a space that stands where HTML would drop it.
_SPACE = re.compile(
    r"<span class=[\"']?Apple-converted-space[\"']?>(?:&nbsp;|\xa0)</span>", re.IGNORECASE
)
_BOX = re.compile(r"<input\b([^<>]*+)>", re.IGNORECASE)
_IS_BOX = re.compile(r"type=[\"']?checkbox", re.IGNORECASE)
_TICKED = re.compile(r"(?<![\w-])checked(?!=[\"']?false)", re.IGNORECASE)
_HEADING = re.compile(
    r"<(p|div)\b(?=[^<>]*\brole=[\"']?heading)[^<>]*\baria-level=[\"']?([1-9])[^<>]*+>"
    r"((?:(?!</?(?:p|div)\b)[\s\S]){0,4000}?)</\1\s*>",
    re.IGNORECASE,
)


def plain(source: str) -> str:
    """Most texts pass unchanged."""
    if _NOTES.search(source):
        source = _items(_LINE.sub(r"<\1p>", source))
    if "Apple-conv" in source:
        source = _SPACE.sub(" ", source)
    if "<input" in source:
        source = _BOX.sub(_box, source)
    if "aria-level" in source:
        source = _HEADING.sub(_heading, source)
    return source


def _items(source: str) -> str:
    """Items of a list are words: a telephone prints the dot or the number, and no list of ours
    follows from one line."""
    count, end = 0, -1

    def written(item: re.Match[str]) -> str:
        nonlocal count, end
        goes_on = not source[max(end, 0) : item.start()].strip() and end >= 0
        is_counted = item[1].lower() == "order"
        count = (count * goes_on + 1) if is_counted else 0
        end = item.end()
        return f"<p>{f'{count}.' if is_counted else '•'} {item[2].strip()}</p>"

    return _ITEM.sub(written, source)


def _box(tag: re.Match[str]) -> str:
    if not _IS_BOX.search(tag[1]):
        return tag[0]
    return "☑" if _TICKED.search(tag[1]) else "☐"


def _heading(line: re.Match[str]) -> str:
    level = min(int(line[2]) + 1, 4)
    return f"<h{level}>{line[3]}</h{level}>"
