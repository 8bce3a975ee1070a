"""稿酬 on the review sheet. Who keeps the rules stands above: `issues.statistics` registers."""

from collections.abc import Callable
from dataclasses import dataclass

from ..models import Article


@dataclass(frozen=True, slots=True)
class Estimate:
    """What the article would earn today, in fen, and how that is reckoned."""

    fen: int
    how: str


#: None where no rule holds: then people write the amount by hand.
Estimator = Callable[[Article], Estimate | None]
_estimators: list[Estimator] = []


def register(estimator: Estimator) -> None:
    _estimators[:] = [estimator]


def of(article: Article) -> Estimate | None:
    return _estimators[0](article) if _estimators else None
