"""Faces for the print PDF: what is installed, and which characters none of them can draw.

A wheel brings Noto's two Chinese faces in one weight, so there is always type; those of the system,
which have bold ones, go before. Where a folder is named, its faces count and no others, so that two
machines print alike. No Django: the folder is handed in.

Typst sets a character that no font holds as an empty box, and refuses it in an accessible PDF; so
it is looked for before, in the fonts' own tables.
"""

import struct
import unicodedata
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any, BinaryIO

import typst

SONG = ("Noto Serif CJK SC", "Noto Serif SC", "Source Han Serif SC", "Source Han Serif CN")
HEI = ("Noto Sans CJK SC", "Noto Sans SC", "Source Han Sans SC", "Source Han Sans CN")
#: Without one, quotations are set in Song.
KAI = (
    "LXGW WenKai",
    "LXGW WenKai GB",
    "KaiTi",
    "Kaiti SC",
    "STKaiti",
    "AR PL UKai CN",
    "FZKai-Z03",
)
#: 〓, which compositors put where they had no type.
GETA = "〓"
# Joiners and selectors are directions to the font and draw nothing themselves. What Python takes
# for unassigned may be a character of a newer Unicode than its own, in a name.
_DRAWS_NOTHING = frozenset({"Cf", "Cc", "Cs", "Zl", "Zp"})


class FontsMissing(RuntimeError):
    """There is no face to set the journal in; the message (Chinese) says what to install."""


@dataclass(frozen=True)
class Faces:
    """The faces that an issue is set in, by family name; `kai` is "" where there is none."""

    song: str
    hei: str
    kai: str
    folder: str
    typefaces: typst.Fonts = field(repr=False, compare=False)

    def lists(self) -> dict[str, Any]:
        """For the template: each role's families, first choice first."""
        kai = [self.kai] if self.kai else []
        return {
            "song": [self.song, self.hei],
            "hei": [self.hei, self.song],
            "kai": [*kai, self.song, self.hei],
            "has_kai": bool(kai),
        }

    def missing(self, text: str) -> set[str]:
        """The characters of the text that no font can draw.

        Those for private use are among them: what a font has in their place, is another sign.
        """
        wanted = {char for char in set(text) if not char.isspace() and not _draws_nothing(char)}
        private = {char for char in wanted if unicodedata.category(char) == "Co"}
        left = wanted - private
        for path, index in self._files():
            if not left:
                break
            left -= covered(left, path, index)
        return left | private

    def _files(self) -> list[tuple[str, int]]:
        """Every font once, the journal's own first: they hold nearly all."""
        own = (self.song, self.hei, self.kai)
        fonts = sorted(self.typefaces.fonts(), key=lambda font: font.family not in own)
        return list(dict.fromkeys((font.path, font.index) for font in fonts if font.path))


def _draws_nothing(char: str) -> bool:
    is_selector = "\ufe00" <= char <= "\ufe0f" or "\U000e0100" <= char <= "\U000e01ef"
    return is_selector or unicodedata.category(char) in _DRAWS_NOTHING


def printable(text: str, missing: set[str]) -> str:
    """The text with 〓 for what cannot be drawn, and without what draws nothing."""
    kept = (char for char in text if char == "\n" or not _draws_nothing(char))
    return "".join(GETA if char in missing else char for char in kept)


@cache
def find(folder: str = "") -> Faces:
    """The faces of the folder, or of the system where none is named. Raises `FontsMissing`."""
    found = typefaces(folder)
    families = set(found.families())
    song, hei, kai = (_first(names, families) for names in (SONG, HEI, KAI))
    if not (song and hei):
        raise FontsMissing(
            "没有找到思源宋体和思源黑体（Noto CJK SC），请管理员装好字体再制作 PDF。"
        )
    return Faces(song, hei, kai, folder, found)


def typefaces(folder: str) -> typst.Fonts:
    """The fonts of the folder, or where it is "" of the system and the wheel; never the compiler's
    own.
    """
    return typst.Fonts(
        include_system_fonts=not folder,
        include_embedded_fonts=False,
        font_paths=[folder] if folder else _of_the_wheel(),
    )


@cache
def _of_the_wheel() -> list[str]:
    found = find_spec("pylopdf_fonts_zh_cn")
    return list(found.submodule_search_locations or []) if found else []


def one_file(compiled: bytes | list[bytes] | None) -> bytes:
    """What the compiler answers when it is asked for a PDF; pictures would be a list of pages."""
    if not isinstance(compiled, bytes):
        raise TypeError("not a PDF")
    return compiled


def _first(names: Iterable[str], families: set[str]) -> str:
    return next((name for name in names if name in families), "")


# Which characters a font file holds: its table `cmap`.


def covered(chars: set[str], path: str, index: int) -> set[str]:
    """Those of the characters that the font can draw; none where the file cannot be read."""
    edges = _edges(path, index)
    return {char for char in chars if bisect_right(edges, ord(char)) % 2}


@cache
def _edges(path: str, index: int) -> list[int]:
    """Code points where what one font in a file holds begins and ends, in turn, rising.

    An article is looked up in every font at each look of an editor: thousands of ranges.
    """
    try:
        with Path(path).open("rb") as file:
            spans = sorted(_read_spans(file, index))
    except (OSError, struct.error):
        return []
    edges: list[int] = []
    for first, last in spans:
        if edges and first <= edges[-1]:
            edges[-1] = max(edges[-1], last + 1)
        else:
            edges += (first, last + 1)
    return edges


def _read_spans(file: BinaryIO, index: int) -> Iterator[tuple[int, int]]:
    start = _table(file, index, b"cmap")
    if start is None:
        return
    file.seek(start + 2)
    (count,) = struct.unpack(">H", file.read(2))
    records = [struct.unpack(">HHL", file.read(8)) for _ in range(count)]
    for offset in {offset for _, _, offset in records}:
        file.seek(start + offset)
        (kind,) = struct.unpack(">H", file.read(2))
        if kind == 12:
            yield from _segmented(file)
        elif kind == 4:
            yield from _basic(file)


def _table(file: BinaryIO, index: int, wanted: bytes) -> int | None:
    """Where a table begins, in a font or in one font of a collection."""
    file.seek(0)
    if file.read(4) == b"ttcf":
        file.seek(12 + 4 * index)
        (at,) = struct.unpack(">L", file.read(4))
        file.seek(at + 4)
    (count,) = struct.unpack(">H", file.read(2))
    file.seek(6, 1)
    for _ in range(count):
        tag, _, offset, _ = struct.unpack(">4sLLL", file.read(16))
        if tag == wanted:
            return int(offset)
    return None


def _segmented(file: BinaryIO) -> Iterator[tuple[int, int]]:
    """Format 12: groups over all of Unicode."""
    file.seek(10, 1)
    (count,) = struct.unpack(">L", file.read(4))
    data = file.read(12 * count)
    yield from ((first, last) for first, last, _ in struct.iter_unpack(">LLL", data))


def _basic(file: BinaryIO) -> Iterator[tuple[int, int]]:
    """Format 4: segments of the basic plane."""
    file.seek(4, 1)
    (twice,) = struct.unpack(">H", file.read(2))
    file.seek(6, 1)
    lasts = struct.unpack(f">{twice // 2}H", file.read(twice))
    file.seek(2, 1)
    firsts = struct.unpack(f">{twice // 2}H", file.read(twice))
    yield from (pair for pair in zip(firsts, lasts, strict=True) if pair != (0xFFFF, 0xFFFF))
