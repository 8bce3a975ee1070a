"""稿签: the review sheet of a manuscript on one A4 page, for the binder. Pure."""

from dataclasses import asdict, dataclass
from pathlib import Path

from servicejournal.papers import fonts, typesetting
from servicejournal.papers.typesetting import NotPrinted

__all__ = ["LONGEST", "NotPrinted", "Opinion", "Sheet", "render", "shortened"]

TEMPLATE = Path(__file__).parent / "sheet.typ"
#: Characters of one opinion on the sheet: three of them leave room for the rest.
LONGEST = 330


@dataclass(frozen=True, slots=True)
class Opinion:
    """One stage of the three: what was decided and written, by whom, when; empty where not yet."""

    stage: str
    decision: str = ""
    words: str = ""
    name: str = ""
    date: str = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """All as words: `facts` are (label, value) in the order of the sheet.

    An empty `fee` (yuan) is a line to be filled in by hand; `fee_basis` ends the sheet.
    """

    journal: str
    title: str
    facts: tuple[tuple[str, str], ...]
    opinions: tuple[Opinion, ...]
    outcome: str
    fee: str
    fee_basis: str
    printed_on: str


def shortened(words: str) -> str:
    """An opinion as far as the sheet has room for it."""
    return words if len(words) <= LONGEST else f"{words[:LONGEST]}……（全文见系统）"


def render(sheet: Sheet, faces: fonts.Faces) -> bytes:
    """The PDF. Raises `NotPrinted`."""
    return typesetting.pdf(TEMPLATE, asdict(sheet), faces, name="稿签")
