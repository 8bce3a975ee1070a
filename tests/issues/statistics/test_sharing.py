"""A whole is shared so that the shares are the whole, to the fen; amounts are rounded by a rule."""

from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from issues.statistics.sharing import equally, rounded, shared

WHOLE = st.integers(-(10**9), 10**9)
WEIGHTS = st.lists(st.integers(0, 10**6), min_size=1, max_size=12).filter(any)


@given(whole=WHOLE, weights=WEIGHTS)
def test_the_shares_are_the_whole_and_each_is_within_one_of_its_due(whole, weights):
    shares = shared(whole, weights)
    assert sum(shares) == whole
    for share, weight in zip(shares, weights, strict=True):
        due = Fraction(whole * weight, sum(weights))
        assert abs(share - due) < 1


@given(whole=WHOLE, weights=WEIGHTS)
def test_whoever_is_due_more_gets_no_less_and_less_is_the_same_with_a_minus(whole, weights):
    shares = shared(abs(whole), weights)
    by_weight = sorted(zip(weights, shares, strict=True))
    for (one, less), (other, more) in pairwise(by_weight):
        assert one == other or less <= more
    assert shared(-abs(whole), weights) == tuple(-each for each in shares)


def test_what_is_left_goes_to_those_who_sign_first():
    assert equally(100, 3) == (34, 33, 33)
    assert equally(100, 1) == (100,)
    assert equally(1, 3) == (1, 0, 0)
    assert equally(100, 0) == ()
    assert shared(10, [0, 0]) == (0, 0)


@given(
    numerator=st.integers(0, 10**12),
    denominator=st.integers(1, 10**4),
    step=st.sampled_from([1, 10, 100, 500, 1000]),
)
def test_rounding_keeps_to_the_step_and_goes_the_way_it_says(numerator, denominator, step):
    exact = Fraction(numerator, denominator)
    up, down, half = (
        rounded(numerator, denominator, step, mode) for mode in ("up", "down", "half")
    )
    assert all(each % step == 0 for each in (up, down, half))
    assert down <= exact <= up
    assert up - down in (0, step)
    assert abs(half - exact) * 2 <= step
    if (exact - down) * 2 == step:
        assert half == up


@pytest.mark.parametrize(("mode", "fen"), [("half", 100), ("up", 100), ("down", 0)])
def test_half_a_yuan_is_a_yuan_unless_it_is_cut(mode, fen):
    assert rounded(50, 1, 100, mode) == fen
