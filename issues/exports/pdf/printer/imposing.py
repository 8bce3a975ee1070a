"""Pages put together anew: the cover as it is printed, and a dummy that the desk folds. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf, Stream

from servicejournal.papers.fonts import Faces

from . import finishing
from . import spine as spine_of
from .measures import BLEED, MM

#: Sheets of paper are folded to so many pages.
FOLDED = 4
#: Points of an A4 sheet, broad, that an office printer takes.
_SHEET = (297 * MM, 210 * MM)
#: Around the cover, for the marks.
_SLUG = 9 * MM


@dataclass(frozen=True, slots=True)
class Told:
    """What the spine says, and the type for it."""

    name: str
    number: str
    faces: Faces


def spine(pages: int, leaf: int) -> float:
    """Millimetres of a glued magazine's spine: `pages` inside, `leaf` in micrometres."""
    return round(pages / 2 * leaf / 1000, 1)


def cover(
    data: bytes, *, spine_mm: float, colour: str, stock: str, told: Told | None = None
) -> bytes:
    """The four cover pages of a finished file as the printer lays them: outside, then inside.

    封四 | 书脊 | 封一, and 封二 | 书脊 | 封三; the spine has the colour of the back, and says
    what is `told` where it is wide enough. PDF/X-4 like the file itself.
    """
    with pikepdf.open(BytesIO(data)) as whole:
        last = len(whole.pages)
        sides = [(last, 1), (2, last - 1)] if last >= FOLDED else [(last, 1)]
        made = Pdf.new()
        painted = finishing.colour(colour, stock)
        for side, (left, right) in enumerate(sides):
            # Inside, the spine is glued to the block: ink would keep the glue from holding.
            ground = painted if side == 0 else b""
            page = _spread(made, whole, left - 1, right - 1, spine_mm * MM, ground)
            if side == 0 and told and spine_mm >= spine_of.LEAST:
                _letter(made, page, told, spine_mm * MM, white=is_dark(colour))
        finishing.declare_like(made, whole, "封面展开")
        finishing.save(made, out := BytesIO())
        return out.getvalue()


def _spread(
    made: Pdf, whole: Pdf, left: int, right: int, spine_points: float, paint: bytes
) -> pikepdf.Page:
    trim = [float(each) for each in whole.pages[left].trimbox]
    width, height = trim[2] - trim[0], trim[3] - trim[1]
    across = 2 * width + spine_points
    box = (_SLUG, _SLUG, _SLUG + across, _SLUG + height)
    page = made.add_blank_page(page_size=(across + 2 * _SLUG, height + 2 * _SLUG))
    # To the bleed outside, to the cut at the spine.
    parts = [
        _put(
            page,
            "L",
            _form(made, whole.pages[left]),
            trim,
            _SLUG,
            (-BLEED, width),
        ),
        _put(
            page,
            "R",
            _form(made, whole.pages[right]),
            trim,
            _SLUG + width + spine_points,
            (0.0, width + BLEED),
        ),
    ]
    if spine_points and paint:
        parts.append(
            b"q "
            + paint
            + b" %.3f %.3f %.3f %.3f re f Q\n"
            % (_SLUG + width, _SLUG - BLEED, spine_points, height + 2 * BLEED)
        )
    folds = (_SLUG + width, _SLUG + width + spine_points)
    page.Contents = made.make_stream(
        b"".join(parts) + finishing.crop_marks(*box) + _folds(folds, box)
    )
    page.trimbox = Array(box)
    page.bleedbox = Array([box[0] - BLEED, box[1] - BLEED, box[2] + BLEED, box[3] + BLEED])
    page.obj["/Group"] = Dictionary(Type=Name.Group, S=Name.Transparency, CS=Name.DeviceCMYK)
    page.obj.Resources["/ColorSpace"] = Dictionary(
        {finishing.ALL: made.make_indirect(finishing.all_plates())}
    )
    return page


def is_dark(colour: str) -> bool:
    """Whether paper white can be read on it (#rrggbb)."""
    red, green, blue = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    return 299 * red + 587 * green + 114 * blue < 150_000


