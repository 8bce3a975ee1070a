"""Word's fields: an instruction, and mostly the result that Word stored with it.

mammoth shows stored results. Here those fields get one that Word draws anew each time (EQ, choices,
SYMBOL), and what stands inside an instruction is taken out of the text. Changes the tree in place.
"""

import re
from copy import deepcopy
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from articles import symbols

from .. import equations
from ..losses import Losses
from .art import below, written
from .names import M, W
from .sequences import Sequences

#: What Word shows nothing of, and what mammoth shows by itself.
_SILENT = frozenset(
    "XE TC TA RD SET ASK FILLIN PRIVATE ADVANCE PRINT NEXT NEXTIF SKIPIF TOC TOA INDEX ADDIN "
    "EMBED SHAPE LINK BOOKMARK HYPERLINK FORMCHECKBOX FORMTEXT".split()
)
_LEFT_OUT = tuple(W + each for each in ("del", "moveFrom", "pPr", "rPr", "tblPr", "trPr", "tcPr"))
_ART = (W + "drawing", W + "pict", W + "object")
_CONTENT = (*(W + each for each in ("t", "sym", "tab", "br", "cr", "ruby")), M + "oMath", *_ART)
#: Fields in each other that are looked through; a hostile file opens thousands and ends none.
_DEEPEST = 20
#: Of a link: words in quotation marks, or up to a space; and switches that stand alone.
_LINK_PART = re.compile(r'"([^"]*)"|([^\s"]+)')
_WITHOUT_VALUE = ("\\n", "\\m", "\\h")
_ARGUMENT = re.compile(r'"([^"]*)"|(\S+)')

Piece = equations.Piece


@dataclass(slots=True)
class _Place:
    """An element and what holds it."""

    parent: Element
    element: Element


@dataclass(slots=True)
class _Field:
    begin: Element
    run: Element
    is_result: bool = False  # past the instruction
    has_result: bool = False
    code: str = ""
    marks: list[_Place] = field(default_factory=list)  # of the field itself
    inside: list[_Place] = field(default_factory=list)  # what stands in the instruction


def resolve(root: Element, losses: Losses) -> None:
    resolver = _Resolver(losses)
    resolver.walk(root, root)
    resolver.finish()
    losses.leave()


class _Resolver:
    def __init__(self, losses: Losses) -> None:
        self._losses = losses
        self._open: list[_Field] = []
        self._counted = 0
        self._sequences = Sequences()
        self._gone: list[_Place] = []
        self._instead: dict[int, list[Element]] = {}  # of the mark that ends a field
        self._added: list[tuple[Element, Element, list[Element]]] = []  # in, behind, these

    def walk(self, element: Element, around: Element) -> None:
        """In the document's order; `around` holds the element."""
        for child in element:
            if child.tag == W + "fldChar":
                self._mark(child, element, around)
            elif child.tag == W + "instrText":
                self._instruct(child, element)
            elif child.tag == W + "fldSimple":
                self.walk(child, element)
                self._simple(child)
            elif child.tag in _CONTENT:
                self._show(child, element)
                self._within(child)
            elif child.tag not in _LEFT_OUT:
                if child.tag == W + "p":
                    self._losses.at(child)
                self.walk(child, element)

    def finish(self) -> None:
        """A field that never ends is no field: what stands in it stays."""
        gone = {id(place.element) for place in self._gone}
        for parent in {id(place.parent): place.parent for place in self._gone}.values():
            parent[:] = [
                new
                for old in parent
                for new in self._instead.get(id(old), [] if id(old) in gone else [old])
            ]
        behind: dict[int, list[Element]] = {}
        for _, run, runs in self._added:
            behind.setdefault(id(run), []).extend(runs)
        for parent in {id(parent): parent for parent, _, _ in self._added}.values():
            parent[:] = [new for old in parent for new in (old, *behind.get(id(old), ()))]

    def _within(self, element: Element) -> None:
        """A text box has fields of its own."""
        if element.tag in _ART:
            outside, self._open = self._open, []
            self.walk(element, element)
            self._open = outside

    def _mark(self, mark: Element, run: Element, around: Element) -> None:
        kind = mark.get(W + "fldCharType", "")
        if kind == "begin":
            self._open.append(_Field(mark, run, marks=[_Place(run, mark)]))
        elif self._open:
            self._open[-1].marks.append(_Place(run, mark))
            if kind == "separate":
                self._open[-1].is_result = True
            elif kind == "end":
                self._end(self._open.pop(), run, around)

    def _instruct(self, text: Element, run: Element) -> None:
        if self._open and not self._open[-1].is_result:
            self._open[-1].code += text.text or ""
            self._open[-1].marks.append(_Place(run, text))

    def _show(self, element: Element, run: Element) -> None:
        """It is a result of the fields around it, or a part of what one of them is told."""
        words = (element.text or "") if element.tag == W + "t" else " "
        for each in self._open[-_DEEPEST:]:
            if each.is_result:
                each.has_result |= element.tag != W + "t" or bool(words)
            else:
                each.code += words
                each.inside.append(_Place(run, element))

    def _end(self, ended: _Field, run: Element, around: Element) -> None:
        if address := _address(ended.code):
            _lead_to(address, ended)
        pieces = None if self._is_stored(ended) else self._drawn(ended.code, ended.begin)
        if pieces is not None:
            self._gone += [*ended.marks, *ended.inside]
            self._add(pieces, ended, run, around)
        elif ended.is_result:
            self._gone += ended.inside
        if pieces is None and not (ended.has_result or ended.inside):
            self._losses["fields"] += _name(ended.code) not in _SILENT

    def _is_stored(self, ended: _Field) -> bool:
        """Numbers of captions go on behind those that Word has counted."""
        if ended.has_result and _name(ended.code) == "SEQ":
            self._sequences.next(_rest(ended.code))
        return ended.has_result

    def _add(self, pieces: list[Piece], ended: _Field, run: Element, around: Element) -> None:
        """Where the field ends, what is raised in a run of its own; a part of the instruction where
        the field stands in one."""
        outside = self._open[-_DEEPEST:]
        if told := [each for each in outside if not each.is_result]:
            told[-1].code += "".join(words for words, _ in pieces)
            return
        for each in outside:
            each.has_result = True
        if any(raised for _, raised in pieces):
            look = ended.run.find(W + "rPr")
            runs = [_run(words, raised, look) for words, raised in pieces]
            self._added.append((around, run, runs))
        else:
            words = "".join(words for words, _ in pieces)
            self._instead[id(ended.marks[-1].element)] = [written(words)]

    def _simple(self, element: Element) -> None:
        code = element.get(W + "instr", "")
        if any(each.tag in _CONTENT for each in element.iter()):
            if _name(code) == "SEQ":
                self._sequences.next(_rest(code))
            return
        pieces = self._drawn(code, element)
        if pieces is None:
            self._losses["fields"] += _name(code) not in _SILENT
        for words, raised in pieces or ():
            element.append(_run(words, raised, None))

    def _drawn(self, code: str, begin: Element) -> list[Piece] | None:
        """What Word shows where no result is stored; None where that is not known."""
        name, rest = _name(code), _rest(code)
        if name == "EQ":
            drawn = equations.read(code)
            self._losses["ruby"] += drawn.sounds
            self._losses["drawn characters"] += not drawn.is_exact
            return list(drawn.pieces)
        if name == "SYMBOL":
            return _as_pieces(_symbol(rest))
        if name == "FORMDROPDOWN":
            return _as_pieces(_choice(begin))
        if name in ("MACROBUTTON", "GOTOBUTTON"):
            return _as_pieces(rest.strip().partition(" ")[2])
        if name == "QUOTE":
            return _as_pieces("".join(a or b for a, b in _ARGUMENT.findall(rest)))
        if name == "SEQ":
            number = self._sequences.next(rest)
            self._losses["captions"] += bool(number)
            return _as_pieces(number)
        if name.startswith("AUTONUM"):
            self._counted += 1
            return _as_pieces(f"{self._counted}.")
        return None


