"""栏目 with their English names, the masthead, running heads, page numbers: all that is no text.

Nothing is known beforehand. A section is a short Chinese line beside a short English one, wherever
that is seen; the journal's own two names are told from those on the cover.
"""

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import Enum
from itertools import pairwise

from servicejournal.certain import certain

from .host import IssueMark, is_only_a_mark, issue_mark
from .lines import Line
from .shapes import squeeze


class Kind(Enum):
    TEXT = "text"
    MASTHEAD = "masthead"  # the journal's name, in either language
    MARK = "mark"  # 2022年第2期
    PAGE = "page"  # a page number
    CONTENTS = "contents"  # 目录
    SECTION = "section"  # a section's name, in either language or both


_CONTENTS = frozenset({"目录", "目次", "CONTENTS", "CONTENT", "目录CONTENTS", "CONTENTS目录"})
_PAGE = re.compile(r"[-–—·•|]*(?:第|P\.?|p\.?)?\d{1,3}(?:[/|]\d{1,3})?页?[-–—·•|]*")
_PAGE_BESIDE = re.compile(r"^\d{1,3} +|(?<=\S) +[-·|]? ?\d{1,3}$")
_LONGEST_HEAD = 70
_NAME = re.compile("(?=.*[\u4e00-\u9fff].*[\u4e00-\u9fff])[\u4e00-\u9fff·“”]{2,10}")
_SPACED = re.compile("[\u4e00-\u9fff](?: +[\u4e00-\u9fff])+|[\u4e00-\u9fff·“”]+")
_ENGLISH = re.compile(r"[A-Za-z][A-Za-z0-9 &'’,./:!\-–—]*")
_ADDRESS = re.compile(r"\w\.\w|//|\d{3}")
_BOTH = re.compile(
    r"(?P<name>[\u4e00-\u9fff]{2,8})[ |/·]*(?P<english>[A-Za-z][A-Za-z &'’\-]{3,})"
    r"|(?P<english2>[A-Za-z][A-Za-z &'’\-]{3,}?)[ |/·]*(?P<name2>[\u4e00-\u9fff]{2,8})"
)
#: A cover and a preamble are not longer, in lines.
_COVER = 40
#: A section's name that nothing but its repetition tells.
_LONGEST_UNPAIRED = 6
_KIND_OF_JOURNAL = re.compile("(?:专刊|期刊|月刊|双月刊|季刊|杂志|简报|通讯|内刊)$")


@dataclass(slots=True)
class Print:
    """The print's lines with what each is. `section[i]` is the name that line i stands for."""

    lines: list[Line]
    journal: str
    journal_en: str = ""
    mark: IssueMark = field(default_factory=IssueMark)
    kinds: list[Kind] = field(default_factory=list)
    section: list[str] = field(default_factory=list)
    names: dict[str, str] = field(default_factory=dict)  # section's name → English name
    guessed: list[str] = field(default_factory=list)  # names whose English is a guess

    def is_text(self, at: int) -> bool:
        return 0 <= at < len(self.lines) and self.kinds[at] is Kind.TEXT

    @property
    def is_loose(self) -> bool:
        """Whether a blank line stands behind every line, so that frames tell nothing."""
        return all(a.box != b.box for a, b in pairwise(self.lines))

    def frame_runs_of_text(self) -> None:
        """For a loose dump: what stands between furniture becomes one frame."""
        box = 0
        for at, line in enumerate(self.lines):
            box += not (self.is_text(at) and self.is_text(at - 1))
            self.lines[at] = replace(line, box=box)

    def beside(self, at: int, step: int) -> int:
        """The index of the next line in a direction, a page number skipped."""
        at += step
        is_page = 0 <= at < len(self.lines) and self.kinds[at] is Kind.PAGE
        return at + step if is_page else at

    def boxed_alone(self, at: int) -> bool:
        """Whether the line has a text frame of its own."""
        box, last = self.lines[at].box, len(self.lines) - 1
        before = at > 0 and self.lines[at - 1].box == box
        return not before and not (at < last and self.lines[at + 1].box == box)


