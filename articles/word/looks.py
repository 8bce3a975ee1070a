"""What a paragraph and its words look like, once styles and what they are based on are followed."""

import re
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from .numbering import Marker
from .parts.names import W

#: Points, where a file says nothing at all.
USUAL_SIZE = 10.5
_NAMES = [
    (re.compile(r"title|标题|文章标题|大标题|主标题|题目"), "title"),
    (re.compile(r"subtitle|副标题|副题"), "subtitle"),
    (re.compile(r"caption|题注|图注|图题|表题|illustration|figure|table"), "caption"),
    (re.compile(r"(?:toc|目录|contents)(?:\d|heading|标题)"), "contents"),
    (re.compile(r"(?:intense)?quote|(?:明显)?引用|blocktext|quotations"), "quote"),
]
_HEADING = re.compile(r"(?:heading|标题)([1-9])")
#: Styles based on each other; a long chain would be followed for each of its members.
_MOST_STYLES = 20
_OFF = ("0", "false", "off", "none")
_BLACK = re.compile(r"auto|000000|[0-2]\w[0-2]\w[0-2]\w", re.IGNORECASE)

Properties = dict[str, str]


@dataclass(frozen=True, slots=True)
class WordsLook:
    """How words look. Sizes are in points."""

    size: float = USUAL_SIZE
    bold: bool = False
    italic: bool = False
    raised: str = ""  # sup, sub
    is_hidden: bool = False
    is_coloured: bool = False
    is_marked: bool = False  # with a text marker, or on a colour
    is_underlined: bool = False
    is_struck: bool = False
    is_dotted: bool = False  # 着重号
    is_framed: bool = False


@dataclass(frozen=True, slots=True)
class Look:
    """How a paragraph looks."""

    kind: str = ""  # title, subtitle, caption, contents, quote; mostly empty
    level: int = 0  # of a heading, by its style or outline; 0: none
    align: str = ""  # center, right
    marker: Marker | None = None
    is_numbered: bool = False  # its number was automatic, and is typed now


PLAIN, PLAIN_WORDS = Look(), WordsLook()


@dataclass(frozen=True, slots=True)
class Style:
    kind: str = ""
    level: int = 0
    keys: tuple[str, ...] = ()  # its own, and those that it is based on
    paragraph: tuple[tuple[str, str], ...] = ()
    words: tuple[tuple[str, str], ...] = ()


class Styles:
    def __init__(self, part: Element | None) -> None:
        self._elements: dict[str, Element] = {}
        self._known: dict[str, Style] = {}
        self._default: dict[str, str] = {}
        self.words: Properties = {}
        for each in part if part is not None else ():
            if each.tag == W + "style":
                self._read(each)
            elif each.tag == W + "docDefaults":
                self.words = properties(each.find(f"{W}rPrDefault/{W}rPr"))

    def _read(self, element: Element) -> None:
        key = element.get(W + "styleId", "")
        self._elements.setdefault(key, element)
        if element.get(W + "default") in ("1", "true"):
            self._default[element.get(W + "type", "")] = key

    def of(self, key: str, kind: str = "paragraph") -> Style:
        """The style with everything that it is based on; that of plain text where none is named."""
        key = key if key in self._elements else self._default.get(kind, "")
        if key not in self._known:
            self._known[key] = self._resolve(key)
        return self._known[key]

    def _resolve(self, key: str) -> Style:
        paragraph: Properties = {}
        words: Properties = {}
        kind, level = "", 0
        seen: dict[str, None] = {}
        while key in self._elements and key not in seen and len(seen) < _MOST_STYLES:
            seen[key] = None
            element = self._elements[key]
            paragraph = {**properties(element.find(W + "pPr")), **paragraph}
            words = {**properties(element.find(W + "rPr")), **words}
            named = _value(element.find(W + "name"))
            kind, level = kind or _kind(named), level or _level(named)
            key = _value(element.find(W + "basedOn"))
        return Style(kind, level, tuple(seen), tuple(paragraph.items()), tuple(words.items()))


