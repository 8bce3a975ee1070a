"""Notes of a body (注释): raised numbers in the text, and a list at its end that tells them. Pure.

The stored body knows no footnotes; writers and Word leave numbers and a list. Where both agree
number by number they are tied together by links; where anything is doubtful all stays as it is.
"""

import re
from collections.abc import Iterator

from . import tree

CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
#: The way back to the text that Word's import writes behind each note.
BACK = "↑"
_NUMBER = re.compile(r"[\[［〔(（]?([0-9]{1,3})[\]］〕)）]?")


def number_of(words: str) -> int | None:
    """1 for ①, 1, [1], （1）; None for anything else."""
    words = words.strip()
    if len(words) == 1 and words in CIRCLED:
        return CIRCLED.index(words) + 1
    match = _NUMBER.fullmatch(words)
    return int(match[1]) if match else None


def tie(content: tree.Content) -> bool:
    """Links marks and notes in this tree itself; whether there are any.

    A mark leads to `#n1`, a note back to `#r1`, the first place that names it.
    """
    listed = _list_at_the_end(content)
    items = listed.children if listed else []
    notes = [each for each in items if isinstance(each, tree.Node) and each.tag == "li"]
    if listed is None or not notes:
        return False
    start = listed.attributes.get("start", "1")
    first = int(start) if start.isascii() and start.isdigit() and len(start) < 4 else 1
    numbers = list(range(first, first + len(notes)))
    named = [(mark, number) for mark, number in _marks(content) if number in numbers]
    if list(dict.fromkeys(number for _, number in named)) != numbers:
        return False
    met: set[int] = set()
    for mark, number in named:
        _lead_to_the_note(mark, number, is_first=number not in met)
        met.add(number)
    for note, number in zip(notes, numbers, strict=True):
        _lead_back(note, number)
    listed.attributes["class"] = "notes"
    return True


def _list_at_the_end(content: tree.Content) -> tree.Node | None:
    nodes = [each for each in content if isinstance(each, tree.Node)]
    return nodes[-1] if nodes and nodes[-1].tag == "ol" else None


def _marks(content: tree.Content) -> Iterator[tuple[tree.Node, int]]:
    for mark, piece in tree.walk(content):
        if mark == "sup" and isinstance(piece, tree.Node):
            number = number_of(tree.words(piece.children))
            if number is not None:
                yield piece, number


def _lead_to_the_note(mark: tree.Node, number: int, *, is_first: bool) -> None:
    told = {"class": "note", "href": f"#n{number}", "role": "doc-noteref"}
    if is_first:
        told["id"] = f"r{number}"
    words = [piece for _, piece in tree.walk(mark.children) if isinstance(piece, str)]
    mark.children = [tree.Node("a", told, ["".join(words)])]


def _lead_back(note: tree.Node, number: int) -> None:
    note.attributes["id"] = f"n{number}"
    last = next((each for each in reversed(note.children) if isinstance(each, tree.Node)), None)
    inner = last.children if last is not None and last.tag == "p" else note.children
    if inner and tree.words(inner[-1:]).strip() == BACK:
        inner.pop()
    elif inner and isinstance(inner[-1], str) and inner[-1].rstrip().endswith(BACK):
        inner[-1] = inner[-1].rstrip().removesuffix(BACK)
    told = {"class": "back", "href": f"#r{number}", "aria-label": f"回到正文注{number}处"}
    inner.append(tree.Node("a", told, [BACK]))
