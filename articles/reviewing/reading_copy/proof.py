"""送审稿 as a plain A4 proof, by the house's compositor. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path

from servicejournal.papers import fonts, typesetting

from . import Copy

TEMPLATE = Path(__file__).parent / "proof.typ"


def pdf(
    copies: Sequence[Copy], heading: str, pictures: Mapping[str, bytes], faces: fonts.Faces
) -> bytes:
    """`pictures` (JPEG) by token. Raises `typesetting.NotPrinted`."""
    told = {
        "heading": heading,
        "pictures": sorted(pictures),
        "copies": [{**asdict(each), "label": each.label} for each in copies],
    }
    files = {f"{token}.jpg": data for token, data in pictures.items()}
    return typesetting.pdf(TEMPLATE, told, faces, name="送审稿", files=files)
