"""Pages of a PDF as pictures and words."""

from io import BytesIO

import pytest
from PIL import Image

from issues.exports import pages
from issues.exports.pages import NotReadable, flowing
from tests.issues.exports.pdfs import a_pdf


@pytest.fixture(scope="module")
def leaflet() -> bytes:
    return a_pdf(["Lamps", "A page of words"])


def test_a_page_comes_in_every_width_with_its_words(leaflet):
    (second,) = pages.photograph(leaflet, [2])
    assert (second.number, second.text) == (2, "A page of words")
    for width, picture in second.pictures.items():
        image = Image.open(BytesIO(picture))
        assert (image.format, image.width) == ("WEBP", width)
    assert set(second.pictures) == set(pages.WIDTHS)
    assert (second.width, second.height) == (1800, 2548)


def test_letters_stand_where_they_are_drawn(leaflet):
    """«A page of words» at 60, 60 points from the lower left, 40 points high."""
    (second,) = pages.photograph(leaflet, [2])
    ((top, bottom, left, *steps),) = second.lines
    assert len(steps) == len("Apageofwords")
    assert left == pytest.approx(1000 * 60 / 595, abs=3)
    assert top < 1000 * (842 - 60) / 595 < bottom + 1
    assert 570 < sum(steps) < 620
    assert pages.measure(leaflet, {2: second.text}) == {2: second.lines}
    assert pages.measure(leaflet, {2: "other words"}) == {2: []}


def test_a_file_tells_its_pages(leaflet):
    assert pages.look_at(leaflet).pages == 2


LOCKED = b"/ID [<00> <00>] /Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O <%s> /U <%s> >> " % (
    b"ab" * 32,
    b"cd" * 32,
)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "不是 PDF"),
        (b"PK\x03\x04 a Word file", "不是 PDF"),
        (b"%PDF-1.7 and nothing more", "读不出来"),
        (a_pdf(["x"])[:300], "读不出来"),
        (a_pdf([]), "读不出来|没有页"),
        (a_pdf(["x"], size=(100, 5000)), "又长又窄"),
        (a_pdf([""] * 401), "最多 400 页"),
        (a_pdf(["x"]).replace(b"trailer << ", b"trailer << " + LOCKED), "有密码"),
    ],
    ids=["empty", "word", "torn", "cut", "no-pages", "a-strip", "a-book", "locked"],
)
def test_what_is_no_issue_is_refused_in_a_sentence(data, said):
    with pytest.raises(NotReadable, match=said):
        pages.look_at(data)


BROKEN = "柜台前排着队，队伍里有人\n撑着伞，雨水滴了一地，还\n没有人说话。"
LAMP = "窗口的灯每天早上七点半就亮，\n比开门早半个小时。\n灯下的人换过几回，灯没有换。"


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        (BROKEN, BROKEN.replace("\n", "")),
        (f"一、灯\n{LAMP}", f"一、灯\n{LAMP.replace('，' + chr(10), '，')}"),
        ("用 APP 办\nETC online\nbanking", "用 APP 办ETC online banking"),
        ("S e r v i ce i n no vate\n", "Serviceinnovate"),
        ("I am in the old car\n", "I am in the old car"),
        ("\x00灯\ud800", "灯"),
        ("", ""),
    ],
    ids=["broken-lines", "paragraphs", "latin", "set-apart", "english", "not-text", "nothing"],
)
def test_lines_of_a_column_become_paragraphs(lines, told):
    assert flowing(lines) == told
