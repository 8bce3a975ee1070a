"""A body made ready to be read on a page: anchors, tables that scroll, marked lists. Pure."""

import re
from dataclasses import dataclass
from itertools import groupby

from . import tree
from .markup import BLOCKS

_BLOCK_ENDS = {f"/{tag}" for tag in BLOCKS} | {"hr"}
#: Characters that a practised reader takes in a minute.
PACE = 450
#: From so many headings on, a list of them helps.
HEADINGS_WORTH_A_LIST = 3

# A line break beside Chinese is no space.
_GAP = re.compile(r"(?<=[^\x00-\x7f])\s+|\s+(?=[^\x00-\x7f])")
# A web address and the like: a browser parts none unless it is longer than the line, and pulls the
# line before it apart. It may be parted behind what joins its pieces.
_LONG = re.compile(r"[!-;=?-~]{16,}")
_JOINTS = re.compile(r"(/+|[.?=_-]|&amp;)(?=[0-9A-Za-z])")
#: Items that begin so bring the marks of their list.
MARKS = tuple("√×✓✗◎●")
#: More columns than a page can show; what stands further right joins the last cell of its row.
MAX_COLUMNS = 24
#: Rows that one cell may reach over.
MAX_ROWSPAN = 200
#: Pixels: what is higher stands in no sentence. No formula is, and hardly a photograph is not.
IN_A_LINE = 200
# A table wider than the column scrolls by itself; the keyboard can only scroll what has focus.
_OPEN_TABLE = '<div class="table" role="group" aria-label="表格" tabindex="0"><table>'


#: A picture story has at least so many pictures, and at most so many characters for each.
PICTURES_OF_A_STORY, WORDS_BESIDE_A_PICTURE = 4, 160


@dataclass(frozen=True, slots=True)
class Heading:
    anchor: str
    level: int
    text: str


@dataclass(frozen=True, slots=True)
class Layout:
    """A body with anchors on its headings, and the headings that a list of contents shows."""

    body: str
    headings: tuple[Heading, ...]
    is_story: bool = False  # many pictures, little text


def is_picture_story(pictures: int, length: int) -> bool:
    """Many pictures and little text: laid out as pictures, with words beside them."""
    return pictures >= PICTURES_OF_A_STORY and length <= pictures * WORDS_BESIDE_A_PICTURE


