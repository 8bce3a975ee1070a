"""A Word file as a sequence of lines: paragraphs, tables and notes with what they look like."""

from collections import Counter
from dataclasses import dataclass, field

from .looks import PLAIN, PLAIN_WORDS, Look, WordsLook
from .losses import Losses
from .parts.placing import Source


@dataclass(frozen=True, slots=True)
class Words:
    text: str
    look: WordsLook = PLAIN_WORDS
    href: str = ""


@dataclass(frozen=True, slots=True)
class Break:
    """A line end within the paragraph."""


@dataclass(frozen=True, slots=True)
class NoteMark:
    key: tuple[str, str]


@dataclass(frozen=True, slots=True)
class Shown:
    """A picture: its number in `Lines.pictures`."""

    number: int
    alt: str


Item = Words | Break | NoteMark | Shown


@dataclass(slots=True)
class Paragraph:
    items: list[Item]
    look: Look = PLAIN

    @property
    def text(self) -> str:
        return "".join(
            item.text if isinstance(item, Words) else "\n" if isinstance(item, Break) else ""
            for item in self.items
        )

    @property
    def words(self) -> list[Words]:
        """Those that say something."""
        return [item for item in self.items if isinstance(item, Words) and item.text.strip()]

    @property
    def pictures(self) -> list[Shown]:
        return [item for item in self.items if isinstance(item, Shown)]

    @property
    def size(self) -> float:
        """That of most of its characters, in points."""
        sizes: Counter[float] = Counter()
        for each in self.words:
            sizes[each.look.size] += len(each.text)
        return sizes.most_common(1)[0][0] if sizes else 0.0

    @property
    def is_bold(self) -> bool:
        return bool(self.words) and all(each.look.bold for each in self.words)


@dataclass(slots=True)
class Cell:
    lines: "list[Line]"
    colspan: int = 1
    rowspan: int = 1


@dataclass(slots=True)
class Row:
    cells: list[Cell]
    is_header: bool = False


@dataclass(slots=True)
class Table:
    rows: list[Row]


Line = Paragraph | Table


@dataclass(slots=True)
class Lines:
    """Everything that is read, before anything is made of it."""

    lines: list[Line]
    notes: dict[tuple[str, str], list[Line]]
    pictures: list[Source]
    places: list[str] = field(default_factory=list)  # of each picture the words beside it
    losses: Losses = field(default_factory=Losses)
