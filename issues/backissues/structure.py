"""Paragraphs to clean semantic HTML: headings, lists, text; nothing else, and all of it escaped.

一、 is h2, (一) h3, 1. and (1) h4. A heading that runs into its paragraph («(一)先听。听人说完…»)
becomes a heading of its own and loses its full stop, as a standing one is printed (GB/T 9704).
A numbered line with no text under it is an item, not a heading.
"""

import html
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from itertools import groupby, pairwise

from .shapes import (
    BULLETS,
    LONGEST_HEADING,
    hanzi,
    heading,
    is_caption,
    is_closed,
    is_lead_in,
    item_mark,
    tidy,
)
from .stitch import Paragraph
from .torn.cells import Rows

_LONGEST_RUN_IN = 32
_LONGEST_SUBHEADING = 22
#: A numbered paragraph that is longer reads better as a paragraph than as a step of a list.
_LONGEST_STEP = 80
_RUN_IN = re.compile("[。！？]")
_IN_BRACKETS = re.compile(r"[（(][^（()）]+[)）][。；;]?")
_ARABIC = re.compile(r"\d{1,2}[.．、]\s*")


@dataclass(frozen=True, slots=True)
class Block:
    """`tag` is h2, h3, h4, p, li, verse or table; `number` is the one that the text begins with."""

    tag: str
    text: str
    line: int
    number: int = 0
    rows: Rows = ()


def blocks(paragraphs: list[Paragraph], doubt: Callable[[int, str, str], None]) -> list[Block]:
    """Headings, paragraphs and items, in order."""
    found: list[Block] = []
    for paragraph in paragraphs:
        found.extend(_blocks_of(paragraph))
    found = _steps_before_brackets(found)
    found = _subheadings(_without_empty_headings(found), doubt)
    _doubt_order(found, doubt)
    return found


def _blocks_of(paragraph: Paragraph) -> list[Block]:
    text, line = tidy(paragraph.text), paragraph.line
    if paragraph.rows:
        return [Block("table", text, line, rows=paragraph.rows)]
    if paragraph.is_verse:
        lines = [tidy(each) for each in paragraph.text.split("\n")]
        return [Block("verse", "\n".join(lines), line)]
    if mark := item_mark(text):
        words = text[len(mark) :].strip()
        return [Block("li", words if _is_bullet(mark) else f"{mark} {words}", line)]
    if (found := heading(text)) is None:
        return [Block("p", text, line)]
    level, number, start = found
    head, rest = _run_in(text, start, level)
    if not head:
        return [Block("p", text, line, number if level == 4 else 0)]
    heads = [Block(f"h{level}", head, line, number)]
    return [*heads, Block("p", rest, line)] if rest else heads


def _steps_before_brackets(found: list[Block]) -> list[Block]:
    """1.打开手机银行 / （没有下载的先到柜台）: a step with a remark, no heading with its text."""
    out = list(found)
    for at, (block, after) in enumerate(pairwise(found)):
        if block.tag == "h4" and after.tag == "p" and _IN_BRACKETS.fullmatch(after.text):
            out[at] = replace(block, tag="p")
    steps = [at for at, block in enumerate(out) if block.tag == "p" and block.number]
    for at in steps:
        _with_its_row(out, at, 1)
        _with_its_row(out, at, -1)
    return out


def _with_its_row(out: list[Block], at: int, way: int) -> None:
    """The steps before and behind a step are steps too."""
    number = out[at].number
    while 0 <= at + way < len(out) and out[at].tag not in ("h2", "h3"):
        at += way
        if out[at].tag == "h4" and out[at].number == number + way:
            out[at] = replace(out[at], tag="p")
            number += way
        elif out[at].number:
            return


def _is_bullet(mark: str) -> bool:
    return mark in f"{BULLETS}·-–"


def _run_in(text: str, start: int, level: int) -> tuple[str, str]:
    """(heading, paragraph behind it); no heading where the numbered line is a text itself."""
    stop = _RUN_IN.search(text, start)
    if stop is None:
        standing = (
            len(text) <= LONGEST_HEADING and text[-1] not in "；;，,、" and not is_lead_in(text)
        )
        return (text, "") if standing else ("", text)
    head, rest = text[: stop.end()].removesuffix("。"), text[stop.end() :].strip()
    if level == 4 or len(head) > _LONGEST_RUN_IN or rest[:1] in "”’）)":
        # 1.准备材料。 is a step to take; only its bigger brothers are printed as headings.
        return ("", text) if rest or level == 4 or len(head) > LONGEST_HEADING else (head, "")
    return head, rest


