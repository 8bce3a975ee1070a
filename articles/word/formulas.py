"""Formulas as a line of text: x²+1 keeps its raised figure, a fraction becomes a/b."""

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from articles import symbols

from .parts.names import M, W

#: Parts of a formula that hold how it looks.
_SILENT = tuple(M + each for each in ("ctrlPr", "rPr", "fPr", "sSupPr", "sSubPr", "radPr", "dPr"))
_LIMITS = {M + "limLow": "sub", M + "limUpp": "sup"}


def written(element: Element) -> Iterator[tuple[str, str]]:
    """(words, "sup" | "sub" | "") in their order."""
    if element.tag in (M + "t", W + "t"):  # a formula may hold words as text has them
        yield element.text or "", ""
    elif element.tag == M + "f":
        yield from _fraction(element)
    elif element.tag == M + "rad":
        yield "".join(words for words, _ in _inside(element.find(M + "deg"))), "sup"
        yield "√(", ""
        yield from _inside(element.find(M + "e"))
        yield ")", ""
    elif element.tag == M + "d":
        yield _said(element, "dPr", "begChr", "("), ""
        for at, each in enumerate(element.findall(M + "e")):
            yield _said(element, "dPr", "sepChr", "|") if at else "", ""
            yield from _inside(each)
        yield _said(element, "dPr", "endChr", ")"), ""
    elif element.tag == M + "nary":
        yield _said(element, "naryPr", "chr", "∫"), ""
        yield from _inside(element)
    elif element.tag in (M + "acc", M + "bar"):
        yield from _inside(element)
        yield _mark_over(element), ""
    elif element.tag in (M + "m", M + "eqArr"):
        for at, row in enumerate(element.findall(M + ("mr" if element.tag == M + "m" else "e"))):
            yield "；" if at else "", ""
            yield from _row(row)
    elif element.tag in (M + "limLow", M + "limUpp"):
        yield from _inside(element.find(M + "e"))
        yield "".join(words for words, _ in _inside(element.find(M + "lim"))), _LIMITS[element.tag]
    elif element.tag == M + "func":
        yield from _inside(element.find(M + "fName"))
        yield " ", ""
        yield from _inside(element.find(M + "e"))
    elif element.tag == W + "sym":
        code = element.get(W + "char", "")
        is_sound = re.fullmatch(r"[0-9A-Fa-f]{1,6}", code)
        yield symbols.sign(int(code, 16), element.get(W + "font", "")) if is_sound else "", ""
    elif element.tag in (M + "sup", M + "sub"):
        yield "".join(words for words, _ in _inside(element)), element.tag.rpartition("}")[2]
    elif element.tag not in (*_SILENT, W + "del", W + "moveFrom"):
        yield from _inside(element)


def _mark_over(element: Element) -> str:
    """Behind what it stands over, as the code has it."""
    if element.tag == M + "acc":
        return _said(element, "accPr", "chr", "\u0302")
    place = element.find(f"{M}barPr/{M}pos")
    is_above = place is not None and place.get(M + "val") == "top"
    return "\u0305" if is_above else "\u0332"


def _row(row: Element) -> Iterator[tuple[str, str]]:
    cells = row.findall(M + "e") if row.tag == M + "mr" else [row]
    for at, cell in enumerate(cells):
        yield " " if at else "", ""
        yield from _inside(cell)


def _said(element: Element, look: str, name: str, usual: str) -> str:
    """The sign that its look names: one that is named and empty is none."""
    found = element.find(f"{M}{look}/{M}{name}")
    return found.get(M + "val", "") if found is not None else usual


def _inside(element: Element | None) -> Iterator[tuple[str, str]]:
    for child in element if element is not None else ():
        yield from written(child)


def _fraction(element: Element) -> Iterator[tuple[str, str]]:
    for name, mark in (("num", "/"), ("den", "")):
        parts = list(_inside(element.find(M + name)))
        long = (
            sum(len(words) for words, _ in parts) > 1
            and not "".join(words for words, _ in parts).isalnum()
        )
        yield "(" if long else "", ""
        yield from parts
        yield (")" if long else "") + mark, ""
