"""疑似别字: wrong characters found by a dictionary, and what must not be taken for one."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from articles.proofreading import Level, Manuscript, Term, TermList, amend, proofread
from articles.proofreading.rules import BY_ID
from articles.proofreading.suspects import find
from articles.proofreading.suspects.index import FILE, Index, index
from articles.proofreading.suspects.segmenting import cut
from tests.articles.proofreading.examples import manuscript, words

ALONE = [BY_ID["W04"]]

WRONG = [
    ("窗口落实各项防护措失。", "措施"),
    ("支行开展反诈宣船活动。", "宣传"),
    ("她积垒了丰富的柜台经验。", "积累"),
    ("为老人提供优制服务。", "优质服务"),
    ("切实维护消费者全益。", "权益"),
    ("员工精神包满地站在门口。", "精神饱满"),
    ("这是一份社会责认。", "责任"),
    ("夯实基础，稳定代款规模。", "贷款"),
    ("团队凝聚力明显增墙。", "增强"),
    ("我们制定了详细的计化。", "计划"),
    ("帮助乡村振新。", "乡村振兴"),
    # a particle written wrong, in a word of four
    ("零钱整理得整整其齐。", "整整齐齐"),
    ("网点开通了绿色通到。", "绿色通道"),
    # characters that people mix up
    ("雨天的门垫得到了大家的赞杨。", "赞扬"),
    ("她受到赞杨的那天，雨停了。", "赞扬"),
    ("换零钱的事己经办完。", "已经"),
    ("她在门口徘回了一会儿。", "徘徊"),
    ("这把伞的距离感觉急据变小。", "急剧"),
    ("我们坚绝做到一人一枚硬币不少。", "坚决"),
]
RIGHT = [
    # what only looks mixed up
    "农商行新建身份核验系统，直接代理缴费。",
    "柜员杨静宜、客户赞杨文斌先生的话都记下了。",
    "凝心聚力，建在山坡上的网点开园迎客。",
    # names of people, places, branches
    "客户经理谷静淳和柜员卢雨霖、沈国舫都在。",
    "俞忠钰同志到红旗街支行看了看。",
    "客户许文障和何社辉到网点存钱。",
    "引洮济合供水工程、考什纳水库完工了。",
    "车到潘家铺子村，又去了三棵树镇。",
    "学者里查德·斯博特说过这句话。",
    # words of today
    "数字赋能，减负提质，数智平台上线。",
    "手机银行扫码收单，聚合码很方便。",
    # a play on words, a name in quotation marks
    "“粽”情端午，“食”在安心。",
    "“骑乐无穷”活动开始报名。",
    # poems, old texts
    "轻舟已过万重山，霜叶红于二月花。",
    "老吾老以及人之老，幼吾幼以及人之幼。",
    "竹外桃花三两枝，春江水暖鸭先知。",
    # rare and traditional characters, Latin letters
    "柜台上放着一只瓯窑的罍，旁边是鬲。",
    "營業廳的門墊換了三次，學習服務。",
    "用ATM取款，用CRM记来意。",
    # words that only meet
    "价格从一百二十到一百八十都上了新台阶。",
    "他把门垫换了，人进人出都不滑。",
    "雨停了，伞还在伞架上滴水。",
]


@pytest.mark.parametrize(("wrong", "word"), WRONG)
def test_a_wrong_character_is_suspected_and_its_word_proposed(wrong, word):
    (found,) = proofread(manuscript(wrong), rules=ALONE)
    assert (found.level, found.suggestion) == (Level.SUSPECT, word)
    assert f"是不是“{word}”" in found.why


@pytest.mark.parametrize(("wrong", "word"), WRONG)
def test_the_right_twin_is_silent(wrong, word):
    found = proofread(manuscript(wrong), rules=ALONE)
    twin = words(amend(manuscript(wrong), found))
    assert word in twin
    assert proofread(manuscript(twin), rules=ALONE) == []


@pytest.mark.parametrize("right", RIGHT)
def test_what_is_right_is_not_suspected(right):
    assert proofread(manuscript(right), rules=ALONE) == []


def test_a_heading_is_read_and_a_byline_is_not():
    slip = "支行开展宣船活动"
    assert [each.place.part for each in proofread(Manuscript(title=slip), rules=ALONE)] == ["title"]
    assert proofread(Manuscript(byline=slip), rules=ALONE) == []


def test_what_a_text_says_again_and_again_is_a_word_of_its_own():
    slip = "支行开展宣船活动。"
    assert len(find(slip * 2)) == 2
    assert find(slip * 3) == []


def test_what_the_house_calls_right_is_not_suspected():
    house = TermList([Term("宣船", is_right=True)])
    slip = manuscript("支行开展宣船活动。")
    assert [each.rule for each in proofread(slip)] == ["W04"]
    assert proofread(slip, house) == []


def test_what_another_rule_knows_for_certain_is_said_once():
    found = proofread(manuscript("我们做好部署和布署。"))
    assert [(each.rule, each.quote) for each in found] == [("W01", "布署")]
    assert [each.rule for each in proofread(manuscript("老人学会了操做步骤。"))] == ["W01"]


@given(st.text(alphabet=st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF), max_size=300))
@settings(max_examples=60, deadline=None)
def test_no_row_of_characters_is_too_strange(run):
    ends = cut(index(), run).ends
    assert ends[0] == 0
    assert ends[-1] == len(run)
    reach = 0
    for each in find(run):
        assert reach <= each.start <= each.at < each.end <= len(run)
        assert len(each.word) == each.end - each.start
        assert sum(a != b for a, b in zip(each.word, run[each.start : each.end], strict=True)) == 1
        reach = each.end


@given(st.text(max_size=200))
@settings(max_examples=60, deadline=None)
def test_no_text_is_too_strange(text):
    proofread(Manuscript(title=text, body=f"<p>{len(text)}</p>"), rules=ALONE)


def _seconds(string: str) -> float:
    start = time.process_time()
    find(string)
    return time.process_time() - start


@pytest.mark.parametrize("unit", ["操做宣船", "措失", "一", "水", "支行开展宣船活动"])
def test_twice_the_text_takes_about_twice_the_time(unit):
    """Without a mark to stop at; four times would be the square."""
    small, large = (unit * (size // len(unit)) for size in (10_000, 20_000))
    _seconds(small)
    assert _seconds(large) < 3.5 * max(_seconds(small), 0.01)


def test_the_index_tells_what_it_was_made_from():
    known = index()
    assert known.word("水平")
    assert not known.word("水瓶座上的")
    assert known.pair("水平") > known.pair("水品")
    assert "缨" in known.alike("樱")
    assert known.sounds_like("至", "致")
    assert not known.sounds_like("品", "平")
    assert "平" in known.alike("品")


def test_the_index_refuses_another_file(tmp_path):
    other = tmp_path / "words.bin"
    other.write_bytes(b"PK" + FILE.read_bytes()[2:200])
    with pytest.raises(OSError, match="no index of words"):
        Index(other)
