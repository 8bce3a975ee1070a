"""Pictures of a Word file as a picture can be taken in: cut as Word shows them, no drawings."""

import io
import re

from PIL import Image, ImageOps

from .parts.mending import Source
from .parts.package import Package

_MAX_PIXELS = 50_000_000
#: What the journal's pictures are made of; and what Pillow alone turns into that without risk.
_TAKEN = re.compile(
    rb"\xff\xd8\xff|\x89PNG\r\n\x1a\n|RIFF....WEBP|....ftyp(?:hei|mif|hev)", re.DOTALL
)
_TURNED = re.compile(rb"GIF8|BM")
_FORMATS = ("JPEG", "PNG", "WEBP", "GIF", "BMP")


def usable(package: Package, source: Source) -> bytes:
    """The picture's bytes; none where it is a drawing (EMF, WMF, SVG), broken, or not there."""
    data = package.picture(source.path)
    if _TAKEN.match(data):
        return _cut(data, source.crop) if any(source.crop) else data
    return _cut(data, source.crop) if _TURNED.match(data) else b""


def _cut(data: bytes, crop: tuple[float, ...]) -> bytes:
    """As Word shows it: what was cut away there is not published. Broken pictures stay broken."""
    try:
        image = Image.open(io.BytesIO(data), formats=_FORMATS)
        if image.width * image.height > _MAX_PIXELS:
            return data
        has_alpha = image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info
        cut = ImageOps.exif_transpose(image.crop(_box(image.size, crop)))
        out = io.BytesIO()
        if has_alpha or image.format in ("GIF", "BMP"):
            cut.convert("RGBA" if has_alpha else "RGB").save(out, "PNG")
        else:
            cut.convert("RGB").save(out, "JPEG", quality=95)
    except Exception:  # Pillow raises whatever a broken decoder raises; the desk says so later
        return data
    return out.getvalue()


def _box(size: tuple[int, int], crop: tuple[float, ...]) -> tuple[int, int, int, int]:
    (width, height), (left, top, right, bottom) = size, crop
    x, y = int(left * width), int(top * height)
    return x, y, max(round((1 - right) * width), x + 1), max(round((1 - bottom) * height), y + 1)
