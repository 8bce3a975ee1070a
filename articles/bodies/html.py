"""The one place that cleans HTML, whoever wrote it: form, editor, Word, import.

A cleaned body is a sequence of blocks (p, h2–h4, ul, ol, blockquote, table, figure, hr), each with
text; nothing in it can run, load or look like anything that the journal did not choose. Cleaning is
idempotent. FINDINGS: CKEditor's own allow-list lets `javascript:` links and `onerror` through.
"""

import html
import re
from collections.abc import Iterable

import nh3

from . import blocks, clipboard, headlines, markup, tree

#: Longest body, in characters of HTML, and the deepest nesting that a text can need.
MAX_LENGTH = 400_000
MAX_DEPTH = 60
#: Two are enough for anything that was seen.
_ROUNDS = 10

_PICTURE = re.compile(r"/pictures/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/")
_UNREAD = re.compile(r"[\x00-\x20]")
#: Signs that only their own font shows, and that font is gone. A mark stays, which the proofreading
#: aid finds: nobody knows what was seen.
_LOST = re.compile("[\uf000-\uf0ff]")
_LINE_END = re.compile("\r\n?|[\u2028\u2029]")
_MARKUP = re.compile(r"<[^<>]*>")
_PICTOGRAPH = "\u2190-\u2bff\u3030\u303d\u3297\u3299\U0001f000-\U0001faff"
# Controls but tab and newline, bidirectional overrides and zero-width characters hide or reorder
# what a reviewer sees. Lone surrogates cannot be stored. What joins pictographs to one stays.
_INVISIBLE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u200b\u200c\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb\ufffe\uffff"
    "\ud800-\udfff]"
    f"|(?<![{_PICTOGRAPH}\ufe0f\U000e007f])\u200d|\u200d(?![{_PICTOGRAPH}])"
)


class Refused(ValueError):
    """The text is not looked at; the message (Chinese) says what to do."""


def _attribute(tag: str, name: str, value: str) -> str | None:
    """Keeps pictures of our own only, and no link to `//host`, which is a foreign site in disguise.

    Browsers take a backslash for a slash, and skip spaces and line ends in an address.
    """
    if tag == "img" and name == "src":
        return value if _PICTURE.fullmatch(value) else None
    if tag == "a" and name == "href" and value.startswith("#"):
        return None  # a place in a Word file that nobody keeps
    if tag == "a" and name == "href" and _UNREAD.sub("", value).replace("\\", "/")[:2] == "//":
        return None
    return value


_cleaner = nh3.Cleaner(
    tags=set(markup.TAGS),
    attributes={tag: set(names) for tag, names in markup.ATTRIBUTES.items()},
    attribute_filter=_attribute,
    url_schemes={"http", "https", "mailto", "tel"},
    clean_content_tags={"script", "style"},
    link_rel="noopener nofollow",
    strip_comments=True,
)


class CleanBody(str):
    """A body as `clean` left it. Nobody else makes one; what changes it makes a plain `str`."""

    __slots__ = ()


def clean(raw: str) -> CleanBody:
    """The body as it is stored. Plain text becomes paragraphs, one a line.

    What it made itself it gives back as it is: on its way from a form into a database a body passes
    here six times, and is cleaned once. Raises `Refused` where the text is longer than MAX_LENGTH
    or nested deeper than MAX_DEPTH.
    """
    if type(raw) is CleanBody:
        return raw
    brought = _short_enough(visible(raw))
    source = clipboard.plain(brought)
    if clipboard.is_of_word(brought):
        source = headlines.told(_short_enough(_round(source)))
    for _ in range(_ROUNDS):
        before, source = source, _short_enough(_round(source))
        if source == before:  # the sanitizer has seen exactly what is stored
            return CleanBody(source)
    raise Refused("正文的格式无法整理。请先粘贴到记事本，再复制过来。")


def visible(raw: str) -> str:
    """The text without characters that nobody sees, with line ends of one kind."""
    return _INVISIBLE.sub("", _LINE_END.sub("\n", raw))


def _short_enough(source: str) -> str:
    if len(source) > MAX_LENGTH:
        raise Refused(f"正文太长（超过 {MAX_LENGTH // 10_000} 万个字符），请分成几篇投稿。")
    return source


def _round(source: str) -> str:
    try:
        source = markup.well_formed(source, max_depth=MAX_DEPTH)
    except markup.TooDeep as reason:
        raise Refused("正文的格式层层嵌套，无法读取。请先粘贴到记事本，再复制过来。") from reason
    return blocks.tidy(_LOST.sub("\ufffd", visible(_cleaner.clean(source))))


def plain(raw: str) -> str:
    """The words alone, a paragraph a line: what is left of a text that `clean` refused."""
    lines = html.unescape(_MARKUP.sub("\n", visible(raw))).splitlines()
    return "".join(f"<p>{html.escape(line.strip())}</p>" for line in lines if line.strip())


def text(body: str) -> str:
    """The words of a cleaned body, a line for each block."""
    return "\n".join(tree.lines(tree.parse(body)))


def length(body: str) -> int:
    """Characters without spaces: the count that fees and limits use."""
    lines = (line.replace("\u200d", "") for line in tree.lines(tree.parse(body)))
    return sum(len("".join(line.split())) for line in lines)


def picture_tokens(body: str) -> list[str]:
    """The tokens of the pictures in a cleaned body, in order, each once."""
    tokens = (image.token for image in _images(body))
    return list(dict.fromkeys(filter(None, tokens)))


def has_silent_picture(body: str) -> bool:
    """True where a picture has no alternative text."""
    return any(not image.get("alt").strip() for image in _images(body))


def _images(body: str) -> Iterable[tree.Node]:
    """Most texts show none, and need not be read for that."""
    return tree.images(tree.parse(body)) if "<img " in body else ()
