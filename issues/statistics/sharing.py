"""How a whole is shared: 最大余数法, so that the shares are the whole, to the last unit. Pure."""

from collections.abc import Sequence
from functools import cache

#: A piece in the units that it is shared in: 0.01 篇.
PIECE = 100


def shared(whole: int, weights: Sequence[int]) -> tuple[int, ...]:
    """`whole` (of either sign) by the weights; what is left over goes to the largest remainders,
    among equals to the earlier. Nobody's share where there is no weight.
    """
    of = sum(weights)
    if not of:
        return tuple(0 for _ in weights)
    sign, size = (-1, -whole) if whole < 0 else (1, whole)
    parts = [divmod(size * weight, of) for weight in weights]
    left = size - sum(each for each, _ in parts)
    order = sorted(range(len(parts)), key=lambda at: (-parts[at][1], at))
    more = set(order[:left])
    return tuple(sign * (each + (at in more)) for at, (each, _) in enumerate(parts))


@cache
def equally(whole: int, among: int) -> tuple[int, ...]:
    """In the order of the byline: 100 among three are 34, 33, 33."""
    return shared(whole, [1] * among)


def rounded(numerator: int, denominator: int, step: int, mode: str) -> int:
    """A fraction to a multiple of `step`: `half` up, always `up`, or `down`; never below 0."""
    whole = denominator * step
    if mode == "up":
        return -(-numerator // whole) * step
    if mode == "down":
        return numerator // whole * step
    return (2 * numerator + whole) // (2 * whole) * step
