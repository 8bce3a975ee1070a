"""How far a count made by chance may be from the truth. Pure.

Of n faults found where faults fall at random, the true mean lies between Garwood's limits (F.
Garwood, Biometrika 28, 1936), which are exact for a Poisson count. Faults that weigh differently
are widened in proportion (A. J. Dobson and others, Statistics in Medicine 10, 1991); where all
weigh the same, that is Garwood's interval again. The upper limit reckons with one fault more of
weight 1: that only light ones were found does not say that there are no others.
"""

from collections.abc import Callable, Sequence
from decimal import Decimal
from math import exp, lgamma, log, sqrt

CONFIDENCE = 0.95
_STEPS = 60


def limits(weights: Sequence[Decimal]) -> tuple[float, float]:
    """The lower and the upper limit of the sum of weights, at 95 %."""
    count, total = len(weights), float(sum(weights))
    low, high = garwood(count)
    if not count:
        return 0.0, high
    squares = sum(float(weight) ** 2 for weight in weights)
    below, above = sqrt(squares / count), sqrt((squares + 1) / (count + 1))
    return max(0.0, total + below * (low - count)), total + above * (high - count)


def garwood(count: int) -> tuple[float, float]:
    tail = (1 - CONFIDENCE) / 2
    far = count + 10 * sqrt(count + 1) + 10
    low = _where(lambda mean: 1 - _at_most(count - 1, mean) >= tail, far) if count else 0.0
    return low, _where(lambda mean: _at_most(count, mean) <= tail, far)


def _where(holds: Callable[[float], bool], far: float) -> float:
    """The least mean at which it holds; it goes on holding above."""
    near = 0.0
    for _ in range(_STEPS):
        middle = (near + far) / 2
        if holds(middle):
            far = middle
        else:
            near = middle
    return far


def _at_most(count: int, mean: float) -> float:
    """P(X ≤ count) of a Poisson variable."""
    if not mean:
        return 1.0
    return sum(exp(k * log(mean) - mean - lgamma(k + 1)) for k in range(count + 1))
