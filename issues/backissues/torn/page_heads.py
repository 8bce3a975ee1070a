"""What stands at the head of pages and is no 栏目: the bank's name, a slogan, a title."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from issues.backissues.facts import Doubt
from issues.backissues.sections import Kind, Print, as_name
from issues.backissues.shapes import is_short

_HEADS = (Kind.SECTION, Kind.MASTHEAD, Kind.PAGE, Kind.MARK)
_FEWEST = 3
_LONGEST = 24


def titles(page: Print, zones: Sequence[range]) -> None:
    """An article's title that stands above each of its pages stays a title where it is signed."""
    listed = {at for zone in zones for at in zone}
    places: dict[str, list[int]] = defaultdict(list)
    for at, line in enumerate(page.lines):
        if at not in listed and page.is_text(at) and page.boxed_alone(at) and as_name(line.text):
            places[as_name(line.text)].append(at)
    for first, *others in places.values():
        if len(others) < _FEWEST - 1 or not _is_a_signed_title(page, first):
            continue
        if any(_is_signed(page, at) for at in others):
            continue
        for at in others:
            page.kinds[at] = Kind.MASTHEAD


def _is_a_signed_title(page: Print, at: int) -> bool:
    above = page.kinds[at - 1] if at else Kind.TEXT
    return above in (Kind.SECTION, Kind.PAGE) and _is_signed(page, at)


def _is_signed(page: Print, at: int) -> bool:
    return page.is_text(at + 1) and page.lines[at + 1].text[0] == "◎"


def _repeated(page: Print, zones: Sequence[range]) -> dict[str, list[int]]:
    """Short lines that stand beside a running head or a page number again and again, and never
    otherwise."""
    listed = {at for zone in zones for at in zone}
    places: dict[str, list[int]] = defaultdict(list)
    for at, line in enumerate(page.lines):
        if page.is_text(at) and len(line.text) <= _LONGEST and is_short(line.text):
            places[line.text].append(at)
    found = {}
    for text, rows in places.items():
        outside = [at for at in rows if at not in listed]
        beside = [at for at in outside if _beside_furniture(page, at) and not _is_signed(page, at)]
        if len(beside) >= _FEWEST and beside == outside:
            found[text] = rows
    return found


def _beside_furniture(page: Print, at: int) -> bool:
    around = (i for i in (at - 1, at + 1) if 0 <= i < len(page.lines))
    return any(page.kinds[i] in _HEADS for i in around)


def settle(page: Print, zones: Sequence[range]) -> list[Doubt]:
    """Names that share the head of a page with sections of several kinds are none themselves."""
    doubts = []
    for text, rows in _repeated(page, zones).items():
        for at in rows:
            page.kinds[at] = Kind.MASTHEAD
        said = f"“{text}”在 {len(rows)} 页的页眉上，没有当作正文，请核对。"
        doubts.append(Doubt(page.lines[rows[0]].number, "page-head", said))
    for name in _shared(page, zones):
        places = [at for at, section in enumerate(page.section) if section == name]
        for at in places:
            page.kinds[at], page.section[at] = Kind.MASTHEAD, ""
        page.names.pop(name, None)
        page.guessed[:] = [each for each in page.guessed if each != name]
        said = f"“{name}”在各栏目的页眉上都有，没有当作栏目，请核对。"
        doubts.append(Doubt(page.lines[places[0]].number, "page-head", said))
    return doubts


def _shared(page: Print, zones: Sequence[range]) -> list[str]:
    beside: dict[str, set[str]] = defaultdict(set)
    alone: Counter[str] = Counter()
    seen: Counter[str] = Counter()
    for names in _heads(page, zones):
        for name in names:
            seen[name] += 1
            beside[name] |= names - {name}
            alone[name] += len(names) == 1
    listed = _listed(page, zones)
    return [
        name
        for name, others in beside.items()
        if name not in listed
        and seen[name] >= _FEWEST
        and (len(others) > 2 or (len(others) > 1 and alone[name] * 2 < seen[name]))
        and all(len(beside[other]) < len(others) for other in others)
    ]


def _heads(page: Print, zones: Sequence[range]) -> Iterator[set[str]]:
    """The names of each run of furniture outside the contents pages."""
    listed = {at for zone in zones for at in zone}
    names: set[str] = set()
    for at in range(len(page.lines) + 1):
        if at < len(page.lines) and at not in listed and page.kinds[at] in _HEADS:
            names |= {page.section[at]} - {""}
        elif names:
            yield names
            names = set()


def _listed(page: Print, zones: Sequence[range]) -> set[str]:
    """Names of the contents pages with a title below them."""
    found = set()
    for zone in zones:
        name = ""
        for at in zone:
            if page.section[at]:
                name = page.section[at]
            elif page.is_text(at):
                found.add(name)
    return found
