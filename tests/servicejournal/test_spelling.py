"""Names of people: one spelling, and nothing dropped in silence."""

import pytest
from django.core.exceptions import ValidationError

from servicejournal import spelling


@pytest.mark.parametrize(
    "typed", ["张三", "张　三", "张 三", " 张  三 ", "张\u2003三", "张\u200b三"]
)
def test_a_name_that_is_spaced_out_is_one_word(typed):
    assert spelling.name(typed) == "张三"


@pytest.mark.parametrize("dot", [*"·•‧∙⋅・･.．●◦⸱˙", " · ", "．　", " .", "··"])
def test_a_name_has_one_dot_whatever_the_keyboard_gave(dot):
    assert spelling.name(f"阿卜杜拉{dot}买买提") == "阿卜杜拉·买买提"


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("Maria  Chen", "Maria Chen"),
        ("Ｍａｒｉａ　Ｃｈｅｎ", "Maria Chen"),
        ("J. Chen", "J. Chen"),
        ("欧阳 雪儿", "欧阳雪儿"),
        ("龑䶮", "龑䶮"),
        ("李𱖎", "李𱖎"),  # Unicode 15
        ("李\U0002ebf0", "李\U0002ebf0"),  # 15.1
        ("\U000323b1", "\U000323b1"),  # 17
        ("⾼明", "高明"),  # a radical that looks like the character, as files of pictures give it
        ("葛󠄀", "葛󠄀"),  # with a variation selector
    ],
)
def test_what_belongs_to_a_name_stays(typed, stored):
    assert spelling.name(typed) == stored


@pytest.mark.parametrize(
    "lost", ["\ue123", "\U000f0001", "\ufffd", "?", "？", "□", "\u0378", "\ufdd0"]
)
def test_what_no_other_machine_can_show_is_refused_in_a_sentence_with_its_place(lost):
    with pytest.raises(ValidationError, match=r"姓名的第 2 个字.*请用输入法的生僻字"):
        spelling.name(f"刘{lost}明")
    with pytest.raises(ValidationError, match="单位名称的第 1 个字"):
        spelling.branch(f"{lost}支行")


def test_two_names_in_one_line_are_told_from_one_that_is_spaced_out():
    assert spelling.seems_two_people("卢青 方圆")
    assert not any(map(spelling.seems_two_people, ("张 三", "Maria Chen", "张三", "欧 阳 雪")))


def test_a_whole_text_keeps_its_lines_and_loses_what_is_no_character():
    assert spelling.text("一\x0b二\n\t三\ufffe\u202e\r\n四𠮷\ufa0e") == "一 二\n\t三\r\n四𠮷\ufa0e"
