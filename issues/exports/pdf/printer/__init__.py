"""The printer's file: plates in place of screen colours, PDF/X-4, and what goes along with it.

Typst knows neither overprint nor PDF/X nor output intents, and takes no pictures in four colours.
So it sets the pages with stand-ins for pictures; `finishing` then puts the plates in.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Plates:
    """What a printer asks of a file: his paper, and whether pictures come in four colours or, with
    a profile, in three.
    """

    stock: str = "coated"
    rgb_pictures: bool = False


@dataclass(frozen=True, slots=True)
class Order:
    """What is agreed on with the printer. `leaf` is how thick a leaf is, in micrometres."""

    paper: str
    paper_name: str
    plates: Plates
    binding: str
    is_glued: bool
    cover_paper: str
    text_paper: str
    leaf: int
    copies: int | None
    words: str
