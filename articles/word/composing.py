"""What was read, as the HTML of a body. A picture's address is a placeholder until it is stored."""

import html
from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import groupby, takewhile

from .figures import Block, Figure, alt_of, is_of_table, telling, unpacked
from .inline import Writer, trim
from .lines import Cell, Line, Paragraph, Row, Shown, Table
from .lines import Item as InLine
from .outline import Heading, Item, Outlined, Quoted, Rule

NoteKey = tuple[str, str]
#: What stands for itself, whatever its neighbours are.
Alone = Block | Heading | Rule

_SPAN = 40


def address(number: int) -> str:
    """Where picture `number` is thought to be: of the form that the cleaning place lets through."""
    return f"/pictures/00000000-0000-4000-8000-{number:012x}/"


class BodyWriter:
    def __init__(self, words: Writer, body_size: float) -> None:
        self._words, self._body_size = words, body_size

    def body(self, blocks: list[Outlined]) -> str:
        """Items of a list and lines of a quotation stand together, a table with its caption."""
        out: list[str] = []
        before: Outlined | None = None
        for kind, neighbours in groupby(blocks, type):
            group = list(neighbours)
            if kind is Item:
                out.append(self._lists([each for each in group if isinstance(each, Item)]))
            elif kind is Quoted:
                quoted = (self._quoted(each) for each in group if isinstance(each, Quoted))
                out.append(f"<blockquote>{''.join(quoted)}</blockquote>")
            else:
                alone = [each for each in group if not isinstance(each, Item | Quoted)]
                first = alone[0]
                if (
                    isinstance(first, Table)
                    and isinstance(before, Paragraph)
                    and is_of_table(before)
                ):
                    out[-1] = self._table(first, before)
                    del alone[0]
                out += map(self._one, alone)
            before = group[-1]
        return "\n".join(out)

    def _one(self, block: Alone) -> str:
        if isinstance(block, Heading):
            tag = f"h{block.rank + 1}"
            return f"<{tag}>{self._words.html(block.paragraph.items, plainly=True)}</{tag}>"
        if isinstance(block, Figure):
            return self._figure(block)
        if isinstance(block, Table):
            return self._table(block)
        if isinstance(block, Rule):
            return "<hr>"
        return f"<p>{self._words.html(block.items)}</p>"

    def _quoted(self, quoted: Quoted) -> str:
        return "".join(f"<p>{self._words.html(each.items)}</p>" for each in quoted.paragraphs)

    def _figure(self, figure: Figure) -> str:
        alt = html.escape(alt_of(figure))
        caption = self._words.html(figure.caption, plainly=True)
        below = f"<figcaption>{caption}</figcaption>" if caption else ""
        return f'<figure><img src="{address(figure.number)}" alt="{alt}">{below}</figure>'

    def _lists(self, items: list[Item]) -> str:
        """Neighbours of one level are one list; deeper ones stand in the item above them."""
        out, at = "", 0
        while at < len(items):
            end = _end_of_list(items, at)
            out += self._list(items[at:end])
            at = end
        return out

    def _list(self, items: list[Item]) -> str:
        first = items[0]
        start = f' start="{first.ordinal}"' if first.is_ordered and first.ordinal != 1 else ""
        tag = "ol" if first.is_ordered else "ul"
        rows, at = "", 0
        while at < len(items):
            below = _deeper(items, at)
            inner = self._lists(below) if below else ""
            rows += f"<li>{self._words.html(items[at].paragraph.items)}{inner}</li>"
            at += 1 + len(below)
        return f"<{tag}{start}>{rows}</{tag}>"

    def _table(self, table: Table, caption: Paragraph | None = None) -> str:
        if len(table.rows) == 1 and len(table.rows[0].cells) == 1:
            return f"<blockquote>{self._cell_body(table.rows[0].cells[0].lines)}</blockquote>"
        heads = _heads(table.rows)
        rows = [self._row(row, "th") for row in table.rows[:heads]]
        head = f"<thead>{''.join(rows)}</thead>" if rows else ""
        body = "".join(self._row(row, "td") for row in table.rows[heads:])
        words = self._words.html(caption.items, plainly=True) if caption else ""
        title = f"<caption>{words}</caption>" if words else ""
        return f"<table>{title}{head}<tbody>{body}</tbody></table>"

    def _row(self, row: Row, tag: str) -> str:
        return f"<tr>{''.join(self._cell(cell, tag) for cell in row.cells)}</tr>"

    def _cell(self, cell: Cell, tag: str) -> str:
        spans = "".join(
            f' {name}="{min(count, _SPAN)}"'
            for name, count in (("colspan", cell.colspan), ("rowspan", cell.rowspan))
            if count > 1
        )
        return f"<{tag}{spans}>{self._cell_body(cell.lines, plainly=tag == 'th')}</{tag}>"

    def _cell_body(self, lines: list[Line], *, plainly: bool = False) -> str:
        blocks = unpacked(lines, self._body_size)
        return "".join(
            f"<p>{self._words.html(each.items, plainly=plainly)}</p>"
            if isinstance(each, Paragraph)
            else self._one(each)
            for each in blocks
        )

    def notes(self, notes: Mapping[NoteKey, list[Line]], numbers: Mapping[NoteKey, int]) -> str:
        """At the end of the body: [1] in the text is the first of the list. A note on the title or
        on an author has no number."""
        others = [key for key in notes if key not in numbers]
        on_title = "".join(f"<p>题注：{self._note(notes[key])}</p>" for key in others)
        rows = "".join(f"<li>{self._note(notes.get(key, []))}</li>" for key in numbers)
        listed = f"<p><strong>注释</strong></p><ol>{rows}</ol>" if rows else ""
        # A list of ours holds no figure: those of the notes stand below it.
        shown = (each for key in [*others, *numbers] for each in _shown(notes.get(key, [])))
        figures = "".join(self._figure(Figure(each.number, telling(each.alt))) for each in shown)
        return on_title + listed + figures

    def _note(self, lines: list[Line]) -> str:
        texts = "<br>".join(filter(None, map(self._in_a_line, lines)))
        return texts or ("（见下图）" if any(_shown(lines)) else "（原稿中没有内容）")

    def _in_a_line(self, line: Line) -> str:
        """A table in a note is its rows, one a line."""
        if isinstance(line, Paragraph):
            items: list[InLine] = [each for each in line.items if not isinstance(each, Shown)]
            return self._words.html(trim(replace(line, items=items)).items)
        rows = (
            "　".join(filter(None, (self._note_cell(cell) for cell in row.cells)))
            for row in line.rows
        )
        return "<br>".join(filter(None, rows))

    def _note_cell(self, cell: Cell) -> str:
        return " ".join(filter(None, map(self._in_a_line, cell.lines)))


