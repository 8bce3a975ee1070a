"""Where lines end: whole cells of Chinese, no mark at a beginning, no character alone."""

from issues.exports import bodies
from issues.exports.pdf import lines


def words(*texts: str) -> list[dict]:
    return [{"kind": "text", "text": text} for text in texts]


def shown(parted: list[dict]) -> list[str]:
    """The lines as texts; a mark that hangs or shares its cell is followed by <."""
    out = ""
    for word in parted:
        if word["kind"] == "end":
            out += "|\n" if word["justify"] else "\n"
        elif word["kind"] == "back":
            out += "<" if word["by"] >= 0.5 else ""
        else:
            out += word["text"]
    return out.split("\n")


def shown_with_notes(said: list[dict]) -> list[str]:
    made = lines.part(said, {}, 8, indent=0)
    return shown([w | {"text": str(w["number"])} if w["kind"] == "note" else w for w in made])


def parted(text: str, cells: int = 8, **options) -> list[str]:
    widths = {token: 0.5 * len(token) for token in lines.latin(words(text))}
    return shown(lines.part(words(text), widths, cells, **options))


def test_a_line_of_chinese_is_as_many_cells_as_fit():
    assert parted("一二三四五六七八九十甲乙丙丁戊", indent=0) == [
        "一二三四五六七八",
        "九十甲乙丙丁戊",
    ]
    assert parted("一二三四五六七八九十甲") == ["一二三四五六", "七八九十甲"]


def test_no_character_stands_alone_on_a_last_line():
    assert parted("一二三四五六七八九", indent=0) == ["一二三四五六七", "八九"]
    assert parted("一二三四五六七八九。", indent=0) == ["一二三四五六七", "八九。"]
    note = [{"kind": "note", "number": 3, "words": words("注")}]
    assert shown_with_notes([*words("一二三四五六七八九。"), *note]) == [
        "一二三四五六七",
        "八九。3",
    ]


def test_a_mark_that_would_begin_a_line_hangs():
    assert parted("一二三四五六七八，九十", indent=0) == ["一二三四五六七八，<", "九十"]
    assert parted("一二三四五六七八。", indent=0) == ["一二三四五六七八。<"]


def test_the_ring_at_the_end_never_stands_alone():
    assert parted("一二三四五六七八。", indent=0, ring=True) == ["一二三四五六", "七八。"]


def test_two_marks_share_a_cell_and_do_not_hang_together():
    assert parted("一二三四五六：“八九十”。", indent=0) == ["一二三四五六：<“八", "九十”<。<"]
    assert parted("一二三四五六七八。”九十", indent=0) == ["一二三四五六七", "八。<”<九十"]


def test_no_opening_mark_ends_a_line():
    assert parted("一二三四五六七《八九》十", indent=0) == ["一二三四五六七", "《八九》十"]


def test_a_double_dash_is_never_parted():
    assert parted("一二三四五六七——八九", indent=0) == ["一二三四五六七", "——八九"]


def test_dots_do_not_begin_a_line():
    assert parted("一二三四五六七八…", indent=0) == ["一二三四五六", "七八…"]


def test_a_line_with_latin_is_justified_unless_it_would_be_pulled_apart():
    assert parted("一二三四PDF五六七八九十甲", indent=0)[0] == "一二三四PDF五六|"
    assert parted("PDF一二三abcdefgh九十", indent=0)[0] == "PDF一二三"


def test_a_long_word_is_parted_rather_than_run_over_the_next_column():
    long = "https://www.example.com/notices"
    found = parted(f"请看{long}这里", indent=0)
    assert len(found) > 2
    assert "".join(found).replace("|", "") == f"请看{long}这里"


def test_what_begins_wide_is_parted_by_the_widths_of_its_own_characters():
    said = words("wwwwwwww.iiiiiiiiiiiiiiii")
    narrow = {"w": 1.0, "i": 0.3, ".": 0.3}
    widths = {each: sum(narrow[char] for char in each) for each in lines.latin(said)}
    for line in shown(lines.part(said, widths, 8, indent=0)):
        assert sum(narrow[char] for char in line.replace("|", "")) <= 8.01


def test_a_line_end_of_the_writer_stays():
    words_ = [*words("一二三"), {"kind": "break"}, *words("四五")]
    assert [word["kind"] for word in lines.part(words_, {}, 8)] == ["text", "break", "text"]


def test_no_word_is_lost_whatever_stands_around_it():
    inner = [{"kind": "strong", "words": words("二三，")}, {"kind": "sup", "words": words("1")}]
    before = [*words("一"), *inner, *words("“四五六七八九十”。末")]
    after = lines.part(before, {}, 5)
    assert bodies.text(word for word in after if word["kind"] in ("text", "strong", "sup")) == (
        bodies.text(before)
    )


def test_a_paragraph_of_a_picture_alone_is_left_to_the_compositor():
    shows = [{"kind": "picture", "token": "x", "alt": "", "alone": True}]
    assert lines.part(shows, {}, 5) is shows