@dataclass(frozen=True, slots=True)
class _Phrase:
    """An English phrase, which may run over two lines of a frame."""

    text: str
    first: int
    last: int


def find(lines: list[Line], journal: str) -> Print:
    """Kinds of all lines, the journal's English name, and sections that are named in two languages.

    `pair_leftovers` and `add_unpaired` find the others, once the contents page is known.
    """
    page = Print(lines, journal)
    page.kinds = [_kind(line.text, journal) for line in lines]
    page.section = [""] * len(lines)
    for at, line in enumerate(lines):
        if page.kinds[at] is Kind.MARK:
            mark = certain(issue_mark(line.text), "a line of this kind is a mark of an issue")
            if at > _COVER and not (mark.which or mark.running_number):
                page.kinds[at] = Kind.TEXT  # «2022年» in a text is a text
            page.mark = page.mark | mark
    phrases = _phrases(page)
    page.journal_en = _journal_in_english(page, phrases)
    _mark_masthead(page, phrases)
    page.names = _pairs(page, phrases)
    mark_sections(page)
    return page


def journal_on_cover(lines: list[Line]) -> str:
    """The journal's name where the host does not give it: a first line that ends in 专刊."""
    names = (squeeze(line.text).strip("《》") for line in lines[:8])
    return next((n for n in names if 2 <= len(n) <= 16 and _KIND_OF_JOURNAL.search(n)), "")


def _kind(text: str, journal: str) -> Kind:
    squeezed = squeeze(text)
    if squeezed.upper() in _CONTENTS:
        return Kind.CONTENTS
    if _PAGE.fullmatch(squeezed):
        return Kind.PAGE
    if _is_name_of(squeezed.strip("《》“”"), journal):
        return Kind.MASTHEAD
    return Kind.MARK if is_only_a_mark(text, (journal,)) else Kind.TEXT


def _is_name_of(text: str, journal: str) -> bool:
    """The journal's name or its end, as 专刊 of 服务文化专刊 where the rest is a drawn logo."""
    if not journal or len(text) < 2:
        return False
    return journal.endswith(text) or _KIND_OF_JOURNAL.sub("", journal) == text


def _label(text: str) -> str:
    """The words of a running head without the page number beside them."""
    return _PAGE_BESIDE.sub("", " ".join(text.split())) if len(text) <= _LONGEST_HEAD else text


def as_name(text: str) -> str:
    """The line as a section's name (卷 首 语 → 卷首语), or the empty string."""
    text = _label(text)
    squeezed = squeeze(text)
    return squeezed if _NAME.fullmatch(squeezed) and _SPACED.fullmatch(text) else ""


def _is_english(text: str) -> bool:
    if len(text) > 60 or not _ENGLISH.fullmatch(text) or _ADDRESS.search(text):
        return False
    return len(text.split()) <= 8 and sum(char.isalpha() for char in text) > 2


def _phrases(page: Print) -> list[_Phrase]:
    """English lines; one that goes on in small letters in the same frame is one phrase."""
    found: list[_Phrase] = []
    loose = page.is_loose
    for at, line in enumerate(page.lines):
        text = _label(line.text)
        if page.kinds[at] is not Kind.TEXT or not _is_english(text):
            continue
        last = found[-1] if found else None
        one_frame = loose or page.lines[at - 1].box == line.box
        goes_on = one_frame and text[0].islower()
        fits = last and last.last == at - 1 and len(last.text) + len(text) <= _LONGEST_HEAD
        if last and goes_on and fits:
            found[-1] = _Phrase(f"{last.text} {text}", last.first, at)
        else:
            found.append(_Phrase(text, at, at))
    return found


