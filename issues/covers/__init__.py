"""The generated cover of an issue: an SVG drawn from the issue's own facts.

Every running number has its own composition, palette and motif. Their counts (3, 7, 8) have no
common divisor, so that neighbours differ in all three and a pair returns after 168 issues only.
"""

from xml.sax.saxutils import escape

from .compositions import LAYOUTS, Sheet
from .lettering import CoverFacts, word
from .motifs import bridge, door, grain, lattice, mountains, waves
from .palettes import PALETTES, Palette
from .patterns import abacus, lanes

__all__ = ["CoverFacts", "draw", "palette_of"]

MOTIFS = (waves, lanes, mountains, door, abacus, grain, lattice, bridge)


def draw(facts: CoverFacts) -> str:
    """The cover as a whole SVG document, viewBox 0 0 420 570 (a page of 210 by 285 mm).

    The same facts always give the same document. Texts may be anything: they are cleaned,
    escaped, and set smaller, in two rows or cut with an ellipsis until they fit. Only
    presentation attributes are used: no style, script, id or reference, so that the document
    may be shown inline under a strict content security policy.
    """
    words = word(facts)
    turn = facts.turn
    sheet = Sheet(
        words=words,
        colours=palette_of(facts),
        motif=MOTIFS[turn % len(MOTIFS)],
        running_number=turn,
    )
    parts = LAYOUTS[turn % len(LAYOUTS)](sheet)
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 420 570" role="img"'
        f' xml:lang="zh-Hans" overflow="hidden"><title>{escape(words.title)}</title>'
        + "".join(parts)
        + "</svg>"
    )


def palette_of(facts: CoverFacts) -> Palette:
    """The colours of that cover, for what else the issue prints in them."""
    return PALETTES[facts.turn % len(PALETTES)]
