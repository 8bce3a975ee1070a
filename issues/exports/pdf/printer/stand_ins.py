"""Pictures go around Typst, which cannot take four colours: something small stands in their place.

Pure, but for the folder of plates.
"""

from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from PIL import Image

from . import Plates, inks

if TYPE_CHECKING:
    from pikepdf import Stream

#: What a stand-in says before the name of its picture.
_SAYS = b"stands for "
_QUALITY = 92
#: Pixels: as many as its shape needs to be true.
_SIDE = 600


@dataclass(frozen=True, slots=True)
class Made:
    """A picture ready for its plates: a JPEG in three colours, in four, or in black alone."""

    data: bytes
    mode: str
    size: tuple[int, int]


#: The picture of that name.
Pictures = Callable[[str], Made]


def picture(data: bytes, plates: Plates) -> Made:
    """On white where it had no ground: nothing shines through on paper."""
    image = _on_white(Image.open(BytesIO(data)))
    if image.mode == "RGB" and not plates.rgb_pictures:
        image = inks.separated(image, plates.stock)
    image.save(
        out := BytesIO(), "JPEG", quality=_QUALITY, subsampling=0 if image.mode == "CMYK" else -1
    )
    return Made(out.getvalue(), image.mode, image.size)


def stand_in(name: str, size: tuple[int, int], mode: str = "L") -> bytes:
    """A small grey picture of that shape which Typst carries over as it is, name and all."""
    across = min(1.0, _SIDE / max(size))
    small = max(1, round(size[0] * across)), max(1, round(size[1] * across))
    out = BytesIO()
    Image.new("L", small, 128).convert(mode).save(out, "JPEG", comment=_SAYS + name.encode())
    return out.getvalue()


def _on_white(image: Image.Image) -> Image.Image:
    if image.mode in ("1", "L", "RGB"):
        return image.convert("L") if image.mode == "1" else image
    if image.has_transparency_data:
        image = image.convert("RGBA")
        ground = Image.new("RGBA", image.size, "white")
        return Image.alpha_composite(ground, image).convert("RGB")
    return image.convert("RGB")


def name_in(data: bytes) -> str:
    """What a JPEG stands for; "" for one that stands for itself."""
    at = (head := data[:400]).find(_SAYS)
    if at < 0:
        return ""
    length = int.from_bytes(head[at - 2 : at], "big") - 2
    return head[at + len(_SAYS) : at + length].decode()


def name_of(image: "Stream") -> str:
    """As `name_in`, of a picture in a PDF."""
    return name_in(image.read_raw_bytes()) if image.get("/Filter") == "/DCTDecode" else ""


def plate(bench: Path, name: str) -> Made:
    data = (bench / "plates" / name).read_bytes()
    with Image.open(BytesIO(data)) as image:
        return Made(data, image.mode, image.size)
