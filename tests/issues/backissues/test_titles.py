import pytest

from issues.backissues import titles
from issues.backissues.lines import read


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        ("雨天的门垫", "雨天的门垫"),
        ("把灯点亮\n          把门打开", "把灯点亮 把门打开"),
        ("把灯点亮 \n          把门打开着", "把灯点亮 把门打开着"),
        ("门垫湿了的\n          那天", "门垫湿了的那天"),
        ("雨天换了三回的\n          旧门垫和地毯", "雨天换了三回的旧门垫和地毯"),
        ("“门垫”怎样\n铺到门前", "“门垫”怎样铺到门前"),
        ("把门垫铺好\n——写在雨天", "把门垫铺好——写在雨天"),
        ("把灯点亮  把门打开", "把灯点亮 把门打开"),
    ],
)
def test_a_title_over_several_lines_is_one(printed, expected):
    assert titles.joined(read(printed.encode())[0]) == expected


def test_another_page_says_where_the_space_belongs():
    lines = read("雨天换了\n换门垫".encode())[0]
    assert titles.joined(lines, ["雨天 换了换门垫"]) == "雨天 换了换门垫"


@pytest.mark.parametrize(
    ("title", "others", "expected"),
    [
        ("雨天的门垫", ["晴天的栏杆", "雨天的门垫"], "雨天的门垫"),
        ("雨天的门垫", ["雨天 的门垫！"], "雨天 的门垫！"),
        ("雨天的旧门垫", ["雨天的门垫"], "雨天的门垫"),
        ("雨天铺好门垫——写在七月", ["雨天铺好门垫"], "雨天铺好门垫"),
        ("雨天的门垫", ["晴天的栏杆"], None),
        ("雨天的门垫", [], None),
    ],
)
def test_a_title_is_found_among_others_even_with_a_slip(title, others, expected):
    assert titles.counterpart(title, others) == expected
