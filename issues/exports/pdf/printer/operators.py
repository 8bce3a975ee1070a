"""Colours in the programs of pages (ISO 32000-1, 8.6), changed without reading the rest. Pure.

A page of a magazine has thousands of operators; a parser in Python takes long for an issue. So one
pattern runs over the bytes: it steps over strings, where anything may stand, and stops at colours.
"""

import re
from collections.abc import Callable, Mapping

from .inks import BLACK, Inks

#: Names of ours in the resources of every page and form.
OVER, KNOCKS = b"/SJover", b"/SJknocks"

#: What a colour of so many numbers of this space is printed with.
Space = Callable[[tuple[float, ...]], Inks]

_NUMBER = rb"[-+]?(?:\d+\.?\d*|\.\d+)"
_COLOUR = re.compile(
    # A string may hold strings in brackets; one that is deeper is not written by anybody.
    rb"\((?:[^()\\]|\\.|\((?:[^()\\]|\\.|\((?:[^()\\]|\\.)*\))*\))*\)"
    rb"|<[0-9A-Fa-f\s]*>"
    rb"|(?P<space>/[^\s/\[\]()<>{}%]+)\s+(?P<choose>cs|CS)\s+"
    rb"(?P<set>(?:" + _NUMBER + rb"\s+)+)(?:scn|SCN|sc|SC)(?=[\s/\[(<]|$)(?P<type>(?=\s*BT\b))?"
    rb"|(?<![^\s\])>])(?P<plain>(?:" + _NUMBER + rb"\s+)+)(?P<operator>rg|RG|g|G|k|K)"
    rb"(?=[\s/\[(<]|$)(?P<text>(?=\s*BT\b))?",
    re.DOTALL,
)
#: A colour that is chosen and not set at once, or a space that is set anew.
_OTHER = re.compile(rb"(/[^\s/\[\]()<>{}%]+)\s+(?:cs|CS|scn|SCN|sh)\b|\b(BI)\s")


def repainted(program: bytes, spaces: Mapping[bytes, Space], plain: Mapping[bytes, Space]) -> bytes:
    """`spaces` are those that the page names; `plain` those of `rg` and `g`."""

    def paint(found: re.Match[bytes]) -> bytes:
        if found["space"]:
            space = spaces.get(found["space"])
            is_fill, is_type = found["choose"] == b"cs", found["type"] is not None
            numbers = found["set"]
        elif found["operator"]:
            space = plain.get(found["operator"].lower())
            is_fill, is_type = found["operator"].islower(), found["text"] is not None
            numbers = found["plain"]
        else:
            return found[0]
        if space is None:
            return found[0]
        inks = space(tuple(float(each) for each in numbers.split()))
        return _written(inks, is_fill=is_fill, is_type=is_type)

    return _COLOUR.sub(paint, program)


def _written(inks: Inks, *, is_fill: bool, is_type: bool) -> bytes:
    """Black type prints over what is under it: a plate a hair off leaves no white edge."""
    told = b" ".join(b"%g" % round(each, 3) for each in inks)
    if not is_fill:
        return b" " + told + b" K"  # a name may follow an operator at once, a number may not
    mode = OVER if is_type and inks == BLACK else KNOCKS
    return mode + b" gs " + told + b" k"


def names(program: bytes) -> set[bytes]:
    """The spaces and patterns that a program still chooses, and "BI" where it holds a picture."""
    bare = re.sub(rb"\((?:[^()\\]|\\.|\([^()]*\))*\)|<[0-9A-Fa-f\s]*>", b"", program)
    return {found[1] or found[2] for found in _OTHER.finditer(bare)}


def colours(program: bytes) -> list[tuple[bytes, tuple[float, ...]]]:
    """The operators that choose and set a colour, each with its numbers."""
    found = []
    for each in _COLOUR.finditer(program):
        if each["operator"]:
            told = tuple(float(number) for number in each["plain"].split())
            found.append((each["operator"], told))
        elif each["space"]:
            found.append((each["space"], tuple(float(number) for number in each["set"].split())))
    return found