def _letter(made: Pdf, page: pikepdf.Page, told: Told, wide: float, *, white: bool) -> None:
    left, low, right, high = (float(each) for each in page.trimbox)
    box = (wide, high - low)
    data = spine_of.lettering(told.name, told.number, box=box, white=white, faces=told.faces)
    with pikepdf.open(BytesIO(data)) as lettered:
        form = made.copy_foreign(lettered.pages[0].as_form_xobject())
        page.obj.Resources["/XObject"]["/Spine"] = form
    at = (left + right - wide) / 2, low
    page.contents_add(b"q 1 0 0 1 %.3f %.3f cm /Spine Do Q\n" % at)


def _form(made: Pdf, page: pikepdf.Page) -> Any:
    """The page with its bleed, which a form of it alone would cut off."""
    form: Any = made.copy_foreign(page.as_form_xobject())
    form["/BBox"] = Array([float(edge) for edge in page.mediabox])
    return form


def _put(
    page: pikepdf.Page,
    name: str,
    form: Stream,
    trim: list[float],
    x: float,
    shown: tuple[float, float],
) -> bytes:
    """The form with its cut edge at `x`, from one place to another, seen from there."""
    held = page.obj.Resources
    if "/XObject" not in held:
        held["/XObject"] = Dictionary()
    held.XObject[f"/{name}"] = form
    height = trim[3] - trim[1]
    return (
        f"q {x + shown[0]:.3f} {_SLUG - BLEED:.3f} {shown[1] - shown[0]:.3f}"
        f" {height + 2 * BLEED:.3f} re W n"
        f" 1 0 0 1 {x - trim[0]:.3f} {_SLUG - trim[1]:.3f} cm /{name} Do Q\n"
    ).encode()


def _folds(places: tuple[float, ...], box: tuple[float, float, float, float]) -> bytes:
    """Where it is folded: dashes at head and foot, beyond the bleed."""
    near, far = BLEED + MM, BLEED + 5 * MM
    lines = b"".join(
        b"%.3f %.3f m %.3f %.3f l S\n" % (x, y + way * near, x, y + way * far)
        for x in sorted(set(places))
        for y, way in ((box[1], -1), (box[3], 1))
    )
    return b"q " + finishing.ALL.encode() + b" CS 1 SCN 0.25 w [2 2] 0 d\n" + lines + b"Q\n"


def order_of(pages: int) -> Iterator[tuple[int, int]]:
    """Left and right page of each side of the sheets of a stitched magazine, in turn front and
    back; `pages` is a multiple of four.
    """
    for sheet in range(pages // FOLDED):
        yield pages - 2 * sheet, 2 * sheet + 1
        yield 2 * sheet + 2, pages - 2 * sheet - 1


def dummy(data: bytes) -> bytes:
    """Two pages on each side of A4: printed on both sides, turned at the short edge, folded.

    Blank pages are put in before the last one, so that the sheets come out.
    """
    with pikepdf.open(BytesIO(data)) as whole:
        count = len(whole.pages)
        blanks = -count % FOLDED
        made = Pdf.new()
        forms: list[Any] = [made.copy_foreign(page.as_form_xobject()) for page in whole.pages]
        shown: list[Any] = [*forms[:-1], *[None] * blanks, forms[-1]]
        boxes = [[float(each) for each in page.trimbox] for page in whole.pages]
        for left, right in order_of(count + blanks):
            page = made.add_blank_page(page_size=_SHEET)
            page.obj.Resources["/XObject"] = Dictionary()
            page.Contents = made.make_stream(
                b"".join(
                    _small(page, half, form, boxes[0])
                    for half, form in enumerate((shown[left - 1], shown[right - 1]))
                    if form is not None
                )
            )
        made.save(out := BytesIO(), deterministic_id=True)
        return out.getvalue()


def _small(page: pikepdf.Page, half: int, form: Stream, trim: list[float]) -> bytes:
    width, height = trim[2] - trim[0], trim[3] - trim[1]
    room = _SHEET[0] / 2
    scale = min(room / width, _SHEET[1] / height)
    # Against the fold, so that the folded edge is the spine.
    x = room - width * scale if half == 0 else room
    y = (_SHEET[1] - height * scale) / 2
    name = f"/P{half}"
    page.obj.Resources.XObject[name] = form
    return (
        f"q {x:.3f} {y:.3f} {width * scale:.3f} {height * scale:.3f} re W n"
        f" {scale:.5f} 0 0 {scale:.5f} {x - trim[0] * scale:.3f} {y - trim[1] * scale:.3f} cm"
        f" {name} Do Q\n"
    ).encode()
