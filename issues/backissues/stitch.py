"""Paragraphs out of the lines of an article: columns in reading order, cut sentences re-joined."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import chain, pairwise

from .lines import Line
from .shapes import (
    LONGEST_HEADING,
    begins_inside,
    heading,
    is_caption,
    is_closed,
    is_enumerated,
    is_lead_in,
    item_mark,
    numeral,
    split_at_layout,
)
from .torn import cells
from .torn.cells import Rows

#: Shorter than this, an unfinished line is a heading or a verse, not a paragraph that was cut.
_SHORTEST_CUT = 16
#: A frame that was put in the wrong place is looked for in so many frames after the right one.
_NEIGHBOURHOOD = 4
#: With more loose lists than this, guessing where they belong would do harm.
_MOST_LOOSE = 6
_LONGEST_LIST = 60
#: More than a blank line or two: a page's furniture stood between two lines of a poem.
_LARGEST_STANZA_GAP = 2
_COUNT = re.compile(
    r"([一二两三四五六七八九十]{1,2}|\d{1,2})(?:大|个|样|点|项|条|种|方面|件|步|类|招|句|问|要)"
)

Doubting = Callable[[int, str, str], None]


@dataclass(frozen=True, slots=True)
class Paragraph:
    text: str
    line: int  # of the file, where it begins
    rows: Rows = ()  # of a table
    is_verse: bool = False  # a stanza, its lines apart


@dataclass(slots=True)
class Frame:
    """The lines of one text frame, which may be a piece of a column."""

    lines: list[Line]
    rows: Rows = ()  # of a table that was laid flat
    holds: str = ""  # cells or verse: lines that nothing joins

    @property
    def first(self) -> Line:
        return self.lines[0]

    @property
    def last(self) -> Line:
        return self.lines[-1]

    @property
    def begins_new(self) -> bool:
        """Its first line surely begins something."""
        if self.holds:
            return True
        text = self.first.text
        return bool(self.first.indent or heading(text) or item_mark(text))

    @property
    def begins_inside(self) -> bool:
        """Its first line surely goes on with something: where the frame's paragraphs are indented,
        it alone is not."""
        if self.begins_new:
            return False
        rest = [line for line in self.lines[1:] if heading(line.text) is None]
        indented = sum(1 for line in rest if line.indent)
        return begins_inside(self.first.text) or (indented > 0 and indented * 2 >= len(rest))

    @property
    def breaks_off(self) -> bool:
        """Its last line is a paragraph without its end."""
        text = self.last.text
        if self.holds:
            return False
        if is_closed(text) or is_lead_in(text) or _is_standing_heading(text):
            return False
        in_long_lines = any(len(line.text) >= _SHORTEST_CUT for line in self.lines)
        return in_long_lines or text[-1] in "，,、；;"


def _is_standing_heading(text: str) -> bool:
    if heading(text) is None or len(text) > LONGEST_HEADING:
        return False
    return not re.search("[。！？；]|[，,、]$", text)


def paragraphs(lines: Iterable[Line], doubt: Doubting) -> list[Paragraph]:
    """The article's paragraphs, headings and items in reading order.

    `doubt(line, code, message)` is told what was moved or could not be joined.
    """
    frames = [part for frame in _apart(list(lines), doubt) for part in frame]
    frames, captions = _without_captions(frames)
    frames = _in_reading_order(_items_apart(frames), doubt)
    frames = _items_to_their_lead_in(frames, doubt)
    for caption in chain.from_iterable(captions.values()):
        doubt(caption.number, "caption", "这一行像是图片说明，图片不在文字里，请核对。")
    return _joined(frames, captions, doubt)


def _without_captions(frames: list[Frame]) -> tuple[list[Frame], dict[int, list[Line]]]:
    """Captions in frames of their own may part a sentence: taken out, by the line before them."""
    kept: list[Frame] = []
    captions: dict[int, list[Line]] = {}
    for frame in frames:
        if len(frame.lines) == 1 and is_caption(frame.first.text) and kept:
            captions.setdefault(kept[-1].last.number, []).append(frame.first)
        else:
            kept.append(frame)
    return kept, captions


def _apart(lines: list[Line], doubt: Doubting) -> Iterator[list[Frame]]:
    """Frames, with tables and poems in frames of their own."""
    at = 0
    for run, kind, above, rows in _runs_of_short_lines(lines):
        yield _frames(lines[at : run.start])
        yield [Frame([line], holds=kind) for line in lines[run.start : run.start + above]]
        own = lines[run.start + above : run.stop]
        if kind == "verse":
            yield [Frame(stanza, holds=kind) for stanza in cells.stanzas(own)]
            _doubt_stanzas(own, doubt)
        else:
            yield [Frame(own, rows, kind)] if rows else [Frame([line], holds=kind) for line in own]
            how = f"排成 {len(rows[0])} 列" if rows else "看不出有几列，一格一行地排"
            where = f"第 {own[0].number}–{own[-1].number} 行像是拆散的表格"
            doubt(own[0].number, "table", f"{where}，{how}，请核对。")
        at = run.stop
    yield _frames(lines[at:])


def _runs_of_short_lines(lines: list[Line]) -> Iterator[tuple[range, str, int, Rows]]:
    """Tables, and poems in what is left."""
    at = 0
    tables = list(cells.tables(lines))
    for run, above, rows in [*tables, (range(len(lines), len(lines)), 0, ())]:
        for poem in cells.verses(lines[at : run.start], is_whole=not tables):
            yield range(at + poem.start, at + poem.stop), "verse", 0, ()
        if run:
            yield run, "cells", above, rows
        at = run.stop


def _doubt_stanzas(lines: list[Line], doubt: Doubting) -> None:
    """Where a page ends inside a poem, nothing tells whether a stanza does."""
    gaps = [(b.number - a.number, b) for a, b in pairwise(lines)]
    usual = min(gap for gap, _ in gaps)
    for gap, line in gaps:
        if gap > usual + _LARGEST_STANZA_GAP:
            doubt(line.number, "stanza", "诗从这一行起换了页，当作另起一节，请核对。")


def _frames(lines: Iterable[Line]) -> list[Frame]:
    frames: list[Frame] = []
    before: Line | None = None
    for line in lines:
        parts = split_at_layout(line.text)
        pieces = [replace(line, text=parts[0])]
        pieces += [replace(line, text=part, indent=4) for part in parts[1:]]
        adjoining = before and before.box == line.box and line.number - before.number <= 1
        if adjoining or (frames and _is_next_item(frames[-1], line)):
            frames[-1].lines.extend(pieces)
        else:
            frames.append(Frame(pieces))
        before = line
    return frames


def _is_next_item(frame: Frame, line: Line) -> bool:
    """Whole items of one mark are one list, whatever stood between them."""
    mark = item_mark(line.text) if is_closed(frame.last.text) else ""
    return mark != "" and mark == item_mark(frame.first.text) == item_mark(frame.last.text)


def _items_apart(frames: list[Frame]) -> list[Frame]:
    """A text does not begin with items: what they stand before is another column in their frame."""
    lines = frames[0].lines if frames else []
    marks = [item_mark(line.text) for line in lines]
    stop = next((at for at, mark in enumerate(marks) if mark != marks[0]), len(lines))
    if stop == len(lines) or not marks[0]:
        return frames
    return [Frame(lines[:stop]), Frame(lines[stop:]), *frames[1:]]


def _in_reading_order(frames: list[Frame], doubt: Doubting) -> list[Frame]:
    """Where a sentence breaks off and a new paragraph follows, its other half is looked for in the
    frames behind: one that begins inside a sentence which the frame before it does not leave open.
    """
    ordered = list(frames)
    at = 0
    while at + 1 < len(ordered):
        if ordered[at].breaks_off and ordered[at + 1].begins_new:
            fits = [
                i
                for i in range(at + 2, min(at + 2 + _NEIGHBOURHOOD, len(ordered)))
                if not ordered[i].begins_new
                and not ordered[i - 1].breaks_off
                and not is_lead_in(ordered[i - 1].last.text)
            ]
            if len(fits) == 1:
                moved = ordered.pop(fits[0])
                ordered.insert(at + 1, moved)
                doubt(
                    moved.first.number,
                    "out-of-order",
                    f"这一栏移到第 {ordered[at].last.number} 行之后，接上断开的句子，请核对。",
                )
        at += 1
    return ordered


def _items_to_their_lead_in(frames: list[Frame], doubt: Doubting) -> list[Frame]:
    """√ lines that nothing introduces go behind the «…要带五样东西：» that counts them."""
    loose = [(frames[at], mark) for at in range(len(frames)) if (mark := _loose_items(frames, at))]
    ordered = list(frames)
    for frame, mark in loose:
        at = next(i for i, other in enumerate(ordered) if other is frame)
        target = _lead_in_for(ordered, at, mark) if len(loose) <= _MOST_LOOSE else None
        where = f"第 {frame.first.number}–{frame.last.number} 行以“{mark}”开头的各条"
        if target is None:
            message = f"{where}找不到引出它们的话，按原文次序排，请核对。"
        else:
            lead_in, place = target
            message = f"{where}移到第 {lead_in.lines[place - 1].number} 行之后，请核对。"
            lead_in.lines[place:place] = frame.lines
            ordered.pop(at)
        doubt(frame.first.number, "out-of-order", message)
    return ordered


def _loose_items(frames: list[Frame], at: int) -> str:
    """The mark of a frame of nothing but items, where no lead-in and no item stands before it."""
    marks = {item_mark(line.text) for line in frames[at].lines}
    if len(marks) != 1 or "" in marks:
        return ""
    mark = marks.pop()
    before = _beginning_of_last(frames, at - 1) if at else ""
    introduced = is_lead_in(before) or item_mark(before) == mark or _counts(before)
    return "" if introduced else mark


def _beginning_of_last(frames: list[Frame], at: int) -> str:
    """The line with which the last paragraph before a frame began, or its last line."""
    while at > 0 and len(frames[at].lines) == 1 and not frames[at].begins_new:
        if not frames[at - 1].breaks_off:
            break
        at -= 1
    return frames[at].last.text


def _counts(text: str) -> bool:
    return bool(_COUNT.search(text)) and len(text) < 200


def _lead_in_for(frames: list[Frame], at: int, mark: str) -> tuple[Frame, int] | None:
    """Frame and place behind the lead-in (and its items) that the loose items belong to.

    The lead-in's number must be met; without a number only a single lead-in further down will do.
    """
    counted, plain = [], []
    for i, frame in enumerate(frames):
        for j, line in enumerate(frame.lines):
            if i == at or not is_lead_in(line.text) or item_mark(line.text):
                continue
            count, last, other = _items_behind(frames, (i, j), at, mark)
            said = _said(line.text)
            if other:
                continue
            if said == count + len(frames[at].lines):
                counted.append(last)
            elif said is None and i > at:
                plain.append(last)
    fits = counted or plain
    if len(fits) != 1:
        return None
    host, place = fits[0]
    return frames[host], place + 1


def _items_behind(
    frames: list[Frame], lead_in: tuple[int, int], skipped: int, mark: str
) -> tuple[int, tuple[int, int], bool]:
    """How many items follow a lead-in, over frames and cut items; the place of the last line that
    belongs to them; and whether items of another mark follow instead."""
    count, last, text = 0, lead_in, ""
    i, j = lead_in[0], lead_in[1] + 1
    while i < len(frames) and count < _LONGEST_LIST:
        if i == skipped or j >= len(frames[i].lines):
            i, j = i + 1, 0
            continue
        line = frames[i].lines[j]
        if item_mark(line.text) == mark:
            count += 1
        elif not count or j or is_closed(text) or frames[i].begins_new:
            return count, last, not count and item_mark(line.text) != ""
        last, text = (i, j), line.text
        j += 1
    return count, last, False


def _said(lead_in: str) -> int | None:
    """The number that a lead-in names: 要带五样东西： → 5."""
    numbers = _COUNT.findall(lead_in[-30:])
    return numeral(numbers[-1].replace("两", "二")) if numbers else None


def _joined(
    frames: list[Frame], captions: dict[int, list[Line]], doubt: Doubting
) -> list[Paragraph]:
    rows: list[list[Line]] = []
    before: Frame | None = None
    for frame in frames:
        for at, line in enumerate(frame.lines):
            if at and frame.holds:
                goes_on = True
            elif at:
                goes_on = _goes_on_inside(frame.lines[at - 1], line)
            else:
                goes_on = before is not None and _goes_on_across(before, frame, rows[-1], doubt)
            if goes_on:
                rows[-1].append(line)
            else:
                rows.append([line])
        before = frame
    held = {id(frame.first): frame for frame in frames if frame.holds}
    out: list[Paragraph] = []
    for row in rows:
        own = held.get(id(row[0]))
        if own and own.holds == "verse":
            text = "\n".join(line.text for line in row)
            out.append(Paragraph(text, row[0].number, is_verse=True))
        else:
            tabled = own.rows if own else ()
            out.append(Paragraph(_run_on(row), row[0].number, tabled))
        below = chain.from_iterable(captions.pop(line.number, ()) for line in row)
        out.extend(Paragraph(caption.text, caption.number) for caption in below)
    return out


def _run_on(parts: list[Line]) -> str:
    texts = [parts[0].text]
    for line in parts[1:]:
        both_latin = texts[-1][-1].isascii() and texts[-1][-1].isalpha() and line.text[0].isascii()
        texts.append(" " + line.text if both_latin and line.text[0].isalpha() else line.text)
    return "".join(texts)


def _goes_on_inside(before: Line, line: Line) -> bool:
    """A frame's lines are paragraphs, unless its paragraphs were broken into lines as printed."""
    if heading(line.text) or item_mark(line.text):
        return False
    if before.text[-1] in "，,、":
        return True
    if line.indent:
        return _is_broken_heading(before, line)
    if begins_inside(line.text):
        return True
    if is_closed(before.text) or is_lead_in(before.text):
        return False
    if heading(before.text) and _is_standing_heading(before.text):
        return False
    return len(before.text) >= _SHORTEST_CUT and before.text[-1] not in "；;"


def _is_broken_heading(before: Line, line: Line) -> bool:
    """一、把门开大的 / (spaces) 几个办法: a heading over two lines."""
    if not _is_standing_heading(before.text):
        return False
    return line.indent > 6 and len(line.text) <= 14 and not re.search("[，。；：,;:]", line.text)


def _goes_on_across(before: Frame, frame: Frame, paragraph: list[Line], doubt: Doubting) -> bool:
    """Whether a frame goes on with the paragraph that ends the frame before it."""
    if frame.begins_new:
        if before.breaks_off and before.last.text[-1] not in "；;" and len(before.last.text) > 20:
            doubt(
                before.last.number,
                "sentence-cut",
                "这一行的句子没有写完，后面没有找到下文，请核对。",
            )
        return False
    if before.holds or is_lead_in(before.last.text):
        return False
    if before.last.text[-1] in "；;" and is_enumerated(frame.first.text):
        return not is_enumerated(paragraph[0].text)
    if before.breaks_off or begins_inside(frame.first.text):
        return True
    ended = is_closed(before.last.text) and not item_mark(paragraph[0].text)
    return ended and frame.begins_inside and not is_enumerated(frame.first.text)
