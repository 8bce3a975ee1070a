"""What a writer is asked to look at once more: people first, then what is surely wrong."""

from dataclasses import dataclass

from ..models import Article
from ..pictures import for_print
from ..proofreading import Finding
from ..proofreading.weights import Weight, weight_of
from ..reviewing import checking
from . import personal
from .personal import People

#: Findings that a writer is shown at a time: more would only frighten.
MOST = 12


@dataclass(frozen=True, slots=True)
class SecondLook:
    """`forbidden` must not be printed; `findings` are surely wrong, and for the writer to judge.

    Doubts and habits are the desk's.
    """

    people: People
    forbidden: tuple[Finding, ...]
    findings: tuple[Finding, ...]
    pictures: tuple[str, ...] = ()  # a sentence for each that is too small for print

    @property
    def count(self) -> int:
        return self.people.count + len(self.forbidden) + len(self.findings) + len(self.pictures)

    @property
    def shown(self) -> tuple[Finding, ...]:
        return self.findings[:MOST]

    @property
    def more(self) -> int:
        return max(0, len(self.findings) - MOST)


def at(article: Article) -> SecondLook:
    """Two queries, and one more where the text has pictures."""
    found = checking.check(article).open
    others = [each for each in found if not personal.is_personal(each)]
    return SecondLook(
        People(personal.kinds_of(found)),
        tuple(each for each in others if weight_of(each) is Weight.MUST),
        tuple(each for each in others if weight_of(each) is Weight.SURE),
        tuple(for_print.too_small(article)),
    )