def _journal_in_english(page: Print, phrases: list[_Phrase]) -> str:
    """The phrase that stands oftenest beside the journal's Chinese name, else the cover's."""
    beside: Counter[str] = Counter()
    for phrase in phrases:
        for at in (phrase.first - 1, phrase.last + 1):
            if 0 <= at < len(page.lines) and page.kinds[at] is Kind.MASTHEAD:
                beside[phrase.text] += 1
    if beside:
        return max(beside, key=lambda text: (beside[text], len(text)))
    first = phrases[0] if phrases else None
    if not first or any(kind is Kind.CONTENTS for kind in page.kinds[: first.first]):
        return ""
    alone = not _name_beside(page, first)
    return first.text if alone and first.first < 4 else ""


def _name_beside(page: Print, phrase: _Phrase) -> str:
    around = (phrase.first - 1, phrase.last + 1)
    return next(
        (n for at in around if page.is_text(at) and (n := as_name(page.lines[at].text))), ""
    )


def _mark_masthead(page: Print, phrases: list[_Phrase]) -> None:
    """The English name, whole or in the lines into which the cover breaks it."""
    if not page.journal_en:
        return
    known = {page.journal_en.casefold()}
    for phrase in phrases:
        if phrase.text == page.journal_en:
            known |= {
                _label(page.lines[at].text).casefold()
                for at in range(phrase.first, phrase.last + 1)
            }
    for at, line in enumerate(page.lines):
        if _label(line.text).casefold() in known and page.kinds[at] is Kind.TEXT:
            page.kinds[at] = Kind.MASTHEAD


def _pairs(page: Print, phrases: list[_Phrase]) -> dict[str, str]:
    """Names that stand beside an English phrase. What is seen oftenest is believed first."""
    seen: Counter[tuple[str, str, str]] = Counter()
    order: Counter[str] = Counter()
    for phrase in phrases:
        if page.kinds[phrase.first] is not Kind.TEXT or _in_a_row(page, phrase):
            continue
        above, below = page.beside(phrase.first, -1), page.beside(phrase.last, 1)
        for at, side in ((above, "before"), (below, "after")):
            if page.is_text(at) and (name := as_name(page.lines[at].text)):
                seen[name, phrase.text, side] += 1
                order[side] += 1
    usual = "after" if order["after"] > order["before"] else "before"
    scores: Counter[tuple[str, str]] = Counter()
    for (name, english, side), count in seen.items():
        scores[name, english] += count * (2 if side == usual else 1)
    scores.update(_in_one_line(page))
    return _matched(scores)


def _in_a_row(page: Print, phrase: _Phrase) -> bool:
    """Two English phrases below each other: their names stand in another column."""
    beside = (at for at in (phrase.first - 1, phrase.last + 1) if page.is_text(at))
    return any(_is_english(_label(page.lines[at].text)) for at in beside)


def _in_one_line(page: Print) -> Counter[tuple[str, str]]:
    """夜读 Night reading in one line, where a dump has such lines more than once."""
    seen: Counter[tuple[str, str]] = Counter()
    for at, line in enumerate(page.lines):
        if page.is_text(at) and page.boxed_alone(at) and (both := _both(line.text)):
            seen[both] += 1
    return seen if seen.total() > 1 else Counter()


def _both(text: str) -> tuple[str, str] | None:
    match = _BOTH.fullmatch(_label(text)) if len(text) <= _LONGEST_HEAD else None
    if not match:
        return None
    return (
        match["name"] or match["name2"],
        " ".join((match["english"] or match["english2"]).split()),
    )


def _matched(scores: Mapping[tuple[str, str], float]) -> dict[str, str]:
    """Each name and each phrase once, the highest score first; of equals, what came first."""
    names: dict[str, str] = {}
    for name, english in sorted(scores, key=lambda pair: -scores[pair]):
        if name not in names and english not in names.values():
            names[name] = english
    return names


def mark_sections(page: Print) -> None:
    """Sets the kind of all lines that are a known section's name."""
    english = {text.casefold(): name for name, text in page.names.items() if text}
    for at, line in enumerate(page.lines):
        if page.kinds[at] is not Kind.TEXT or len(line.text) > _LONGEST_HEAD:
            continue
        name = as_name(line.text) or (_both(line.text) or ("",))[0]
        if name not in page.names:
            name = english.get(_label(line.text).casefold(), "")
        if name:
            page.kinds[at], page.section[at] = Kind.SECTION, name
    for phrase in _phrases(page):
        if said := english.get(phrase.text.casefold()):
            for at in range(phrase.first, phrase.last + 1):
                page.kinds[at], page.section[at] = Kind.SECTION, said


