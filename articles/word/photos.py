"""Pictures of a Word file as a picture can be taken in: cut as Word shows them, no drawings."""

import io
import re

from PIL import Image, ImageOps

from .parts.package import Package
from .parts.placing import Source

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
    is_changed = any(source.crop) or source.quarters or source.is_mirrored
    if _TAKEN.match(data):
        return _as_shown(data, source) if is_changed else data
    return _as_shown(data, source) if _TURNED.match(data) else b""


def _as_shown(data: bytes, source: Source) -> bytes:
    """As Word shows it: what was cut away there is not published. Broken pictures stay broken."""
    try:
        image = Image.open(io.BytesIO(data), formats=_FORMATS)
        if image.width * image.height > _MAX_PIXELS:
            return data
        has_alpha = image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info
        cut = _placed(image.crop(_box(image.size, source.crop)), source)
        out = io.BytesIO()
        if has_alpha or image.format in ("GIF", "BMP"):
            cut.convert("RGBA" if has_alpha else "RGB").save(out, "PNG")
        else:
            cut.convert("RGB").save(out, "JPEG", quality=95)
    except Exception:  # Pillow raises whatever a broken decoder raises; the desk says so later
        return data
    return out.getvalue()


def _placed(image: Image.Image, source: Source) -> Image.Image:
    """Word does not read what a camera noted about its position: it turns the picture by itself. A
    picture that it turned is not turned again; of the others a camera knows best.
    """
    if not source.quarters:
        image = ImageOps.exif_transpose(image)
    if source.is_mirrored:
        image = ImageOps.mirror(image)
    return image.rotate(-90 * source.quarters, expand=True) if source.quarters else image


def _box(size: tuple[int, int], crop: tuple[float, ...]) -> tuple[int, int, int, int]:
    (width, height), (left, top, right, bottom) = size, crop
    x, y = int(left * width), int(top * height)
    return x, y, max(round((1 - right) * width), x + 1), max(round((1 - bottom) * height), y + 1)
