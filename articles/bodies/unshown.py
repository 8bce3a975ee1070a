"""What a clipboard holds and its reader never saw as text: comments, deletions, hidden words, how a
character is read. Pure, one pass, linear.

A manager's remark that came along with a paste could be printed. No sanitizer, as `clipboard`.
"""

import re
from collections.abc import Iterator

_TAG = re.compile(r"<(/?)([a-z][a-z0-9:]*+)([^<>]*+)>", re.IGNORECASE)
_WORTH_A_LOOK = re.compile(
    r"mso-|display:\s*none|<rt\b|<rp\b|font-(?:weight|style):|vertical-align:\s*su[bp]",
    re.IGNORECASE,
)
_HIDDEN = re.compile(r"(?:display:\s*none|mso-hide:\s*all)", re.IGNORECASE)
_COMMENT = re.compile(
    r"msocomanchor|MsoCommentReference|mso-element:\s*comment|mso-comment-author", re.IGNORECASE
)
_MARGIN = re.compile(r"mso-element:\s*(?:header|footer)", re.IGNORECASE)
_DELETED = re.compile(r"class=[\"']?msoDel\b", re.IGNORECASE)
_VOID = ("br", "hr", "img", "meta", "link", "input", "col", "wbr")
_BOLD = re.compile(r"(?<![\w-])font-weight:\s*(?:bold|[6-9]00)", re.IGNORECASE)
_LIGHT = re.compile(r"(?<![\w-])font-weight:\s*(?:normal|[1-5]00)", re.IGNORECASE)
_RAISED = re.compile(r"(?<![\w-])vertical-align:\s*su(per|b)(?![\w-])", re.IGNORECASE)
_ITALIC = re.compile(r"(?<![\w-])font-style:\s*italic", re.IGNORECASE)


def plain(source: str) -> str:
    """Without all of that, and with what a style alone set in bold or italics in tags that say so.
    Most texts pass unchanged."""
    if not _WORTH_A_LOOK.search(source):
        return source
    return "".join(_styled(_shown(source)))


def _shown(source: str) -> str:
    """An element that never ends would take all that follows along: it stays."""
    out: list[str] = []
    at = 0
    left: tuple[str, int, int] | None = None  # its name, how deep in others of it, where it began
    is_of_word = "mso-" in source
    for tag in _TAG.finditer(source):
        name = tag[2].lower()
        if left is None:
            if not tag[1] and name not in _VOID and _is_unshown(name, tag[3], is_of_word):
                out.append(source[at : tag.start()])
                left, at = (name, 1, tag.start()), tag.start()
        elif name == left[0]:
            depth = left[1] + (-1 if tag[1] else 1)
            left = (name, depth, left[2])
            if depth == 0:
                left, at = None, tag.end()
    return "".join([*out, source[at:]])


def _is_unshown(name: str, attributes: str, is_of_word: bool) -> bool:
    if name in ("rt", "rp") or _HIDDEN.search(attributes):
        return True
    if not is_of_word:
        return False
    told = (_COMMENT, _MARGIN, _DELETED)
    return name == "del" or any(pattern.search(attributes) for pattern in told)


def _styled(source: str) -> Iterator[str]:
    """WPS and pages set in bold by style: <span style="font-weight:bold">; documents on the web
    raise a number by style."""
    open_tags: list[str] = []
    at = 0
    for tag in _TAG.finditer(source):
        if tag[2].lower() not in ("span", "b", "strong"):
            continue
        yield source[at : tag.start()]
        at = tag.end()
        if tag[1]:
            yield open_tags.pop() if open_tags else tag[0]
        else:
            opening, closing = _as_said(tag)
            open_tags.append(closing)
            yield opening
    yield source[at:]


def _as_said(tag: re.Match[str]) -> tuple[str, str]:
    name, style = tag[2].lower(), tag[3]
    if name != "span":  # what an editor on the web wraps everything in is bold by name alone
        is_light = _LIGHT.search(style)
        return ("<span>", "</span>") if is_light else (tag[0], f"</{name}>")
    names = [each for each, way in (("strong", _BOLD), ("em", _ITALIC)) if way.search(style)]
    if raised := _RAISED.search(style):
        names.append("sup" if raised[1].lower() == "per" else "sub")
    opening = "".join(f"<{each}>" for each in names)
    return tag[0] + opening, "".join(f"</{each}>" for each in reversed(names)) + "</span>"
