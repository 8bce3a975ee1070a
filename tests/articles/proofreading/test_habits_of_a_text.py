"""What one click mends and stands all through a text is one finding, and no place of it is lost."""

import json

from articles.proofreading import Manuscript, amend, folded, proofread, tidied, unfolded, weights
from articles.proofreading.report import as_json, as_text
from articles.proofreading.weights import Found

#: Five half-width commas and one wrong word.
HABIT = Manuscript(
    title="门垫,伞架",
    body="<p>下雨天,垫子换了三次,客人说好,再来,我们找到了契入点。</p>",
)


def rules(findings):
    return [each.rule for each in findings]


def test_a_habit_is_one_finding_that_knows_all_its_places():
    comma, word = proofread(HABIT)
    assert (comma.rule, word.rule) == ("P01", "W01")
    assert [(one.place.part, one.quote, one.suggestion) for one in comma.places] == [
        ("title", ",", "，"),
        *[("body", ",", "，")] * 4,
    ]


def test_three_places_are_told_one_by_one():
    assert rules(proofread(Manuscript(body="<p>甲来,乙来,丙来,丁来。</p>"))) == ["P01"] * 3
    assert rules(proofread(Manuscript(body="<p>甲来,乙来,丙来,丁来,戊来。</p>"))) == ["P01"]


def test_one_click_mends_every_place():
    changed = amend(HABIT, proofread(HABIT)[:1])
    assert changed.title == "门垫，伞架"
    assert changed.body == "<p>下雨天，垫子换了三次，客人说好，再来，我们找到了契入点。</p>"
    assert len(tidied(HABIT)[1]) == 5


def test_doubts_stay_apart_however_many_there_are():
    found = proofread(Manuscript(body="<p>他看见了契入点。</p>" * 6))
    assert rules(found) == ["W01"] * 6


def test_folding_and_unfolding_are_each_others_way_back():
    once = proofread(HABIT)
    assert folded(unfolded(once)) == once


def test_an_inspection_counts_the_places_not_the_lines():
    once = proofread(HABIT)
    whole = weights.count(Found(each) for each in unfolded(once))
    assert weights.count(Found(each) for each in once) == whole


def test_terminal_and_program_are_told_every_place():
    comma = proofread(HABIT)[0]
    assert "P01 半角逗号 · 5 处" in as_text([comma], name="甲")
    (row,) = json.loads(as_json([comma], name="甲"))["findings"]
    assert [one["place"]["offset"] for one in row["others"]] == [3, 10, 15, 18]


def test_a_habit_let_stand_in_a_text_is_let_stand_where_it_moves_to():
    before = proofread(HABIT)[0]
    after = proofread(Manuscript(body="<p>甲来,乙来,丙来,丁来,戊来。</p>"))[0]
    assert before.anchor == after.anchor != before.places[0].anchor
