"""What a finding weighs, as the inspection of periodicals counts."""

from decimal import Decimal

import pytest

from articles.proofreading import Level, Manuscript, proofread, weights
from articles.proofreading.findings import Finding, Place
from articles.proofreading.rules import RULES
from articles.proofreading.weights import Found, Kind, Weight


def found(rule: str, quote: str, to: str | None = None, level: Level = Level.ERROR) -> Finding:
    place = Place("body", 1, 1, 0, len(quote))
    return Finding(rule, level, place, quote, "", "", to)


def counted(*findings: Finding, on_cover: bool = False) -> weights.Count:
    return weights.count(Found(each, on_cover) for each in findings)


@pytest.mark.parametrize(
    ("finding", "faults"),
    [
        (found("M01", "星期二", "星期一"), "1"),
        (found("G03", "之所以不来的原因", None), "1"),
        (found("W01", "按装", "安装"), "1"),
        (found("W01", "迫不急待", "迫不及待"), "1"),
        (found("W01", "热爱生命活", "热爱生活命"), "1"),
        (found("S09", "四个意识两个确立", "四个自信"), "1"),
        (found("C10", "雨下了一上午。", ""), "4"),
        (found("G29", "大家大家", "大家"), "2"),
        (found("N01", "2月30日"), "1"),
        (found("X05", "門", "门"), "0.5"),
        (found("N14", "KG", "kg"), "0.5"),
        (found("P08", "，。", "。"), "0.1"),
        (found("C03", "。", ""), "0.1"),
        (found("I02", "13812345678", level=Level.BLOCK), "0"),
        (found("R01", "同一段文字", level=Level.INFO), "0"),
        (found("T01", "近日", level=Level.INFO), "0"),
    ],
)
def test_a_fault_counts_by_its_kind(finding, faults):
    assert counted(finding).faults == Decimal(faults)


def test_the_same_fault_counts_three_times_at_most():
    five = counted(*[found("P01", ",", "，", Level.FIX)] * 5)
    assert (five.faults, five.repeated) == (Decimal("0.3"), 2)
    assert five.shares == (weights.Share(Kind.MARK, 5, Decimal("0.3")),)
    other = counted(*[found("P01", ",", "，")] * 5, found("P02", ";", "；"))
    assert other.faults == Decimal("0.4")


def test_on_the_cover_it_counts_double():
    count = counted(found("W01", "按装", "安装"), on_cover=True)
    assert (count.faults, count.cover) == (Decimal(2), Decimal(1))


def test_the_cover_is_among_the_three_that_count():
    wrong = found("W01", "按装", "安装")
    count = weights.count([*[Found(wrong)] * 4, Found(wrong, on_cover=True)])
    assert (count.faults, count.repeated) == (Decimal(4), 2)


def test_the_rate_is_in_ten_thousand():
    assert weights.rate(Decimal(2), 20_000) == 1
    assert weights.rate(Decimal(2), 0) is None


def test_every_rule_has_a_kind_or_is_no_fault_of_editing():
    assert {rule.id for rule in RULES if weights.kind_of(rule.id) is None} == {
        rule.id for rule in RULES if rule.id[0] in "AFI"
    }


def test_every_level_has_its_group_and_the_groups_their_order():
    text = "<p>请打13812345678，近日走访了三个网点：城东、城西。</p><p>他说,请坐。</p>"
    groups = weights.grouped(proofread(Manuscript(body=text)))
    assert [weight for weight, _ in groups] == list(Weight)
    assert all(weights.weight_of(each) is weight for weight, rows in groups for each in rows)
