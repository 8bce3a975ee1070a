"""What a printer's machines read in a PDF beside its pages. Pure."""

from io import BytesIO

import pypdfium2

#: Points: 3 mm beyond the cut.
BLEED = 3 / 25.4 * 72


def with_bleed_boxes(data: bytes) -> bytes:
    """The same PDF whose pages say how far their pictures run beyond the cut."""
    document = pypdfium2.PdfDocument(data)
    for page in document:
        left, bottom, right, top = page.get_trimbox()
        page.set_bleedbox(left - BLEED, bottom - BLEED, right + BLEED, top + BLEED)
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def first_page(data: bytes, width: int = 1400) -> bytes:
    """The first page as a JPEG, so many pixels wide."""
    page = pypdfium2.PdfDocument(data)[0]
    image = page.render(scale=width / page.get_width()).to_pil()
    out = BytesIO()
    image.convert("RGB").save(out, "JPEG", quality=88, optimize=True)
    return out.getvalue()
