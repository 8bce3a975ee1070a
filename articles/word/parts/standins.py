"""mammoth knows a style by its name only. So every paragraph and every run is given a style of its
own, whose id is a number that stands for its whole look.
"""

from copy import deepcopy
from xml.etree.ElementTree import Element

from articles import symbols

from ..looks import (
    Look,
    Properties,
    Style,
    Styles,
    WordsLook,
    is_on,
    paragraph_look,
    properties,
    words_look,
)
from ..losses import Losses
from ..numbering import Numbering
from .names import W
from .package import Package

_WORDS = tuple(W + each for each in ("t", "tab", "br", "noBreakHyphen", "sym"))


class StandIns:
    """The styles of a file: `stand_in` puts a number in their place, `lines` and `words`
    know what it means.
    """

    def __init__(self, package: Package, losses: Losses) -> None:
        self._losses = losses
        self._styles = Styles(package.part("styles"))
        self._odd_fonts = symbols.UNKNOWN_FONTS | _of_signs(package.part("fontTable"))
        self._numbering = Numbering(package.part("numbering"), self._list_of_style)
        self._numbers: dict[Look | WordsLook, str] = {}
        self.lines: dict[str, Look] = {}
        self.words: dict[str, WordsLook] = {}

    def stand_in(self, root: Element) -> None:
        caps = []
        for paragraph in root.iter(W + "p"):
            self._losses.at(paragraph)
            own = paragraph.find(W + "pPr")
            style = self._styles.of(_named(own, "pStyle"))
            if _is_drop_cap(paragraph, {**dict(style.paragraph), **properties(own)}):
                caps.append(paragraph)
            look = self._paragraph(style, own)
            mark = own.find(f"{W}rPr/{W}del") if own is not None else None
            _put(paragraph, own, "pPr", "pStyle", self._number(look), mark)
            of_style = dict(style.words)
            for run in _runs(paragraph):
                self._run(run, of_style)
        self._losses.leave()
        if caps:
            _put_into_the_text(root, caps)
        _join_runs(root)

    def _paragraph(self, style: Style, own: Element | None) -> Look:
        direct = properties(own)
        found = {**dict(style.paragraph), **direct}
        marker = None
        if found.get("numId", "0") not in ("", "0") and not _has_no_end(own):
            marker = self._numbering.next(found["numId"], self._level(style, direct, found))
            self._losses["odd numbers"] += marker is not None and marker.is_guessed
        return paragraph_look(style, found, marker)

    def _level(self, style: Style, direct: Properties, found: Properties) -> int:
        """Where only the style is numbered, the list says at which level that style stands."""
        level = found.get("ilvl", "")
        if "numId" not in direct and "ilvl" not in direct:
            of_style = (self._numbering.level_of_style(found["numId"], key) for key in style.keys)
            known = next((each for each in of_style if each is not None), None)
            if known is not None:
                return known
        return int(level) if level.isdecimal() else 0

    def _list_of_style(self, key: str) -> str:
        return dict(self._styles.of(key, "numbering").paragraph).get("numId", "")

    def _run(self, run: Element, of_paragraph: dict[str, str]) -> None:
        own = run.find(W + "rPr")
        key = _named(own, "rStyle")
        of_style = dict(self._styles.of(key, "character").words) if key else {}
        found = {**self._styles.words, **of_paragraph, **of_style, **properties(own)}
        for name in {"color", "u"} & set(of_style) - set(properties(own)):
            del found[name]  # a link's blue line is not the writer's
        self._as_seen(run, found)
        _put(run, own, "rPr", "rStyle", self._number(words_look(found)))

    def _as_seen(self, run: Element, found: Properties) -> None:
        """Letters of a font of signs are the signs; others may be set to be seen as capitals."""
        if is_on(found, "caps"):
            for text in run.findall(W + "t"):
                text.text = (text.text or "").upper()
        font = found.get("ascii", "")
        wide = found.get("hAnsi", font)
        is_of_signs = symbols.is_font(font) or symbols.is_font(wide)
        for text in run.findall(W + "t"):
            if is_of_signs:
                text.text, unknown = symbols.read(text.text or "", font, wide)
                self._losses["symbols"] += unknown
            elif symbols.has_private(text.text or ""):
                self._read_private(text, found)
            elif text.text and font.lower() in self._odd_fonts and _has_letters(text.text):
                self._losses["odd fonts"] += 1
                self._losses.fonts[font] = None

    def _read_private(self, text: Element, found: Properties) -> None:
        """Their font may be that of Chinese characters, where WPS writes it; without, nobody
        knows what was seen."""
        others = (found.get(each, "") for each in ("eastAsia", "cs"))
        font = next(filter(symbols.is_font, others), "")
        if font:
            text.text = "".join(
                symbols.read(each, font)[0] or each if symbols.has_private(each) else each
                for each in text.text or ""
            )
        text.text, unknown = symbols.without_private(text.text or "")
        self._losses["symbols"] += unknown

    def _number(self, look: Look | WordsLook) -> str:
        if look not in self._numbers:
            key = self._numbers[look] = str(len(self._numbers))
            if isinstance(look, Look):
                self.lines[key] = look
            else:
                self.words[key] = look
        return self._numbers[look]


