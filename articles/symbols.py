"""Fonts whose letters are pictures: what is typed as þ in Wingdings is seen as ☑, and is ☑ here;
and marks that stand before an item. For Word files and for clipboards.

mammoth has the table of most of these fonts. Where its sign stands in hardly any font of a reader
(🗹), a twin that every font has stands for it (☑).
"""

import re
import unicodedata
from collections.abc import Mapping
from functools import cache

from mammoth.docx.dingbats import dingbats

_PRIVATE = range(0xF000, 0xF100)
_ZAPF = "Zapf Dingbats"


def _of_zapf() -> dict[int, int]:
    """The code has this font's signs in its order, but for those that it had before."""
    found = {at: 0x2700 + at - 0x20 for at in range(0x21, 0x7F)}
    rows = ((0xA1, 0x2761, 7), (0xAC, 0x2460, 10), (0xB6, 0x2776, 31), (0xD8, 0x2798, 24))
    for first, code, count in (*rows, (0xF1, 0x27B1, 14)):
        found |= {first + at: code + at for at in range(count)}
    before = {0x25: "☎", 0x2A: "☛", 0x2B: "☞", 0x48: "★", 0x6C: "●", 0x6E: "■", 0x73: "▲"}
    before |= {0x74: "▼", 0x75: "◆", 0x77: "◗", 0xA8: "♣", 0xA9: "♦", 0xAA: "♥", 0xAB: "♠"}
    before |= {0xD5: "→", 0xD6: "↔", 0xD7: "↕"}
    return found | {at: ord(sign) for at, sign in before.items()}


_SIGNS: dict[tuple[str, int], int] = {
    **dingbats,
    **{(_ZAPF, at): code for at, code in _of_zapf().items()},
}
_FONTS = {
    **{name.lower(): name for name, _ in _SIGNS},
    **dict.fromkeys(("zapfdingbats", "itc zapf dingbats", "monotype sorts"), _ZAPF),
}
#: Whose signs nobody here knows; a file may name more (`w:charset` 02).
UNKNOWN_FONTS = frozenset(
    ("marlett", "mt extra", "bookshelf symbol 7", "ms outlook", "ms reference specialty")
)
_ANY_PRIVATE = re.compile("[\uf000-\uf0ff]")
_TWINS = {
    **dict.fromkeys((0x1F5F4,), "✗"),
    **dict.fromkeys((0x1F5F6,), "✘"),
    **dict.fromkeys((0x1F5F5, 0x1F5F7, 0x2327, 0x2BBD), "☒"),
    **dict.fromkeys((0x2BBE, 0x2BBF), "⊗"),
    **dict.fromkeys((0x1F5F8,), "✓"),
    **dict.fromkeys((0x1F5F9,), "☑"),
    **dict.fromkeys((0x1F784, 0x2981, 0x26AB), "●"),
    **dict.fromkeys((*range(0x1F785, 0x1F78A), 0x2B58, 0x1F53E, 0x1F53F), "○"),
    **dict.fromkeys((0x1F78A, 0x1F78B), "◎"),
    **dict.fromkeys((0x1F78C, 0x1F78D, 0x25FC, 0x25FE, 0x2BC0), "■"),
    **dict.fromkeys((0x2B1D,), "▪"),
    **dict.fromkeys(range(0x1F78E, 0x1F794), "□"),
    **dict.fromkeys(range(0x1F794, 0x1F797), "▣"),
    **dict.fromkeys((0x1F797, 0x1F798, *range(0x1F79D, 0x1F7A0), 0x29EB), "◆"),
    **dict.fromkeys((0x2B25, 0x2B27, 0x2B29, 0x2B2A, 0x2BC1), "◆"),
    **dict.fromkeys((0x1F79A, 0x1F79B, 0x1F79C), "◈"),
    **dict.fromkeys((0x1F7A0,), "◇"),
    **dict.fromkeys(range(0x1F7A1, 0x1F7A8), "✚"),
    **dict.fromkeys(range(0x1F7A8, 0x1F7AF), "✕"),
    **dict.fromkeys(range(0x1F7AF, 0x1F7C0), "✱"),
    **dict.fromkeys(range(0x1F7C0, 0x1F7D5), "★"),
    **dict.fromkeys((0x1F57F, 0x1F57E, 0x1F57D), "☎"),
    **dict.fromkeys((0x1F582, 0x1F583), "✉"),
    **dict.fromkeys((0x1F58E,), "✍"),
    **dict.fromkeys((0x1F10B,), "⓪"),
    **dict.fromkeys((0x1F10C,), "⓿"),
    **dict.fromkeys((0x1F676,), "“"),
    **dict.fromkeys((0x1F677,), "”"),
}
_ARROWS = (range(0x1F780, 0x1F784), range(0x1F800, 0x1F900), range(0x2B60, 0x2BC0))
#: By the words of an arrow's name; the first that is in it counts.
_WAYS = {
    ("LEFT RIGHT",): "↔",
    ("UP DOWN",): "↕",
    ("NORTH WEST", "UP LEFT"): "↖",
    ("NORTH EAST", "UP RIGHT"): "↗",
    ("SOUTH EAST", "DOWN RIGHT"): "↘",
    ("SOUTH WEST", "DOWN LEFT"): "↙",
    ("LEFT",): "←",
    ("RIGHT",): "→",
    ("UP",): "↑",
    ("DOWN",): "↓",
}


