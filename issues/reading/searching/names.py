"""What has a name and a page of its own: sections, issues by their theme, calls, branches, authors.

As with the catalogue: those that readers have met, read once for each state of their pages.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from threading import Lock

from django.urls import reverse

from articles import search
from articles.folding import fold
from articles.models import Call

from ...models import Edition
from .. import fronts
from . import catalogue
from .catalogue import Catalogue, Choice, Lines

#: Shown above the hits.
MOST = 8


@dataclass(frozen=True, slots=True)
class Name:
    kind: str  # as people call it
    label: str
    address: str
    note: str = ""  # how many pieces, or what else tells it apart
    also: str = field(default="", repr=False)  # found by this too


@dataclass(frozen=True, slots=True)
class Directory:
    state: str
    names: Sequence[Name]
    folded: Lines = field(repr=False)
    sounds: Lines = field(repr=False)
    initials: Lines = field(repr=False)

    def holding(self, asked: Sequence[str]) -> list[Name]:
        """Those that hold every word, or are spelt so in pinyin; the shortest first."""
        held: set[int] = set()
        if asked:
            each = [set(self.folded.holding(word)) for word in asked]
            held = set.intersection(*each) | set(by_sound(asked, self.sounds, self.initials))
        return [self.names[at] for at in sorted(held, key=lambda at: (len(self.folded[at]), at))]


def by_sound(asked: Sequence[str], sounds: Lines, initials: Lines) -> Iterator[int]:
    """The lines that are pronounced so, whole or by the first letter of each syllable, from their
    beginning; typed in full, from anywhere.
    """
    typed = "".join(asked)
    if len(typed) < 2 or not (typed.isascii() and typed.isalpha()):
        return
    yield from initials.beginning(typed)
    yield from sounds.holding(typed) if len(typed) > 3 else sounds.beginning(typed)


_lock = Lock()
_kept: list[Directory] = []


def of(known: Catalogue) -> Directory:
    """Of the same state of readers' pages."""
    with _lock:
        if not _kept or _kept[0].state != known.state:
            _kept[:] = [_read(known)]
        return _kept[0]


def _read(known: Catalogue) -> Directory:
    """Two queries."""
    names = [*_sections(known), *_issues(), *_calls(), *_branches(known), *_authors(known)]
    syllables = [search.sounds(each.label).split() for each in names]
    return Directory(
        state=known.state,
        names=names,
        folded=Lines(fold(f"{each.label} {each.also}") for each in names),
        sounds=Lines("".join(each) for each in syllables),
        initials=Lines("".join(one[0] for one in each) for each in syllables),
    )


def _pieces(choice: Choice) -> str:
    return f"{choice.rows.bit_count()} 篇"


def _sections(known: Catalogue) -> Iterator[Name]:
    for each in known.facets["section"].values():
        if each.value != catalogue.SCANNED:
            yield Name("栏目", each.label, reverse("section", args=[each.value]), _pieces(each))


def _branches(known: Catalogue) -> Iterator[Name]:
    for each in known.facets["branch"].values():
        yield Name("单位", each.label, reverse("branch", args=[each.value]), _pieces(each))


def _authors(known: Catalogue) -> Iterator[Name]:
    for each in known.facets["author"].values():
        yield Name("作者", each.label, reverse("author", args=[each.value]), _pieces(each))


def _issues() -> Iterator[Name]:
    for edition in Edition.objects.out().newest_first().only("facts", "face"):
        front = fronts.of(edition)
        label = f"{front.label} {front.theme}".strip()
        address = front.get_absolute_url()
        yield Name("期", label, address, also=f"{front.full_label} {front.slogan}")


def _calls() -> Iterator[Name]:
    for each in Call.objects.all():
        note = "正在征稿" if each.is_open else "已截稿"
        yield Name("征稿", each.theme, each.get_absolute_url(), note, each.words)
