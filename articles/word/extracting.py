"""From a file to lines: mammoth reads the words, links, tables, notes and pictures."""

import contextlib
import io
import re
import zipfile
from itertools import pairwise
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from mammoth import documents
from mammoth import docx as mammoth

from .inline import numbered, trimmed
from .lines import Break, Cell, Item, Line, Lines, NoteMark, Paragraph, Row, Shown, Table, Words
from .looks import PLAIN, PLAIN_WORDS, WordsLook
from .losses import Losses
from .parts import bindings
from .parts.drawing import says_anything
from .parts.guard import MAX_READ, WordRefused, too_long
from .parts.mending import Mender
from .parts.names import RELATIONSHIP, W
from .parts.package import Package, Target
from .parts.standins import StandIns

#: Characters that a computer makes for itself (EUDC), for rare names; U+F000–F0FF are signs.
_PRIVATE = re.compile("[\ue000-\uefff\uf100-\uf8ff\U000f0000-\U0010fffd]")
_NOTES = ("footnotes", "endnotes")
#: Others lead to a file on the writer's own computer.
_LEADS_OUT = re.compile(r"\s*(?:https?://|mailto:|tel:)", re.IGNORECASE)


def read(package: Package) -> Lines:
    """Raises whatever a broken file makes mammoth raise."""
    mender = Mender()
    looks = StandIns(package, mender.losses)
    parts = [(package.main, "document"), *((package.path(each), each) for each in _NOTES)]
    out, left = io.BytesIO(), MAX_READ
    with zipfile.ZipFile(out, "w") as prepared:
        prepared.writestr(
            "_rels/.rels", _relationships({"rId1": ("officeDocument", "word/document.xml")})
        )
        for path, name in parts:
            tree = package.xml(path) if path else None
            if tree is not None:
                targets = package.targets(path)
                bindings.fill(tree, package)
                mender.mend(tree, targets)
                looks.stand_in(tree)
                left -= sum(1 for _ in tree.iter())
                if left < 0:
                    characters = sum(len(each.text or "") for each in tree.iter(W + "t"))
                    paragraphs = sum(1 for _ in tree.iter(W + "p"))
                    raise WordRefused(too_long(characters, paragraphs))
                prepared.writestr(f"word/{name}.xml", ElementTree.tostring(tree, "utf-8"))
                prepared.writestr(
                    f"word/_rels/{name}.xml.rels", _links(targets, len(mender.pictures))
                )
        for number in range(len(mender.pictures)):
            # Its number stands for the picture: nothing is copied.
            prepared.writestr(f"word/{number}", str(number))
    result = mammoth.read(out)
    mender.losses["margins"] += _has_margins(package)
    reader = _Reader(looks, mender.losses)
    lines = reader.lines(result.value.children)
    return Lines(
        lines=lines,
        notes=reader.notes(result.value.notes),
        pictures=list(mender.pictures),
        places=mender.places,
        losses=mender.losses,
    )


def _links(targets: dict[str, Target], pictures: int) -> bytes:
    links = {key: each for key, each in targets.items() if each.kind == "hyperlink"}
    return _relationships(
        {
            **{key: ("hyperlink", each.path) for key, each in links.items()},
            **{f"picture{number}": ("image", str(number)) for number in range(pictures)},
        }
    )


def _relationships(rows: dict[str, tuple[str, str]]) -> bytes:
    namespace = RELATIONSHIP[1:].partition("}")[0]
    root = Element(f"{{{namespace}}}Relationships")
    for key, (kind, target) in rows.items():
        kind = f"http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}"
        root.append(Element(RELATIONSHIP, Id=key, Type=kind, Target=target))
    written: bytes = ElementTree.tostring(root, "utf-8")
    return written


def _has_margins(package: Package) -> bool:
    paths = [each.path for each in package.of_main.values() if each.kind in ("header", "footer")]
    trees = [tree for path in paths if (tree := package.xml(path)) is not None]
    return any(says_anything(tree) for tree in trees)