def _address(code: str) -> str:
    """Where a link leads; mammoth takes everything up to the last quotation mark for that."""
    if _name(code) != "HYPERLINK":
        return ""
    address, place, switch = "", "", ""
    for match in _LINK_PART.finditer(code.strip().partition(" ")[2]):
        word = match[1] if match[1] is not None else match[2]
        if match[2] and re.fullmatch(r"\\[a-z]", word, re.IGNORECASE):
            switch = "" if word.lower() in _WITHOUT_VALUE else word.lower()
            continue
        if switch == "\\l":
            place = word
        elif not switch:
            address = address or word
        switch = ""
    return f"{address}#{place}" if address and place else address


def _lead_to(address: str, link: _Field) -> None:
    told = [each.element for each in link.marks if each.element.tag == W + "instrText"]
    for each in told:
        each.text = ""
    if told:
        told[0].text = f' HYPERLINK "{address}" '


def _as_pieces(words: str | None) -> list[Piece] | None:
    return None if words is None else [(words.strip(), "")]


def _name(code: str) -> str:
    found = re.match(r"\s*([a-zA-Z]+)", code)
    return found[1].upper() if found else ("" if code.strip() else "SET")


def _rest(code: str) -> str:
    return code.strip().partition(" ")[2]


def _symbol(arguments: str) -> str | None:
    """SYMBOL 254 \\f Wingdings"""
    number = re.match(r"\s*(0x[0-9a-f]{1,6}|\d{1,7})", arguments, re.IGNORECASE)
    font = re.search(r'\\f\s*(?:"([^"]*)"|(\S+))', arguments)
    if number is None:
        return None
    code = int(number[1], 16 if "x" in number[1].lower() else 10)
    return symbols.sign(code, (font[1] or font[2]) if font else "") or None


def _choice(begin: Element) -> str | None:
    choices = begin.find(f"{W}ffData/{W}ddList")
    if choices is None:
        return None
    entries = [each.get(W + "val", "") for each in choices.findall(W + "listEntry")]
    for name in ("result", "default"):
        chosen = choices.find(W + name)
        if chosen is not None and re.fullmatch(r"\d{1,4}", chosen.get(W + "val", "")):
            at = int(chosen.get(W + "val", ""))
            return entries[at] if at < len(entries) else None
    return entries[0] if entries else None


def _run(words: str, raised: str, like: Element | None) -> Element:
    run = Element(W + "r")
    if like is not None:
        run.append(deepcopy(like))
    if raised:
        look = run.find(W + "rPr")
        look = below(run, W + "rPr") if look is None else look
        how = {"sup": "superscript", "sub": "subscript"}[raised]
        below(look, W + "vertAlign").set(W + "val", how)
    run.append(written(words))
    return run
