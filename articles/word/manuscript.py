"""A Word file as a manuscript: `read` leads from bytes to a title, its authors, a body, pictures.

`parts` looks at the bytes, knows the parts and makes them ready → `extracting` lets mammoth read
them → `figures` takes pictures out → `opening` and `signing` find title and authors → `outline`
finds headings and lists → `composing` writes the body → `articles.bodies.html` cleans it. Pure.
"""

import logging
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from html import escape

from articles.bodies import html
from articles.bodies.tree import Content, Node, parse, replace, written
from servicejournal.spelling import characters

from . import composing, extracting, figures, opening, outline, photos, remarks, signing
from .figures import Block, Figure
from .inline import Writer, line_of
from .lines import Item, Line, Lines, NoteMark, Paragraph, Table
from .outline import outlined
from .parts import contents, guard, kinds
from .parts.guard import WordRefused
from .parts.package import Package
from .parts.placing import Source

logger = logging.getLogger(__name__)

MAX_PICTURES = 60
#: 来意……3, 来意　3
_LEADS_TO_A_PAGE = re.compile(r"\S.{0,80}?(?:\s|[.…·．。_\-—]{2,})\s*[(（]?(\d{1,4})[)）]?")
_DOTTED = re.compile(r"\S.{0,80}?(?:…{2,}|[.·．_]{4,})\s*[(（]?\d{1,4}[)）]?")
_NOTHING_OF_USE = "这个文件里没有能导入的文字和图片。"
_EMPTY = "这个文件里没有文字，也没有图片。请看看选对了没有。"


@dataclass(frozen=True, slots=True)
class WordPicture:
    """A picture of the file, and the address that stands for it in the body."""

    address: str
    stored: bytes
    source: Source

    @property
    def data(self) -> bytes:
        """As Word shows it: worked out when it is asked for."""
        return photos.as_shown(self.stored, self.source)


@dataclass(frozen=True, slots=True, kw_only=True)
class WordManuscript:
    title: str
    above: tuple[str, ...]  # lines above the title: a section's name, a kicker
    bylines: tuple[tuple[str, str], ...]  # (branch as written or "", name)
    body: str  # clean HTML, in which pictures have the addresses of `pictures`
    pictures: tuple[WordPicture, ...]
    remarks: tuple[str, ...]

    def with_pictures(self, stored: Mapping[str, str]) -> str:
        """The body with the real addresses of what was stored; of the rest the captions stay."""
        lost = {picture.address for picture in self.pictures} - stored.keys()
        body = _without(self.body, lost)
        for picture in self.pictures:
            if picture.address in stored:
                body = body.replace(picture.address, stored[picture.address])
        return body

    def with_words(self, instead: Mapping[str, str]) -> str:
        """The body with words in a paragraph of their own where these pictures stand."""
        content = parse(self.body)
        replace(content, "figure", lambda figure: _words_for(figure, instead))
        return written(content)

    def figure(self, address: str, stored: str) -> str:
        """One picture with its caption, at its real address."""
        holder: list[str] = []

        def keep(figure: Node) -> Content:
            if address in _addresses(figure):
                holder.append(written([figure]))
            return [figure]

        replace(parse(self.body), "figure", keep)
        return holder[0].replace(address, stored)

    def caption(self, address: str) -> str:
        """The words of one picture's caption."""
        found: list[str] = []

        def keep(caption: Node) -> Content:
            found.append(written(caption.children))
            return [caption]

        replace(parse(self.figure(address, address)), "figcaption", keep)
        return html.text(found[0]) if found else ""


def _addresses(figure: Node) -> set[str]:
    return {each.get("src") or "" for each in figure.children if isinstance(each, Node)}


def _words_for(figure: Node, instead: Mapping[str, str]) -> Content:
    words = [instead[each] for each in _addresses(figure) if each in instead]
    return [Node("p", children=[escape(each, quote=False)]) for each in words] or [figure]


def _without(body: str, lost: set[str]) -> str:
    """The body without the pictures of these addresses; their captions are paragraphs."""

    def caption(figure: Node) -> Content:
        inside = [each for each in figure.children if isinstance(each, Node)]
        if lost.isdisjoint(each.get("src") for each in inside):
            return [figure]
        return [Node("p", children=each.children) for each in inside if each.tag == "figcaption"]

    content = parse(body)
    replace(content, "figure", caption)
    return written(content)


def read(data: bytes, name: str = "") -> WordManuscript:
    """Raises `WordRefused`, whose message (Chinese) says what to do."""
    guard.check(data, name)
    try:
        package = Package(data)
        return _manuscript(package, extracting.read(package))
    except html.Refused as refusal:
        raise WordRefused(str(refusal)) from refusal
    except WordRefused:
        raise
    except Exception as error:  # mammoth raises whatever a broken file makes it stumble over
        logger.exception("A Word file of %s bytes could not be read", len(data))
        raise WordRefused(kinds.UNREADABLE) from error


