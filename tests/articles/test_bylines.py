import pytest

from articles import bylines


def read(text: str) -> list[tuple[str, str]]:
    return [(one.branch, one.name) for one in bylines.read(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("◎南湖支行 卢青", [("南湖支行", "卢青")]),
        ("◎卢青", [("", "卢青")]),
        ("文/图　卢青", [("", "卢青")]),
        ("图/文：南湖支行 卢青", [("南湖支行", "卢青")]),
        ("◎卢青 李明", [("", "卢青"), ("", "李明")]),
        ("◎卢青、李明", [("", "卢青"), ("", "李明")]),
        ("◎南湖支行 卢青、李明", [("南湖支行", "卢青"), ("南湖支行", "李明")]),
        ("◎南湖支行卢青", [("南湖支行", "卢青")]),
        ("◎南湖支行：卢青", [("南湖支行", "卢青")]),
        ("◎卢青（南湖支行）", [("南湖支行", "卢青")]),
        ("◎阿依古丽·买买提", [("", "阿依古丽·买买提")]),
        ("◎南湖支行 阿依古丽 · 买买提", [("南湖支行", "阿依古丽·买买提")]),
        ("◎营业部 许  安", [("营业部", "许安")]),
        ("◎营业部 许 安 叶知秋", [("营业部", "许安"), ("营业部", "叶知秋")]),
        ("◎总行 运营管理部 何静", [("总行运营管理部", "何静")]),
        ("◎信息科技中心 何静", [("信息科技中心", "何静")]),
        ("◎南湖支行 卢青 东岭支行 方圆", [("南湖支行", "卢青"), ("东岭支行", "方圆")]),
        ("◎南湖支行、东岭支行 卢青 方圆", [("南湖支行", "卢青"), ("东岭支行", "方圆")]),
        ("◎南湖支行、东岭支行 卢青", [("南湖支行、东岭支行", "卢青")]),
        ("◎大堂经理 卢青", [("大堂经理", "卢青")]),
        ("◎党群工作部", [("党群工作部", "")]),
        ("◎南湖支行 卢青（执笔）、方圆", [("南湖支行", "卢青"), ("南湖支行", "方圆")]),
        ("文/卢青", [("", "卢青")]),
        ("作者：南湖支行 卢青", [("南湖支行", "卢青")]),
        ("卢青 南湖支行 文/图", [("南湖支行", "卢青")]),
        ("●南湖支行 欧阳雪", [("南湖支行", "欧阳雪")]),
        ("南湖支行 卢青", [("南湖支行", "卢青")]),
        ("◎南湖支行 古丽巴哈尔", [("南湖支行", "古丽巴哈尔")]),
        ("南湖支行 热依汗古丽", [("南湖支行", "热依汗古丽")]),
        ("南湖支行热依汗古丽", [("南湖支行", "热依汗古丽")]),
        ("南湖支行 娜仁高娃、卢青", [("南湖支行", "娜仁高娃"), ("南湖支行", "卢青")]),
        ("◎南湖支行 阿依𠮷·买提", [("南湖支行", "阿依𠮷·买提")]),
        ("南湖支行 Maria Chen", [("南湖支行", "Maria Chen")]),
        ("◎Maria Chen", [("", "Maria Chen")]),
        (
            "◎南湖支行 Anna de la Cruz、卢青",
            [("南湖支行", "Anna de la Cruz"), ("南湖支行", "卢青")],
        ),
        ("Maria Chen（南湖支行）", [("南湖支行", "Maria Chen")]),
        ("◎约翰·D·史密斯", [("", "约翰·D·史密斯")]),
    ],
)
def test_a_byline_is_read(text, expected):
    assert read(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "雨天的门垫",
        "把灯点亮 把门打开",
        "邻里车站 孩子微笑",
        "车站 张望",
        "柜台前的老人等了很久，微笑依旧",
        "网格化服务在社区",
        "卢青说门垫换了三回。",
        "南湖支行 便民服务小记",
        "南湖支行 ATM",
        "南湖支行 a b",
        "◎" + "长" * 80,
    ],
)
def test_what_only_looks_like_one_is_not(text):
    assert read(text) == []


def test_a_byline_that_closes_a_text_stands_in_brackets():
    assert bylines.read_enclosed("（南湖支行 卢青）")[0].name == "卢青"
    assert bylines.read_enclosed("（图为南湖支行门口）") == ()


def test_a_marked_line_that_nobody_understands_is_kept_as_it_is_written():
    assert bylines.is_like("◎某某驻村工作队员 阿卜杜勒")
    assert [(one.branch, one.name) for one in bylines.as_written("◎驻村工作队员们 某甲、某乙")] == [
        ("驻村工作队员们", "某甲"),
        ("驻村工作队员们", "某乙"),
    ]


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (["◎把灯点亮 把门打开", "◎卢青 李明"], {0, 1}),
        (["◎卢青"], set()),
        (["◎南湖支行 卢青"], set()),
        (["◎服务管理 温情随行"], {0}),
        (["◎长椅 门垫"], {0}),
    ],
)
def test_cover_lines_are_told_from_the_byline_of_a_preamble(lines, expected):
    assert bylines.cover_lines(list(enumerate(lines))) == expected
