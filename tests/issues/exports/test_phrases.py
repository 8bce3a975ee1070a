"""Where a large title may break."""

import pytest

from issues.exports import phrases


@pytest.mark.parametrize(
    ("title", "pieces"),
    [
        ("慢一点，也是一种快", "慢一点，|也是一种快"),
        ("听见柜台外的声音", "听见|柜台外的|声音"),
        ("客户说“没事”的时候", "客户|说“没事”的|时候"),
        ("首问负责，第二问更要负责", "首问负责，|第二问更要负责"),
        ("网点排班里的人情与算术", "网点|排班里的|人情|与算术"),
        ("2026年手机银行的一次上线", "2026年|手机银行的|一次|上线"),
        ("", ""),
    ],
)
def test_a_title_breaks_after_its_marks_else_between_words(title, pieces):
    assert "|".join(phrases.of(title)) == pieces


@pytest.mark.parametrize(
    "title", ["，。", "ABC def", "“”", "  空 格  ", "一\n二", "𠮷野家的伞架子旁边"]
)
def test_nothing_of_a_title_is_lost(title):
    assert "".join(phrases.of(title)) == title