def minutes(length: int) -> int:
    """Reading time of so many characters, at least one minute."""
    return max(1, -(-length // PACE))


def lay_out(body: tree.Content) -> Layout:
    """Prepares a cleaned (and dressed) body. `headings` is empty where a list would not help.

    A picture that the text begins with opens the page; those of a picture story stand together.
    """
    body = list(body)
    is_story = _is_story(body)
    _open_with_a_picture(body)
    if is_story:
        body = _hung(body)
    headings: list[Heading] = []
    out: list[str] = []
    for mark, piece in tree.walk(body):
        if isinstance(piece, str):
            out.append(partible(piece))
        elif mark in ("h2", "h3"):
            text = tree.words(piece.children).strip()
            headings.append(Heading(f"s{len(headings) + 1}", int(mark[1]), text))
            out.append(f'<{mark} id="{headings[-1].anchor}">')
        else:
            out.append(_laid(mark, piece))
    return Layout("".join(out), _worth_listing(headings), is_story)


def partible(escaped: str, mark: str = "<wbr>") -> str:
    """The mark where a web address may be parted; an e-book closes it, as XHTML does."""
    return _LONG.sub(lambda long: _JOINTS.sub(rf"\1{mark}", long[0]), escaped)


def _is_picture(piece: tree.Node | str) -> bool:
    return isinstance(piece, tree.Node) and piece.tag == "figure" and bool(_images(piece))


def _images(figure: tree.Node) -> list[tree.Node]:
    found: list[tree.Node] = []
    for each in figure.children:
        if isinstance(each, tree.Node):
            found += [each] if each.tag == "img" else _images(each)
    return found


def _is_story(body: tree.Content) -> bool:
    pictures = sum(_is_picture(each) for each in body)
    return pictures >= PICTURES_OF_A_STORY and is_picture_story(pictures, len(tree.words(body)))


def _open_with_a_picture(body: tree.Content) -> None:
    """It is what a reader sees first, so it is not put off until the page is scrolled."""
    first = next((each for each in body if isinstance(each, tree.Node) or each.strip()), "")
    if not _is_picture(first) or isinstance(first, str):
        return
    first.attributes = {**first.attributes, "class": "opener"}
    for image in _images(first):
        image.attributes.pop("loading", None)
        image.attributes["fetchpriority"] = "high"


def _hung(body: tree.Content) -> tree.Content:
    """Pictures that follow each other side by side: two as a pair, more as a wall."""
    hung: tree.Content = []
    for is_row, pieces in groupby(body, key=lambda each: _is_picture(each) and not _opens(each)):
        row = list(pieces)
        if is_row and len(row) > 1:
            hung.append(tree.Node("div", {"class": "pair" if len(row) == 2 else "hung"}, row))
        else:
            hung += row
    return hung


def _opens(piece: tree.Node | str) -> bool:
    return isinstance(piece, tree.Node) and piece.attributes.get("class") == "opener"


def _laid(mark: str, node: tree.Node) -> str:
    if mark == "table":
        return _OPEN_TABLE
    if mark == "/table":
        return "</table></div>"
    if mark in ("td", "th"):
        return tree.as_html(mark, tree.Node(mark, _within_the_table(node)))
    if mark == "ul" and _brings_marks(node):
        return '<ul class="marks">'
    if mark == "img" and _is_small(node):
        return tree.as_html("img", tree.Node("img", {"class": "small", **node.attributes}))
    if mark == "img" and _is_upright(node):
        return tree.as_html("img", tree.Node("img", {"class": "upright", **node.attributes}))
    return tree.as_html(mark, node)


def _within_the_table(cell: tree.Node) -> dict[str, str]:
    """Its attributes; one that reaches over more cells than a page can show is cut."""
    told = dict(cell.attributes)
    for name, most in (("colspan", MAX_COLUMNS), ("rowspan", MAX_ROWSPAN)):
        if name in told:
            told[name] = str(number(told[name], 1, most))
    return told


def number(value: str, least: int, most: int) -> int:
    """A whole number of an attribute, `least` where it is none."""
    digits = value.strip()
    is_plain = digits.isascii() and digits.isdigit() and len(digits) < 6
    return min(max(int(digits), least), most) if is_plain else least


def _worth_listing(headings: list[Heading]) -> tuple[Heading, ...]:
    """The chapters alone where there are chapters enough; otherwise every heading."""
    chapters = [heading for heading in headings if heading.level == 2]
    chosen = chapters if len(chapters) >= HEADINGS_WORTH_A_LIST else headings
    return tuple(chosen) if len(chosen) >= HEADINGS_WORTH_A_LIST else ()


def _brings_marks(node: tree.Node) -> bool:
    """Such a list gets a class: the items' own marks are its bullets."""
    first = next((each for each in node.children if isinstance(each, tree.Node)), None)
    inner = first.children[:1] if first else []
    if inner and isinstance(inner[0], tree.Node) and inner[0].tag == "p":
        inner = inner[0].children[:1]
    return any(isinstance(each, str) and each.lstrip().startswith(MARKS) for each in inner)


def _is_small(image: tree.Node) -> bool:
    """It may stand inside a sentence."""
    return 0 < int(image.get("height") or 0) <= IN_A_LINE


def _is_upright(image: tree.Node) -> bool:
    """Higher than wide: as wide as the column it fills two screens."""
    return int(image.get("height") or 0) > int(image.get("width") or 0)


def a_block_a_line(body: str) -> str:
    """The HTML of a body as it can be read where there is no editor."""
    out: list[str] = []
    is_behind_a_block = False
    for mark, piece in tree.walk(tree.parse(body)):
        if is_behind_a_block and not isinstance(piece, str):
            out.append("\n")
        out.append(tree.as_html(mark, piece))
        is_behind_a_block = mark in _BLOCK_ENDS
    return "".join(out)


def opening_of(standfirst: str, body: str) -> str:
    """What a list shows of an article: its standfirst, else how its text begins; not the caption of
    a picture that stands before it.
    """
    if standfirst:
        return opening(standfirst)
    content = tree.parse(body)
    told = [each for each in content if isinstance(each, str) or each.tag != "figure"]
    return opening("\n".join(tree.lines(told) or tree.lines(content)))


def opening(text: str, limit: int = 110) -> str:
    """The first sentences of a text, at most `limit` characters, for lists and descriptions."""
    flat = " ".join(_GAP.sub("", text).split())
    if len(flat) <= limit:
        return flat
    cut = flat[:limit]
    end = max(cut.rfind(mark) for mark in "。！？…")
    return cut[: end + 1] if end >= limit // 2 else f"{cut.rstrip('，、；：—“（《')}……"
