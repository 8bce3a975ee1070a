"""The front matter: the contents page and what it lists, cover lines, slogan, colophon."""

import re
from collections import Counter
from dataclasses import dataclass

from articles import bylines

from .facts import Colophon
from .sections import Kind, Print
from .shapes import is_prose, is_short, squeeze, tidy

_LABEL = re.compile(
    r"(?P<label>编\s*印(?:单位)?|主\s*办(?:单位)?|承\s*办|协\s*办|出\s*版|印\s*刷|总?主\s*编|副\s*主\s*编"
    r"|(?:责任|执行)?编\s*辑|编\s*委|校\s*对|美\s*编|设\s*计|排\s*版|摄\s*影|顾\s*问"
    r"|(?:联系|编辑部|投稿|咨询)?电\s*话|热\s*线|传\s*真|网\s*址|网\s*站|官\s*网|地\s*址|邮\s*编|邮政编码"
    r"|(?:投稿|电子|联系)?邮\s*[箱件]|投稿信箱|(?:欢迎|来稿)?投\s*稿(?:地址)?|来\s*稿|E-?mail)"
    r"\s*(?P<mark>[:：])\s*",
    re.IGNORECASE,
)
_COMPILED = re.compile(r"(?P<name>.{2,40}?)(?:\s*编\s*印|\s+主\s*办|\s+编\s*制|\s+编)")
_WIDE = re.compile(" {2,}")
_CONTACT = re.compile(r"\d{3}[-\d]{4}|@|www\.|https?:|\.(?:cn|com|net|org)\b", re.IGNORECASE)
_PAGE_BEHIND = re.compile(r"[.…·．]{2,}\s*\d{0,3}$|\s\d{1,3}$")
#: Lines of a title, its subtitle and bylines.
_LONGEST_TEXT_HEAD = 6
_LEADERS = re.compile(r"[\s.…·．]*\d{1,3}$|^\d{1,3}\s+|[\s…]+$")


@dataclass(frozen=True, slots=True)
class Entry:
    """A title on the contents page."""

    at: int  # index of its line
    title: str
    section: str


def contents_zones(page: Print, bounds: list[int]) -> list[range]:
    """Stretches of lines that are contents pages. `bounds` are the indices of all prose lines."""
    zones = []
    for before, after in zip([-1, *bounds], [*bounds, len(page.lines)], strict=True):
        stretch = range(before + 1, after)
        if len(stretch) > 1 and _is_contents(page, stretch):
            end = _article_head(page, stretch) if after < len(page.lines) else after
            zone = _without_the_cover(page, range(stretch.start, end))
            if zone := _before_a_text(page, zone):
                zones.append(zone)
    return zones


def prose_bounds(page: Print) -> list[int]:
    """Indices of the lines that are paragraphs, headings or items of a text."""
    return [
        at
        for at, line in enumerate(page.lines)
        if page.is_text(at) and not _is_colophon_like(line.text) and _belongs_to_a_text(line.text)
    ]


def _belongs_to_a_text(text: str) -> bool:
    return is_prose(text) and not (bylines.is_marked(text) and not re.search("[。；;]", text))


def _is_contents(page: Print, stretch: range) -> bool:
    """A 目录, or three sections and more with no text between them."""
    if any(page.kinds[at] is Kind.CONTENTS for at in stretch):
        return True
    return len({page.section[at] for at in stretch if page.section[at]}) > 2


def _article_head(page: Print, stretch: range) -> int:
    """Where the head of the article that follows the contents begins, read from its text upward."""
    names: set[str] = set()
    at, titled = stretch.stop, False
    while at > stretch.start:
        kind, line = page.kinds[at - 1], page.lines[at - 1]
        if kind is Kind.CONTENTS or _is_colophon_like(line.text):
            break
        if kind is Kind.SECTION:
            if names and page.section[at - 1] not in names:
                break
            names.add(page.section[at - 1])
        elif kind is Kind.TEXT and not bylines.read(line.text):
            first = _frame_start(page, at - 1, stretch.start)
            if titled or at - first > 3 or _belongs_to_a_list(page, first, names):
                break
            titled, at = not _stands_below_a_title(page, first), first + 1
        at -= 1
    return at


