"""Pictures of a Word file as a picture can be taken in: cut as Word shows them, no drawings."""

import io
import re

from PIL import Image, ImageOps

from .parts.package import Package
from .parts.placing import Source

_MAX_PIXELS = 50_000_000
#: What a picture can be taken in as, by its first bytes (`articles.pictures.pixels`).
_TAKEN = re.compile(
    rb"\xff\xd8\xff|\x89PNG\r\n\x1a\n|RIFF....WEBP|....ftyp(?:hei|mif|hev|avi)|GIF8|BM"
    rb"|II\*\0|MM\0\*",
    re.DOTALL,
)
_DRAWN = re.compile(rb"\x01\0\0\0.{36} EMF|\xd7\xcd\xc6\x9a|\x01\0\x09\0", re.DOTALL)
_DRAWN_NAMES = (".emf", ".wmf", ".emz", ".wmz", ".svg")
_FORMATS = ("JPEG", "PNG", "WEBP", "GIF", "BMP", "TIFF", "AVIF")


def usable(package: Package, source: Source) -> bytes:
    """The picture's bytes as they are stored; none where it is no photograph, or not there."""
    data = package.picture(source.path)
    return data if _TAKEN.match(data) else b""


def as_shown(data: bytes, source: Source) -> bytes:
    """Those of a usable picture as Word shows it. Takes its time where Word cuts or turns it."""
    is_changed = any(source.crop) or source.quarters or source.is_mirrored
    return _as_shown(data, source) if is_changed else data


def why_not(package: Package, source: Source) -> str:
    """What is lost with a picture that is not usable, by the names of `remarks`."""
    if not package.has(source.path):
        return "lost pictures"
    data = package.picture(source.path)
    is_drawn = _DRAWN.match(data) or source.path.lower().endswith(_DRAWN_NAMES)
    return "vector pictures" if is_drawn else "rare pictures"


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
