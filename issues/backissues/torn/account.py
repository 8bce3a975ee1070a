"""Every line of the file has one fate. What is said to be in an article is looked for there."""

import re
from collections.abc import Iterable, Iterator, Sequence

from articles.bodies import html
from issues.backissues.facts import Account, Doubt, Fate, FoundArticle, account_of
from issues.backissues.lines import Line

_MARKS = re.compile(r"[\W_]+")
_NUMBER = re.compile(r"\d{1,2}[.．、]\s*")
_RANK = {fate: rank for rank, fate in enumerate(Fate)}


class Ledger:
    """What became of each line. A row of the file in two pieces has the graver fate."""

    def __init__(self, lines: Iterable[Line]) -> None:
        self.numbers = {line.number for line in lines}
        self.fates: dict[int, Fate] = {}

    def enter(self, lines: Iterable[Line], fate: Fate) -> None:
        for line in lines:
            known = self.fates.get(line.number)
            if known is None or _RANK[fate] < _RANK[known]:
                self.fates[line.number] = fate

    def close(self, lines: Sequence[Line], doubts: Sequence[Doubt]) -> tuple[Account, list[Doubt]]:
        """The account; and a doubt for each line that nothing else accounts for."""
        lost = [line for line in lines if line.number not in self.fates]
        self.enter(lost, Fate.DOUBT)
        told = {doubt.line for doubt in doubts}
        return account_of(len(self.numbers), self.fates.values()), [
            unplaced(line) for line in lost if line.number not in told
        ]


def unplaced(line: Line) -> Doubt:
    said = f"“{line.text[:40]}”看不出该放在哪里，没有收入，请核对。"
    return Doubt(line.number, "unplaced", said)


def not_in(article: FoundArticle, lines: Iterable[Line]) -> Iterator[Line]:
    """Lines of an article that its text does not hold, in the order of the text."""
    whole = _key(f"{article.title}\n{html.text(article.body)}")
    at = 0
    for line in lines:
        wanted = _key(line.text)
        found = _find(whole, wanted, at)
        if found < 0 and (number := _NUMBER.match(line.text)):
            wanted = _key(line.text[number.end() :])
            found = _find(whole, wanted, at)
        if found < 0:
            yield line
        else:
            at = found + len(wanted)


def _find(whole: str, wanted: str, start: int) -> int:
    found = whole.find(wanted, start)
    return found if found >= 0 else whole.find(wanted)


def _key(text: str) -> str:
    return _MARKS.sub("", text)
