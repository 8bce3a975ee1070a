"""Parts of an issue as the compositor sets them: how many pages they take, and how those look.

For the desk's board: an article alone is measured, and the flat plan (台版图) is drawn part by
part, so that after a move only what changed is set again. No file for readers comes from here. A
process of its own sets them, as an issue's:

    python -m issues.exports.pdf.parts BENCH

BENCH is a folder with the template, `drafts/` and `pictures/` as for the compositor, and
`job.json` {"fonts", "paper", "draw", "parts": [{"only", "begins_left", "told"}]}. It gets
`made.json` and, where `draw` is true, `PART-SIDE-PAGE.webp`.
"""

import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

from PIL import Image

from issues.exports import pictures
from issues.exports.pdf import PATIENCE, ROOT, TEMPLATE, NotPrinted
from issues.exports.shape import BookPicture
from servicejournal.papers import fonts
from servicejournal.papers.fonts import Faces

from . import compositor

#: Pixels across a page of the flat plan, and across a picture in it.
WIDTH = 240
_PICTURE = (320, 320)
_POINTS = 72
#: Darker than this is type or a picture; the pale mark that ends a section is lighter.
_INK = 205
_SIDES = ("right", "left")
_NOTHING = '<svg xmlns="http://www.w3.org/2000/svg" width="{}" height="{}"/>'