def _manuscript(package: Package, found: Lines) -> WordManuscript:
    size, is_bold = outline.body_size_of(found.lines), outline.is_bold_text(found.lines)
    start = opening.read(figures.unpacked(_without_contents(found), size), size)
    text = _unsigned(start.rest, start.signed)
    numbers = _numbered(text)
    writer = composing.BodyWriter(Writer(numbers, is_bold_text=is_bold), size)
    raw = writer.body(outlined(text, size, is_bold_text=is_bold))
    of_notes = (line for lines in found.notes.values() for line in lines)
    found.losses["tables of notes"] += sum(isinstance(line, Table) for line in of_notes)
    cleaned = html.clean(raw + writer.notes(found.notes, numbers))
    body, pictures = _pictures(package, found, cleaned)
    title = html.visible(start.title).strip()
    if not (title or body or start.above or start.signed.signatures or start.signed.dropped):
        lost = remarks.of(found.losses)
        raise WordRefused(_NOTHING_OF_USE + "".join(lost) if lost else _EMPTY)
    return WordManuscript(
        title=title,
        above=tuple(html.visible(line_of(each)).strip() for each in start.above),
        bylines=tuple((one.branch, characters.person(one.name)) for one in start.signed.signatures),
        body=body,
        pictures=pictures,
        remarks=(
            *remarks.of_opening(title, start.signed, is_guessed=start.is_guessed),
            *remarks.of_notes(len(found.notes)),
            *remarks.of(found.losses),
        ),
    )


def _without_contents(found: Lines) -> list[Line]:
    """Without a table of contents that was made by styles alone, or typed."""
    lines = _out_of_a_frame(found.lines)
    typed = _typed_contents(lines)
    kept = [
        line
        for at, line in enumerate(lines)
        if at not in typed and not (isinstance(line, Paragraph) and line.look.kind == "contents")
    ]
    found.losses["contents"] += len(kept) < len(lines)
    return kept


def _out_of_a_frame(lines: list[Line]) -> list[Line]:
    """A form whose only cell holds the whole text is the text."""
    said = [each for each in lines if not isinstance(each, Paragraph) or each.items]
    while len(said) == 1 and isinstance(said[0], Table):
        cells = [cell for row in said[0].rows for cell in row.cells]
        if len(cells) != 1:
            break
        said = lines = cells[0].lines
    return lines


def _typed_contents(lines: list[Line]) -> range:
    """目录, and below it two or more lines that end in the number of a page, which goes up; with
    dots that lead to the page they need no 目录."""
    texts = [line_of(each) if isinstance(each, Paragraph) else None for each in lines]
    for at, text in enumerate(texts):
        is_head = bool(text) and contents.is_head(text or "")
        if not (is_head or _DOTTED.fullmatch(text or "")):
            continue
        page, count, end = 0, 0, at + is_head
        while end < len(lines) and (text := texts[end]) is not None:
            if text:
                leads = _LEADS_TO_A_PAGE.fullmatch(text)
                if leads is None or int(leads[1]) < page:
                    break
                page, count = int(leads[1]), count + 1
            end += 1
        if count > 1:
            return range(at, end)
    return range(0)


def _unsigned(blocks: list[Block], signed: signing.Signed) -> list[Block]:
    """Without what signs the text at its end; pictures may follow that."""
    end = len(blocks)
    while end and isinstance(blocks[end - 1], Figure):
        end -= 1
    start = end
    while start and end - start < 6 and isinstance(blocks[start - 1], Paragraph):
        start -= 1
    last = [block for block in blocks[start:end] if isinstance(block, Paragraph)]
    return [*blocks[:start], *signing.at_the_end(last, signed), *blocks[end:]]


def _numbered(blocks: list[Block]) -> dict[tuple[str, str], int]:
    """The notes by number, in the order in which the text mentions them."""
    numbers: dict[tuple[str, str], int] = {}
    for item in _items(blocks):
        if isinstance(item, NoteMark):
            numbers.setdefault(item.key, len(numbers) + 1)
    return numbers


def _items(blocks: Iterable[Block]) -> Iterator[Item]:
    for block in blocks:
        if isinstance(block, Table):
            for cell in (cell for row in block.rows for cell in row.cells):
                yield from _items(cell.lines)
        else:
            yield from block.caption if isinstance(block, Figure) else block.items


def _pictures(package: Package, found: Lines, body: str) -> tuple[str, tuple[WordPicture, ...]]:
    """Those that the body shows and that can be taken in; the others are taken out of it."""
    pictures: list[WordPicture] = []
    lost: set[str] = set()
    for token in html.picture_tokens(body):
        number = int(token[-12:], 16)
        data = photos.usable(package, found.pictures[number])
        if data and len(pictures) < MAX_PICTURES:
            pictures.append(WordPicture(composing.address(number), data, found.pictures[number]))
            continue
        what = "too many pictures" if data else photos.why_not(package, found.pictures[number])
        found.losses[what] += 1
        found.losses.lost_at(what, found.places[number])
        lost.add(composing.address(number))
    return _without(body, lost), tuple(pictures)
