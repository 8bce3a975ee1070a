"""Lists of words: the house's own, of any length, in one pass."""

import pytest

from articles.proofreading import Level, Manuscript, Term, TermList, proofread
from articles.proofreading.rules.word_lists import FOLDER
from articles.proofreading.terms import MAX_LENGTH, read


def found(text: str, *terms: Term) -> list[str]:
    return [text[start:end] for start, end, _ in TermList(terms).find(text)]


@pytest.mark.parametrize(
    ("words", "text", "expected"),
    [
        (["农商行", "商行"], "我们农商行", ["农商行"]),
        (["服务", "服务文化专刊"], "服务文化专刊的服务", ["服务文化专刊", "服务"]),
        (["App"], "Apple的App和MyApp，App2", ["App"]),
        (["App"], "手机App好", ["App"]),
        (["CRM"], "用CRM。crm", ["CRM"]),
        (["甲乙", "乙丙"], "甲乙丙", ["甲乙"]),
        ([""], "服务", []),
        (["长" * (MAX_LENGTH + 1)], "长" * (MAX_LENGTH + 5), []),
        (["龑"], "刘龑\ud800", ["龑"]),
    ],
)
def test_the_longest_term_is_found_as_a_word(words, text, expected):
    assert found(text, *(Term(word) for word in words)) == expected


def test_of_two_terms_that_overlap_a_graver_one_is_not_lost():
    assert found("甲乙丙", Term("甲乙"), Term("乙丙", level=Level.BLOCK)) == ["甲乙", "乙丙"]


def test_variants_are_found_like_the_word_itself():
    assert found("办信用卡，办信用咔", Term("信用卡", variants=("信用咔",))) == ["信用卡", "信用咔"]


def test_what_is_right_covers_what_stands_in_it():
    right = Term("目的的", is_right=True)
    assert found("目的的实现，的的", Term("的的"), right) == ["的的"]


def test_a_preferred_form_that_holds_its_term_is_no_finding():
    assert found("净月支行和净月", Term("净月", "净月支行")) == ["净月"]


@pytest.mark.parametrize("text", ["刷*单", "刷·单", "刷_单", "刷/单", "刷 单 返 利", "刷单返利"])
def test_a_disguised_term_is_found(text):
    terms = (Term("刷单", disguised=True), Term("刷单返利", disguised=True))
    assert found(f"谁在{text}？", *terms)


@pytest.mark.parametrize("text", ["刷，单", "刷。单", "刷 单", "冲刷\n单独", "确保 本周"])
def test_words_that_only_stand_side_by_side_are_no_disguise(text):
    assert found(text, Term("刷单", disguised=True), Term("保本", disguised=True)) == []


def test_a_term_says_what_the_house_wants_and_why():
    terms = TermList([Term("农商行", "农商银行", level=Level.ERROR, why="用全称。")])
    (finding,) = proofread(Manuscript(body="<p>农商行的门垫。</p>"), terms)
    assert (finding.rule, finding.level, finding.quote, finding.suggestion, finding.why) == (
        *("H01", Level.ERROR, "农商行", "农商银行", "用全称。"),
    )


def test_a_term_without_an_explanation_gets_one():
    terms = TermList([Term("农商行", "农商银行"), Term("内部价")])
    found = proofread(Manuscript(body="<p>农商行的内部价。</p>"), terms)
    assert [each.why for each in found] == ["本刊用“农商银行”。", "本刊词表里的词。"]


@pytest.mark.parametrize(
    ("text", "quotes"),
    [
        ("东岭农村商业银行的门垫。", []),
        ("东岭农村商业银杏的门垫。", ["杏"]),
        ("东领农村商业银行的门垫。", ["领"]),
        ("东岭农商行的门垫。", ["东岭农商行"]),
    ],
)
def test_what_resembles_a_form_that_the_house_prefers_is_found_too(text, quotes):
    terms = TermList([Term("东岭农商行", "东岭农村商业银行"), Term("柜员", "柜台")])
    found = proofread(Manuscript(body=f"<p>{text}</p>"), terms)
    assert [each.quote for each in found] == quotes


def test_what_the_house_calls_right_silences_rules_but_not_safeguards():
    body = "<p>帐户，电话13912345678。</p>"
    words = [Term("帐户", is_right=True), Term("13912345678", is_right=True)]
    found = proofread(Manuscript(body=body), TermList(words))
    assert [each.rule for each in found] == ["I02"]


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.txt")), ids=lambda path: path.stem)
def test_built_in_lists_say_something_about_each_word_once(path):
    terms = read(path)
    wrong = [term for term in terms if not term.is_right]
    assert len({term.word for term in wrong}) == len(wrong)
    assert all(term.source and term.word != term.preferred for term in wrong)
    for term in terms:
        if term.is_right:
            assert any(each.word in term.word for each in wrong), term.word


def test_ten_thousand_terms_are_all_looked_for():
    terms = TermList(Term(f"词{number}号") for number in range(10_000))
    text = "词0号、词9999号、词10000号"
    assert [text[start:end] for start, end, _ in terms.find(text)] == ["词0号", "词9999号"]
