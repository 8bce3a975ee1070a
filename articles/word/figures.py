"""Pictures out of the paragraphs and tables that hold them, each with the caption below it."""

import re
from dataclasses import dataclass, field, replace

from .inline import ENDS, SPACES, line_of, split, trim
from .lines import Item, Line, Paragraph, Row, Shown, Table, Words

_NUMBERED = re.compile(
    r"(?:图|图片|照片|附图|组图|Fig(?:ure)?\.?)\s*[\d一二三四五六七八九十]+", re.IGNORECASE
)
_MARKED = re.compile(r"[▲△▼▽↑]|[（(]?(?:图|摄影|供图|图为|图片|上图|下图|左图|右图)\s*[:：/／为]")
_OF_TABLE = re.compile(r"(?:表|附表|Table)\s*[\d一二三四五六七八九十]+", re.IGNORECASE)
_LONGEST = 80
_ENDS_A_LINE = (*ENDS, "”", "？", "：")
# What Word writes itself where nobody described a picture.
_SAYS_NOTHING = re.compile(
    r"(?:图片|图像|图形|图|照片|形状|picture|image|img|pic|photo|screenshot|wps|微信图片)?[\s_\-\d()（）]*"
    r"(?:\.(?:jpe?g|png|bmp|gif|webp|heic))?|.*[\\/].*|.*\.(?:jpe?g|png|bmp|gif|webp|heic)|[0-9a-f\-]{16,}",
    re.IGNORECASE,
)
_BY_MACHINE = re.compile(
    "描述已自动生成|自动生成的说明|AI 生成的内容|Description automatically generated"
)


@dataclass(slots=True)
class Figure:
    number: int
    alt: str
    caption: list[Item] = field(default_factory=list)


Block = Paragraph | Table | Figure


def unpacked(lines: list[Line], body_size: float) -> list[Block]:
    """Every picture in a figure, empty paragraphs gone, captions with what they describe."""
    blocks: list[Block] = []
    for line in lines:
        if isinstance(line, Table):
            blocks += _from_table(line, body_size)
        else:
            blocks += _from_paragraph(line)
    return _captioned(blocks, body_size)


def _from_paragraph(paragraph: Paragraph) -> list[Block]:
    if not paragraph.pictures:
        return [each for each in map(trim, _lines_of(paragraph)) if each.items]
    blocks: list[Block] = []
    for piece in map(trim, split(paragraph)):
        figures = [Figure(shown.number, telling(shown.alt)) for shown in piece.pictures]
        words: list[Item] = [item for item in piece.items if not isinstance(item, Shown)]
        text = [replace(piece, items=words)] if piece.words else []
        first = bool(piece.items) and isinstance(piece.items[0], Shown)
        blocks += [*figures, *text] if first else [*text, *figures]
    return [trim(each) if isinstance(each, Paragraph) else each for each in blocks]


def _lines_of(paragraph: Paragraph) -> list[Paragraph]:
    """A text that was pasted may hold its paragraphs as line ends, each with its indent."""
    pieces = split(paragraph)
    told = [each.text for each in pieces if each.text.strip()]
    indented = sum(text.startswith(("\u3000", "  ")) for text in told[1:])
    long = all(len(text) > 40 and text.rstrip().endswith(_ENDS_A_LINE) for text in told)
    return pieces if len(told) > 1 and (indented == len(told) - 1 or long) else [paragraph]


def telling(alt: str) -> str:
    """The alternative text, if a person wrote it."""
    alt = " ".join(alt[:1000].split())
    says_nothing = _SAYS_NOTHING.fullmatch(alt) or _BY_MACHINE.search(alt)
    return "" if says_nothing else alt[:300]


def _captioned(blocks: list[Block], body_size: float) -> list[Block]:
    out: list[Block] = []
    for block in blocks:
        before = out[-1] if out else None
        if (
            isinstance(block, Paragraph)
            and isinstance(before, Figure)
            and not before.caption
            and _is_caption(block, body_size)
        ):
            before.caption = block.items
        else:
            out.append(block)
    return out


def _is_caption(paragraph: Paragraph, body_size: float) -> bool:
    text = line_of(paragraph)
    if len(text) > _LONGEST or paragraph.look.level or paragraph.look.marker:
        return False
    if _NUMBERED.match(text) or _MARKED.match(text) or paragraph.look.kind == "caption":
        return True
    is_small = paragraph.size < body_size
    is_centred = paragraph.look.align == "center"
    return (is_centred and not paragraph.is_bold and paragraph.size <= body_size) or (
        is_small and not text.endswith(ENDS)
    )


def is_of_table(paragraph: Paragraph) -> bool:
    text = line_of(paragraph)
    named = paragraph.look.kind == "caption" and text.startswith("表")
    return len(text) <= _LONGEST and bool(named or _OF_TABLE.match(text))


def _from_table(table: Table, body_size: float) -> list[Block]:
    """A table that only arranges pictures is its pictures; a frame around words is the words."""
    if not any(_pictures(cell.lines) for row in table.rows for cell in row.cells):
        return [table]
    texts = [len(_text(cell.lines)) for row in table.rows for cell in row.cells]
    if max(texts) > _LONGEST and len(texts) > 1:
        return [table]
    return _gallery(table.rows, body_size)


def _gallery(rows: list[Row], body_size: float) -> list[Block]:
    """Captions stand in the picture's own cell, or in the row below, cell for cell."""
    blocks: list[Block] = []
    above: list[Figure | None] = []
    for row in rows:
        cells = [unpacked(cell.lines, body_size) for cell in row.cells]
        figures = [
            next((each for each in cell if isinstance(each, Figure)), None) for cell in cells
        ]
        if any(figures) or len(cells) != len(above) or not any(above):
            blocks += [block for cell in cells for block in cell]
        else:
            blocks += _below(above, cells)
        above = figures
    for at, block in enumerate(blocks[:-1]):
        following = blocks[at + 1]
        if isinstance(block, Figure) and not block.caption and isinstance(following, Paragraph):
            block.caption, following.items = following.items, []
    return [each for each in blocks if not isinstance(each, Paragraph) or each.items]


def _below(figures: list[Figure | None], cells: list[list[Block]]) -> list[Block]:
    rest: list[Block] = []
    for figure, cell in zip(figures, cells, strict=True):
        if figure and not figure.caption and cell and isinstance(cell[0], Paragraph):
            figure.caption, cell = cell[0].items, cell[1:]
        rest += cell
    return rest


def _pictures(lines: list[Line]) -> list[Shown]:
    return [each for line in lines if isinstance(line, Paragraph) for each in line.pictures]


def _text(lines: list[Line]) -> str:
    paragraphs = (line for line in lines if isinstance(line, Paragraph))
    return "".join(each.text.strip(SPACES) for each in paragraphs)


def alt_of(figure: Figure) -> str:
    """What a reader hears who does not see it: the caption, where nothing was written for that."""
    caption = "".join(item.text for item in figure.caption if isinstance(item, Words))
    return figure.alt or " ".join(caption.split())
