"""Bodies made ready for columns: pictures and tables measured, headings in order, cut to segments.

Pure. A segment is {"kind": "columns"|"plain", "id", "blocks"}; a plain one
runs over the whole width. On blocks it sets
    on figures `path`, `width`, `height`, `wide` (over both columns), `floats`; on pictures inside a
    sentence `path`, `high` and `across` (in characters);
    on headings `depth` (in the document, no level left out), `loose` (need not stay with what is
    below);
    on paragraphs `look` (as `forms` has it);
    on lists `marks` (√ × of each item); on quotes `pull` (stands out);
    on tables `rows`, `widths` (a weight for each column), `figures` (columns of numbers), `narrow`,
    and on their cells `whole`; on the last paragraph `last`.
"""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from issues.exports import bodies, notes
from issues.exports.bodies import Block
from issues.exports.shape import BookArticle, BookPicture

from . import forms

#: Characters of an article that may follow another on its page.
SHORT = 700
#: Characters below which two columns make no sense.
TINY = 160
#: Pixels that a picture needs to run over both columns.
SHARP = 1200
#: Characters of a quotation that stands out.
PULL = 42
#: Characters in a row of a table that one column can hold, and columns.
NARROW_ROW = 24
NARROW_COLUMNS = 3
#: A picture inside a sentence: its height and width at most, and that of a pixel, in characters.
HIGH, BROAD, DOT = 1.4, 20, 0.06
#: Characters of a cell that is not parted between pages; more may be higher than a page.
WHOLE = 150
#: So many headings in a row are parted between pages before the last ones.
TOGETHER = 4
#: The heading of an article has this level in the document.
TITLE_DEPTH = 2

Paths = dict[str, str]

_FIGURES = re.compile(r"[-+−±]?[\d.,，．\s]*\d[\d.,，．\s]*[%％‰]?[万亿元]*")


def read(article: BookArticle, paths: Paths) -> list[Block]:
    """The blocks of the article, measured; pictures that are not there are left out."""
    pictures = {picture.token: picture for picture in article.pictures}
    gathered = notes.gather(bodies.of(article.body, article.pictures))
    blocks = _with_pictures(gathered, pictures, paths)
    _order_headings(blocks)
    _loosen_headings(blocks)
    for node in bodies.walk(blocks):
        _measure(node)
    forms.tell(blocks)
    if blocks and blocks[-1]["kind"] == "p":
        blocks[-1]["last"] = True
    return blocks


def length(blocks: list[Block]) -> int:
    """Characters."""
    return sum(len(node.get("text", "")) for node in bodies.walk(blocks))


def is_short(blocks: list[Block]) -> bool:
    has_tables = any(node.get("kind") == "table" for node in bodies.walk(blocks))
    figures = sum(block["kind"] == "figure" for block in blocks)
    return length(blocks) <= SHORT and figures <= 1 and not has_tables


def in_one_column(blocks: list[Block]) -> list[dict[str, Any]]:
    return [{"kind": "plain", "id": None, "blocks": blocks}] if blocks else []


def in_columns(blocks: list[Block], numbers: Iterator[int]) -> list[dict[str, Any]]:
    """Pairs of columns, and between them the tables that are wider than one."""
    if is_story := forms.is_story(blocks, length(blocks)):
        blocks = forms.hung(blocks)
    elif length(blocks) < TINY:
        return in_one_column(blocks)
    else:
        _choose_wide_pictures(blocks)
    segments: list[dict[str, Any]] = []
    for block in blocks:
        is_wide = block["kind"] == "table" and not block["narrow"]
        kind = "plain" if is_wide or block["kind"] in forms.HUNG else "columns"
        if not segments or segments[-1]["kind"] != kind:
            segments.append({"kind": kind, "blocks": []})
        segments[-1]["blocks"].append(block)
    for segment in segments:
        if is_story and length(segment["blocks"]) < TINY:
            segment["kind"] = "plain"
        segment["id"] = next(numbers)
    return segments


def _choose_wide_pictures(blocks: list[Block]) -> None:
    """The first picture that is sharp enough, and every panorama, run over both columns."""
    figures = [block for block in blocks if block["kind"] == "figure"]
    for figure in figures:
        figure["floats"] = True
    broad = [each for each in figures if each["width"] >= max(SHARP, 1.25 * each["height"])]
    for at, figure in enumerate(broad):
        figure["wide"] = at == 0 or figure["width"] >= 2 * figure["height"]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """`less` are the cells by which it is narrower than its column, `indent` those of its indent;
    `wide` runs over both columns.
    """

    block: Block
    less: int
    indent: int
    wide: bool


def paragraphs(sections: list[dict[str, Any]]) -> Iterator[Paragraph]:
    """Of all articles, in order, but what stands in tables."""
    for section in sections:
        for article in section["articles"]:
            for segment in article["segments"]:
                wide = segment["kind"] == "plain"
                for block, less, indent in _paragraphs(segment["blocks"]):
                    yield Paragraph(block, less, indent, wide)