#: Marks that say nothing but where an item begins; ☑ □ × √ ★ say more.
_MERE_BULLET = re.compile(
    r"[•·∙・⋅o◎⊙❖✧❑❒\-–—―\uf000-\uf0ff\u2190-\u21ff\u25a0\u25a2-\u25ff\u2794\u2798-\u27be\u2b00-\u2bff]?"
)
#: End a mark so that no space has to stand behind it.
_CLOSED = ("、", "）", "：", "。", "．", "】", "〕", "》", " ", "\u3000", "\t")


def is_mere_bullet(mark: str) -> bool:
    """Whether a list of ours, which prints a dot, prints as much as that mark says."""
    return bool(_MERE_BULLET.fullmatch(mark))


def is_seen(mark: str) -> bool:
    """Whether another font than that of its list shows it."""
    return any(ord(each) not in _PRIVATE for each in mark.strip())


def space_behind(mark: str) -> str:
    """第一条 stands before its words with a space, （一） without."""
    return "" if mark.endswith(_CLOSED) else " "


def is_font(name: str) -> bool:
    return name.strip().lower() in _FONTS


def sign(code: int, font: str) -> str:
    """What a place of a font shows; "" where nobody knows."""
    if is_font(font):
        place = code - 0xF000 if code in _PRIVATE else code
        found = _SIGNS.get((_FONTS[font.strip().lower()], place))
        return _familiar(found) if found else ""
    is_sound = code < 0xD800 or 0xE000 <= code < 0x110000
    return chr(code) if code > 0x1F and is_sound and code not in _PRIVATE else ""


def has_private(text: str) -> bool:
    """Whether it holds signs that only their own font shows."""
    return bool(_ANY_PRIVATE.search(text))


def without_private(text: str) -> tuple[str, int]:
    """Without signs whose font is gone, and how many these are."""
    return _ANY_PRIVATE.subn("", text)


@cache
def _familiar(code: int) -> str:
    if twin := _TWINS.get(code):
        return twin
    if any(code in each for each in _ARROWS):
        name = unicodedata.name(chr(code), "")
        return next((way for words, way in _WAYS.items() if any(w in name for w in words)), "→")
    return chr(code)


def read(text: str, font: str, wide_font: str | None = None) -> tuple[str, int]:
    """The text as that font shows it, and how many of its characters nobody knows.

    Word takes `font` for ASCII and `wide_font` for other letters of one byte; Chinese characters
    have a font of their own, which is none of these.
    """
    fonts = {True: font, False: font if wide_font is None else wide_font}
    known = {wide: each for wide, each in fonts.items() if is_font(each)}
    if not known:
        return text, 0
    out, unknown = "", 0
    for each in text:
        shown = _shown(each, known)
        out += shown
        unknown += not shown
    return out, unknown


def _shown(character: str, fonts: Mapping[bool, str]) -> str:
    code = ord(character)
    if code in _PRIVATE:
        return sign(code, next(iter(fonts.values())))
    font = fonts.get(code < 0x80) if 0x20 < code < 0x100 else None
    return sign(code, font) if font else character