class _Reader:
    """From mammoth's document to lines."""

    def __init__(self, looks: StandIns, losses: Losses) -> None:
        self._looks, self._losses = looks, losses
        self._marks: list[NoteMark] = []

    def lines(self, elements: list[documents.Element], *, has_lists: bool = True) -> list[Line]:
        """`has_lists`: numbers that a list of ours prints may stay in the paragraph's look. A cell
        and a note hold no list; there they are words.
        """
        found: list[Line] = []
        for element in elements:
            if isinstance(element, documents.Paragraph):
                look = self._looks.lines.get(element.style_id, PLAIN)
                paragraph = Paragraph(self._items(element.children), look)
                self._count(paragraph.words)
                found.append(self._counted(paragraph, has_lists=has_lists))
            elif isinstance(element, documents.Table):
                found.append(self._table(element))
            else:
                items = self._items([element])
                found += [Paragraph(items)] if items else []
        return found

    def _counted(self, paragraph: Paragraph, *, has_lists: bool) -> Paragraph:
        """A list of ours has no item without words: its number stands alone, and is said."""
        marker = paragraph.look.marker
        if marker is None:
            return paragraph
        is_empty = not trimmed(paragraph.items)
        if has_lists and marker.is_plain and not is_empty:
            return paragraph
        found = numbered(paragraph, is_shown_alone=not has_lists)
        if has_lists and is_empty and found.items:
            self._losses["empty numbers"] += 1
            self._losses.lost_at("empty numbers", marker.typed.strip())
        return found

    def notes(self, notes: documents.Notes) -> dict[tuple[str, str], list[Line]]:
        """Those that the lines read so far refer to."""
        found = {}
        for mark in self._marks:
            with contextlib.suppress(KeyError):
                found[mark.key] = self.lines(notes.find_note(*mark.key).body, has_lists=False)
        return found

    def _table(self, table: documents.Table) -> Table:
        rows = [each for each in table.children if isinstance(each, documents.TableRow)]
        return Table([Row(self._cells(row), row.is_header) for row in rows])

    def _cells(self, row: documents.TableRow) -> list[Cell]:
        return [
            Cell(self.lines(each.children, has_lists=False), each.colspan, each.rowspan)
            for each in row.children
            if isinstance(each, documents.TableCell)
        ]

    def _items(
        self, elements: list[documents.Element], look: WordsLook = PLAIN_WORDS, href: str = ""
    ) -> list[Item]:
        found: list[Item] = []
        for element in elements:
            found += self._item(element, look, href)
        return found

    def _item(self, element: documents.Element, look: WordsLook, href: str) -> list[Item]:
        if isinstance(element, documents.Run):
            own = self._looks.words.get(element.style_id, look)
            self._losses["hidden"] += own.is_hidden
            return [] if own.is_hidden else self._items(element.children, own, href)
        if isinstance(element, documents.Hyperlink):
            href = element.href or ""
            return self._items(element.children, look, href if _LEADS_OUT.match(href) else "")
        if isinstance(element, documents.HasChildren):
            return self._items(element.children, look, href)
        if isinstance(element, documents.NoteReference):
            mark = NoteMark((element.note_type, element.note_id))
            self._marks.append(mark)
            return [mark]
        return _leaf(element, look, href)

    def _count(self, words: list[Words]) -> None:
        """Neighbours that look alike are one place, as the writer saw it."""
        self._losses["private"] += sum(len(_PRIVATE.findall(each.text)) for each in words)
        for name in ("coloured", "marked", "underlined", "struck", "dotted", "framed"):
            seen = [getattr(each.look, f"is_{name}") for each in words]
            self._losses[name] += sum(
                now and not before for before, now in pairwise([False, *seen])
            )


def _leaf(element: documents.Element, look: WordsLook, href: str) -> list[Item]:
    if isinstance(element, documents.Text):
        return [Words(element.value, look, href)] if element.value else []
    if isinstance(element, documents.Tab):
        return [Words("\t", look)]
    if isinstance(element, documents.Break):
        return [Break()] if element.break_type == "line" else []
    if isinstance(element, documents.Checkbox):
        return [Words("☑" if element.checked else "☐", look)]
    if isinstance(element, documents.Image):
        with element.open() as number:
            return [Shown(int(number.read()), element.alt_text or "")]
    return []
