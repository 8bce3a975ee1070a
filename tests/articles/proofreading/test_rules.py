"""Each rule against its own examples, and the page that lists them."""

import pytest

from articles.bodies.html import clean
from articles.proofreading import Level, Manuscript, amend, handbook, proofread
from articles.proofreading.rules import RULES
from issues.demo import texts
from tests.articles.proofreading.examples import WORST, manuscript, words

WRONG = [
    pytest.param(rule, each, id=f"{rule.id}-{each[:20]}") for rule in RULES for each in rule.wrong
]
RIGHT = [
    pytest.param(rule, each, id=f"{rule.id}-{each[:20]}") for rule in RULES for each in rule.right
]


@pytest.mark.parametrize(("rule", "example"), WRONG)
def test_a_rule_finds_what_is_wrong_and_sets_it_right(rule, example):
    wrong, arrow, right = example.partition(" → ")
    before = manuscript(wrong)
    findings = proofread(before, rules=[rule])
    assert {finding.rule for finding in findings} == {rule.id}
    if arrow:
        assert words(amend(before, findings)) == right


@pytest.mark.parametrize(("rule", "example"), RIGHT)
def test_a_rule_is_silent_where_nothing_is_wrong(rule, example):
    assert proofread(manuscript(example), rules=[rule]) == []


def test_every_rule_says_what_why_and_by_what_right():
    assert len({rule.id for rule in RULES}) == len(RULES)
    for rule in RULES:
        assert isinstance(rule.wrong, tuple), rule.id
        assert isinstance(rule.right, tuple), rule.id
        assert rule.wrong, rule.id
        assert rule.right, rule.id
        assert rule.why.endswith("。"), rule.id
        assert rule.name, rule.id
        assert rule.source, rule.id


def test_what_is_safe_to_fix_always_says_how():
    safe = [rule for rule in RULES if rule.level is Level.FIX]
    assert safe
    for rule in safe:
        for example in rule.wrong:
            for finding in proofread(manuscript(example.partition(" → ")[0]), rules=[rule]):
                assert finding.suggestion is not None, (rule.id, example)


def test_the_page_lists_the_rules_as_they_are():
    page = handbook.PAGE.read_text(encoding="utf-8")
    assert page == handbook.with_listing(page), "run python -m articles.proofreading.handbook"


@pytest.mark.parametrize("unit", WORST)
def test_no_text_is_too_strange_to_be_read(unit):
    body = "".join(f"<p>{line}</p>" for line in (unit * 30).split("\n"))
    for finding in proofread(Manuscript(title=unit * 3, body=body)):
        assert finding.quote


@pytest.mark.parametrize(
    "text", ["\0", "服\ud800务,帐户", "龑䶮,\U00020000。", "\u202e\u200b", "\x1b[31m", "", " \n "]
)
def test_characters_that_nobody_types_are_read_too(text):
    proofread(Manuscript(title=text, standfirst=text, byline=text, body=f"<p>{text}</p>"))


@pytest.mark.parametrize(
    "sentence",
    [
        "凡是说“保本高收益”的，都是骗局。",
        "销售人员不得承诺保本、保收益。",
        "谨防“稳赚不赔”的宣传。",
    ],
)
def test_a_warning_against_promises_blocks_nothing(sentence):
    levels = {finding.level for finding in proofread(manuscript(sentence))}
    assert Level.BLOCK not in levels
    assert Level.INFO in levels


def test_the_gravest_comes_first_where_two_begin_together():
    found = proofread(manuscript("电话13912345678，写到了纸上。"))
    assert [(each.rule, each.level, each.quote) for each in found] == [
        ("I02", Level.BLOCK, "13912345678")
    ]


def test_the_demo_holds_no_fault_but_those_that_it_is_to_show():
    """Eighty thousand characters of our own: whoever cries here, cries wolf."""
    for path in sorted(texts.FOLDER.glob("*/*.html")):
        demo = texts.read(path)
        body = clean(demo.body.replace(texts.PICTURE_LINE, ""))
        read = Manuscript(title=demo.title, standfirst=demo.standfirst, body=body)
        assert [(path.name, each.quote) for each in proofread(read)] == [
            (path.name, flaw) for flaw in demo.flaws
        ]
