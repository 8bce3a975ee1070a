"""Quotation marks, brackets and book-title marks that come in pairs. Pure, one pass."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import zip_longest
from typing import NamedTuple

from ..findings import Level
from ..passages import passages
from ..texts import Block, Text
from .marks import STANDARD
from .rule import Find, Hit, Rule

_PAIRS = {"“": "”", "‘": "’", "（": "）", "《": "》", "〈": "〉", "【": "】", "〔": "〕"}
_OPENING = {closing: opening for opening, closing in _PAIRS.items()}
_WIDE = {"(": "（", ")": "）"}
_MARK = re.compile("[“”‘’（）()《》〈〉【】〔〕]")
# 1） and a） number the items of a list; :) is a face.
_NUMBER = re.compile(
    r"(?:^|[，。；：、！？\s])(?:[0-9]{1,2}|[a-zA-Z]|[一二三四五六七八九十①-⑳]{1,3})$"
)
_DOUBLE = re.compile("[“”]")
_APOSTROPHE = re.compile(r"[A-Za-z0-9]$")


class _Open(NamedTuple):
    mark: str
    place: int


class _Walk:
    """Through one passage: what is open, and what went wrong."""

    def __init__(self) -> None:
        self.open: list[_Open] = []
        self.counts: Counter[str] = Counter()
        self.found: list[tuple[str, Hit]] = []

    def meet(self, mark: str, place: int, block: Block) -> None:
        if mark in _PAIRS:
            self._opens(mark, place, block)
        elif self.counts[_OPENING[mark]]:
            while (opened := self._pop()).mark != _OPENING[mark]:
                self.never_closed(opened)
        elif not _is_no_bracket(mark, block, place):
            self.found.append(("close", Hit(place, place + 1)))

    def _opens(self, mark: str, place: int, block: Block) -> None:
        """“ inside of “: typed for ” (which it then is), or a quotation within a quotation."""
        if mark in "“《" and self.open and self.open[-1].mark == mark:
            is_slip = mark == "“" and _is_typed_for_the_other(block, place)
            self.found.append(("again", Hit(place, place + 1, "”" if is_slip else None)))
            if is_slip:
                self._pop()
                return
        self.open.append(_Open(mark, place))
        self.counts[mark] += 1

    def _pop(self) -> _Open:
        opened = self.open.pop()
        self.counts[opened.mark] -= 1
        return opened

    def never_closed(self, opened: _Open) -> None:
        if opened.mark != "‘":
            self.found.append(("open", Hit(opened.place, opened.place + 1)))


def _is_typed_for_the_other(block: Block, place: int) -> bool:
    """No ” comes before the next “, so this one closes."""
    following = _DOUBLE.search(block.text, place - block.start + 1)
    return following is None or following[0] == "“"


def _is_no_bracket(mark: str, block: Block, place: int) -> bool:
    at = place - block.start
    before = block.text[max(0, at - 8) : at]
    if mark == "）":
        return bool(_NUMBER.search(before)) or before.endswith((":", "：", ";", "；"))
    return mark == "’" and bool(_APOSTROPHE.search(before))


def _problems(text: Text) -> list[tuple[str, Hit]]:
    found: list[tuple[str, Hit]] = []
    together = text.once(passages)
    for passage, following in zip_longest(together, together[1:], fillvalue=()):
        walk = _Walk()
        for block in passage:
            for match in _MARK.finditer(block.text):
                mark = _WIDE.get(match[0], match[0])
                walk.meet(mark, block.start + match.start(), block)
        for opened in walk.open:
            if not _goes_on(opened, passage, following):
                walk.never_closed(opened)
        found += walk.found
    return found


def _goes_on(opened: _Open, passage: Sequence[Block], following: Sequence[Block]) -> bool:
    """A quotation of several paragraphs opens each of them and closes only the last."""
    at_the_start = opened.mark == "“" and opened.place == passage[0].start
    return at_the_start and bool(following) and following[0].text.startswith("“")


def _of_kind(*kinds: str, marks: str) -> Find:
    def find(text: Text) -> Iterator[Hit]:
        for kind, hit in text.once(_problems):
            if kind in kinds and _WIDE.get(mark := text.string[hit.start], mark) in marks:
                yield hit

    return find


RULES = (
    Rule(
        "P18",
        Level.ERROR,
        "不成对的引号、括号、书名号",
        "这个符号没有另一半，请补上或删去。",
        f"{STANDARD} 4.8、4.9、4.15",
        _of_kind("open", "close", marks="“”（）《》〈〉【】〔〕"),
        wrong=("他说：“好。", "网点（含代办点都有。", "学习《办法。", "他说好”。"),
        right=("他说：“好。”", "1）备好零钱；2）备好笔。", "<p>“先看。</p><p>“再问。”</p>"),
    ),
    Rule(
        "P19",
        Level.ERROR,
        "引号里又是前引号",
        "前引号还没有关上：这里该是后引号“”，或是引号里的引号‘ ’。",
        f"{STANDARD} 4.8",
        _of_kind("again", marks="“"),
        wrong=("他说：“好“，就走了。 → 他说：“好”，就走了。", "他说：“我看见“雨”了。”"),
        right=("他说：“好”，又说：“走。”", "他说：“我看见‘雨’了。”"),
    ),
    Rule(
        "P27",
        Level.WARN,
        "书名号里的书名号",
        "书名号里再用书名号，里面一层用单书名号〈 〉。",
        f"{STANDARD} 4.15",
        _of_kind("again", marks="《"),
        wrong=("《学习《办法》的通知》",),
        right=("《学习〈办法〉的通知》", "《办法》《细则》"),
    ),
)
