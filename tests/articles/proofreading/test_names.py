"""Branches and authors of the house that are written nearly right."""

import pytest

from articles.proofreading import Manuscript, TermList, proofread
from articles.proofreading.names import NameList

BRANCHES = ["净月支行", "红旗街支行", "学府路支行", "东岭支行", "营业部", "信息科技中心"]
AUTHORS = [("谷淳", "净月支行"), ("高志远", "东岭支行"), ("卢青", "东岭支行")]
NAMES = NameList(BRANCHES, AUTHORS, known=["净月分理处"])


def near(sentence: str) -> list[tuple[str, str]]:
    return [(sentence[each.start : each.end], each.right) for each in NAMES.find(sentence)]


@pytest.mark.parametrize(
    ("sentence", "wrong", "right"),
    [
        ("我们到净月分行看了看。", "净月分行", "净月支行"),
        ("东岭营业部的门垫换了。", "东岭营业部", "东岭支行"),
        ("静月支行的门垫换了。", "静月支行", "净月支行"),
        ("月净支行的门垫换了。", "月净支行", "净月支行"),
        ("红旗支行的门垫换了。", "红旗支行", "红旗街支行"),
        ("学付路支行办了活动。", "学付路支行", "学府路支行"),
        ("信息可技中心来了人。", "信息可技中心", "信息科技中心"),
        ("净月支行 谷纯写了一篇。", "谷纯", "谷淳"),
        ("东岭支行高志元说，门垫换了。", "高志元", "高志远"),
        ("东岭支行的大堂经理高智远说。", "高智远", "高志远"),
    ],
)
def test_what_is_nearly_a_name_of_the_house_is_found(sentence, wrong, right):
    assert near(sentence) == [(wrong, right)]


@pytest.mark.parametrize(
    "sentence",
    [
        "净月支行、红旗街支行和学府路支行的门垫都换了。",
        "净月分理处后来改了名。",
        "工商银行净月分行在对面。",
        "建行净月分行在对面。",
        "南湖支行、滨河支行不在表里。",
        "各支行、各营业部和管理部都来了人。",
        "信息中心、科技中心都来了人。",
        "净月支行 谷淳写了一篇，东岭支行高志远也写了一篇。",
        "东岭支行谷淳后来调走了。",
        "东岭支行的员工都来了，东岭支行走在前面。",
        "东岭支行卢青山写了一篇。",
        "净月支行谷雨那天换了门垫。",
        "谷纯写了一篇。",
    ],
)
def test_what_is_right_or_somebody_elses_is_not(sentence):
    assert near(sentence) == []


def test_two_that_it_could_be_are_none():
    names = NameList(["东岭支行", "东岭营业部"])
    assert names.find("东岭分行的门垫换了。") == []


def test_without_names_nothing_is_found():
    assert NameList().find("净月分行的门垫换了。") == []


def test_findings_are_doubts_with_their_reason():
    found = proofread(
        Manuscript(body="<p>净月分行的门垫换了，东岭支行高志元看见了。</p>"), TermList(names=NAMES)
    )
    assert [(each.rule, each.level.value, each.suggestion) for each in found] == [
        ("H02", "warn", "净月支行"),
        ("H03", "warn", "高志远"),
    ]
    assert "单位表里是“净月支行”" in found[0].why
    assert "请核对是不是同一个人" in found[1].why


def test_a_long_text_and_a_long_list_take_their_time_once():
    names = NameList(
        [f"{a}{b}支行" for a in "东西南北中上下" for b in "岭河湖山"],
        [("高志青", "东岭支行"), *((f"高{a}川", "南河支行") for a in "志远安明")],
    )
    assert len(names.find("东岭支行高志清说，东岭分行也来了人。" * 500)) == 1000
