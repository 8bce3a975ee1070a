"""Numbers as texts write them, and what the arithmetic of a text finds."""

from decimal import Decimal

import pytest

from articles.proofreading import Level, proofread
from articles.proofreading.amounts import grain, shown, value
from tests.articles.proofreading.examples import manuscript


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("1,200", 1200),
        ("3.5万", 35_000),
        ("2万亿", 20_000 * 100_000_000),
        ("十二", 12),
        ("二十", 20),
        ("两百三十", 230),
        ("一千零五", 1005),
        ("一千零十五", 1015),
        ("十", 10),
        ("三万五千", 35_000),
        ("伍万", 50_000),
        ("贰佰叁拾", 230),
        ("七", 7),
        ("二三", None),
        ("", None),
        ("第", None),
    ],
)
def test_a_number_is_read_as_it_is_written(written, expected):
    assert value(written) == expected


def test_what_is_rounded_may_be_off_by_its_last_place():
    assert grain("12", "十五") == 0
    assert grain("3.05亿", "12") == Decimal("0.01") * 100_000_000
    assert grain("2.5", "1.25") == Decimal("0.1")
    assert grain("三万", "5亿") == 0


@pytest.mark.parametrize(("number", "expected"), [("1.50", "1.5"), ("100", "100"), ("1E+2", "100")])
def test_a_number_is_shown_without_what_says_nothing(number, expected):
    assert shown(Decimal(number)) == expected


@pytest.mark.parametrize(
    ("sentence", "why"),
    [
        ("班组共有15人，其中男员工6人，女员工8人。", "6 + 8 = 14，不是 15。"),
        ("80户中有20户，占35%。", "20 ÷ 80 = 25.0%，不是 35%。"),
        ("面积从80平方米扩大到130平方米，增加了60平方米。", "130 - 80 = 50，不是 60。"),
        ("支行成立于1996年，2022年迎来三十周年。", "2022 - 1996 = 26，不是 三十周年。"),
        ("2023年5月1日（星期二）开门。", "2023年5月1日是星期一。"),
    ],
)
def test_a_finding_shows_its_sum(sentence, why):
    (found,) = proofread(manuscript(sentence))
    assert found.why == why
    assert found.level in (Level.ERROR, Level.WARN)


@pytest.mark.parametrize(
    "sentence",
    [
        "2023年2月30日（星期二）不存在。",
        "9999年13月1日（星期一）。",
        "从二百百年到二百年。",
        "贷款由0万元增加到50万元，增长40%。",
        "8:30—8:30，共0小时。",
    ],
)
def test_numbers_that_mean_nothing_stop_nothing(sentence):
    proofread(manuscript(sentence))
