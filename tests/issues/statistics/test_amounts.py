"""Amounts in figures and in the capitals of a bill (票据和结算凭证)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from issues.statistics import amounts

DIGITS = "零壹贰叁肆伍陆柒捌玖"
PLACES = {"拾": 10, "佰": 100, "仟": 1000}


def in_fen(told: str) -> int:
    """The capitals, read as somebody at a counter reads them."""
    if told.startswith("负"):
        return -in_fen(told[1:])
    yuan, _, rest = told.rpartition("元")
    total = group = digit = 0
    for each in yuan:
        if each in DIGITS:
            digit = DIGITS.index(each)
        elif each in PLACES:
            group, digit = group + digit * PLACES[each], 0
        else:
            unit = {"万": 10**4, "亿": 10**8}[each]
            whole = group + digit
            total = (total + whole) * unit if each == "亿" else total + whole * unit
            group = digit = 0
    fen = (total + group + digit) * 100
    for each in rest:
        if each in DIGITS:
            digit = DIGITS.index(each)
        elif each in "角分":
            fen += digit * (10 if each == "角" else 1)
    return fen


@pytest.mark.parametrize(
    ("fen", "told"),
    [
        (0, "零元整"),
        (1, "壹分"),
        (10, "壹角整"),
        (15, "壹角伍分"),
        (100, "壹元整"),
        (140950, "壹仟肆佰零玖元伍角整"),
        (600714, "陆仟零柒元壹角肆分"),
        (168032, "壹仟陆佰捌拾元零叁角贰分"),
        (10700053, "壹拾万柒仟元零伍角叁分"),
        (1640902, "壹万陆仟肆佰零玖元零贰分"),
        (32504, "叁佰贰拾伍元零肆分"),
        (1000000, "壹万元整"),
        (10000000, "壹拾万元整"),
        (10010000, "壹拾万零壹佰元整"),
        (10**10, "壹亿元整"),
        (10**10 + 100, "壹亿零壹元整"),
        (10**12 * 3 + 5000, "叁佰亿零伍拾元整"),
        (-500, "负伍元整"),
    ],
)
def test_amounts_in_capitals_go_by_the_rules_of_bills(fen, told):
    assert amounts.capitals(fen) in (told, told.replace("元零", "元"))
    assert in_fen(amounts.capitals(fen)) == fen


@given(st.integers(0, 10**13))
def test_capitals_are_read_back_as_the_same_amount(fen):
    assert in_fen(amounts.capitals(fen)) == fen


@given(st.integers(0, 10**13))
def test_capitals_end_with_whole_unless_there_are_fen_and_say_no_zero_twice(fen):
    told = amounts.capitals(fen)
    assert told.endswith("整") == (fen % 10 == 0)
    assert "零零" not in told
    assert "零元" not in told or fen == 0


def test_more_than_a_bill_holds_is_refused():
    with pytest.raises(ValueError, match="1000"):
        amounts.capitals(10**18)


@given(st.integers(-(10**10), 10**10))
def test_figures_are_read_back_as_the_same_amount(fen):
    assert amounts.read(amounts.figures(fen)) == fen


@pytest.mark.parametrize(
    ("typed", "fen"), [("12", 1200), ("１２．５", 1250), ("¥1,234.56", 123456), ("−3.4 元", -340)]
)
def test_an_amount_is_read_as_people_type_it(typed, fen):
    assert amounts.read(typed) == fen


@pytest.mark.parametrize("typed", ["", "十元", "1.234", "1e3", "--1", "1..2", "9" * 10, "²"])
def test_what_is_no_amount_is_refused(typed):
    with pytest.raises(ValueError, match=r".*"):
        amounts.read(typed)
