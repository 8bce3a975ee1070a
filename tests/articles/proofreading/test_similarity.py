"""The same passage in another text."""

import pytest

from articles.proofreading.similarity import Shelf, findings, fingerprint, overlaps
from articles.proofreading.texts import of_file

PASSAGE = (
    "下雨那天门口的垫子换了三次，客人进门先低头看脚下，再抬头看我们，谁也没有先开口说第一句话。"
)
OTHER = "柜台后面的钟走得很慢，叫号机响过十二遍，窗外的伞一把一把地收起来，又一把一把地撑开了。"
THIRD = "他把本子翻到最后一页，那里记着去年冬天借出去的七把伞，五把还了，两把还在路上，没有人催过。"


def shelf(**texts: str) -> Shelf:
    made = Shelf()
    for key, text in texts.items():
        made.add(key, fingerprint(text))
    return made


def test_a_shared_passage_is_found_with_its_place_and_share():
    text = f"{OTHER}\n{PASSAGE}"
    (overlap,) = overlaps(text, shelf(earlier=f"{THIRD}{PASSAGE}", foreign=THIRD))
    (passage,) = overlap.passages
    assert overlap.key == "earlier"
    assert text[passage.start : passage.end] in PASSAGE
    assert passage.letters >= sum(map(str.isalnum, PASSAGE)) - 2 * 8
    assert 0.4 < overlap.share < 0.6


def test_marks_spaces_and_line_ends_hide_nothing():
    retyped = PASSAGE.replace("，", ", ").replace("客人", "客\n人")
    assert overlaps(retyped, shelf(earlier=PASSAGE))


def test_texts_without_a_common_passage_share_nothing():
    assert overlaps(OTHER, shelf(a=PASSAGE, b=THIRD)) == []


def test_a_set_phrase_is_no_repetition():
    phrase = "中国共产党第二十次全国代表大会精神"
    assert overlaps(f"{OTHER}{phrase}", shelf(a=f"{THIRD}{phrase}{PASSAGE}")) == []


def test_a_text_is_wholly_in_itself():
    (overlap,) = overlaps(PASSAGE, shelf(same=PASSAGE))
    assert overlap.share > 0.6


def test_who_shares_most_comes_first():
    text = PASSAGE + OTHER + THIRD
    keys = [each.key for each in overlaps(text, shelf(one=PASSAGE, both=PASSAGE + OTHER))]
    assert keys == ["both", "one"]


@pytest.mark.parametrize("text", ["", "短", "\ud800" * 40, "😀" * 50, "，。" * 50])
def test_texts_without_shingles_share_nothing(text):
    assert overlaps(text, shelf(a=PASSAGE)) == []


def test_fingerprints_are_the_same_everywhere_and_fit_a_column():
    numbers = fingerprint(PASSAGE)
    assert min(numbers) == 734260
    assert all(0 <= number < 2**32 for number in numbers)


def test_many_passages_of_one_other_text_are_one_finding_at_the_longest():
    text = of_file(f"{OTHER}\n雨停了，门垫晾在台阶上，一直晾到傍晚收工。\n{PASSAGE}{THIRD}")
    found = overlaps(text.string, shelf(same=f"{PASSAGE}{THIRD}天晴了。{OTHER}"))
    (finding,) = findings(text, found, {"same": "《晴天》"})
    assert [len(each.passages) for each in found] == [2]
    assert finding.place.line == 3
    assert "和《晴天》有 2 处共 " in finding.why


def test_a_finding_says_which_text_and_how_much():
    text = of_file(f"{OTHER}\n{PASSAGE}")
    found = overlaps(text.string, shelf(earlier=PASSAGE))
    (finding,) = findings(text, found, {"earlier": "《雨天的门垫》（2021年第5期）"})
    assert (finding.rule, finding.place.line) == ("R01", 2)
    assert "《雨天的门垫》（2021年第5期）" in finding.why
    assert "字相同" in finding.why
