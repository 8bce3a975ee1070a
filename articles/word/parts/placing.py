"""How Word shows a picture: cut, turned, mirrored. By ECMA-376 20.1.7.6, 20.1.8.55, and VML.

Word mirrors first and turns then, each group the whole of what is in it.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from .names import MC, A, V, W

#: What is cut off at left, top, right, bottom (0–1).
Crop = tuple[float, float, float, float]
NO_CROP: Crop = (0, 0, 0, 0)
_SIDES = ("l", "t", "r", "b")
_OLD_SIDES = ("cropleft", "croptop", "cropright", "cropbottom")
_TURNED = re.compile(r"(?:^|;)\s*rotation:\s*(-?[\d.]{1,12})(fd)?", re.IGNORECASE)
_FLIPPED = re.compile(r"(?:^|;)\s*flip:\s*([xy ]{1,3})", re.IGNORECASE)
#: What leans by less is thought to be upright.
_LEAN = 3.0


@dataclass(frozen=True, slots=True)
class Source:
    """A picture: its path in the file, and how Word shows it."""

    path: str
    crop: Crop = NO_CROP
    quarters: int = 0  # turned clockwise, after mirroring
    is_mirrored: bool = False  # left and right


@dataclass(frozen=True, slots=True)
class Place:
    degrees: float = 0.0  # clockwise, after mirroring
    is_mirrored: bool = False

    @property
    def quarters(self) -> int:
        return round(self.degrees / 90) % 4

    @property
    def is_slanted(self) -> bool:
        return abs(self.degrees - 90 * round(self.degrees / 90)) > _LEAN

    def holding(self, inner: "Place") -> "Place":
        """What becomes of something that is placed inside something that is placed."""
        own = -inner.degrees if self.is_mirrored else inner.degrees
        return Place((own + self.degrees) % 360, is_mirrored=self.is_mirrored != inner.is_mirrored)


AS_STORED = Place()


def placed(element: Element, place: Place = AS_STORED) -> Iterator[tuple[Element, Place]]:
    """All that is in the element, each with its place: not what is in a text box in it, which has
    art of its own, and nothing that is there twice."""
    for child in element:
        if child.tag == MC + "Fallback":
            continue
        own = place.holding(_own(child))
        yield child, own
        if child.tag != W + "txbxContent":
            yield from placed(child, own)


def _own(element: Element) -> Place:
    for child in element:
        if child.tag.endswith(("}spPr", "}grpSpPr")):
            frame = child.find(A + "xfrm")
            return _place(frame) if frame is not None else AS_STORED
    return _old_place(element.get("style", "")) if element.tag.startswith(V) else AS_STORED


def _place(frame: Element) -> Place:
    turn = frame.get("rot", "0")
    degrees = int(turn) / 60_000 if re.fullmatch(r"-?\d{1,9}", turn) else 0.0
    return _flipped(degrees, _is_on(frame, "flipH"), _is_on(frame, "flipV"))


def _is_on(frame: Element, name: str) -> bool:
    return frame.get(name, "0") in ("1", "true")


def _old_place(style: str) -> Place:
    turned, flipped = _TURNED.search(style), _FLIPPED.search(style)
    degrees = 0.0
    if turned and turned[1].strip("-").replace(".", "", 1).isdigit():
        degrees = float(turned[1]) / (65_536 if turned[2] else 1)
    sides = flipped[1].lower() if flipped else ""
    return _flipped(degrees, "x" in sides, "y" in sides)


def _flipped(degrees: float, left_right: bool, up_down: bool) -> Place:
    """Upside down in a mirror is left and right in a mirror, half a turn further."""
    return Place((degrees + 180 * up_down) % 360, is_mirrored=left_right != up_down)


def crop_of(fill: Element) -> Crop:
    """What `srcRect` cuts away of a picture, or what of a filling stands out over its shape."""
    cut = _sides(fill.find(A + "srcRect"))
    beyond = _sides(fill.find(f"{A}stretch/{A}fillRect"))
    if any(each < 0 for each in beyond):
        left, top, right, bottom = beyond
        width, height = 1 - left - right, 1 - top - bottom
        cut = tuple(
            max(0.0, -each / whole)
            for each, whole in zip(beyond, (width, height, width, height), strict=True)
        )
    return _sound(cut)


def _sides(area: Element | None) -> tuple[float, ...]:
    """In thousandths of a percent, in the strict dialect in percent."""
    if area is None:
        return NO_CROP
    return tuple(_share(area.get(side, "0")) for side in _SIDES)


def _share(value: str) -> float:
    if re.fullmatch(r"-?\d{1,6}", value):
        return int(value) / 100_000
    return float(value[:-1]) / 100 if re.fullmatch(r"-?\d{1,3}(?:\.\d{1,9})?%", value) else 0.0


def crop_of_old(picture: Element) -> Crop:
    """0.25, or 16384f: in parts of 65,536."""
    sides = [picture.get(side, "") for side in _OLD_SIDES]
    return _sound(
        tuple(
            int(each[:-1]) / 65_536
            if re.fullmatch(r"-?\d{1,6}f", each)
            else float(each)
            if re.fullmatch(r"-?\d?\.\d{1,9}", each)
            else 0.0
            for each in sides
        )
    )


def _sound(sides: tuple[float, ...]) -> Crop:
    """Below nought the picture has a margin, which is nothing."""
    left, top, right, bottom = (max(0.0, each) for each in sides)
    return (left, top, right, bottom) if left + right < 1 and top + bottom < 1 else NO_CROP