def pair_leftovers(page: Print, zone: range) -> None:
    """Names and phrases of the contents page that stand apart: 夜读 旧事 … Old times, At night.

    Told by words that known pairs share (服务 – Service), then by nesting; remembered as a guess.
    """
    phrases = list(dict.fromkeys(p.text for p in _phrases(page) if p.first in zone))
    names = _lone_names(page, zone, len(phrases))
    shared = _shared_words(page.names)
    scores: dict[tuple[str, str], float] = {}
    for i, name in enumerate(names):
        for j, english in enumerate(phrases):
            nested = 1 / (2 + abs(len(names) - 1 - i - j))
            scores[name, english] = 10 * _likeness(name, english, shared) + nested
    for name, english in _matched(scores).items():
        if len(names) == len(phrases) or scores[name, english] >= 10:
            page.names[name] = english
            page.guessed.append(name)
    mark_sections(page)


def _lone_names(page: Print, zone: range, wanted: int) -> list[str]:
    """Short lines in frames of their own; of too many, those as long as the known names are."""
    found = [
        name
        for at in zone
        if page.is_text(at) and page.boxed_alone(at) and (name := as_name(page.lines[at].text))
    ]
    # A title that stands there again and again is none.
    names = [name for name, count in Counter(found).items() if count == 1]
    lengths = Counter(len(name) for name in page.names).most_common(1)
    if len(names) > wanted and lengths:
        names = [name for name in names if len(name) == lengths[0][0]]
    return names


def _shared_words(names: dict[str, str]) -> set[tuple[str, str]]:
    """(服务, service) where two known pairs or more have both."""
    seen: Counter[tuple[str, str]] = Counter()
    for name, english in names.items():
        halves = {name[:2], name[-2:]} if len(name) >= 4 else set()
        seen.update((half, word) for half in halves for word in english.casefold().split())
    return {pair for pair, count in seen.items() if count > 1}


def _likeness(name: str, english: str, shared: set[tuple[str, str]]) -> int:
    """How many shared words stand at the same end of both."""
    words = english.casefold().split()
    return ((name[:2], words[0]) in shared) + ((name[-2:], words[-1]) in shared)


def add_unpaired(page: Print, zones: list[range]) -> None:
    """Sections without an English name: short lines in frames of their own, seen again and again.

    A title stands on the contents page and above its text too: it must be seen oftener than that,
    or, in a journal that prints no English, stand on both and never beside a byline.
    """
    listed = {at for zone in zones for at in zone}
    inside: set[str] = set()
    outside: Counter[str] = Counter()
    beside: set[str] = set()
    for at, line in enumerate(page.lines):
        name = as_name(line.text) if page.is_text(at) else ""
        if not name or len(name) > _LONGEST_UNPAIRED or not _stands_as_furniture(page, at, listed):
            continue
        if at in listed:
            inside.add(name)
            continue
        outside[name] += 1
        if any(page.lines[i].text[0] == "◎" for i in (at - 1, at + 1) if page.is_text(i)):
            beside.add(name)
    bilingual = any(page.names.values())
    for name, count in outside.items():
        if count > 2 or (not bilingual and name in inside and (count > 1 or name not in beside)):
            page.names.setdefault(name, "")
    mark_sections(page)


def _stands_as_furniture(page: Print, at: int, listed: set[int]) -> bool:
    """In a frame of its own, and beside other furniture or on the contents page."""
    if not page.is_text(at) or not page.boxed_alone(at):
        return False
    around = [i for i in (at - 1, at + 1) if 0 <= i < len(page.lines)]
    return at in listed or any(page.kinds[i] is not Kind.TEXT for i in around) or at == 0
