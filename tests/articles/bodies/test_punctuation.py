import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.bodies.punctuation import edits, widen

WIDENED = [
    ("服务,管理", "服务，管理", 1),
    ("好;坏:对!错?", "好；坏：对！错？", 4),
    ("兴趣, 产生", "兴趣，产生", 1),
    ("他说“好”,然后走了", "他说“好”，然后走了", 1),
    ("《办法》;以及", "《办法》；以及", 1),
    ("增长5%,高于去年", "增长5%，高于去年", 1),
    ("分别增长5%,10%和15%", "分别增长5%，10%和15%", 1),
    ("共1,200元,比上年多", "共1,200元，比上年多", 1),
    ("在2025年,3.5%的客户", "在2025年，3.5%的客户", 1),
    ("推广App,客户说好", "推广App，客户说好", 1),
    ("我们推广App!", "我们推广App！", 1),
    ("(一)服务", "（一）服务", 2),
    ("网格(服务片区)走访", "网格（服务片区）走访", 2),
    ("网格(Grid)走访", "网格（Grid）走访", 2),
    ("APP(手机银行)上线", "APP（手机银行）上线", 2),
    ("(1)准备材料", "（1）准备材料", 2),
    ("服务（含上门)到家", "服务（含上门）到家", 1),
    ('他说"您好"就走', "他说“您好”就走", 2),
    ('"您好",他说"再见"', "“您好”，他说“再见”", 5),
    ('他说“您好"就走', "他说“您好”就走", 1),
    ("所谓'温度'并不神秘", "所谓‘温度’并不神秘", 2),
    ("就这样.", "就这样。", 1),
    ("他说:“就这样.”", "他说：“就这样。”", 2),
    ("等了又等...还是来了", "等了又等……还是来了", 3),
    ("投稿:someone@example.org", "投稿：someone@example.org", 1),
    ("见https://example.org/a,b,谢谢", "见https://example.org/a,b，谢谢", 1),
    ("真的?!", "真的？！", 2),
]
KEPT = [
    "共 1,200 元",
    "比例为3.5比1",
    "12:30开门",
    "三点五分即15:05到",
    "Word, Excel 和表格",
    "他会说Hello, world这句",
    "请访问https://example.org/服务?id=3",
    "请写信到 a.b@example.org",
    "函数f(x)的值",
    "电话(0431)8888",
    "don't 是英文",
    '27"显示器',
    "一.服务理念",
    "一九九六.四.五",
    "版本2.0发布",
    "3:2获胜",
    'plain English, only (this) "one".',
    "已经是全角，没有问题。",
]


@pytest.mark.parametrize(("text", "expected", "count"), WIDENED)
def test_widen_sets_marks_beside_chinese_right(text, expected, count):
    assert widen(text) == (expected, count)


@pytest.mark.parametrize("text", KEPT)
def test_widen_leaves_numbers_addresses_and_latin_alone(text):
    assert widen(text) == (text, 0)


@given(st.text(alphabet="服务管理A1 ,;:!?().\"'“”（）%…，。/@", max_size=40))
def test_widen_changes_marks_and_spaces_only(text):
    changed, count = widen(text)

    def letters(s):
        return [c for c in s if c.isalnum() or c in "%/@"]

    assert letters(changed) == letters(text)
    assert 0 <= count <= len(text)


@given(st.text(alphabet="服务管理A1 ,;:!?().\"'“”（）%…，。/@", max_size=40))
def test_edits_are_what_widen_does_mark_by_mark(text):
    changed, at = "", 0
    for start, end, new in edits(text):
        assert at <= start < end
        changed += text[at:start] + new
        at = end
    assert changed + text[at:] == widen(text)[0]


@given(st.text(alphabet="服务管理客户", min_size=1, max_size=8), st.sampled_from(",;:!?"))
def test_widen_is_stable_once_done(text, mark):
    once, count = widen(text + mark + text)
    assert count == 1
    assert widen(once) == (once, 0)
