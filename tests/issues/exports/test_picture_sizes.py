"""Pictures of a file: as large as they are printed, and laid out as large as they come out."""

from io import BytesIO

import pypdfium2
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from pypdfium2 import raw

from issues.exports import pdf, pictures
from tests.issues.exports import samples
from tests.issues.exports.samples import a_book, a_picture, an_article, figure, paragraphs


def a_file(width: int, height: int, mode: str = "RGB", kind: str = "JPEG") -> bytes:
    out = BytesIO()
    Image.new(mode, (width, height)).save(out, kind)
    return out.getvalue()


@given(
    st.integers(1, 700),
    st.integers(1, 700),
    st.tuples(st.integers(1, 400), st.integers(1, 400)) | st.none(),
)
def test_what_is_made_has_the_size_that_was_told_before(width, height, box):
    made, _ = pictures.fitted(a_file(width, height), box)
    assert Image.open(BytesIO(made)).size == pictures.size_in(box, width, height)


def test_what_fits_is_not_encoded_again():
    data = a_file(400, 300)
    assert pictures.fitted(data, (400, 300)) == (data, ".jpg")


@pytest.mark.parametrize("mode", ["P", "RGBA"])
def test_what_may_be_transparent_stays_so(mode):
    made, suffix = pictures.fitted(a_file(400, 300, mode, "PNG"), (200, 200))
    assert suffix == ".png"
    assert Image.open(BytesIO(made)).size == (200, 150)


@pytest.mark.parametrize(
    ("for_printer", "broad", "narrow"), [(False, 1400, 700), (True, 2800, 1200)]
)
def test_a_picture_in_one_column_is_half_as_fine_in_pixels(for_printer, broad, narrow):
    """The first one that is sharp enough runs over both columns, the others over one."""
    shown = [a_picture(number, 3000, 2000) for number in (1, 2, 3)]
    body = "".join(paragraphs(4) + figure(picture, "") for picture in shown)
    book = a_book(an_article(body=body, pictures=tuple(shown)))

    made = pdf.render(book, samples.FACE, samples.read, pdf.fonts.find(), for_printer=for_printer)

    assert sorted(_widths(made.data)) == [narrow, narrow, broad]


def test_a_picture_that_stands_broad_anywhere_is_made_for_that():
    shown = a_picture(1, 3000, 2000)
    first = an_article(body=paragraphs(4) + figure(shown, ""), pictures=(shown,))
    body = paragraphs(2) + figure(a_picture(2, 3000, 2000), "") + paragraphs(2) + figure(shown, "")
    second = an_article(body=body, pictures=(shown, a_picture(2, 3000, 2000)))

    made = pdf.render(a_book(first, second), samples.FACE, samples.read, pdf.fonts.find())

    assert set(_widths(made.data)) == {1400}


def test_a_photograph_lies_in_the_file_as_it_was_fitted():
    """A stand-in was set in its place, so that the compiler need not unpack it."""
    shown = a_picture(1, 3000, 2000)
    book = a_book(an_article(body=paragraphs(4) + figure(shown, ""), pictures=(shown,)))
    fitted, _ = pictures.fitted(samples.read(shown.file), pdf.SCREEN.broad, quality=85)

    made = pdf.render(book, samples.FACE, samples.read, pdf.fonts.find())

    assert fitted in made.data
    assert b"stands for" not in made.data


def _widths(data: bytes) -> list[int]:
    """Pixels across of every picture that is placed."""
    found = []
    for page in pypdfium2.PdfDocument(data):
        for image in page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE]):
            found.append(image.get_px_size()[0])
    return found