@dataclass(frozen=True, slots=True)
class Part:
    """`only` is "front", "back" or "run" (sections); `told` is what the template is told of it.

    What `begins_left` is set so alone: a preamble, whose picture stands on the left.
    """

    only: str
    told: dict[str, Any]
    begins_left: bool = False


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page: how far down it is filled (0 to 1), and its pictures (WebP) in a part that begins on
    the right of a spread, and in one that begins on its left.
    """

    fill: float
    right_first: bytes
    left_first: bytes


@dataclass(frozen=True, slots=True)
class Laid:
    """`fill` is that of the last page; `sheets` are there where they were drawn; `articles` say of
    each {"begins", "ends", "steps"}: its pages (from 1), and how they were filled.
    """

    pages: int
    fill: float
    sheets: tuple[Sheet, ...]
    articles: tuple[dict[str, Any], ...] = ()


def run_of(
    told: dict[str, Any], section: dict[str, Any], articles: Sequence[int], *, opens: bool
) -> Part:
    """These articles (by place in the section) of what `setting.of` told, as a part."""
    chosen = [section["articles"][at] for at in articles]
    chosen[0] = {**chosen[0], "follows": ""}
    own = {**section, "articles": chosen, "opens": opens}
    is_preamble = section["is_preamble"]
    parts = {"preambles": [own] if is_preamble else [], "sections": [] if is_preamble else [own]}
    return Part("run", {**told, **parts}, begins_left=is_preamble)


def front_of(told: dict[str, Any]) -> Part:
    """Cover to contents, with the preambles: titles of articles and nothing of their texts."""
    bare = [
        {**part, "articles": [{**each, "segments": []} for each in part["articles"]]}
        for part in told["sections"]
    ]
    return Part("front", {**told, "sections": bare})


def back_of(told: dict[str, Any]) -> Part:
    return Part("back", {**told, "preambles": [], "sections": []})


def lay(
    parts: Sequence[Part],
    shown: Iterable[BookPicture],
    cover: tuple[str, bytes] | None,
    read: Callable[[str], bytes],
    faces: Faces,
    *,
    draw: bool,
    paper: str = "a4",
) -> list[Laid]:
    """Sets the parts. `shown` are the pictures in them; `cover` is its file's name and what is in
    it. Raises `NotPrinted`.
    """
    with tempfile.TemporaryDirectory(prefix="parts-") as folder:
        bench = Path(folder)
        shutil.copytree(TEMPLATE, bench, dirs_exist_ok=True)
        _put_pictures(shown, read, bench, draw=draw)
        if cover:
            (bench / cover[0]).write_bytes(cover[1])
        job = {
            "fonts": faces.folder,
            "paper": paper,
            "draw": draw,
            "parts": [
                {
                    "only": part.only,
                    "begins_left": part.begins_left,
                    "told": {**part.told, "fonts": faces.lists()},
                }
                for part in parts
            ],
        }
        (bench / "job.json").write_text(json.dumps(job, ensure_ascii=False), "utf-8")
        _run(bench, len(parts))
        told = json.loads((bench / "made.json").read_text("utf-8"))
        return [_read(bench, at, each) for at, each in enumerate(told)]


def _put_pictures(
    shown: Iterable[BookPicture], read: Callable[[str], bytes], bench: Path, *, draw: bool
) -> None:
    (bench / "drafts").mkdir()
    (bench / "pictures").mkdir()
    for picture in {each.token: each for each in shown}.values():
        drawing = _NOTHING.format(picture.width, picture.height)
        (bench / "drafts" / picture.token).write_text(drawing)
        if not draw:
            continue
        try:
            data, _ = pictures.fitted(read(picture.file), _PICTURE, quality=60)
        except OSError:  # a picture that is away leaves its place empty, and the plan stands
            data = drawing.encode()
        (bench / "pictures" / picture.token).write_bytes(data)


def _run(bench: Path, count: int) -> None:
    command = [sys.executable, "-m", "issues.exports.pdf.parts", str(bench)]
    try:
        done = subprocess.run(  # noqa: S603  our own module, and a folder that we named
            command,
            cwd=ROOT,
            capture_output=True,
            encoding="utf-8",
            errors="replace",
            timeout=PATIENCE,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise NotPrinted(f"{count} 段版面排得太久，没有完成，请稍后再看。") from error
    if done.returncode:
        raise NotPrinted(f"版面没有排成：{done.stderr[-2000:]}")


def _read(bench: Path, at: int, told: dict[str, Any]) -> Laid:
    sheets = []
    for page, fill in enumerate(told["fills"]):
        right = (bench / f"{at}-right-{page}.webp").read_bytes()
        other = bench / f"{at}-left-{page}.webp"
        sheets.append(Sheet(fill, right, other.read_bytes() if other.exists() else right))
    return Laid(told["pages"], told["fill"], tuple(sheets), tuple(told["articles"]))


# In the process of its own


def main(bench: Path) -> None:
    job = json.loads((bench / "job.json").read_text("utf-8"))
    typefaces = fonts.typefaces(job["fonts"])
    told = []
    for at, part in enumerate(job["parts"]):
        setter = compositor.Compositor(
            bench,
            typefaces,
            part["told"],
            job["paper"],
            for_printer=False,
            only=part["only"],
            fills=job["draw"],
        )
        setter.begin(left=part["begins_left"])
        setter.compose()
        before = int(part["begins_left"])
        laid = {"pages": setter.pages - before, "fill": _fill(setter), "fills": []}
        laid["articles"] = _articles(setter, before)
        if job["draw"]:
            laid["fills"] = _draw(bench, at, setter, movable=part["only"] == "run")
        told.append(laid)
    (bench / "made.json").write_text(json.dumps(told), "utf-8")


def _fill(setter: compositor.Compositor) -> float:
    """How far down the last article fills the last page."""
    ends = [place for place in setter.places if place["at"] == "article-end"]
    if not ends:
        return 1.0
    facts = setter.grid
    done = (float(ends[-1]["y"]) - facts.top) / (facts.bottom - facts.top)
    return round(min(1.0, max(0.0, done)), 3)


def _articles(setter: compositor.Compositor, before: int) -> list[dict[str, Any]]:
    begins = {p["number"]: p["page"] - before for p in setter.places if p["at"] == "article"}
    ends = {p["number"]: p["page"] - before for p in setter.places if p["at"] == "article-end"}
    steps: dict[int, list[str]] = {}
    for done in setter.report():
        steps.setdefault(done.at, []).append(done.words)
    return [
        {"begins": begins[at], "ends": ends[at], "steps": steps.get(at, [])}
        for at in begins
        if at in ends
    ]


def _draw(bench: Path, at: int, setter: compositor.Compositor, *, movable: bool) -> list[float]:
    """The pages as pictures, beginning on the right and on the left; how full they are.

    What always begins on the same side is drawn once.
    """
    fills: list[float] = []
    for side in _SIDES if movable else _SIDES[:1]:
        fills = []
        for page, data in enumerate(_pictures(setter, left=side == "left")):
            image = Image.open(BytesIO(data)).convert("RGB")
            fills.append(_filled(image, *setter.text_area))
            image.save(bench / f"{at}-{side}-{page}.webp", "WEBP", quality=60, method=2)
    return fills


def _pictures(setter: compositor.Compositor, *, left: bool) -> list[bytes]:
    """Without the blank page that stands before a left one."""
    setter.begin(left=left)
    made = setter.final().compile(format="png", ppi=WIDTH / setter.page_width * _POINTS)
    pages = made if isinstance(made, list) else [made or b""]
    return pages[1:] if left else pages


def _filled(image: Image.Image, top: float, bottom: float) -> float:
    """How far down the type area there is ink: 0 for a blank page."""
    rows = round(top * image.height), round(bottom * image.height)
    # Without the outer edges, where tabs and a picture's bleed may stand.
    sides = round(0.06 * image.width), round(0.94 * image.width)
    area = image.convert("L").crop((sides[0], rows[0], sides[1], rows[1]))
    inked = area.point(lambda light: 255 if light < _INK else 0).getbbox()
    return round(inked[3] / area.height, 3) if inked else 0.0


if __name__ == "__main__":
    main(Path(sys.argv[1]))
