"""The long picture (长图) of an article for WeChat: cover, title, first lines, QR code.

Pure: facts in, JPEG out. Those of an issue are set in one run: starting costs more than a picture.
"""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import segno
import typst

from servicejournal.papers import fonts

from . import NotDrawn, as_jpeg, bench_with, laid_out

WIDTH = 1080
_TEMPLATE = Path(__file__).parent / "poster.typ"
#: Of what the article begins with, characters.
LINES = 160


@dataclass(frozen=True, slots=True)
class Issue:
    journal: str
    label: str
    theme: str


@dataclass(frozen=True, slots=True)
class Poster:
    """`address` is what the code leads to; `length` tells how long the article is."""

    kicker: str
    title: str
    line: str
    opening: str
    length: str
    address: str


def draw(issue: Issue, posters: Sequence[Poster], cover: bytes, faces: fonts.Faces) -> list[bytes]:
    """A JPEG each, in their order. `cover` is a bitmap that Pillow reads, or SVG.

    Raises `NotDrawn`.
    """
    told = {**asdict(issue), "posters": [asdict(each) for each in posters]}
    missing = faces.missing("".join(_words(told)))
    with bench_with(_TEMPLATE) as bench:
        job = {
            **_printable(told, missing),
            "fonts": faces.lists(),
            "cover": laid_out(cover, bench),
        }
        for at, each in enumerate(posters):
            code = segno.make(each.address, error="m")
            code.save(str(bench / f"code-{at}.svg"), border=1, dark="#000", light="#fff")
        (bench / "job.json").write_text(json.dumps(job, ensure_ascii=False), "utf-8")
        try:
            compiler = typst.Compiler(
                input=bench / _TEMPLATE.name, root=bench, font_paths=faces.typefaces
            )
            drawn = compiler.compile(format="png", ppi=72)
        except typst.TypstError as reason:
            raise NotDrawn(str(reason)) from reason
    pages = [drawn] if isinstance(drawn, bytes) else drawn or []
    return [as_jpeg(page) for page in pages]


def _words(told: Any) -> list[str]:
    if isinstance(told, str):
        return [told]
    parts = told.values() if isinstance(told, dict) else told
    return [word for part in parts for word in _words(part)]


def _printable(told: Any, missing: set[str]) -> Any:
    if isinstance(told, str):
        return fonts.printable(told, missing)
    if isinstance(told, dict):
        return {name: _printable(part, missing) for name, part in told.items()}
    return [_printable(part, missing) for part in told]
