"""Half-width marks beside Chinese are set right: `柜台,客户` → `柜台，客户`. Pure, linear.

A mark is widened for what stands beside it, never for what it is: between two digits or two Latin
words (1,200 · 12:30 · Word, Excel), in an address or a formula it stays as it was typed.
"""

import re
from itertools import accumulate
from typing import NamedTuple

_WIDE = {
    ",": "，",
    ";": "；",
    ":": "：",
    "!": "！",
    "?": "？",
    "(": "（",
    ")": "）",
    ".": "。",
}
_HALF_WIDTH = re.compile(r"[,;:!?.()\"']")
_POINT = re.compile(r"[,;:!?]|\.+")
_BRACKET = re.compile(r"[()（）]")
_QUOTE = re.compile(r"[\"“”]")
_APOSTROPHE = re.compile(r"'")
_HANZI = "\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_CHINESE = re.compile(f"[{_HANZI}\u3001-\u3003\u3008-\u301b\uff01-\uff5e]")
_IDEOGRAPH = re.compile(f"[{_HANZI}]")
# Marks that Chinese shares with English: they are as Chinese as the text that they close or open.
_SHARED_CLOSING, _SHARED_OPENING = "”’…—·", "“‘…—"
_IRI = re.compile(r"(?:https?|ftp)://[^\s，。；：、！？“”（）《》]*")
_WORD = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789")
_IN_A_WORD = _WORD | frozenset(".%‰+-_/&#@")
_NUMERALS = "一二三四五六七八九十"
_SPACES = re.compile(r"[ \t\xa0]+")


class Edit(NamedTuple):
    """One mark set right: text[start:end] becomes `new`; spaces beside it go with it."""

    start: int
    end: int
    new: str


def widen(text: str) -> tuple[str, int]:
    """The text with full-width marks beside Chinese, and how many characters were replaced.

    Spaces beside a replaced mark go: the wide mark brings its own.
    """
    line = _widened(text)
    return (line.result(), len(line.new)) if line else (text, 0)


def edits(text: str) -> list[Edit]:
    """What `widen` would change, mark by mark, in order."""
    line = _widened(text)
    return line.edits() if line else []


def _widened(text: str) -> "_Line | None":
    if not (_HALF_WIDTH.search(text) and _IDEOGRAPH.search(text)):
        return None
    line = _Line(text)
    line.brackets()
    line.quotes()
    line.single_quotes()
    line.points()
    return line