def _of_signs(table: Element | None) -> frozenset[str]:
    """Fonts that the file says to be of signs, beside those that are known."""
    return frozenset(
        name
        for each in (table.iter(W + "font") if table is not None else ())
        if (charset := each.find(W + "charset")) is not None
        and charset.get(W + "val", "").lstrip("0") == "2"
        and not symbols.is_font(name := each.get(W + "name", "").lower())
    )


def _has_letters(text: str) -> bool:
    """Chinese characters have a font of their own."""
    return any(" " < each < "\u0100" for each in text)


def _is_drop_cap(paragraph: Element, found: Properties) -> bool:
    """首字下沉 is a paragraph of its own, in a frame beside the one that it begins."""
    kind = found.get("framePr")
    if kind is None or kind in ("drop", "margin"):
        return kind is not None
    return len("".join(each.text or "" for each in paragraph.iter(W + "t")).strip()) == 1


def _put_into_the_text(root: Element, caps: list[Element]) -> None:
    """A drop cap's runs begin the paragraph behind it, and look as that does."""
    known = {id(each) for each in caps}
    for parent in list(root.iter()):
        if not any(id(child) in known for child in parent):
            continue
        children: list[Element] = []
        waiting: list[Element] = []
        for child in parent:
            if id(child) in known:
                waiting.append(child)
                continue
            if child.tag == W + "p":
                _begin_with(child, waiting)
                waiting = []
            elif child.tag == W + "tbl":
                children += waiting
                waiting = []
            children.append(child)
        parent[:] = [*children, *waiting]


def _begin_with(text: Element, caps: list[Element]) -> None:
    looks = [run[0] for run in _runs(text)[:1]]
    for cap in caps:
        _strip_start(text)
        for run in _runs(cap) if looks else ():
            run[0] = deepcopy(looks[0])
    text[1:1] = [each for cap in caps for each in cap if each.tag != W + "pPr"]


def _strip_start(paragraph: Element) -> None:
    """Without the spaces that indented it."""
    for text in paragraph.iter(W + "t"):
        text.text = (text.text or "").lstrip()
        if text.text:
            return


def _has_no_end(own: Element | None) -> bool:
    """Whether the end of the paragraph is deleted, moved away or hidden: then it is not counted."""
    mark = own.find(W + "rPr") if own is not None else None
    if mark is None:
        return False
    is_gone = any(mark.find(W + each) is not None for each in ("del", "moveFrom"))
    return is_gone or is_on(properties(mark), "vanish")


def _join_runs(root: Element) -> None:
    """Word cuts a sentence into runs at every stop of the writer's hand. Empty ones say nothing."""
    for parent in root.iter():
        children: list[Element] = []
        for child in parent:
            if child.tag == W + "r" and len(child) == 1:
                continue
            if children and _holds_words_alone(child) and _carries_on(children[-1], child):
                children[-1].extend(child[1:])
            else:
                children.append(child)
        if len(children) < len(parent):
            parent[:] = children


def _holds_words_alone(run: Element) -> bool:
    """A field begins and ends with a run of its own."""
    return run.tag == W + "r" and all(each.tag in _WORDS for each in run[1:])


def _carries_on(before: Element, run: Element) -> bool:
    """Whether what precedes is a run of words that looks the same."""
    if before.tag != W + "r" or before[-1].tag not in _WORDS:
        return False
    return before[0][0].attrib == run[0][0].attrib


def _runs(paragraph: Element) -> list[Element]:
    """Its own, not those of a text box that hangs on it."""
    found: list[Element] = []
    waiting = list(paragraph)
    while waiting:
        element = waiting.pop()
        if element.tag == W + "r":
            found.append(element)
        if element.tag != W + "p":
            waiting += element
    return found


def _named(own: Element | None, tag: str) -> str:
    found = own.find(W + tag) if own is not None else None
    return found.get(W + "val", "") if found is not None else ""


def _put(
    element: Element,
    own: Element | None,
    tag: str,
    style: str,
    key: str,
    mark: Element | None = None,
) -> None:
    """Replaces the properties by a style alone, and by the mark of a deleted paragraph end."""
    if own is not None:
        element.remove(own)
    properties = Element(W + tag)
    properties.append(Element(W + style, {W + "val": key}))
    if mark is not None:
        around = Element(W + "rPr")
        around.append(mark)
        properties.append(around)
    element.insert(0, properties)
