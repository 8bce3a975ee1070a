"""The generated cover of an issue: an SVG drawn from the issue's own facts.

Every running number has its own composition, palette and motif. Their counts (3, 7, 8) have no
common divisor, so that neighbours differ in all three and a pair returns after 168 issues only.
An editor may choose each of the three instead, and put a picture in the place of the motif.
"""

import base64
from functools import lru_cache
from random import Random
from xml.sax.saxutils import escape

from .compositions import CHOSEN_ONLY, LAYOUTS, Layout, Sheet
from .lettering import CoverFacts, word
from .motifs import Motif, bridge, door, grain, lattice, mountains, waves
from .palettes import PALETTES, SEASONS, Palette
from .patterns import abacus, lanes
from .shapes import Box, rect

__all__ = [
    "BY_SEASON",
    "LAYOUT_NAMES",
    "MOTIF_NAMES",
    "OWN_PICTURE",
    "PALETTE_NAMES",
    "CoverFacts",
    "draw",
    "motif_sample",
    "palette_of",
    "palette_sample",
    "with_picture",
]

MOTIFS = (waves, lanes, mountains, door, abacus, grain, lattice, bridge)

#: What an editor chooses among: the name that is stored, and what it is called.
LAYOUT_NAMES = {
    "horizon": "横幅", "slip": "题签", "window": "花窗", "frame": "画框", "plate": "满版图",
}  # fmt: skip
MOTIF_NAMES = {
    "waves": "青海波", "lanes": "街巷", "mountains": "远山", "door": "门", "abacus": "算盘",
    "grain": "谷穗", "lattice": "窗棂", "bridge": "桥",
}  # fmt: skip
#: In the place of a motif: the picture that an editor uploaded.
OWN_PICTURE = "picture"
#: In the place of a palette: the season of the issue's month has it.
BY_SEASON = "season"
PALETTE_NAMES = {palette.name: palette.name for palette in PALETTES}

_LAYOUTS: dict[str, Layout] = {each.__name__: each for each in (*LAYOUTS, *CHOSEN_ONLY)}
_MOTIFS: dict[str, Motif] = {each.__name__: each for each in MOTIFS}
_PALETTES = {palette.name: palette for palette in PALETTES}
#: Stands in a drawing where the picture is to be: a row of the database holds no picture.
_PLACE = "cover-picture"


@lru_cache(maxsize=20)
def draw(facts: CoverFacts) -> str:
    """The cover as a whole SVG document, viewBox 0 0 420 570 (a page of 210 by 285 mm).

    The same facts always give the same document. Texts may be anything: they are cleaned,
    escaped, and set smaller, in two rows or cut with an ellipsis until they fit. Only
    presentation attributes are used: no style, script, id or reference, so that the document
    may be shown inline under a strict content security policy. With a picture of an editor's it
    has one reference, which `with_picture` fills.
    """
    words = word(facts)
    turn = facts.turn
    sheet = Sheet(
        words=words,
        colours=palette_of(facts),
        motif=_motif_of(facts),
        running_number=turn,
        has_picture=_has_picture(facts),
    )
    parts = _LAYOUTS.get(facts.layout, LAYOUTS[turn % len(LAYOUTS)])(sheet)
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 420 570" role="img"'
        f' xml:lang="zh-Hans" overflow="hidden"><title>{escape(words.title)}</title>'
        + "".join(parts)
        + "</svg>"
    )


def palette_of(facts: CoverFacts) -> Palette:
    """The colours of that cover, for what else the issue prints in them."""
    if facts.colours == BY_SEASON and facts.month:
        names = SEASONS[facts.month % 12 // 3]
        return _PALETTES[names[facts.turn % len(names)]]
    return _PALETTES.get(facts.colours, PALETTES[facts.turn % len(PALETTES)])


def _has_picture(facts: CoverFacts) -> bool:
    return facts.motif == OWN_PICTURE and facts.has_picture


def _motif_of(facts: CoverFacts) -> Motif:
    if _has_picture(facts):
        return _picture
    return _MOTIFS.get(facts.motif, MOTIFS[facts.turn % len(MOTIFS)])


def _picture(box: Box, colours: Palette, _: int, __: Random) -> list[str]:
    """Fills the box whatever its shape is."""
    frame = rect(box, colours.mid)
    image = frame.replace("<rect", "<image").partition(" fill=")[0]
    return [frame, f'{image} preserveAspectRatio="xMidYMid slice" href="{_PLACE}"/>']


def with_picture(drawing: str, picture: bytes) -> str:
    """The drawing whole: the picture (JPEG, PNG or WebP) in its place."""
    if not picture:
        return drawing
    kind = {b"\xff\xd8": "jpeg", b"\x89P": "png"}.get(picture[:2], "webp")
    told = f"data:image/{kind};base64,{base64.b64encode(picture).decode()}"
    return drawing.replace(f'href="{_PLACE}"', f'href="{told}"')


def motif_sample(name: str, colours: Palette) -> str:
    """The motif alone, for whoever chooses."""
    box = Box(0, 0, 160, 120)
    art = _MOTIFS[name](box, colours, 0, Random(17))  # noqa: S311 (repeatable, not secret)
    return _sample(box, art)


def palette_sample(name: str) -> str:
    colours = _PALETTES[name]
    tones = (colours.ground, colours.far, colours.near, colours.sun, colours.seal)
    return _sample(
        Box(0, 0, 100, 40), [rect(Box(20 * at, 0, 20, 40), tone) for at, tone in enumerate(tones)]
    )


def _sample(box: Box, parts: list[str]) -> str:
    size = f"0 0 {box.w:g} {box.h:g}"
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{size}" overflow="hidden">'
    return f"{head}{''.join(parts)}</svg>"
