"""The magazine: every word in order, nothing run, fit for readers and for the printer."""

import re
from itertools import combinations, product

import pypdfium2
import pytest
from pypdfium2 import raw

from issues.exports import bodies, notes, pdf
from issues.exports.book import Book
from tests.issues.exports import samples
from tests.issues.exports.samples import a_book, an_article

MM = 72 / 25.4
#: The mark of 服务管理 behind its articles.
PALE = (226, 231, 237)


def squeezed(text: str) -> str:
    """Without spaces and line ends, which the setting decides on."""
    return re.sub(r"\s|\ufffe", "", text)


def words_of(document: pypdfium2.PdfDocument) -> list[str]:
    return [squeezed(page.get_textpage().get_text_range()) for page in document]


def render(book: Book, **options) -> tuple[pdf.Printed, pypdfium2.PdfDocument]:
    printed = pdf.render(book, samples.FACE, samples.read, pdf.fonts.find(), **options)
    return printed, pypdfium2.PdfDocument(printed.data)


@pytest.fixture(scope="module")
def everything() -> Book:
    articles = list(samples.everything().articles)
    articles.insert(3, samples.hostile())
    return a_book(*articles)


@pytest.fixture(scope="module")
def magazine(everything):
    return render(everything)


def test_every_paragraph_of_every_article_is_there_in_order(everything, magazine):
    printed, document = magazine
    pages = _texts_alone(document, everything)
    for start, article in zip(printed.starts, everything.articles, strict=True):
        text = "".join(pages[start - 1 :])
        at = 0
        for block in notes.gather(bodies.read(article.body)):
            if block["kind"] in ("p", "heading") and not _has_notes(block):
                words = squeezed(pdf.fonts.printable(bodies.text(block["words"]), printed.missing))
                assert words in text[at:], words
                at = text.index(words, at) + len(words)


def _texts_alone(document: pypdfium2.PdfDocument, book: Book) -> list[str]:
    """The pages without heads, numbers and captions, which stand between the parts of a text."""
    heads = [squeezed(f"{section.name}{section.name_en}") for section in book.sections]
    captions = [
        squeezed(bodies.text(block["caption"]))
        for article in book.articles
        for block in bodies.read(article.body)
        if block["kind"] == "figure"
    ]
    around = "|".join(map(re.escape, sorted({*heads, *captions} - {""}, key=len, reverse=True)))
    foot = r"\d*服务文化专刊2026年第4期\d*"
    return [re.sub(f"▲?({around})|{foot}", "", page) for page in words_of(document)]


def _has_notes(block: dict) -> bool:
    return any(word["kind"] == "note" for word in block["words"])


def test_hostile_texts_are_printed_letter_by_letter(magazine):
    _, document = magazine
    text = "".join(words_of(document))
    for hostile in samples.HOSTILE:
        assert squeezed(hostile) in text


