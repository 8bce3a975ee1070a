"""What an article earns, by rules that are data; and what is held back of it."""

from datetime import date

import pytest

from issues.models import FeeRule, TaxRule
from issues.statistics.fee_rules import earned, in_force, tax

SINCE, DAY = date(2026, 1, 1), date(2026, 6, 24)


def a_rule(**facts) -> FeeRule:
    return FeeRule(**{"since": SINCE, "basis": "thousand", "fen": 8000, **facts})


def fen(*rules, **facts):
    told = {"day": DAY, "section": 1, "grades": (), "length": 1256, "pictures": 0, **facts}
    own = earned(rules, **told)
    return own and own.fen


@pytest.mark.parametrize(
    ("rule", "length", "earns"),
    [
        ({}, 1256, 10000),  # as the masthead had it: 80 yuan a thousand, to the yuan, halves up
        ({"fen": 5000}, 1250, 6300),
        ({"at_least_fen": 3000}, 200, 3000),
        ({"at_most_fen": 9000}, 1256, 9000),
        ({"basis": "piece", "fen": 3000}, 1256, 3000),
        ({"fen": 0}, 1256, 0),
        ({"step_fen": 1}, 1256, 10048),
        ({"step_fen": 1000, "rounding": "up"}, 1256, 11000),
        ({"rounding": "down"}, 1299, 10300),
        ({"counting": "halves"}, 1, 4000),
        ({"counting": "halves"}, 501, 8000),
        ({"counting": "halves"}, 1000, 8000),
    ],
)
def test_the_text_earns_by_its_characters_or_by_the_piece(rule, length, earns):
    assert fen(a_rule(**rule), length=length) == earns


def test_without_a_rule_of_the_text_nothing_is_said():
    assert fen() is None
    assert fen(a_rule(basis="picture", fen=1000), pictures=2) is None
    assert fen(a_rule(since=date(2026, 6, 25))) is None


def test_the_rule_of_the_section_goes_before_the_general_and_the_newest_before_the_old():
    general, newer = a_rule(), a_rule(since=date(2026, 6, 24), fen=9000)
    of_one = a_rule(section_id=1, fen=20000)
    assert fen(general, newer, length=1000) == 9000
    assert fen(general, newer, length=1000, day=date(2026, 6, 23)) == 8000
    assert fen(newer, of_one, length=1000) == 20000
    assert fen(newer, of_one, length=1000, section=2) == 9000


def test_a_grade_has_its_own_rate_and_a_bonus():
    graded = a_rule(grade="excellent", fen=12000)
    bonus = a_rule(basis="bonus", grade="headline", fen=5000)
    rules = (a_rule(), graded, bonus)
    assert fen(*rules, length=1000) == 8000
    assert fen(*rules, length=1000, grades={"excellent"}) == 12000
    assert fen(*rules, length=1000, grades={"excellent", "headline"}) == 17000


def test_pictures_earn_up_to_a_ceiling_and_it_is_said_how():
    shown = a_rule(basis="picture", fen=1000, at_most_fen=2500)
    told = earned(
        (a_rule(at_least_fen=3000), shown), day=DAY, section=1, grades=(), length=200, pictures=3
    )
    assert told.fen == 5500
    assert told.how == "200 字 × 80 元/千字，至少 30 元；图片 3 幅 × 10 元，至多 25 元"


@pytest.mark.parametrize(
    ("fen_", "held"),
    [(80_000, 0), (80_001, 0), (100_000, 2800), (400_000, 44_800), (500_000, 56_000)],
)
def test_tax_goes_by_the_rule_that_holds(fen_, held):
    rule = TaxRule(since=SINCE)
    assert tax(fen_, rule) == held
    assert tax(fen_, None) == 0
    assert in_force([rule], date(2025, 12, 31)) is None