def _without_empty_headings(found: list[Block]) -> list[Block]:
    """Numbered lines with no text between them are items: 1.身份证 / 2.户口本."""
    out: list[Block] = []
    for (tag, numbered), run in groupby(found, key=lambda block: (block.tag, block.number > 0)):
        row = list(run)
        if numbered and _are_items(tag, row):
            row = [Block("li", block.text, block.line, block.number) for block in row]
        out.extend(row)
    return out


def _are_items(tag: str, row: list[Block]) -> bool:
    counted = [block.number for block in row] == [*range(1, len(row) + 1)]
    if tag == "p":
        return len(row) > 1 and counted and all(len(b.text) <= _LONGEST_STEP for b in row)
    return len(row) >= (2 if tag == "h4" else 3)


def _subheadings(found: list[Block], doubt: Callable[[int, str, str], None]) -> list[Block]:
    """A short line of its own between whole paragraphs is a subheading without a number; one that
    stands otherwise is doubted, unless it is verse."""
    numbered = any(block.tag == "h2" for block in found)
    out = list(found)
    for at, block in enumerate(found):
        if not _is_scrap(block):
            continue
        before = found[at - 1] if at else None
        after = found[at + 1] if at + 1 < len(found) else None
        if _heads(block, before, after):
            out[at] = Block("h3" if numbered else "h2", block.text, block.line)
            doubt(block.line, "heading", f"“{block.text}”没有序号，当作小标题排，请核对。")
        elif not _is_verse(found, at):
            doubt(block.line, "stray-line", f"“{block.text}”不成句，也不像小标题，请核对。")
    return out


def _is_scrap(block: Block) -> bool:
    """A few words without any mark."""
    if block.tag != "p" or len(block.text) > _LONGEST_SUBHEADING or is_closed(block.text):
        return False
    if is_caption(block.text):
        return False
    return not re.search("[，。；：,;:]", block.text)


def _heads(block: Block, before: Block | None, after: Block | None) -> bool:
    if after is None or after.tag != "p" or len(after.text) < 20:
        return False
    if not hanzi(block.text):
        return False
    return before is None or before.tag in ("li", "table") or is_closed(before.text)


def _is_verse(found: list[Block], at: int) -> bool:
    """Whether the line is one of three short ones and more."""
    around = found[max(0, at - 2) : at + 3]
    return sum(len(block.text) <= _LONGEST_SUBHEADING for block in around) >= 3


def _doubt_order(found: list[Block], doubt: Callable[[int, str, str], None]) -> None:
    """Headings of one level count upward under their parent: 一、 二、 四、 is doubted."""
    last: dict[str, int] = {}
    for block in found:
        if block.tag[0] != "h" or not block.number:
            continue
        expected = last.get(block.tag, 0) + 1
        if block.number != expected and block.number != 1:
            doubt(
                block.line,
                "heading-order",
                f"小标题“{block.text}”的序号与前面不相连，请核对文字次序。",
            )
        last = {tag: number for tag, number in last.items() if tag < block.tag}
        last[block.tag] = block.number


def render(found: list[Block], widen: Callable[[str], str]) -> str:
    """HTML, one block a line. `widen` sets the punctuation of each text right."""
    out: list[str] = []
    for is_list, group in groupby(found, key=lambda block: block.tag == "li"):
        run = list(group)
        if not is_list:
            out.extend(_element(block, widen) for block in run)
            continue
        row = [(block.tag, html.escape(widen(block.text), quote=False)) for block in run]
        counted = [text for _, text in row if _ARABIC.match(text)]
        ordered = len(counted) == len(row) and [b.number for b in run] == [*range(1, len(run) + 1)]
        items = (_ARABIC.sub("", text) if ordered else text for _, text in row)
        name = "ol" if ordered else "ul"
        out.append(f"<{name}>{''.join(f'<li>{item}</li>' for item in items)}</{name}>")
    return "\n".join(out)


def _element(block: Block, widen: Callable[[str], str]) -> str:
    def plain(text: str) -> str:
        return html.escape(widen(text), quote=False)

    if block.tag == "table":
        head, *body = block.rows
        cells = "".join(f"<th>{plain(cell)}</th>" for cell in head)
        rows = ["".join(f"<td>{plain(cell)}</td>" for cell in row) for row in body]
        whole = "".join(f"<tr>{row}</tr>" for row in rows)
        return f"<table><thead><tr>{cells}</tr></thead><tbody>{whole}</tbody></table>"
    if block.tag == "verse":
        return f"<p>{'<br>'.join(plain(line) for line in block.text.split(chr(10)))}</p>"
    return f"<{block.tag}>{plain(block.text)}</{block.tag}>"