def _value(element: Element | None) -> str:
    return element.get(W + "val", "") if element is not None else ""


def _kind(name: str) -> str:
    squeezed = "".join(name.lower().split())
    return next((kind for pattern, kind in _NAMES if pattern.fullmatch(squeezed)), "")


def _level(name: str) -> int:
    heading = _HEADING.fullmatch("".join(name.lower().split()))
    return int(heading[1]) if heading else 0


def properties(element: Element | None) -> Properties:
    """`<w:b/><w:sz w:val="32"/>` as {"b": "1", "sz": "32"}."""
    found: Properties = {}
    for each in element if element is not None else ():
        name = each.tag.rpartition("}")[2]
        if name == "numPr":  # what it does not say it has from the style
            said = {key: each.find(W + key) for key in ("numId", "ilvl")}
            found.update({key: _value(part) for key, part in said.items() if part is not None})
        elif name == "rFonts":
            found.update(_fonts(each))
        elif name == "framePr":
            found[name] = each.get(W + "dropCap", "none")
        elif name == "shd":
            found[name] = each.get(W + "fill", "auto")
        elif name == "color":
            found[name] = (
                "auto"
                if each.get(W + "themeColor", "").startswith(("text", "dark"))
                else (each.get(W + "val", "auto"))
            )
        else:
            found[name] = each.get(W + "val", "1")
    return found


def _fonts(element: Element) -> Properties:
    """By kind of letter; a font of the theme is none of signs."""
    return {
        name: "" if element.get(W + theme) else element.get(W + name, "")
        for name, theme in _THEMES.items()
        if element.get(W + name) or element.get(W + theme)
    }


def words_look(found: Properties) -> WordsLook:
    size = found.get("sz", "")
    points = int(size) / 2 if re.fullmatch(r"\d{1,4}", size) else USUAL_SIZE
    raised = {"superscript": "sup", "subscript": "sub"}.get(found.get("vertAlign", ""), "")
    return WordsLook(
        size=points,
        bold=is_on(found, "b"),
        italic=is_on(found, "i"),
        raised=raised or _lifted(found.get("position", ""), points),
        is_hidden=is_on(found, "vanish"),
        is_coloured=not _BLACK.fullmatch(found.get("color", "auto")),
        is_marked=is_on(found, "highlight") or found.get("shd", "auto").lower() not in _PAPER,
        is_underlined=is_on(found, "u"),
        is_struck=is_on(found, "strike") or is_on(found, "dstrike"),
        is_dotted=is_on(found, "em"),
        is_framed=found.get("bdr", "nil") not in ("nil", *_OFF),
    )


def _lifted(position: str, size: float) -> str:
    """A small 2 that stands higher is raised, as in 10²; larger words are only set to a line."""
    if size > _SMALL or not re.fullmatch(r"-?\d{1,3}", position):
        return ""
    return "sup" if int(position) >= _LIFT else "sub" if int(position) <= -_LIFT else ""


#: In points; in half points.
_SMALL, _LIFT = 9, 4
_THEMES = {
    "ascii": "asciiTheme",
    "hAnsi": "hAnsiTheme",
    "eastAsia": "eastAsiaTheme",
    "cs": "cstheme",
}
_PAPER = ("auto", "ffffff", "")


def is_on(found: Properties, name: str) -> bool:
    return found.get(name, "0") not in _OFF


def paragraph_look(style: Style, found: Properties, marker: Marker | None) -> Look:
    """`found` is what style and paragraph say together."""
    outline = found.get("outlineLvl", "")
    level = style.level or (int(outline) + 1 if re.fullmatch(r"[0-8]", outline) else 0)
    align = {"center": "center", "right": "right", "end": "right"}.get(found.get("jc", ""), "")
    return Look(style.kind, level, align, marker)
