"""Suggestions in the manuscript: exactly that text, and nothing else."""

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.bodies import html
from articles.proofreading import Manuscript, Term, TermList, amend, proofread, tidied


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("<p>先看<strong>客户,</strong>再问。</p>", "<p>先看<strong>客户，</strong>再问。</p>"),
        ("<p>查<em>帐</em>户。</p>", "<p>查<em>账</em>户。</p>"),
        ("<p>等.<em>..</em></p>", "<p>等…<em>…</em></p>"),
        ("<p>A&amp;B公司,好。</p>", "<p>A&amp;B公司，好。</p>"),
        ("<p>看,<br>问。</p>", "<p>看，<br>问。</p>"),
        (
            "<table><tbody><tr><td>看,问</td><td>3</td></tr></tbody></table>",
            "<table><tbody><tr><td>看，问</td><td>3</td></tr></tbody></table>",
        ),
        (
            '<p>见<a href="https://example.org/a,b" rel="noopener nofollow">此,处</a>。</p>',
            '<p>见<a href="https://example.org/a,b" rel="noopener nofollow">此，处</a>。</p>',
        ),
        (
            "<ul><li>看,问<ul><li>听,说</li></ul></li></ul>",
            "<ul><li>看，问<ul><li>听，说</li></ul></li></ul>",
        ),
    ],
)
def test_a_fix_changes_its_text_only_whatever_tags_stand_around(body, expected):
    manuscript = Manuscript(body=html.clean(body))
    assert tidied(manuscript)[0].body == expected


def test_one_suggestion_leaves_the_others_and_the_old_text_is_the_way_back():
    manuscript = Manuscript(title="看,问", body="<p>看,问,听。</p>")
    _, _, last = proofread(manuscript)
    changed = amend(manuscript, [last])
    assert changed == Manuscript(title="看,问", body="<p>看,问，听。</p>")
    assert manuscript.body == "<p>看,问,听。</p>"


def test_a_longer_form_takes_the_place_of_a_shorter_one():
    terms = TermList([Term("农商行", "农商银行"), Term("A&B", "A&B公司")])
    manuscript = Manuscript(body="<p>我们<strong>农商</strong>行和A&amp;B签了约。</p>")
    changed = amend(manuscript, proofread(manuscript, terms))
    assert changed.body == "<p>我们<strong>农商银</strong>行和A&amp;B公司签了约。</p>"


def test_a_suggestion_is_written_as_text_never_as_markup():
    terms = TermList([Term("旧名", "<b>&新名")])
    manuscript = Manuscript(title="旧名", body="<p>旧名</p>")
    changed = amend(manuscript, proofread(manuscript, terms))
    assert changed == Manuscript(title="<b>&新名", body="<p>&lt;b&gt;&amp;新名</p>")


def test_a_finding_whose_text_has_changed_changes_nothing():
    manuscript = Manuscript(body="<p>看,问。</p>")
    found = proofread(manuscript)
    for later in ("<p>先看,问。</p>", "<p>看</p>", "", "<p>看；问。</p>"):
        assert amend(Manuscript(body=later), found).body == later


def test_of_two_that_overlap_the_first_is_applied():
    manuscript = Manuscript(body="<p>帐户里。</p>")
    terms = TermList([Term("户里", "户中")])
    assert amend(manuscript, proofread(manuscript, terms)).body == "<p>账户里。</p>"


def test_a_finding_keeps_its_anchor_while_its_neighbours_stay():
    def anchor(body: str) -> str:
        return proofread(Manuscript(body=body))[0].anchor

    before = anchor("<p>雨下了一上午。</p><p>门垫换了三次,客人先低头看脚下再看我们。</p>")
    assert anchor("<p>门垫换了三次,客人先低头看脚下再看我们。</p>") == before
    assert anchor("<p>门垫换了五次,客人先低头看脚下再看我们。</p>") != before


TEXTS = st.lists(
    st.sampled_from(
        [
            *(
                "服务",
                "客户",
                "帐户",
                "粘性",
                "一、",
                "（一）、",
                "１２",
                "3KM",
                "62-85%",
                "六、七百",
                "……",
            ),
            *(
                ",",
                ".",
                "...",
                "?",
                "!",
                "(",
                ")",
                '"',
                "'",
                "“",
                "”",
                "，",
                "。",
                "；",
                " ",
                "  ",
                "\xa0",
            ),
            *(
                "--",
                "~",
                "5",
                "A",
                "Word",
                "<em>",
                "</em>",
                "<br>",
                "</p><p>",
                "&amp;",
                "⼈",
                "\u3000",
                "…",
            ),
        ]
    ),
    max_size=30,
).map("".join)


@given(TEXTS)
def test_after_all_safe_fixes_none_is_left_and_no_word_has_changed(raw):
    manuscript = Manuscript(
        title=html.text(html.clean(raw))[:50].replace("\n", ""), body=html.clean(raw)
    )
    changed, _ = tidied(manuscript)
    assert [each for each in proofread(changed) if each.is_safe] == []
    assert html.clean(str(changed.body)) == changed.body
    assert _letters(changed.body) == _letters(manuscript.body)
    assert tidied(changed) == (changed, [])


def _letters(body: str) -> str:
    """The words, as the fixes that change letters would write them."""
    text = html.text(body).translate(str.maketrans("帐粘１２⼈", "账黏12人")).replace("KM", "km")
    return "".join(char for char in text if char.isalnum())


def test_a_fix_that_empties_an_emphasis_leaves_no_empty_tag():
    changed, _ = tidied(Manuscript(body="<p>看 <em>，</em>问<strong>、 </strong>听</p>"))
    assert not re.search(r"<(\w+)></\1>", changed.body)


def test_parts_that_nobody_touched_stay_as_they_are():
    manuscript = Manuscript(kicker="雨天", title="看,问", byline="东岭支行 高志远")
    assert tidied(manuscript)[0] == replace(manuscript, title="看，问")
