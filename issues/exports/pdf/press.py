"""A page of a PDF as a picture. Pure."""

from io import BytesIO

import pypdfium2


def first_page(data: bytes, width: int = 1400) -> bytes:
    """The first page as a JPEG, so many pixels wide."""
    page = pypdfium2.PdfDocument(data)[0]
    image = page.render(scale=width / page.get_width()).to_pil()
    out = BytesIO()
    image.convert("RGB").save(out, "JPEG", quality=88, optimize=True)
    return out.getvalue()
