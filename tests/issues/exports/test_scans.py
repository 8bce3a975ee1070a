"""What is kept of a back issue's PDF: its pages and bookmarks, and nothing that acts."""

import re
from io import BytesIO

import pytest
from PIL import Image

from issues.exports import pages, scans
from tests.issues.exports.pdfs import a_pdf

MARKS = (("雨天的门垫", 1), ("Three lamps", 3))


@pytest.fixture(scope="module")
def sent() -> bytes:
    return a_pdf(["one", "two", "three"], marks=MARKS, acts=True)


@pytest.fixture(scope="module")
def kept(sent) -> scans.Scan:
    return scans.read(sent)


def test_pages_words_and_bookmarks_are_kept(kept):
    assert (kept.pages, kept.titles, kept.has_words) == (3, MARKS, True)
    assert kept.words == "one"
    assert Image.open(BytesIO(kept.cover)).width == 1800
    assert pages.look_at(kept.data) == pages.Facts(3, MARKS)
    assert [each.text for each in pages.photograph(kept.data, [2, 3])] == ["two", "three"]


def test_nothing_in_it_acts_any_more(sent, kept):
    acts = re.compile(rb"/(AA|Annots|JS|JavaScript|Launch|OpenAction|EmbeddedFiles|AcroForm)\b")
    assert len(set(acts.findall(sent))) == 8
    assert acts.findall(kept.data) == []


def test_the_same_upload_gives_the_same_file(sent, kept):
    assert scans.read(sent).sha256 == kept.sha256
    assert scans.read(a_pdf(["one", "two", "four"])).sha256 != kept.sha256


def test_a_poster_of_five_metres_is_pages_like_others():
    kept = scans.read(a_pdf([""], size=(14400, 14400)))
    assert (kept.has_words, kept.words) == (False, "")


def test_what_is_no_pdf_is_refused_in_a_sentence():
    with pytest.raises(pages.NotReadable, match="这不是 PDF 文件"):
        scans.read(b"PK\x03\x04")