def _shown(lines: list[Line]) -> Iterator[Shown]:
    for line in lines:
        if isinstance(line, Paragraph):
            yield from line.pictures
        else:
            for cell in (cell for row in line.rows for cell in row.cells):
                yield from _shown(cell.lines)


def _end_of_list(items: list[Item], at: int) -> int:
    """Where the list that begins there ends: a number that is not the next is printed wrong."""
    last, end = items[at], at + 1
    while end < len(items) and (items[end].level > last.level or _follows(last, items[end])):
        last = items[end] if items[end].level == last.level else last
        end += 1
    return end


def _follows(last: Item, item: Item) -> bool:
    if item.level != last.level or item.is_ordered != last.is_ordered:
        return False
    return not item.is_ordered or item.ordinal == last.ordinal + 1


def _deeper(items: list[Item], at: int) -> list[Item]:
    end = at + 1
    while end < len(items) and items[end].level > items[at].level:
        end += 1
    return items[at + 1 : end]


def _heads(rows: list[Row]) -> int:
    """How many rows head the table: those that say so, else a first row that alone is bold."""
    said = sum(1 for _ in takewhile(lambda row: row.is_header, rows))
    if said or len(rows) < 2:
        return min(said, len(rows) - 1)
    first = [each for cell in rows[0].cells for each in _texts(cell)]
    others = [each for row in rows[1:] for cell in row.cells for each in _texts(cell)]
    is_head = bool(first) and all(each.is_bold for each in first)
    return int(is_head and not all(each.is_bold for each in others))


def _texts(cell: Cell) -> list[Paragraph]:
    return [each for each in cell.lines if isinstance(each, Paragraph) and each.words]
