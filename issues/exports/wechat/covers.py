"""Covers and pictures in the sizes that the platform takes. Pure: bytes in, bytes out."""

from io import BytesIO

from PIL import Image, ImageOps

#: The headline's cover and that of a message further down: pixels.
WIDE, SQUARE = (900, 383), (500, 500)
#: The platform refuses larger pictures in a text.
MAX_BYTES = 1_000_000
#: Pixels across: the column of a message is 677 wide, twice that is sharp on every phone.
ACROSS = 1354


def cropped(data: bytes, size: tuple[int, int]) -> bytes:
    """The picture filled into that size, what stands above its middle first: faces, titles."""
    image = _opened(data)
    return _jpeg(ImageOps.fit(image, size, Image.Resampling.LANCZOS, centering=(0.5, 0.35)))


def uploadable(data: bytes) -> bytes:
    """As JPEG, under the platform's limit."""
    image = _opened(data)
    image.thumbnail((ACROSS, 4 * ACROSS), Image.Resampling.LANCZOS)
    for quality in (88, 80, 70, 55, 40):
        found = _jpeg(image, quality)
        if len(found) < MAX_BYTES:
            return found
    image.thumbnail((ACROSS // 2, 2 * ACROSS))
    return _jpeg(image, 70)


def _opened(data: bytes) -> Image.Image:
    """On white where there is transparency: JPEG knows none."""
    image: Image.Image = Image.open(BytesIO(data))
    if image.mode in ("RGBA", "LA", "P"):
        layer = image.convert("RGBA")
        image = Image.new("RGB", layer.size, "white")
        image.paste(layer, mask=layer.getchannel("A"))
    return image.convert("RGB")


def _jpeg(image: Image.Image, quality: int = 88) -> bytes:
    out = BytesIO()
    image.save(out, "JPEG", quality=quality, optimize=True)
    return out.getvalue()