def _stands_below_a_title(page: Print, first: int) -> bool:
    """Whether the short line here is the text's first: its title, signed or not, is above."""
    above = first - 1
    while above > 0 and page.is_text(above) and bylines.read(page.lines[above].text):
        above -= 1
    signed, text = above < first - 1, page.lines[first].text
    headed = page.is_text(above) and is_short(page.lines[above].text)
    return headed and (signed or (len(text) > 16 and bool(re.search("[，,]", text))))


def _frame_start(page: Print, at: int, floor: int) -> int:
    """First line of the run of short lines of one frame that ends at a line."""
    box = page.lines[at].box
    while at > floor and page.lines[at - 1].box == box and page.is_text(at - 1):
        if bylines.read(page.lines[at - 1].text):
            break
        at -= 1
    return at


def _belongs_to_a_list(page: Print, first: int, names: set[str]) -> bool:
    """Whether the lines stand under a name of the contents page, not under the article's own."""
    above = page.section[first - 1] if first else ""
    return bool(names and above and above not in names)


def _without_the_cover(page: Print, zone: range) -> range:
    """From the first line that is the contents page's own, cover and preamble left out."""
    start, named = zone.start, False
    for at in zone:
        kind, text = page.kinds[at], page.lines[at].text
        signs = bylines.is_marked(text) or bool(bylines.read(text))
        if kind is Kind.CONTENTS or (named and kind is Kind.TEXT and not signs):
            break
        named = named or kind is Kind.SECTION
        if kind is Kind.MARK or signs:
            start, named = at + 1, False
    while start < zone.stop and page.kinds[start] not in (Kind.CONTENTS, Kind.SECTION):
        start += 1
    return range(start, zone.stop)


def _before_a_text(page: Print, zone: range) -> range:
    """Up to the head of the first text inside: a poem's lines are as short as titles are.

    It is signed, or stands under its section for the second time; its title is one that is listed
    above, or lines follow that the list does not have.
    """
    listed: set[str] = set()
    named: set[str] = set()
    head: list[int] = []  # furniture directly above
    for at in zone:
        if page.kinds[at] is not Kind.TEXT:
            if not head or head[-1] != at - 1:
                head = []
            head.append(at)
            continue
        above = head if head and head[-1] == at - 1 else []
        again = bool({page.section[i] for i in above} & named - {""})
        if _begins_a_text(page, zone, at, listed, is_headed_again=again):
            return range(zone.start, above[0] if above else at)
        if above:
            named |= {page.section[i] for i in above}
        listed.add(squeeze(page.lines[at].text))
    return zone


def _begins_a_text(
    page: Print, zone: range, at: int, listed: set[str], *, is_headed_again: bool
) -> bool:
    """Whether the line is the title, or the byline above the title, of a text that follows."""
    if _PAGE_BEHIND.search(page.lines[at].text):
        return False
    signed, title = False, ""
    i = at
    while i < zone.stop and i < at + _LONGEST_TEXT_HEAD and page.is_text(i):
        text = page.lines[i].text
        if bylines.is_marked(text) or bylines.read(text):
            signed = signed or bool(bylines.read(text))
        elif signed:
            break
        elif not title:
            title = squeeze(text)
        elif squeeze(title + text) not in listed:
            break  # a line of the text, or of a title in two lines
        else:
            title += squeeze(text)
        i += 1
    lines = _lines_of_a_text(page, zone, i, listed | {title})
    if title in listed:
        return lines > 0 if signed else is_headed_again and lines > 2
    return signed and bool(title) and lines > (2 if is_headed_again else 3)


def _lines_of_a_text(page: Print, zone: range, at: int, listed: set[str]) -> int:
    """How many lines follow that are neither furniture, nor bylines, nor on the list above."""
    start = at
    while at < zone.stop and page.is_text(at):
        text = page.lines[at].text
        listed_again = squeeze(text) in listed or bool(_PAGE_BEHIND.search(text))
        if listed_again or bylines.is_marked(text) or bylines.read(text):
            break
        at += 1
    return at - start


