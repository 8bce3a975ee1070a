"""Pictures for a file: as JPEG or PNG, no larger than the file needs. Pure: bytes in, bytes out."""

from io import BytesIO

from PIL import Image


def fitted(data: bytes, longest: int | None = None) -> tuple[bytes, str]:
    """The picture with its longer side at most `longest` pixels, and its suffix.

    One that fits already is returned as it is: masters are our own JPEG and PNG.
    """
    image = Image.open(BytesIO(data))
    if image.format in ("JPEG", "PNG") and not (longest and max(image.size) > longest):
        return data, ".jpg" if image.format == "JPEG" else ".png"
    if longest:
        image.draft("RGB", (longest, longest))  # a large JPEG is decoded smaller at once
        image.thumbnail((longest, longest), Image.Resampling.LANCZOS)
    return _encoded(image)


def _encoded(image: Image.Image) -> tuple[bytes, str]:
    out = BytesIO()
    if image.mode in ("RGBA", "LA", "P"):
        image.save(out, "PNG", optimize=True)
        return out.getvalue(), ".png"
    image.convert("RGB").save(out, "JPEG", quality=85, optimize=True)
    return out.getvalue(), ".jpg"


def look_at(data: bytes) -> None:
    """Raises `OSError` where this is no picture."""
    Image.open(BytesIO(data)).verify()
