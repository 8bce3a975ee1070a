"""What stands on the spine of a glued magazine. Pure."""

import json
import shutil
import tempfile
from pathlib import Path

import typst

from servicejournal.papers.fonts import Faces

#: Millimetres; on a narrower one the fold's play would carry the words over its edge.
LEAST = 5.0
_TEMPLATE = Path(__file__).with_suffix(".typ")


def lettering(
    name: str, number: str, *, box: tuple[float, float], white: bool, faces: Faces
) -> bytes:
    """A page of this width and height, in points: words in paper white or black, nothing below.

    One plate or none: small type in four inks shows each of them at its edge.
    """
    with tempfile.TemporaryDirectory(prefix="spine-") as folder:
        bench = Path(folder)
        shutil.copy(_TEMPLATE, bench / "spine.typ")
        job = {
            "name": name,
            "number": number,
            "width": box[0],
            "height": box[1],
            "white": white,
            "fonts": faces.lists(),
        }
        (bench / "job.json").write_text(json.dumps(job, ensure_ascii=False), "utf-8")
        compiler = typst.Compiler(bench / "spine.typ", root=bench, font_paths=faces.typefaces)
        made = compiler.compile(format="pdf", pdf_standards="1.6", pdf_tags=False, timestamp=0)
    return made if isinstance(made, bytes) else b""
