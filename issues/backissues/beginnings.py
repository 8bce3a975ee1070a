"""Where each article begins: its title and byline, wherever the page put them.

A byline stands below its title, above it, or (in a preamble) in the middle of the text. So bylines
are found first, and each looks for its title: the lines beside it, else the last that could be one.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise

from articles import bylines
from articles.bylines import Signature

from .front import Entry
from .sections import Kind, Print
from .shapes import closes_a_letter, is_closed, is_lead_in, is_prose, is_short, item_mark, squeeze

_MOST_TITLE_LINES = 4


@dataclass(slots=True)
class Draft:
    """An article as it lies in the dump; indices are of the print's lines."""

    start: int
    title: list[int]
    byline: list[int]
    signatures: tuple[Signature, ...]
    section: str = ""
    text: list[int] = field(default_factory=list)


class Pages:
    """The print without contents and colophon; `barriers` are where those lay."""

    def __init__(self, page: Print, taken: set[int], entries: Iterable[Entry]) -> None:
        self.page = page
        self.lines = page.lines
        self.order = [at for at in range(len(page.lines)) if at not in taken]
        self.place = {at: i for i, at in enumerate(self.order)}
        self.listed = {squeeze(entry.title) for entry in entries}
        self.above: dict[int, int] = {}  # the next line of text upward, furniture skipped
        self.below: dict[int, int] = {}
        self.head: dict[int, int] = {}  # the first line of the running head directly above
        self.head_name: dict[int, str] = {}  # the section that this head names
        self._look_around()
        self.byline_of = self._bylines()

    # What lies beside a line -------------------------------------------------------------------

    def _look_around(self) -> None:
        """Neighbours of every line in one pass each way; what was taken out is a barrier."""
        for before, at in pairwise(self.order):
            if before != at - 1:
                continue
            if self.page.kinds[before] is Kind.TEXT:
                self.above[at] = before
            elif before in self.above:
                self.above[at] = self.above[before]
            if self.page.kinds[before] not in (Kind.TEXT, Kind.MARK):
                self.head[at] = self.head.get(before, before)
                self.head_name[at] = self.page.section[before] or self.head_name.get(before, "")
        for after, at in pairwise(reversed(self.order)):
            if after == at + 1 and self.page.kinds[after] is Kind.TEXT:
                self.below[at] = after
            elif after == at + 1 and after in self.below:
                self.below[at] = self.below[after]

    def head_before(self, at: int) -> str:
        """The section named by the running head that stands directly above a line."""
        return self.head_name.get(at, "")

    def is_title_line(self, at: int | None) -> bool:
        if at is None or at in self.byline_of or self.page.kinds[at] is not Kind.TEXT:
            return False
        text = self.lines[at].text
        return is_short(text) and text[0] != "◎" and not closes_a_letter(text)

    def title_up_from(self, at: int) -> list[int]:
        """The lines of the title block whose last line this is."""
        block = [at]
        while len(block) < _MOST_TITLE_LINES and self._same_block(block[0] - 1, block[0]):
            block.insert(0, block[0] - 1)
        return self._with_frames_above(block)

    def title_down_from(self, at: int) -> list[int]:
        block = [at]
        while len(block) < _MOST_TITLE_LINES and self._same_block(block[-1], block[-1] + 1):
            block.append(block[-1] + 1)
        while len(block) > 1 and is_lead_in(self.lines[block[-1]].text):
            block.pop()
        return block

    def _same_block(self, first: int, second: int) -> bool:
        if first not in self.place or second not in self.place:
            return False
        if not (self.is_title_line(first) and self.is_title_line(second)):
            return False
        return self.lines[first].box == self.lines[second].box

    def _with_frames_above(self, block: list[int]) -> list[int]:
        """All short lines between a running head and a byline are one title, in however many
        frames: 肩题, 主题, ——副题."""
        whole = list(block)
        while len(whole) <= _MOST_TITLE_LINES and self.is_title_line(whole[0] - 1):
            if whole[0] - 1 not in self.place:
                return block
            whole.insert(0, whole[0] - 1)
        above = whole[0] - 1
        headed = above in self.place and self.page.kinds[above] is Kind.SECTION
        return whole if headed and len(whole) <= _MOST_TITLE_LINES else block

    # Bylines -----------------------------------------------------------------------------------

    def _bylines(self) -> dict[int, tuple[Signature, ...]]:
        """Lines that sign a text. On the cover ◎ marks titles, so there a name must be a name."""
        found = {}
        first_prose = next((at for at in self.order if self._is_sentence(at)), len(self.lines))
        kinds = self.page.kinds[:first_prose]
        cover = kinds.index(Kind.SECTION) if Kind.SECTION in kinds else first_prose
        on_cover = bylines.cover_lines([(at, self.lines[at].text) for at in range(cover)])
        for at in self.order:
            if self.page.kinds[at] is not Kind.TEXT or at in on_cover:
                continue
            text = self.lines[at].text
            signatures = bylines.read(text) if self._may_sign(at) else ()
            if not signatures and at > first_prose:
                signatures = bylines.read_enclosed(text)
                if not signatures and bylines.is_like(text) and text[0] == "◎":
                    signatures = bylines.as_written(text)
            if signatures:
                found[at] = signatures
                self._add_name_below(at, found)
        return found or self._bare_bylines()

    def _add_name_below(self, at: int, found: dict[int, tuple[Signature, ...]]) -> None:
        """◎南湖支行 / 卢青: the name in a line of its own."""
        below = self.below.get(at)
        if below != at + 1 or any(one.name for one in found[at]):
            return
        if names := bylines.read_bare(self.lines[below].text):
            branch = found[at][0].branch
            found[at] = tuple(Signature(branch, one.name) for one in names)
            found[below] = ()

    def _is_sentence(self, at: int) -> bool:
        text = self.lines[at].text
        return self._is_prose(at) and (len(text) > 60 or "。" in text)

    def _may_sign(self, at: int) -> bool:
        """An unmarked line signs only beside a title; ● signs and also makes lists."""
        text = self.lines[at].text
        if text[0] == "◎":
            return True
        above = self.lines[at - 1].text if at - 1 in self.place else ""
        if closes_a_letter(above):
            return False
        return any(
            beside is not None and is_short(self.lines[beside].text)
            for beside in (at - 1, at + 1)
            if beside in self.place and self.page.kinds[beside] is Kind.TEXT
        ) or not item_mark(text)

    def _bare_bylines(self) -> dict[int, tuple[Signature, ...]]:
        """A dump whose bylines have no mark and no branch: a name alone under a title."""
        found = {}
        for at in self.order:
            above = self.above.get(at)
            if self.page.kinds[at] is Kind.TEXT and above is not None and above not in found:
                signatures = bylines.read_bare(self.lines[at].text)
                if signatures and is_short(self.lines[above].text):
                    found[at] = signatures
        return found

    # Articles ----------------------------------------------------------------------------------

    def drafts(self) -> list[Draft]:
        """The articles in the order of the dump, each with the lines of its text."""
        found = self._signed()
        found = sorted([*found, *self._unsigned(found)], key=lambda draft: draft.start)
        if found:
            self._cut(found)
        return found

    def _signed(self) -> list[Draft]:
        found: list[Draft] = []
        used = self._cover_end()  # the last line that cannot be this article's title
        for group in self._byline_groups():
            title = self._title_of(group, used)
            signatures = tuple(one for at in group for one in self.byline_of[at])
            found.append(Draft(min([*title, *group]), title, group, signatures))
            used = max([*title, *group])
        return found

    def _cover_end(self) -> int:
        """The last line of the first issue mark (2022年第2期 总第38期), which closes a cover."""
        kinds = self.page.kinds
        first = next((at for at in self.order if kinds[at] is Kind.MARK), -1)
        if first < 0 or any(at < first for at in self.byline_of):
            return -1
        while first + 1 < len(kinds) and kinds[first + 1] is Kind.MARK:
            first += 1
        return first

    def _byline_groups(self) -> list[list[int]]:
        """Bylines of one text: lines that stand directly below each other."""
        groups: list[list[int]] = []
        for at in sorted(self.byline_of):
            if groups and groups[-1][-1] == at - 1:
                groups[-1].append(at)
            else:
                groups.append([at])
        return groups

    def _title_of(self, group: list[int], used: int) -> list[int]:
        """Directly above the byline; below, under a running head; the last that begins a page."""
        above = self.above.get(group[0])
        below = self.below.get(group[-1])
        if above == group[0] - 1 > used and self.is_title_line(above) and self._is_own(above):
            return [at for at in self.title_up_from(above) if at > used]
        found = (
            self.title_down_from(below) if below is not None and self.is_title_line(below) else []
        )
        if found and self.below.get(found[-1]) in self.byline_of:
            found = []  # the next article's, signed by its own byline
        if found and self.head_before(found[0]):
            return found
        candidates = list(self._titles_before(group[0], used))
        at_a_page = (block for block in candidates if self._begins_a_page(block[0]))
        return next(at_a_page, None) or found or next(iter(candidates), [])

    def _is_own(self, at: int) -> bool:
        """Not the last words of a paragraph that ran on from the frame before."""
        first = self.title_up_from(at)[0]
        before = self.above.get(first)
        return before is None or not self._is_cut_off(before) or bool(self.head_before(first))

    def _is_cut_off(self, at: int | None) -> bool:
        """Whether a paragraph breaks off here in the middle of a sentence."""
        if at is None:
            return False
        text = self.lines[at].text
        return (
            len(text) > 20 and not is_closed(text) and not is_lead_in(text) and not is_short(text)
        )

    def _titles_before(self, at: int, used: int) -> Iterator[list[int]]:
        """Blocks of short lines upward from a line, to where an earlier article is sure."""
        i = self.place[at] - 1
        while i >= 0 and self.order[i] > used:
            line = self.order[i]
            if self.is_title_line(line) and not is_lead_in(self.lines[line].text):
                block = self.title_up_from(line)
                if block[0] > used:
                    yield block
                i = self.place[block[0]]
            i -= 1

    def _begins_a_page(self, at: int) -> bool:
        after_furniture = at - 1 in self.place and self.page.kinds[at - 1] is not Kind.TEXT
        return after_furniture or self.above.get(at) is None

    def _unsigned(self, signed: list[Draft]) -> list[Draft]:
        """Titles without a byline: one that the contents page lists, or the first under a head of
        another section."""
        taken = {at for draft in signed for at in (*draft.title, *draft.byline)}
        sections = self._sections(signed)
        found: list[Draft] = []
        current = ""
        for at in self.order:
            current = sections.get(at, current)
            if at in taken or not self.is_title_line(at) or self._is_inner(at):
                continue
            block, head = self.title_down_from(at), self.head_before(at)
            listed = squeeze("".join(self.lines[i].text for i in block)) in self.listed
            if (listed or (head and head != current)) and self._heads_a_text(block, taken):
                found.append(Draft(block[0], block, [], ()))
                current = head or current
        return found

    def _sections(self, drafts: list[Draft]) -> dict[int, str]:
        """Section of each article, by its first line: the head above it, else the first in it."""
        stops = [*(draft.start for draft in drafts[1:]), len(self.lines)][: len(drafts)]
        return {
            draft.start: self.head_before(draft.start)
            or next((name for name in self.page.section[draft.start : stop] if name), "")
            for draft, stop in zip(drafts, stops, strict=True)
        }

    def _is_inner(self, at: int) -> bool:
        return at - 1 in self.place and self.lines[at - 1].box == self.lines[at].box

    def _heads_a_text(self, block: list[int], taken: set[int]) -> bool:
        below = self.below.get(block[-1])
        return taken.isdisjoint(block) and below is not None and below not in self.byline_of

    def _cut(self, drafts: list[Draft]) -> None:
        """Gives each article its section and the lines between its beginning and the next one."""
        sections = self._sections(drafts)
        for draft in drafts:
            draft.section = sections[draft.start]
        cuts = [self._cut_before(drafts, n) for n in range(len(drafts))]
        for draft, first, stop in zip(drafts, cuts, [*cuts[1:], len(self.order)], strict=True):
            own = {*draft.title, *draft.byline}
            inside = self.order[first:stop]
            draft.text = [at for at in inside if self.page.is_text(at) and at not in own]

    def _cut_before(self, drafts: list[Draft], n: int) -> int:
        """Place in `order` where an article begins: its title, its running head, or a text of its
        own that the page put above both."""
        draft = drafts[n]
        floor = self.place[max([*drafts[n - 1].title, *drafts[n - 1].byline])] + 1 if n else 0
        place = self.place[self.head.get(draft.start, draft.start)]
        if not n:
            prose = (i for i in range(place) if self._is_prose(self.order[i]))
            return next(prose, place)
        above = place
        while above > floor and self.page.is_text(self.order[above - 1]):
            above -= 1
        return above if self._is_displaced(above, place, drafts[n - 1 : n + 1]) else place

    def _is_prose(self, at: int) -> bool:
        return self.page.is_text(at) and is_prose(self.lines[at].text)

    def _is_displaced(self, first: int, stop: int, neighbours: list[Draft]) -> bool:
        """Whether the text in these places, above a title, is not the end of the text before.

        Told by a running head of another section above it, or as items that nothing introduces.
        """
        before = self.above.get(self.order[first]) if first < stop else None
        if before is None or self._is_cut_off(before) or is_lead_in(self.lines[before].text):
            return False
        head, (previous, own) = self.head_before(self.order[first]), neighbours
        if head and head == own.section != previous.section:
            return True
        loose_items = all(item_mark(self.lines[at].text) for at in self.order[first:stop])
        return bool(head) and loose_items and not item_mark(self.lines[before].text)
