"""`manage.py export_issue`: one issue as a file."""

from datetime import date
from io import StringIO
from zipfile import ZipFile

import pypdfium2
import pytest
from django.core.management import CommandError, call_command

from issues.checks import fonts_are_there
from tests.factories import an_issue

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def issue():
    return an_issue(year=2026, number=4, date=date(2026, 8, 21), articles=1)


def export(path, *options) -> str:
    out = StringIO()
    call_command("export_issue", "2026", "4", *options, "-o", str(path), stdout=out)
    return out.getvalue()


@pytest.mark.parametrize(
    ("options", "millimetres"),
    [
        ((), (210, 297)),
        (("--paper", "16k"), (185, 260)),
        (("--paper", "16k", "--print"), (203, 278)),
    ],
)
def test_pdf_on_either_paper(tmp_path, options, millimetres):
    said = export(tmp_path / "issue.pdf", "--format", "pdf", *options)
    assert said.startswith(f"2026年第4期 → {tmp_path / 'issue.pdf'}")
    page = pypdfium2.PdfDocument(tmp_path / "issue.pdf")[0]
    assert tuple(round(side / 72 * 25.4) for side in page.get_size()) == millimetres


@pytest.mark.parametrize(
    ("kind", "inside"), [("epub", "EPUB/nav.xhtml"), ("archive", "issue.json")]
)
def test_epub_and_archive(tmp_path, kind, inside):
    export(tmp_path / "issue", "--format", kind)
    assert inside in ZipFile(tmp_path / "issue").namelist()


@pytest.mark.parametrize(
    ("facts", "number", "label"),
    [
        ({"number": 7, "last_number": 8}, "7-8", "2026年第7–8期"),
        ({"number": 1, "kind": "supplement", "after": 4}, "s1", "2026年增刊1"),
    ],
)
def test_each_kind_of_issue_by_its_name_in_every_file(tmp_path, facts, number, label):
    an_issue(year=2026, articles=1, **facts)
    for kind in ("pdf", "epub", "wechat", "archive"):
        call_command(
            "export_issue", "2026", number, "--format", kind, "-o", str(tmp_path / kind),
            stdout=StringIO(),
        )  # fmt: skip
    words = "".join(page.get_textpage().get_text_range() for page in
                    pypdfium2.PdfDocument(tmp_path / "pdf"))  # fmt: skip
    assert label in words
    for kind, name in (("epub", "EPUB/nav.xhtml"), ("wechat", "00-目录.html"),
                       ("archive", "index.html"), ("archive", "README.txt")):  # fmt: skip
        with ZipFile(tmp_path / kind) as file:
            told = [file.read(each).decode("utf-8", "ignore") for each in file.namelist()
                    if each == name or each.endswith(".opf")]  # fmt: skip
        assert any(label in text for text in told), kind


@pytest.mark.parametrize("number", ["第4期", "0", "8-7"])
def test_a_number_that_is_none_is_told_how_it_is_written(tmp_path, number):
    with pytest.raises(CommandError, match="写成"):
        call_command("export_issue", "2026", number, "--format", "pdf", "-o", str(tmp_path / "x"))


def test_an_issue_that_is_not_there(tmp_path):
    with pytest.raises(CommandError, match="没有2026年第9期"):
        call_command("export_issue", "2026", "9", "--format", "pdf", "-o", str(tmp_path / "x"))


def test_without_fonts_nothing_is_written(tmp_path, settings):
    settings.FONT_DIR = str(tmp_path)
    with pytest.raises(CommandError, match="没有找到思源宋体"):
        export(tmp_path / "issue.pdf", "--format", "pdf")
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_not_there(tmp_path):
    with pytest.raises(CommandError, match="写不了文件"):
        export(tmp_path / "nowhere" / "issue.zip", "--format", "archive")


def test_missing_fonts_are_a_warning_with_a_hint(settings, tmp_path):
    assert fonts_are_there(None) == []
    settings.FONT_DIR = str(tmp_path)
    (warning,) = fonts_are_there(None)
    assert warning.id == "issues.W001"
    assert "FONT_DIR" in warning.hint