def test_a_page_that_ends_early_ends_with_the_mark_of_its_section(magazine):
    """The second article is short and finds no room beside the first; the third does."""
    printed, document = magazine
    ends = [document[start - 2] for start in (printed.starts[2], printed.starts[3])]
    for page in ends:
        picture = page.render(scale=0.5).to_pil().convert("RGB")
        corner = picture.crop((picture.width // 2, picture.height // 2, *picture.size))
        assert PALE in {colour for _, colour in corner.getcolors(maxcolors=1 << 20)}


def test_only_links_to_the_outside_lead_anywhere(magazine):
    printed, _ = magazine
    addresses = {match.decode() for match in re.findall(rb"/URI ?\(([^)]*)\)", printed.data)}
    assert addresses == {
        "https://example.com/",
        "https://www.example.com",
        "mailto:tougao@example.com",
    }


def test_another_articles_picture_is_not_shown_but_its_caption_is(magazine):
    _, document = magazine
    assert "别人的图注" in "".join(words_of(document))


def test_notes_stand_at_the_foot_of_their_page(everything, magazine):
    printed, document = magazine
    page = words_of(document)[printed.starts[2] - 1]
    assert page.index("《柜台日记》，1986年自印本。") > page.index("见于旧时账册1")
    assert "注释" not in page


def test_the_contents_name_each_article_with_its_page(everything, magazine):
    printed, document = magazine
    page = next(page for page in words_of(document) if page.startswith("目录"))
    for start, article in zip(printed.starts, everything.articles, strict=True):
        entry = page[page.index(squeezed(article.title)) :]
        assert re.match(re.escape(squeezed(article.title)) + rf".*?(?<!\d){start}", entry)
    assert "服务管理Servicemanagement" in page


def test_the_preamble_is_a_spread(magazine):
    printed, document = magazine
    assert printed.starts[0] % 2 == 1
    assert "卷首语" in words_of(document)[printed.starts[0] - 2]


def test_every_page_of_text_has_a_running_head_and_its_number(magazine):
    printed, document = magazine
    page = words_of(document)[printed.starts[1]]
    assert "服务管理Servicemanagement" in page
    assert page.endswith(("2026年第4期", f"{printed.starts[1] + 1}"))


def test_bookmarks_lead_to_sections_and_articles(everything, magazine):
    _, document = magazine
    marks = [(mark.level, mark.get_title()) for mark in document.get_toc()]
    for section in everything.sections:
        assert (0, section.name) in marks
    for article in everything.articles:
        assert (1, article.title) in marks


def test_it_tells_programs_what_it_is(magazine):
    printed, document = magazine
    assert document.get_metadata_value("Title") == "服务文化专刊　2026年第4期　听见柜台外的声音"
    assert re.search(rb"/Lang ?\(zh-CN\)", printed.data)
    assert document.is_tagged()
    assert b"<pdfuaid:part>1</pdfuaid:part>" in printed.data
    assert b"<pdfaid:part>2</pdfaid:part>" in printed.data
    assert b"<pdfaid:conformance>A</pdfaid:conformance>" in printed.data
    assert b"/DisplayDocTitle true" in printed.data


@pytest.mark.parametrize("for_printer", [False, True])
def test_every_face_is_in_the_file_cut_down_to_what_is_used(magazine, for_printer):
    printed = magazine[0] if not for_printer else render(a_book(an_article()), for_printer=True)[0]
    names = re.findall(rb"/BaseFont ?/([^/\s<>]+)", printed.data)
    files = re.findall(rb"/FontFile[23]?\b", printed.data)
    assert len(files) == len(re.findall(rb"/Type ?/FontDescriptor", printed.data)) > 0
    assert all(re.match(rb"[A-Z]{6}\+", name) for name in names)


def test_columns_of_a_last_page_end_level(magazine):
    """The nine thousand characters: the lowest words of both columns are at one height, give or
    take the two lines that go along so that no line and no heading is left alone.
    """
    printed, document = magazine
    last = document[printed.starts[-1] - 1]
    rows = _rows_by_column(last, until="生僻字")
    assert abs(rows[0] - rows[1]) < 2 * 17 + 2  # feet of characters differ by a point


def _rows_by_column(page: pypdfium2.PdfPage, until: str) -> tuple[float, float]:
    """The foot of the lowest line in the left and right half, above the line with these words."""
    text = page.get_textpage()
    middle = page.get_width() / 2
    boxes = [text.get_rect(n) for n in range(text.count_rects())]
    stop = text.search(until).get_next()[0]
    floor = text.get_charbox(stop)[3]
    body = [box for box in boxes if floor < box[1] < page.get_height() - 75]
    left = [box[1] for box in body if box[0] < middle - 20]
    right = [box[1] for box in body if box[0] > middle - 20]
    return min(left), min(right)


@pytest.mark.parametrize("paper", pdf.PAPERS)
def test_nothing_is_printed_over_a_picture(everything, magazine, paper):
    printed, document = magazine if paper == "a4" else render(everything, paper=paper)
    for number in range(printed.starts[0], len(document)):
        page = document[number - 1]
        boxes = [image.get_bounds() for image in page.get_objects([raw.FPDF_PAGEOBJ_IMAGE])]
        text = page.get_textpage()
        lines = [text.get_rect(n) for n in range(text.count_rects())]
        for one, other in [*combinations(boxes, 2), *product(boxes, lines)]:
            assert not _overlap(one, other), f"page {number}"
        assert all(box[1] > 50 for box in boxes), f"page {number}"


@pytest.mark.parametrize(
    ("width", "height", "across"), [(40, 60, 24), (60, 60, 36), (1500, 1000, None)]
)
def test_a_small_picture_is_not_blown_up(width, height, across):
    picture = samples.a_picture(30, width, height)
    body = samples.paragraphs(3) + samples.figure(picture)
    _, document = render(a_book(an_article(body=body, pictures=(picture,))))
    bounds = [
        image.get_bounds()
        for page in document
        for image in page.get_objects([raw.FPDF_PAGEOBJ_IMAGE])
    ]
    shown = [right - left for left, _, right, _ in bounds]
    if across:
        assert any(abs(each - across) < 1 for each in shown), shown
    else:
        assert any(each > 180 for each in shown), shown


def _overlap(one: tuple, other: tuple, slack: float = 2.0) -> bool:
    """Whether two boxes (left, bottom, right, top) share more than a hair."""
    across = min(one[2], other[2]) - max(one[0], other[0])
    upright = min(one[3], other[3]) - max(one[1], other[1])
    return across > slack and upright > slack


def test_the_same_issue_gives_the_same_bytes():
    book = a_book(an_article())
    assert render(book)[0].data == render(book)[0].data


def test_the_printers_file_has_bleed_crop_marks_and_whole_sheets():
    printed, document = render(samples.a_book(an_article()), paper="16k", for_printer=True)
    page = document[0]
    left, bottom, right, top = page.get_trimbox()
    assert (round((right - left) / MM, 1), round((top - bottom) / MM, 1)) == (185, 260)
    assert [round(edge / MM, 1) for edge in page.get_bleedbox()] == [6, 6, 197, 272]
    assert [round(edge / MM, 1) for edge in page.get_mediabox()] == [0, 0, 203, 278]
    assert len(document) == printed.pages
    assert printed.pages % 4 == 0
    assert "传播服务文化价值" in words_of(document)[-1]


def test_colour_runs_to_the_bleed_and_no_further():
    _, document = render(samples.a_book(an_article()), for_printer=True)
    image = document[0].render(scale=2).to_pil().convert("RGB")
    inside, outside = round(7 * MM * 2), round(5 * MM * 2)
    red, green, blue = image.getpixel((inside, image.height // 2))
    assert red > 150 > 60 > max(green, blue)
    assert image.getpixel((outside, image.height // 2)) == (255, 255, 255)


def test_the_screen_is_cut_to_the_paper(magazine):
    _, document = magazine
    assert [round(edge / MM, 1) for edge in document[0].get_mediabox()] == [0, 0, 210, 297]


def test_characters_without_type_are_told_and_printed_as_geta():
    printed, document = render(a_book(an_article(body="<p>他姓\ue123。</p>")))
    assert printed.missing == {"\ue123"}
    assert "他姓〓。" in "".join(words_of(document))


@pytest.mark.parametrize("paper", pdf.PAPERS)
def test_an_issue_with_hardly_anything_in_it_is_set(paper):
    bare = a_book(
        an_article(title="一", body="<p>短。</p>", authors=()),
        theme="",
        standfirst="",
        slogan="",
        date=None,
        running_number=None,
        compiled_by="",
        website="",
        submissions_to="",
        telephone="",
    )
    printed, document = render(bare, paper=paper)
    assert printed.pages == len(document) == 6
    assert "短。" in "".join(words_of(document))


def test_a_table_of_forty_rows_breaks_with_its_head_repeated(magazine):
    _, document = magazine
    pages = [page for page in words_of(document) if "项目1项目2项目3项目4项目5项目6" in page]
    assert len(pages) == 2
    assert re.search(r"27327427\d*", pages[1])
