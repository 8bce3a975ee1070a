"""The card that stands beside a link when somebody passes it on (Open Graph): 1200 × 630 pixels.

Messengers show it small, so it says three things: what it is, from whom, in which issue. Pure:
facts in, JPEG out. Typst sets it with the faces of the print PDF.
"""

import json
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from io import BytesIO
from pathlib import Path

import typst
from PIL import Image

from servicejournal.papers import fonts

WIDTH, HEIGHT = 1200, 630
_TEMPLATE = Path(__file__).parent / "card.typ"
#: Of a photograph on it, twice its place at most.
_PICTURE = (1000, 1260)


class NotDrawn(RuntimeError):
    """There is no card: no type, or a picture that cannot be read."""


@dataclass(frozen=True, slots=True)
class Card:
    """`title` large, `kicker` above it, `line` and `small` below; `journal` at the foot."""

    journal: str
    kicker: str
    title: str
    line: str
    small: str


def draw(card: Card, picture: bytes, faces: fonts.Faces, *, is_cover: bool) -> bytes:
    """JPEG. `picture` is a bitmap that Pillow reads, or SVG; b"" for a card of words alone.

    A cover is shown whole, a photograph fills its side. Raises `NotDrawn`.
    """
    told: dict[str, str] = asdict(card)
    missing = faces.missing("".join(told.values()))
    told = {name: fonts.printable(words, missing) for name, words in told.items()}
    with bench_with(_TEMPLATE) as bench:
        job = {
            **told,
            "fonts": faces.lists(),
            "picture": laid_out(picture, bench),
            "is_cover": is_cover,
        }
        (bench / "job.json").write_text(json.dumps(job, ensure_ascii=False), "utf-8")
        try:
            compiler = typst.Compiler(
                input=bench / "card.typ", root=bench, font_paths=faces.typefaces
            )
            drawn = compiler.compile(format="png", ppi=72)
        except typst.TypstError as reason:
            raise NotDrawn(str(reason)) from reason
    return as_jpeg(fonts.one_file(drawn))


@contextmanager
def bench_with(template: Path) -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="card-") as folder:
        shutil.copy(template, folder)
        yield Path(folder)


def laid_out(picture: bytes, bench: Path) -> str:
    """The picture's name on the bench; what is no bitmap is drawn as SVG."""
    if not picture:
        return ""
    if picture.lstrip()[:1] == b"<":
        (bench / "picture.svg").write_bytes(picture)
        return "picture.svg"
    try:
        with Image.open(BytesIO(picture)) as image:
            image.thumbnail(_PICTURE)
            image.convert("RGB").save(bench / "picture.jpg", quality=90)
    except (OSError, ValueError, SyntaxError) as reason:
        raise NotDrawn(str(reason)) from reason
    return "picture.jpg"


def as_jpeg(png: bytes) -> bytes:
    out = BytesIO()
    with Image.open(BytesIO(png)) as image:
        image.convert("RGB").save(out, "JPEG", quality=86, optimize=True, progressive=True)
    return out.getvalue()
