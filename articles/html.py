"""The one place that cleans HTML, whoever wrote it: form, editor, Word, import.

A cleaned body is a sequence of blocks (p, h2–h4, ul, ol, blockquote, table, figure, hr), each with
text; nothing in it can run, load or look like anything that the journal did not choose. Cleaning is
idempotent. FINDINGS: CKEditor's own allow-list lets `javascript:` links and `onerror` through.
"""

import html
import re
from html.parser import HTMLParser

import nh3

#: Longest body that is looked at, in characters of HTML, and the deepest nesting: beyond them the
#: parser's time is no longer linear (20,000 nested tags cost a second).
MAX_LENGTH = 400_000
MAX_DEPTH = 60

BLOCKS = frozenset("p h2 h3 h4 ul ol blockquote table figure hr".split())
_INSIDE = "li thead tbody tr th td caption figcaption img strong em a br sup sub".split()
_VOID = frozenset({"br", "img", "hr"})

_RENAMED = {
    "h1": "h2",
    "h5": "h4",
    "h6": "h4",
    "b": "strong",
    "i": "em",
    "div": "p",
    "section": "p",
    "article": "p",
}
_PICTURE = re.compile(r"^/pictures/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/$")
_TAG = re.compile(r"<(/?)(h1|h5|h6|b|i|div|section|article)(?=[\s/>])", re.IGNORECASE)
_ANY_BLOCK = re.compile(
    r"<(p|h[1-6]|ul|ol|li|blockquote|table|figure|div|section|article|hr|br)\b", re.IGNORECASE
)
_NESTING = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)")
# C0 controls but tab and newline, bidirectional overrides and zero-width characters: they hide or
# reorder what a reviewer sees.
_INVISIBLE = re.compile("[\x00-\x08\x0b-\x1f\x7f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_INDENT = re.compile(r"(<(?:p|li|h[2-4]|figcaption)>)[\s\u3000\xa0]+")
_TRAILING = re.compile(r"(?:<br>|[\s\u3000\xa0])+(</(?:p|li|h[2-4]|figcaption)>)")
_EMPTY = re.compile(
    r"<(p|h[2-4]|li|ul|ol|blockquote|strong|em|a|sup|sub|figure|figcaption)(?: [^<>]*)?>"
    r"(?:\s|\u3000|\xa0|<br>)*</\1>"
)


class Refused(ValueError):
    """The text is not looked at; the message (Chinese) says what to do."""


def _attribute(tag: str, name: str, value: str) -> str | None:
    """Keeps pictures of our own only, and no link to `//host`, which is a foreign site in disguise.

    A backslash counts as a slash in browsers.
    """
    if tag == "img" and name == "src":
        return value if _PICTURE.match(value) else None
    if tag == "a" and name == "href" and value.replace("\\", "/").startswith("//"):
        return None
    return value


_cleaner = nh3.Cleaner(
    tags={*BLOCKS, *_INSIDE},
    attributes={
        "a": {"href", "title"},
        "img": {"src", "alt"},
        "th": {"colspan", "rowspan"},
        "td": {"colspan", "rowspan"},
        "ol": {"start"},
    },
    attribute_filter=_attribute,
    url_schemes={"http", "https", "mailto", "tel"},
    clean_content_tags={"script", "style", "noscript", "template", "title", "iframe", "object"},
    link_rel="noopener nofollow",
    strip_comments=True,
)


def clean(raw: str) -> str:
    """The body as it is stored. Plain text becomes paragraphs, one a line.

    Raises `Refused` where the text is longer than MAX_LENGTH or nested deeper than MAX_DEPTH.
    """
    raw = _INVISIBLE.sub("", raw.replace("\r\n", "\n").replace("\r", "\n"))
    if len(raw) > MAX_LENGTH:
        raise Refused(f"正文太长（超过 {MAX_LENGTH // 10_000} 万个字符），请分成几篇投稿。")
    if _depth(raw) > MAX_DEPTH:
        raise Refused("正文的格式层层嵌套，无法读取。请先粘贴到记事本，再复制过来。")
    if not _ANY_BLOCK.search(raw):
        raw = "".join(f"<p>{line}</p>" for line in raw.split("\n") if line.strip())
    raw = _TAG.sub(lambda tag: f"<{tag[1]}{_RENAMED[tag[2].lower()]}", raw)
    cleaned, before = _settle(raw), None
    while cleaned != before:
        before, cleaned = cleaned, _settle(cleaned)
    return cleaned


def _settle(source: str) -> str:
    blocks = _Blocks()
    blocks.feed(_cleaner.clean(source))
    blocks.close()
    text, before = "".join(blocks.out), None
    while text != before:
        before = text
        text = _EMPTY.sub("", _TRAILING.sub(r"\1", _INDENT.sub(r"\1", text)))
    return text.strip()


def _depth(source: str) -> int:
    """An upper bound of how deep tags nest, in one pass."""
    depth = deepest = 0
    for closing, tag in _NESTING.findall(source):
        if tag.lower() in _VOID:
            continue
        depth = max(0, depth - 1) if closing else depth + 1
        deepest = max(deepest, depth)
    return deepest


class _Blocks(HTMLParser):
    """Wraps text that stands outside of every block in a paragraph; drops sourceless pictures."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=False)
        self.out: list[str] = []
        self.depth = 0  # of blocks that are open
        self.loose = False  # inside a paragraph that we opened

    def _inline(self) -> None:
        if not self.depth and not self.loose:
            self.loose = True
            self.out.append("<p>")

    def _end_loose(self) -> None:
        if self.loose:
            self.loose = False
            self.out.append("</p>")

    def handle_starttag(self, tag: str, attrs: list) -> None:
        if tag in BLOCKS and not self.depth:
            self._end_loose()
        if tag == "img" and not dict(attrs).get("src"):
            return
        if tag in BLOCKS and tag not in _VOID:
            self.depth += 1
        elif tag != "hr":
            self._inline()
        self.out.append(self.get_starttag_text())

    def handle_endtag(self, tag: str) -> None:
        if tag in BLOCKS:
            self.depth -= 1
        self.out.append(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        if data.strip():
            self._inline()
        self.out.append(data)

    def handle_entityref(self, name: str) -> None:
        self._inline()
        self.out.append(f"&{name};")

    def handle_charref(self, name: str) -> None:
        self._inline()
        self.out.append(f"&#{name};")

    def close(self) -> None:
        super().close()
        self._end_loose()


_BREAK = re.compile(r"<br>|</(?:p|h[2-4]|li|tr|figcaption|caption|blockquote)>")
_MARKUP = re.compile(r"<[^>]*>")


def text(body: str) -> str:
    """The words of a cleaned body, a line for each block."""
    lines = html.unescape(_MARKUP.sub("", _BREAK.sub("\n", body))).splitlines()
    return "\n".join(line.strip() for line in lines if line.strip())


def length(body: str) -> int:
    """Characters without spaces: the count that fees and limits use."""
    return len(re.sub(r"\s", "", text(body)))


def picture_tokens(body: str) -> list[str]:
    """The tokens of the pictures in a cleaned body, in order, each once."""
    return list(dict.fromkeys(re.findall(r'src="/pictures/([0-9a-f-]{36})/"', body)))


def has_silent_picture(body: str) -> bool:
    """True where a picture has no alternative text."""
    pictures = re.findall(r"<img [^>]*>", body)
    return any(not re.search(r'alt="[^"]*\S[^"]*"', picture) for picture in pictures)
