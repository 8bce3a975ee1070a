"""Notes of a body (注释): a list at its end that raised numbers in the text refer to. Pure.

The stored body knows no footnotes; writers and Word leave numbers and a list. Where both agree
number by number the list becomes notes, which print sets at the foot of the page; where anything is
doubtful the list stays as it is. No word is lost either way.
"""

from collections.abc import Iterator

from articles.bodies import footnotes

from . import bodies
from .bodies import Block, Word

TITLES = frozenset("注 注释 附注 脚注 尾注 注解".split())


def gather(blocks: list[Block]) -> list[Block]:
    """The blocks with their notes in the text, or the same blocks."""
    listed = blocks[-1] if blocks else {}
    if listed.get("kind") != "list" or not listed["ordered"] or not _is_plain(listed):
        return blocks
    text = blocks[:-1]
    first = listed["start"]
    numbers = list(range(first, first + len(listed["items"])))
    marks = [mark for mark in _marks(text) if _number(mark) in numbers]
    if list(dict.fromkeys(map(_number, marks))) != numbers:
        return blocks
    for number, item in zip(numbers, listed["items"], strict=True):
        mark = next(mark for mark in marks if _number(mark) == number)
        mark |= {"kind": "note", "number": number, "words": _without_way_back(item[0]["words"])}
    return text[:-1] if _is_title(text[-1]) else text


def _is_plain(listed: Block) -> bool:
    return all(len(item) == 1 and item[0]["kind"] == "p" for item in listed["items"])


def _marks(blocks: list[Block]) -> Iterator[Word]:
    for node in bodies.walk(blocks):
        if node.get("kind") == "sup" and _number(node) is not None:
            yield node


def _number(mark: Word) -> int | None:
    return footnotes.number_of(bodies.text(mark["words"]))


def _is_title(block: Block) -> bool:
    words = bodies.text(block["words"]) if block["kind"] in ("p", "heading") else ""
    return words.strip(" 　:：【】[]") in TITLES


def _without_way_back(words: list[Word]) -> list[Word]:
    last = bodies.text(words[-1:]).strip()
    return words[:-1] if last == footnotes.BACK and len(words) > 1 else words