def entries(page: Print, zones: list[range]) -> list[Entry]:
    """The titles that the contents page lists, with the section that stands above each."""
    found = []
    for zone in zones:
        section = ""
        for at in zone:
            section = page.section[at] or section
            text = page.lines[at].text
            signs = bylines.is_marked(text) or bylines.read(text) or bylines.read_bare(text)
            if not page.is_text(at) or signs or _is_colophon_like(text):
                continue
            if title := tidy(_LEADERS.sub("", text)):
                found.append(Entry(at, title, section))
    return found


def colophon(page: Print, zones: list[range]) -> tuple[Colophon, set[int]]:
    """The colophon's facts, and the indices of its lines. Contact lines count where two stand
    together, in the contents page, or where one holds a number or an address."""
    listed = {at for zone in zones for at in zone}
    likely = {at for at, line in enumerate(page.lines) if _is_colophon_like(line.text)}
    boxes = Counter(page.lines[at].box for at in likely)
    tail = _tail(page, likely)
    lines = {
        at
        for at in likely
        if at in listed
        or at >= tail
        or boxes[page.lines[at].box] > 1
        or _CONTACT.search(page.lines[at].text)
    }
    facts: dict[str, str] = {}
    more: list[str] = []
    for at in sorted(lines):
        for name, value in _facts(page.lines[at].text):
            if name and name not in facts:
                facts[name] = value
            else:
                more.append(value)
    return Colophon(**facts, more=tuple(more)), lines


def _tail(page: Print, likely: set[int]) -> int:
    """Where nothing but lines of a colophon follows any more: the last page."""
    at = len(page.lines)
    while at and (at - 1 in likely or not page.is_text(at - 1)):
        at -= 1
    return at


def _is_colophon_like(text: str) -> bool:
    if len(text) > 80 or re.search("[。；;！!]", text):
        return False
    parts = _WIDE.split(text)
    return all(_LABEL.match(part) or _COMPILED.fullmatch(part) for part in parts) or bool(
        _LABEL.match(text) or _COMPILED.fullmatch(text)
    )


def _facts(text: str) -> list[tuple[str, str]]:
    """(field, value) of each label in a line; an empty field where the colophon has none for it."""
    parts = _WIDE.split(text)
    if len(parts) > 1 and _COMPILED.fullmatch(parts[0]):
        return [fact for part in parts for fact in _facts(part)]
    if whole := _COMPILED.fullmatch(text):
        return [("compiled_by", tidy(whole["name"]))]
    labels = list(_LABEL.finditer(text))
    found = []
    for label, following in zip(labels, [*labels[1:], None], strict=True):
        value = text[label.end() : following.start() if following else None].strip(" ,，;；")
        name = _field(squeeze(label["label"]), value)
        found.append((name, value if name else f"{squeeze(label['label'])}：{value}"))
    return found


def _field(label: str, value: str) -> str:
    if label.startswith(("编印", "主办")):
        return "compiled_by"
    if "投稿" in label or "来稿" in label or "@" in value:
        return "submissions"
    if label.endswith(("电话", "热线")):
        return "telephone"
    return "website" if label in ("网址", "网站", "官网") else ""


def cover(page: Print, indices: list[int]) -> tuple[tuple[str, ...], str, list[int]]:
    """Cover lines, slogan, and the indices of lines that are neither, of the cover's text lines."""
    lines = [at for at in indices if bylines.is_marked(page.lines[at].text)]
    marks = re.compile(f"[{bylines.MARKS}]")
    parts = [part for at in lines for part in marks.split(page.lines[at].text) if part.strip()]
    rest = [at for at in indices if at not in lines and is_short(page.lines[at].text)]
    slogan = next((at for at in rest if _is_couplet(page.lines[at].text)), None)
    if slogan is None and rest:
        slogan = next((at for at in rest if len(squeeze(page.lines[at].text)) >= 6), None)
    left = [at for at in indices if at not in lines and at != slogan]
    words = tidy(page.lines[slogan].text) if slogan is not None else ""
    return tuple(tidy(part) for part in parts), words, left


def _is_couplet(text: str) -> bool:
    """把灯点在路口 把路铺到门前: two halves of one length."""
    halves = re.split(r"[\s，,]+", text)
    return len(halves) == 2 and len(halves[0]) == len(halves[1]) >= 4
