"""What Word calls art: pictures, shapes filled with one, text boxes, drawn letters, groups.

Each comes out in the one shape that mammoth reads, a picture with the way in which Word shows it
(cut, turned, mirrored); what cannot come out is counted.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from xml.etree.ElementTree import Element

from ..losses import Losses
from . import drawing
from .drawing import IS_PICTURE, IS_TEXT, has_words, says_anything
from .names import MC, PIC, WP, A, O, R, V, W
from .package import Target
from .placing import AS_STORED, Crop, Place, Source, crop_of, crop_of_old, placed

#: Frames that show all of a picture but perhaps its corners.
_WHOLE = ("rect", "roundRect", "round2SameRect", "snip1Rect", "flowChartProcess", "")


class Art:
    """One for a file; `losses` and `pictures` are those of all its parts."""

    def __init__(self, losses: Losses, mend_below: Callable[[Element], None]) -> None:
        self.pictures: dict[Source, int] = {}
        self.places: list[str] = []  # by the numbers of the pictures
        self.targets: Mapping[str, Target] = {}
        self._losses, self._mend_below = losses, mend_below

    def read(self, element: Element) -> list[Element]:
        """What a `w:drawing`, `w:pict` or `w:object` shows, in its order."""
        if drawing.is_hidden(element):
            self._losses["hidden art"] += 1
            return []
        if drawing.is_line_across(element):
            return [written("———")]
        self._count_what_is_drawn(element)
        self._losses["drawn shapes"] += drawing.has_shapes(element)
        shown = list(placed(element))
        out = [*_drawn_letters(shown)]
        alt = next((_alt(each) for each, _ in shown if each.tag == WP + "docPr"), "")
        for each, place in shown:
            if each.tag in (PIC + "pic", A + "pic"):
                self._count_its_shape(each)
                alt = _alt_of(each) or alt
            elif each.tag in (PIC + "blipFill", A + "blipFill"):
                out += self._filling(each, alt, place)
            elif each.tag == V + "imagedata":
                crop = crop_of_old(each)
                out += self._picture(each, R + "id", each.get(O + "title", ""), crop, place)
            elif each.tag == V + "fill" and (each.get(R + "id") or each.get(O + "relid")):
                out += self._picture(each, R + "id", each.get(O + "title", ""), place=place)
        out += self._boxes(shown)
        self._losses["drawn shapes"] += not out and drawing.is_unknown(element)
        return out

    def _boxes(self, shown: list[tuple[Element, Place]]) -> Iterator[Element]:
        for each, _ in shown:
            if each.tag == W + "txbxContent" and says_anything(each):
                self._losses["boxes"] += has_words(each)
                self._mend_below(each)
                yield _text_box(each)
            elif each.tag == A + "txBody" and has_words(each):
                self._losses["boxes"] += 1
                yield _text_box(_foreign_box(each))

    def _count_what_is_drawn(self, element: Element) -> None:
        inside = [each for each, _ in placed(element)]
        kinds = {each.get("uri", "").rpartition("/")[2] for each in inside}
        self._losses["charts"] += bool(kinds & {"chart", "chartex"})
        self._losses["diagrams"] += "diagram" in kinds
        is_formula = any(
            each.tag == O + "OLEObject" and "Equation" in each.get("ProgID", "") for each in inside
        )
        self._losses["old formulas"] += is_formula
        self._losses["objects"] += element.tag == W + "object" and not is_formula

    def _count_its_shape(self, picture: Element) -> None:
        look = next((each for each in picture if each.tag.endswith("}spPr")), None)
        if look is None:
            return
        self._losses["slanted pictures"] += drawing.leans_in_space(look)
        shape = look.find(A + "prstGeom")
        is_whole = shape is None or shape.get("prst", "") in _WHOLE
        self._losses["shaped pictures"] += not is_whole or look.find(A + "custGeom") is not None

    def _filling(self, fill: Element, alt: str, place: Place) -> list[Element]:
        blip = fill.find(A + "blip")
        if blip is None:
            return []
        if fill.get("rotWithShape") in ("0", "false"):
            place = AS_STORED
        return self._picture(blip, R + "embed", alt, crop_of(fill), place)

    def _picture(
        self,
        element: Element,
        key: str,
        alt: str,
        crop: Crop = (0, 0, 0, 0),
        place: Place = AS_STORED,
    ) -> list[Element]:
        target = self.targets.get(element.get(key) or element.get(O + "relid") or "")
        if target is None or target.is_outside or target.kind != "image":
            self._losses[_why_lost(element, target)] += 1
            return []
        self._losses["slanted pictures"] += place.is_slanted
        self._losses["videos"] += drawing.is_video(element)
        self._losses["recoloured pictures"] += drawing.is_recoloured(element)
        source = Source(target.path, crop, place.quarters, place.is_mirrored)
        number = self.pictures.setdefault(source, len(self.pictures))
        if number == len(self.places):
            self.places.append(self._losses.here())
        return [_drawing(f"picture{number}", alt)]


def _why_lost(element: Element, target: Target | None) -> str:
    if target is not None or element.get(R + "link") or element.get(R + "href"):
        return "linked pictures"
    is_drawing = any(each.tag.endswith("}svgBlip") for each in element.iter())
    return "vector pictures" if is_drawing else "lost pictures"


def richest(ways: list[Element]) -> Element | None:
    """Of several ways to say the same, the one that says most; of two alike the first."""
    return max(ways, key=_riches) if ways else None


def _riches(element: Element) -> tuple[int, int]:
    """Characters and pictures."""
    characters = sum(
        len((each.text or "").strip()) if each.tag in IS_TEXT else len(each.get("string", ""))
        for each in _once(element)
        if each.tag in IS_TEXT or each.tag == V + "textpath"
    )
    return characters, sum(each.tag in IS_PICTURE for each in _once(element))


def _once(element: Element) -> Iterator[Element]:
    """What is in it, nothing twice: of what is written in two ways the newer."""
    for child in element:
        if child.tag != MC + "Fallback":
            yield child
            yield from _once(child)


def _drawn_letters(shown: list[tuple[Element, Place]]) -> list[Element]:
    return [
        written(each.get("string", ""))
        for each, _ in shown
        if each.tag == V + "textpath" and each.get("string", "").strip()
    ]


def _alt(element: Element) -> str:
    return element.get("descr", "").strip() or element.get("title", "").strip()


def _alt_of(picture: Element) -> str:
    """What somebody wrote on the picture itself, where it stands in a group."""
    own = next((each for each in picture.iter() if each.tag.endswith("}cNvPr")), None)
    return _alt(own) if own is not None else ""


def written(words: str) -> Element:
    """Words as they stand in a run."""
    text = Element(W + "t")
    text.text = words
    return text


def below(parent: Element, tag: str, **attributes: str) -> Element:
    child = Element(tag, attributes)
    parent.append(child)
    return child


def _drawing(key: str, alt: str) -> Element:
    """A picture in the one shape that mammoth knows."""
    drawing = Element(W + "drawing")
    inline = below(drawing, WP + "inline")
    below(inline, WP + "docPr", descr=alt)
    data = below(below(inline, A + "graphic"), A + "graphicData")
    fill = below(below(data, PIC + "pic"), PIC + "blipFill")
    below(fill, A + "blip").set(R + "embed", key)
    return drawing


def _foreign_box(body: Element) -> Element:
    """A text in the manner of slides, which a drawing that came from there still has."""
    content = Element(W + "txbxContent")
    for paragraph in body.iter(A + "p"):
        words = "".join(re.sub(r"\s", " ", each.text or "") for each in paragraph.iter(A + "t"))
        below(below(content, W + "p"), W + "r").append(written(words))
    return content


def _text_box(content: Element) -> Element:
    """Its paragraphs come behind the one that it hangs on."""
    picture = Element(W + "pict")
    below(below(picture, V + "shape"), V + "textbox").append(content)
    return picture
