"""Makes a part of a .docx ready for mammoth: what it would drop without a word is put in a way that
it reads, or counted. Changes the tree in place.

mammoth takes neither simple fields nor ruby, formulas, grouped pictures or text boxes without a
fallback, and a link that leads nowhere stops it.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from .. import formulas
from .names import MC, PIC, WP, A, M, O, R, V, W
from .package import Target

#: What a file can hold and an article cannot; `remarks` has the words.
Losses = Counter[str]


Crop = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Source:
    """A picture: its path in the file, and what Word cuts off at left, top, right, bottom (0–1)."""

    path: str
    crop: Crop = (0, 0, 0, 0)


_UNWRAPPED = tuple(W + each for each in ("fldSimple", "dir", "bdo", "ins", "moveTo", "smartTag"))
_ART = (W + "drawing", W + "pict", W + "object")
_WITH_ID = tuple(
    W + each for each in ("footnote", "endnote", "footnoteReference", "endnoteReference")
)
_LEFT_ALONE = (W + "pPr", W + "rPr", W + "trPr", W + "tblPr", W + "sectPr")


class Mender:
    """One for a file: losses and pictures of all its parts come together."""

    def __init__(self) -> None:
        self.losses: Losses = Counter()
        self.pictures: dict[Source, int] = {}
        self._targets: dict[str, Target] = {}
        self._ways: dict[str, Callable[[Element], list[Element]]] = {
            **dict.fromkeys(_UNWRAPPED, lambda element: list(element)),
            **dict.fromkeys(_ART, self._art),
            MC + "AlternateContent": self._alternative,
            W + "del": self._deleted,
            W + "moveFrom": lambda _: [],
            W + "ruby": self._ruby,
            W + "cr": lambda _: [Element(W + "br")],
            W + "ptab": lambda _: [Element(W + "tab")],
            W + "sym": _symbol,
            W + "hyperlink": self._link,
            W + "commentReference": self._comment,
            **dict.fromkeys(_WITH_ID, _with_id),
            W + "altChunk": self._lost("foreign"),
            W + "sdt": self._control,
            M + "oMath": self._formula,
            M + "oMathPara": lambda element: list(element),
        }

    def mend(self, root: Element, targets: dict[str, Target]) -> None:
        self._targets = targets
        self._mend_below(root)

    def _mend_below(self, element: Element) -> None:
        children: list[Element] = []
        for child in element:
            children += [child] if child.tag in _LEFT_ALONE else self._mended(child)
        element[:] = children

    def _mended(self, element: Element) -> list[Element]:
        if element.tag == W + "ins":
            self.losses["insertions"] += 1
        elif element.tag == W + "tc":
            _check_span(element)
        if element.tag not in (M + "oMath", W + "del", MC + "AlternateContent", *_ART):
            self._mend_below(element)
        way = self._ways.get(element.tag)
        return way(element) if way else [element]

    def _lost(self, what: str) -> Callable[[Element], list[Element]]:
        def way(_: Element) -> list[Element]:
            self.losses[what] += 1
            return []

        return way

    def _alternative(self, element: Element) -> list[Element]:
        """The old way of saying it where that says anything: mammoth reads no other."""
        old, new = element.find(MC + "Fallback"), element.find(MC + "Choice")
        chosen = old if old is not None and _says_anything(old) else new
        if chosen is None:
            return []
        self._mend_below(chosen)
        return list(chosen)

    def _deleted(self, element: Element) -> list[Element]:
        self.losses["deletions"] += any(each.tag == W + "delText" for each in element.iter())
        return []

    def _comment(self, _: Element) -> list[Element]:
        self.losses["comments"] += 1
        return []

    def _ruby(self, element: Element) -> list[Element]:
        base = element.find(W + "rubyBase")
        self.losses["ruby"] += 1
        return list(base) if base is not None else []

    def _link(self, element: Element) -> list[Element]:
        """A link that leads nowhere is its words."""
        target = self._targets.get(element.get(R + "id", ""))
        return [element] if target and target.kind == "hyperlink" else list(element)

    def _control(self, element: Element) -> list[Element]:
        gallery = element.find(f"{W}sdtPr/{W}docPartObj/{W}docPartGallery")
        if gallery is not None and "contents" in gallery.get(W + "val", "").lower():
            self.losses["contents"] += 1
            return []
        return [element]

    def _formula(self, element: Element) -> list[Element]:
        self.losses["formulas"] += 1
        return [_run(words, raised) for words, raised in formulas.written(element) if words]

    # Pictures, text boxes, drawn letters: all that Word calls art.

    def _art(self, element: Element) -> list[Element]:
        self._count_what_is_drawn(element)
        art = [*self._drawn_letters(element), *self._pictures(element)]
        boxes = [each for each in _own(element, W + "txbxContent") if _has_words(each)]
        for box in boxes:
            self.losses["boxes"] += 1
            self._mend_below(box)
            art.append(_text_box(box))
        return art

    def _count_what_is_drawn(self, element: Element) -> None:
        kinds = {
            each.get("uri", "").rpartition("/")[2] for each in _own(element, A + "graphicData")
        }
        self.losses["charts"] += bool(kinds & {"chart", "chartex"})
        self.losses["diagrams"] += "diagram" in kinds
        is_formula = any(
            "Equation" in each.get("ProgID", "") for each in _own(element, O + "OLEObject")
        )
        self.losses["old formulas"] += is_formula
        self.losses["objects"] += element.tag == W + "object" and not is_formula

    def _drawn_letters(self, element: Element) -> list[Element]:
        return [
            _inner_run(each.get("string", ""))
            for each in _own(element, V + "textpath")
            if each.get("string", "").strip()
        ]

    def _pictures(self, element: Element) -> list[Element]:
        alt = next((_alt(each) for each in _own(element, WP + "docPr")), "")
        found = []
        for fill in _own(element, PIC + "blipFill"):
            blip = fill.find(A + "blip")
            if blip is not None:
                crop = _crop(fill.find(A + "srcRect"))
                found += self._picture(blip.get(R + "embed", ""), blip, alt, crop)
        for old in _own(element, V + "imagedata"):
            found += self._picture(old.get(R + "id", ""), old, old.get(O + "title", ""))
        return found

    def _picture(
        self, key: str, element: Element, alt: str, crop: Crop = (0, 0, 0, 0)
    ) -> list[Element]:
        target = self._targets.get(key)
        if target is None or target.is_outside or target.kind != "image":
            self.losses["linked pictures"] += bool(target or element.get(R + "link"))
            return []
        source = Source(target.path, crop)
        number = self.pictures.setdefault(source, len(self.pictures))
        return [_drawing(f"picture{number}", alt)]


def _says_anything(element: Element) -> bool:
    telling = (V + "imagedata", A + "blip", V + "textpath")
    return _has_words(element) or any(each.tag in telling for each in element.iter())


def _has_words(element: Element) -> bool:
    return any(
        each.tag in (W + "t", M + "t") and (each.text or "").strip() for each in element.iter()
    )


def _own(element: Element, tag: str) -> Iterator[Element]:
    """Its descendants of that tag: not those of a text box in it, which has art of its own, and
    nothing that is there twice."""
    for child in element:
        if child.tag == tag:
            yield child
        elif child.tag not in (MC + "Fallback", W + "txbxContent"):
            yield from _own(child, tag)


def _check_span(cell: Element) -> None:
    """mammoth takes any text for a number."""
    for span in cell.iter(W + "gridSpan"):
        if not re.fullmatch(r"[1-9]\d?", span.get(W + "val", "")):
            span.set(W + "val", "1")


def _symbol(element: Element) -> list[Element]:
    return [element] if re.fullmatch(r"[0-9A-Fa-f]{1,6}", element.get(W + "char", "")) else []


def _with_id(element: Element) -> list[Element]:
    return [element] if element.get(W + "id") else []


def _crop(area: Element | None) -> Crop:
    """In Word thousandths of a percent; below nought the picture has a margin, which is nothing."""
    sides = [area.get(side, "") if area is not None else "" for side in "ltrb"]
    left, top, right, bottom = (
        int(each) / 100_000 if re.fullmatch(r"\d{1,5}", each) else 0 for each in sides
    )
    return (left, top, right, bottom) if left + right < 1 and top + bottom < 1 else (0, 0, 0, 0)


def _alt(element: Element) -> str:
    return element.get("descr", "").strip() or element.get("title", "").strip()


def _below(parent: Element, tag: str, **attributes: str) -> Element:
    child = Element(tag, attributes)
    parent.append(child)
    return child


def _run(words: str, raised: str = "") -> Element:
    run = Element(W + "r")
    if raised:
        how = {"sup": "superscript", "sub": "subscript"}[raised]
        _below(_below(run, W + "rPr"), W + "vertAlign").set(W + "val", how)
    run.append(_inner_run(words))
    return run


def _inner_run(words: str) -> Element:
    text = Element(W + "t")
    text.text = words
    return text


def _drawing(key: str, alt: str) -> Element:
    """A picture in the one shape that mammoth knows."""
    drawing = Element(W + "drawing")
    inline = _below(drawing, WP + "inline")
    _below(inline, WP + "docPr", descr=alt)
    data = _below(_below(inline, A + "graphic"), A + "graphicData")
    fill = _below(_below(data, PIC + "pic"), PIC + "blipFill")
    _below(fill, A + "blip").set(R + "embed", key)
    return drawing


def _text_box(content: Element) -> Element:
    """Its paragraphs come behind the one that it hangs on."""
    picture = Element(W + "pict")
    _below(_below(picture, V + "shape"), V + "textbox").append(content)
    return picture
