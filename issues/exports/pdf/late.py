"""Pictures of a PDF for screens, which go around Typst. Pure, but for the bench.

The compiler unpacks every picture and keeps it so as long as it works: sixty photographs are 130
MB. A small one of the same shape stands in the place of each, and is changed for it in the file.
"""

from io import BytesIO
from pathlib import Path

from PIL import Image

from .printer import stand_ins

#: The folder of the bench where they wait.
WAITING = "late"


def put_aside(data: bytes, name: str, bench: Path) -> bytes:
    """What Typst is to set in the place of this picture; one that is no plain JPEG it sets itself:
    ground that shines through is a second picture.
    """
    with Image.open(BytesIO(data)) as image:
        if image.format != "JPEG" or image.mode != "RGB":
            return data
        size = image.size
    (bench / WAITING).mkdir(exist_ok=True)
    (bench / WAITING / name).write_bytes(data)
    return stand_ins.stand_in(name, size, mode="RGB")


def bring_in(path: Path, bench: Path) -> None:
    """Changes the file. Its pictures have three colours as their stand-ins, in the same space."""
    if not (bench / WAITING).exists():
        return
    import pikepdf  # by the compositor alone: what serves pages does not wait for it

    before = path.rename(path.with_suffix(".before"))
    with pikepdf.open(before) as document:
        for each in document.objects:
            if not isinstance(each, pikepdf.Stream) or each.get("/Subtype") != "/Image":
                continue
            if name := stand_ins.name_of(each):
                data = (bench / WAITING / name).read_bytes()
                each.write(data, filter=pikepdf.Name.DCTDecode)
                each["/Width"], each["/Height"] = _size(data)
        document.save(path, deterministic_id=True)


def _size(data: bytes) -> tuple[int, int]:
    with Image.open(BytesIO(data)) as shown:
        return shown.size
