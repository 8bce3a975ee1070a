"""Passages with what was looked up marked in them."""

from issues.reading import lookup


def written(pieces: list[lookup.Piece]) -> str:
    return "".join(f"[{each.text}]" if each.is_found else each.text for each in pieces)


def test_every_word_is_marked_with_the_punctuation_inside_it():
    pieces = lookup.marked("客户说“没事”的时候，灯还亮着。", ["没事的时候", "灯"])
    assert written(pieces) == "客户说“[没事”的时候]，[灯]还亮着。"


def test_what_is_not_there_leaves_the_text_as_it_is():
    assert written(lookup.marked("一盏灯", ["椅子"])) == "一盏灯"


def test_of_several_words_each_has_its_passage_and_in_it_all_are_marked():
    text = f"灯亮着。{'。' * 80}椅子旁边有灯，也有椅子。{'。' * 80}灯灭了。"
    found = [written(each) for each in lookup.excerpts(text, ["椅子", "旁边"], most=2)]
    assert len(found) == 1
    assert "[椅子旁边]有灯，也有[椅子]。" in found[0]
    assert found[0].startswith("…")
    assert found[0].endswith("…")


def test_of_one_word_so_many_places_are_shown():
    text = f"灯一。{'。' * 80}灯二。{'。' * 80}灯三。"
    assert len(lookup.excerpts(text, ["灯"], most=2)) == 2
