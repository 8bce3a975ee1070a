"""What the fonts of the machine can draw."""

import pytest

from issues.exports import pdf
from servicejournal.papers import fonts
from tests.issues.exports import samples


@pytest.fixture(scope="module")
def faces() -> fonts.Faces:
    return fonts.find()


def test_the_journal_is_set_in_song_and_hei(faces):
    assert "Serif" in faces.song
    assert "Sans" in faces.hei
    assert faces.lists()["song"][0] == faces.song


def test_type_comes_along_for_a_machine_without_any(faces):
    assert {"Noto Serif SC", "Noto Sans SC"} <= set(faces.typefaces.families())


def test_what_comes_along_prints_a_whole_issue():
    wheel = fonts._of_the_wheel()[0]
    alone = fonts.find(wheel)
    assert (alone.song, alone.hei) == ("Noto Serif SC", "Noto Sans SC")
    printed = pdf.render(samples.everything(), samples.FACE, samples.read, alone)
    assert printed.pages > 10
    assert not printed.missing & set("龑喆◎√×①")


def test_the_systems_own_go_before_it(faces):
    """They have bold weights; here Debian's."""
    assert (faces.song, faces.hei) == ("Noto Serif CJK SC", "Noto Sans CJK SC")


def test_a_named_folder_without_chinese_fonts_says_what_to_install(tmp_path):
    with pytest.raises(fonts.FontsMissing, match="思源宋体"):
        fonts.find(str(tmp_path))


def test_quotations_are_in_song_where_there_is_no_kai():
    faces = fonts.Faces("Noto Serif CJK SC", "Noto Sans CJK SC", "", "", typefaces=None)
    assert faces.lists()["kai"] == ["Noto Serif CJK SC", "Noto Sans CJK SC"]
    assert faces.lists()["has_kai"] is False


def test_rare_characters_of_names_are_there(faces):
    assert faces.missing("龑䶮𠮷堃喆◎√×①") == set()


def test_what_no_font_holds_is_found(faces):
    assert faces.missing("甲\ue123乙\U0010fffd") == {"\ue123", "\U0010fffd"}


def test_joiners_and_selectors_need_no_type(faces):
    assert faces.missing("葛\U000e0100\ufe0f\u200d\n　") == set()


def test_a_character_without_type_is_printed_as_a_geta():
    assert fonts.printable("姓\ue123名\u200b\n字\x00", {"\ue123"}) == "姓〓名\n字"


@pytest.mark.parametrize("data", [b"", b"ttcf", b"\x00\x01\x00\x00\x00\x05", b"x" * 40])
def test_a_broken_font_file_holds_nothing(tmp_path, data):
    file = tmp_path / "broken.ttf"
    file.write_bytes(data)
    assert fonts.covered({"甲"}, str(file), 0) == set()
    assert fonts.covered({"甲"}, str(tmp_path / "gone.ttf"), 0) == set()
