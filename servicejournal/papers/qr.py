"""An address as a picture for a phone's camera."""

from io import BytesIO

import segno


def code_of(url: str) -> str:
    """The QR code as the address of a picture (`data:` SVG), black on white also by night."""
    return segno.make(url, error="m").svg_data_uri(scale=4, border=2, dark="#000", light="#fff")


def drawing_of(url: str) -> bytes:
    """As an SVG file, for a paper."""
    out = BytesIO()
    segno.make(url, error="m").save(out, kind="svg", scale=4, border=2, dark="#000", light="#fff")
    return out.getvalue()