class _Line:
    def __init__(self, text: str) -> None:
        self.text = text
        self.new: dict[int, str] = {}  # what stands now at a place; "" for a dot that was eaten
        self.shielded = _shielded(text)
        self.hanzi_before = [
            0,
            *accumulate(1 if _IDEOGRAPH.match(c) else 0 for c in text),
        ]

    def result(self) -> str:
        """The text with what is new in it, and without the spaces beside that."""
        changed = self.changed()
        return "".join(changed.get(at, char) for at, char in enumerate(self.text))

    def changed(self) -> dict[int, str]:
        """What is new, and the spaces beside it, which go."""
        changed = dict(self.new)
        for spaces in _SPACES.finditer(self.text) if self.new else ():
            start, end = spaces.span()
            if start - 1 in self.new or end in self.new:
                changed |= dict.fromkeys(range(start, end), "")
        return changed

    def edits(self) -> list[Edit]:
        """The changed characters; those that vanish go with the mark beside them."""
        out: list[Edit] = []
        for at, new in sorted(self.changed().items()):
            last = out[-1] if out and out[-1].end == at else None
            if last and (not new or not last.new or new == last.new == "…"):
                out[-1] = Edit(last.start, at + 1, last.new + new)
            else:
                out.append(Edit(at, at + 1, new))
        return out

    def char(self, at: int) -> str:
        """The character at a place as it is by now; the empty string outside of the text."""
        return self.new.get(at, self.text[at]) if 0 <= at < len(self.text) else ""

    def chinese_before(self, at: int) -> bool:
        """Whether what ends at the place before is Chinese: 务, 。, or ” after one of these."""
        before = at - 1
        while before > at - 4 and (char := self.char(before)) and char in _SHARED_CLOSING:
            before -= 1
        return bool(_CHINESE.match(self.char(before)))

    def chinese_after(self, at: int) -> bool:
        after = at + 1
        while after < at + 4 and (char := self.char(after)) and char in _SHARED_OPENING:
            after += 1
        return bool(_CHINESE.match(self.char(after)))

    def chinese_inside(self, start: int, end: int) -> bool:
        return self.hanzi_before[end] > self.hanzi_before[start]

    def skip_spaces(self, at: int, step: int) -> int:
        """The next place in a direction that holds no space; bounded, layout is not a neighbour."""
        for _ in range(3):
            if self.char(at + step) not in (" ", "\xa0"):
                break
            at += step
        return at

    def set(self, *places: int, marks: str | None = None) -> None:
        for place, mark in zip(places, marks or (None,) * len(places), strict=True):
            if self.text[place] not in "（）“”":
                self.new[place] = mark or _WIDE[self.text[place]]

    def points(self) -> None:
        for match in _POINT.finditer(self.text):
            start, mark = match.start(), match[0]
            if start in self.shielded:
                continue
            if mark[0] == ".":
                self.dots(start, len(mark))
            elif self.is_chinese_point(start):
                self.set(start)

    def is_chinese_point(self, at: int) -> bool:
        if self.chinese_before(at):
            return True
        if self.chinese_after(at):
            return True
        following = self.skip_spaces(at, 1)
        ends = not self.char(following + 1) or self.chinese_after(following)
        # «增长5%,10%»: no number has a comma after its percent sign.
        return (ends or self.char(at - 1) in "%‰") and self.is_embedded_word(at)

    def is_embedded_word(self, at: int) -> bool:
        """Whether one Latin word or number ends here that itself follows Chinese: 推广App!"""
        start = at
        while self.char(start - 1) in _IN_A_WORD and start > 0:
            start -= 1
        start = self.skip_spaces(start, -1)
        return start < at and bool(_CHINESE.match(self.char(start - 1)))

    def dots(self, start: int, count: int) -> None:
        """A Western full stop after Chinese is 。, three or more of them are ……"""
        if not self.chinese_before(start) or count == 2:
            return
        if count > 2:
            for place in range(start, start + count):
                self.new[place] = "…" if place < start + 2 else ""
            return
        if self.text[start - 1] in _NUMERALS and self.char(start + 1) in (*_NUMERALS,):
            return  # 一九九六.四.五
        heading = self.text[start - 1] in _NUMERALS and self.skip_spaces(start - 1, -1) <= 3
        following = self.char(start + 1)
        ends = following in ("", " ", "\xa0", "\n", *_SHARED_CLOSING) or self.chinese_after(start)
        if ends and not heading:
            self.set(start)

    def brackets(self) -> None:
        waiting: list[int] = []
        for match in _BRACKET.finditer(self.text):
            at = match.start()
            if match[0] in "(（":
                waiting.append(at)
            elif not waiting:
                if self.chinese_before(at):
                    self.set(at)
            elif self.is_chinese_pair(start := waiting.pop(), at):
                self.set(start, at)
        for at in waiting:
            if self.chinese_after(at):
                self.set(at)

    def is_chinese_pair(self, start: int, end: int) -> bool:
        one_is_wide = self.text[start] == "（" or self.text[end] == "）"
        if one_is_wide or self.chinese_inside(start, end):
            return True
        if self.char(end + 1) in _WORD and end + 1 < len(self.text):
            return False  # a dialling code: 电话(0431)8888
        return self.chinese_before(start) or (start == 0 and self.chinese_after(end))

    def quotes(self) -> None:
        """Straight double quotes pair in the order in which they stand."""
        opened: int | None = None
        for match in _QUOTE.finditer(self.text):
            at, mark = match.start(), match[0]
            inch = mark == '"' and opened is None and "0" <= self.char(at - 1) <= "9"
            if opened is None:
                opened = None if mark == "”" or inch else at
            elif mark != "“":
                if self.is_chinese_quotation(opened, at):
                    self.set(opened, at, marks="“”")
                opened = None

    def is_chinese_quotation(self, start: int, end: int) -> bool:
        beside = self.chinese_before(start) or self.chinese_after(end)
        return beside or self.chinese_inside(start, end)

    def single_quotes(self) -> None:
        """'服务' is a quotation, the apostrophe of don't is none."""
        opened: int | None = None
        for match in _APOSTROPHE.finditer(self.text):
            at = match.start()
            after_word = at > 0 and self.char(at - 1) in _WORD
            before_word = at + 1 < len(self.text) and self.char(at + 1) in _WORD
            if after_word and before_word:
                continue
            if opened is None:
                opened = None if after_word else at
            else:
                if self.chinese_inside(opened, at):
                    self.set(opened, at, marks="‘’")
                opened = None


def _shielded(text: str) -> set[int]:
    """Places of marks inside of addresses, which may hold Chinese: https://例.cn/服务?id=3"""
    return {
        at
        for address in _IRI.finditer(text)
        for at in range(*address.span())
        if text[at] in ",;:!?." and text[at + 1 : at + 2] in _WORD | {"/"}
    }
