"""Pictures for a file: as JPEG or PNG, no larger than the file needs. Pure: bytes in, bytes out."""

from io import BytesIO

from PIL import Image

#: Pixels across and down that a picture must fit into.
Box = tuple[int, int]


def size_in(box: Box | None, width: int, height: int) -> Box:
    """What `fitted` makes of so many pixels."""
    if box is None or (width <= box[0] and height <= box[1]):
        return width, height
    scale = min(box[0] / width, box[1] / height)
    return max(round(width * scale), 1), max(round(height * scale), 1)


def fitted(data: bytes, box: Box | None = None, *, quality: int = 85) -> tuple[bytes, str]:
    """The picture as large as the box allows at most, and its suffix.

    One that fits already is returned as it is: masters are our own JPEG and PNG.
    """
    opened = Image.open(BytesIO(data))
    size = size_in(box, *opened.size)
    image: Image.Image = opened
    if opened.format in ("JPEG", "PNG") and size == image.size:
        return data, ".jpg" if opened.format == "JPEG" else ".png"
    if size != image.size:
        opened.draft("RGB", size)  # a large JPEG is decoded smaller at once
        if image.mode == "P":
            image = image.convert("RGBA")  # colours of a palette cannot be mixed
        # Looks like Lanczos where hardly anything is taken away, in two thirds of its time.
        image = image.resize(size, Image.Resampling.BICUBIC, reducing_gap=2)
    return _encoded(image, quality)


def _encoded(image: Image.Image, quality: int) -> tuple[bytes, str]:
    out = BytesIO()
    if image.mode in ("RGBA", "LA", "P"):
        image.save(out, "PNG", optimize=True)
        return out.getvalue(), ".png"
    image.convert("RGB").save(out, "JPEG", quality=quality)
    return out.getvalue(), ".jpg"


def look_at(data: bytes) -> None:
    """Raises `OSError` where this is no picture."""
    Image.open(BytesIO(data)).verify()