def _paragraphs(
    blocks: list[Block], less: int = 0, indent: int = 2
) -> Iterator[tuple[Block, int, int]]:
    """What stands in a list or a quotation begins two cells further in."""
    for block in blocks:
        if block["kind"] == "p" and block.get("look") == "stanza":
            yield block, less + 2, 0
        elif block["kind"] == "p" and block.get("look") == "signature":
            continue
        elif block["kind"] == "p":
            yield block, less, 0 if "look" in block else indent
        elif block["kind"] == "quote" and not block["pull"]:
            yield from _paragraphs(block["blocks"], less + 2, 0)
        elif block["kind"] == "list":
            for item in block["items"]:
                yield from _paragraphs(item, less + 2, 0)


def take_first_picture(blocks: list[Block]) -> Block | None:
    """Takes the first picture out of the blocks."""
    at = next((at for at, block in enumerate(blocks) if block["kind"] == "figure"), None)
    return None if at is None else blocks.pop(at)


# Pictures


def _with_pictures(
    nodes: list[dict[str, Any]], pictures: dict[str, BookPicture], paths: Paths
) -> list[dict[str, Any]]:
    """The nodes with files and sizes; of a picture that is not there its caption stays."""
    return [kept for node in nodes for kept in _with_picture(node, pictures, paths)]


def _with_picture(
    node: dict[str, Any], pictures: dict[str, BookPicture], paths: Paths
) -> list[dict[str, Any]]:
    for part in ("caption", "words", "blocks", "cells"):
        if part in node:
            node[part] = _with_pictures(node[part], pictures, paths)
    if "items" in node:
        node["items"] = [_with_pictures(item, pictures, paths) for item in node["items"]]
    if "token" not in node:
        return [node]
    picture = pictures.get(node["token"])
    if picture and node["token"] in paths and node["kind"] == "picture":
        return [{**node, **_in_a_line(picture), "path": paths[node["token"]]}]
    if picture and node["token"] in paths:
        size = {"width": picture.width, "height": picture.height}
        return [{**node, **size, "path": paths[node["token"]], "wide": False, "floats": False}]
    caption = node.get("caption")
    return [{"kind": "p", "words": caption}] if caption else []


def _in_a_line(picture: BookPicture) -> dict[str, float]:
    """A formula in a sentence is as high as its line lets it be; both in characters."""
    ratio = picture.width / picture.height
    high = min(HIGH, picture.height * DOT, BROAD / ratio)
    return {"high": high, "across": high * ratio}


# Measures


def _order_headings(blocks: list[Block]) -> None:
    last = TITLE_DEPTH
    for node in bodies.walk(blocks):
        if node.get("kind") == "heading":
            last = node["depth"] = min(node["level"] + 1, last + 1)


def _loosen_headings(blocks: list[Block]) -> None:
    """A text that is all headings is higher than a page, and must be parted somewhere."""
    kinds = [block["kind"] for block in blocks] + [""] * TOGETHER
    for at, block in enumerate(blocks):
        if block["kind"] == "heading":
            block["loose"] = kinds[at : at + TOGETHER] == ["heading"] * TOGETHER


def _measure(node: dict[str, Any]) -> None:
    if node.get("kind") == "list":
        node["marks"] = _take_marks(node) if node["marked"] else []
    elif node.get("kind") == "quote":
        words = [block for block in node["blocks"] if block["kind"] == "p"]
        alone = len(words) == len(node["blocks"]) == 1
        node["pull"] = alone and len(bodies.text(words[0]["words"])) <= PULL
    elif node.get("kind") == "table":
        _measure_table(node)


def _take_marks(listed: Block) -> list[str]:
    """The marks that the items bring along, taken out of them; none where one is set off."""
    firsts = [item[0]["words"][0] for item in listed["items"]]
    if not all(word["kind"] == "text" and word["text"].strip() for word in firsts):
        return []
    words = [word["text"].lstrip() for word in firsts]
    for word, own in zip(firsts, words, strict=True):
        word["text"] = own[1:].lstrip(" 　、.")
    return [own[0] for own in words]


def _measure_table(table: Block) -> None:
    columns: dict[int, list[str]] = defaultdict(list)
    for cell in table["cells"]:
        if cell["colspan"] == 1 and cell["y"] >= table["header"]:
            columns[cell["x"]].append(_words_of(cell))
    heads = {cell["x"]: _words_of(cell) for cell in table["cells"] if cell["y"] < table["header"]}
    longest = [
        max(map(len, [*columns[x], heads.get(x, "")]), default=0) for x in range(table["columns"])
    ]
    table["widths"] = [min(max(each, 3), 18) for each in longest]
    table["figures"] = [
        x for x, cells in columns.items() if cells and all(map(_FIGURES.fullmatch, cells))
    ]
    for cell in table["cells"]:
        cell["whole"] = len(_words_of(cell)) <= WHOLE
    table["rows"] = max(cell["y"] + cell["rowspan"] for cell in table["cells"])
    table["narrow"] = table["columns"] <= NARROW_COLUMNS and sum(longest) <= NARROW_ROW


def _words_of(cell: dict[str, Any]) -> str:
    return "".join(node.get("text", "") for node in bodies.walk(cell["blocks"])).strip()
