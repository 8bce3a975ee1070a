"""An archive back into a journal: as it was and whole."""

import hashlib
from dataclasses import fields
from datetime import date
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from django.core.files.base import ContentFile, File
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.models import DateField, IntegerField
from django.db.models.fields.files import FieldFile
from PIL import Image
from pypdfium2 import PdfDocument

from articles import search
from articles.models import Article, Branch, Section
from articles.naming import merging, renaming
from articles.pictures import pixels
from issues import cover_pictures, facts
from issues.admin.issues import IssueForm
from issues.backissues import arrival
from issues.exports import archive, book, colophon, shape
from issues.exports.shape import Book
from issues.making import corrections, publication
from issues.models import Correction, Issue
from tests.articles.docx import photo
from tests.factories import a_user, an_article, an_issue
from tests.issues.backissues.archives import exported, wipe, zipped
from tests.pages import plain_words

pytestmark = pytest.mark.django_db


def imported(path: Path, *options: str) -> str:
    out = StringIO()
    call_command("import_issue", str(path), *options, stdout=out)
    return out.getvalue()


def stored(file: FieldFile) -> bytes:
    with file.open() as opened:
        return opened.read()


def stands() -> Issue:
    return Issue.objects.get(year=2031, number=3)


#: Whose value is not any.
FIXED = {"kind": "regular", "year": 2031, "number": 3, "last_number": None, "after": None}


def told_by(fact: facts.Fact) -> Any:
    """A value that the fact may have, unlike those of others."""
    if fact.name in FIXED:
        return FIXED[fact.name]
    if fact.name == "cover_layout":
        return "slip"
    at, field = facts.ALL.index(fact), Issue._meta.get_field(fact.name)
    if isinstance(field, DateField):
        return date(2031, 6, at + 1)
    return 7000 + at if isinstance(field, IntegerField) else f"{fact.name}之{at}"


def text_of(page: bytes) -> str:
    return "".join(plain_words(page.decode()).split())


class TestTheWayBack:
    @pytest.mark.parametrize(
        ("kind", "unsaid"),
        [({"last_number": 4}, "after"), ({"kind": "supplement", "after": 2}, "last_number")],
    )
    def test_every_fact_of_a_book_comes_back(self, issue, chief, tmp_path, media, kind, unsaid):
        """One that is added, and forgotten on the way there or back, is named here."""
        Issue.objects.filter(pk=issue.pk).update(**{f.name: told_by(f) for f in facts.ALL} | kind)
        issue.refresh_from_db()
        publication.publish_back_issue(issue, by=chief)
        before, face = book.of(issue), book.face_of(issue)
        exported(tmp_path)
        wipe(media)

        imported(tmp_path / "issue.zip", "--publish")

        back = stands()
        for fact in facts.ALL:
            value = kind.get(fact.name, told_by(fact))
            assert value or fact.name in (*FIXED, unsaid), f"{fact.name}: no value of it is tried"
            assert getattr(back, fact.name) == value, fact.name
        assert book.of(back) == before
        assert book.face_of(back) == face

    def test_every_face_says_the_whole_colophon(self, issue, chief, client, media):
        """The page, the PDF, the EPUB and the copy in the archive."""
        Issue.objects.filter(pk=issue.pk).update(**{f.name: told_by(f) for f in facts.ALL})
        issue.refresh_from_db()
        publication.publish_back_issue(issue, by=chief)
        edition, front = Issue.objects.get(pk=issue.pk).standing, "issues/2031/3/"
        with edition.epub.open() as packed, ZipFile(packed) as opened:
            electronic = opened.read("EPUB/imprint.xhtml")
            assert opened.read("EPUB/code.svg").startswith(b"<?xml")
        with edition.archive.open() as packed, ZipFile(packed) as opened:
            copied = opened.read("index.html")
            assert b'src="code.svg"' in copied
            assert opened.read("code.svg").startswith(b"<?xml")
        page = client.get(f"/{front}").content
        assert b'src="data:image/svg+xml' in page
        pages = PdfDocument(stored(edition.pdf))
        printed = "".join("".join(p.get_textpage().get_text_range().split()) for p in pages)
        faces = {
            "page": text_of(page),
            "epub": text_of(electronic),
            "archive": text_of(copied),
            "pdf": printed,
        }
        for fact in (each for each in facts.ALL if each.line):
            value = told_by(fact)
            words = colophon.day(value) if isinstance(value, date) else str(value)
            for face, said in faces.items():
                assert f"{fact.line}{words}" in said, (face, fact.name)

    def test_an_editor_can_state_every_fact(self):
        """And what an editor can state, or chooses of a cover, is on the list."""
        named = {fact.name for fact in facts.ALL}
        chosen = {"cover_layout", "cover_motif", "cover_colours"}  # on the page of the cover
        assert named - chosen <= set(IssueForm.base_fields)
        stated = {field.name for field in Issue._meta.concrete_fields if field.editable}
        pictures = {"cover", "cover_picture", "cover_crop"}  # files of their own in the archive
        assert stated - pictures - {"id"} == named
        worn = {name for name in facts.WORN if name in {f.name for f in fields(shape.Face)}}
        assert worn == set(facts.WORN)
        assert set(facts.PRINTED) <= {field.name for field in fields(Book)}

    def test_an_issue_that_is_out_comes_back_byte_for_byte(self, issue, chief, tmp_path, media):
        publication.publish_back_issue(issue, by=chief)
        article = Article.objects.get(title="空的伞架")
        corrections.correct(
            article,
            by=chief,
            base=corrections.base_of(article),
            reason="伞架是八格。",
            body="<p>八格的伞架。</p>",
        )
        before, digest = exported(tmp_path).read_bytes(), archive.digest(book.of(issue))
        pdf, epub = (ZipFile(BytesIO(before)).read(f"issue.{kind}") for kind in ("pdf", "epub"))
        wipe(media)
        search.clear()

        said = imported(tmp_path / "issue.zip", "--publish")

        assert search.find("八格的伞架")
        assert "由存档放回" in said
        assert "已发布：/issues/2031/3/（第2版）" in said
        back = stands()
        assert archive.digest(book.of(back)) == digest == back.signed_off_digest
        assert exported(tmp_path, "again.zip").read_bytes() == before
        (edition,) = back.editions.all()
        assert edition.sha256 == hashlib.sha256(before).hexdigest()
        assert (stored(edition.pdf), stored(edition.epub)) == (pdf, epub)
        (correction,) = Correction.objects.all()
        assert (correction.article.title, correction.reason) == ("空的伞架", "伞架是八格。")
        assert back.intake.doubts == []

    def test_a_cover_comes_back_with_the_part_of_the_picture_that_it_showed(
        self, issue, chief, tmp_path, media
    ):
        issue.cover_picture.save("own.jpg", ContentFile(photo(600, 900)), save=False)
        issue.cover_motif, issue.cover_crop = "picture", "10 10 50 50"
        issue.save()
        cover_pictures.keep_cropped(issue)
        publication.publish_back_issue(issue, by=chief)
        before = exported(tmp_path).read_bytes()
        wipe(media)

        imported(tmp_path / "issue.zip", "--publish")

        assert exported(tmp_path, "again.zip").read_bytes() == before
        back = stands()
        assert (back.cover_motif, back.cover_crop) == ("picture", "")
        shown = cover_pictures.cropped_name(back)
        assert media.joinpath(shown).read_bytes() == ZipFile(BytesIO(before)).read(
            "cover-picture.jpg"
        )

    def test_without_publishing_it_waits_for_an_editor(self, issue, chief, tmp_path, media):
        publication.publish_back_issue(issue, by=chief)
        path = exported(tmp_path)
        wipe(media)
        imported(path)
        back = stands()
        assert not back.is_published
        publication.accept_intake(back, by=chief)
        publication.sign_off(back, by=chief)
        assert publication.publish(back, by=chief).number == 2

    def test_an_issue_in_the_making_comes_back_without_an_edition(self, issue, tmp_path, media):
        path, digest = exported(tmp_path), archive.digest(book.of(issue))
        wipe(media)
        imported(path)
        assert archive.digest(book.of(stands())) == digest
        assert not stands().editions.exists()

    def test_the_same_zip_again_changes_nothing(self, issue, tmp_path, media):
        path = exported(tmp_path)
        wipe(media)
        imported(path)
        assert "什么也没有改" in imported(path)
        assert Article.objects.count() == 3

    def test_an_issue_that_is_there_stays_as_it_is(self, issue, tmp_path):
        path = exported(tmp_path)
        with pytest.raises(CommandError, match="2031年第3期已经在系统里"):
            imported(path)

    def test_a_picture_of_another_article_is_never_taken_over(self, issue, tmp_path):
        path = exported(tmp_path)
        Issue.objects.filter(pk=issue.pk).update(number=4)
        with pytest.raises(CommandError, match="图片已经属于系统里的另一篇稿件"):
            imported(path)

    def test_people_who_are_there_are_used_and_what_differs_is_said(self, issue, tmp_path, media):
        path = exported(tmp_path)
        wipe(media)
        known = an_article(authors=(("东岭支行", "高志远"),)).authors.get()
        an_issue(year=2031, number=2, running_number=91)
        Section.objects.filter(slug="service-management").update(name="服务与管理")
        imported(path)
        assert known in Article.objects.get(title="晾伞的绳子").authors.all()
        said = " ".join(doubt["message"] for doubt in stands().intake.doubts)
        assert "总第91期已被另一期用了" in said
        assert "栏目的名称或次序与存档里不同" in said

    def test_names_that_nobody_bears_any_more_are_printed_as_they_were(
        self, issue, tmp_path, media
    ):
        """And what they became is known: no branch comes back that was merged away."""
        path, before = exported(tmp_path), book.of(issue).articles
        wipe(media)
        editor = a_user("editor")
        east, keep = Branch.objects.named("东岭支行"), Branch.objects.named("东 岭支行")
        merging.merge_branches(keep, [east], by=editor, why="空格")
        renaming.rename_branch(Branch.objects.named("南湖支行"), "南湖分行", by=editor, why="升格")
        imported(path)
        assert book.of(Issue.objects.get()).articles == before
        assert sorted(Branch.objects.values_list("name", flat=True)) == ["东 岭支行", "南湖分行"]

    def test_an_uploaded_cover_comes_back_too(self, issue, tmp_path, media):
        data, _ = pixels.encode_master(Image.new("RGB", (210, 285), "#205080"))
        issue.cover.save("cover.jpg", ContentFile(data))
        path = exported(tmp_path)
        wipe(media)
        imported(path)
        assert stored(stands().cover) == data


class TestTheAdmin:
    ADDRESS = "/admin/issues/backissueimport/upload/"

    def test_an_editor_uploads_an_archive(self, issue, tmp_path, media, client):
        path = exported(tmp_path)
        wipe(media)
        client.force_login(a_user("editor"))
        upload = SimpleUploadedFile("issue.zip", path.read_bytes())
        response = client.post(self.ADDRESS, {"file": upload}, follow=True)
        assert "已导入 3 篇文章，没有存疑之处" in response.content.decode()
        assert not stands().is_published

    def test_a_zip_that_is_no_archive_is_told_so(self, client):
        client.force_login(a_user("editor"))
        upload = SimpleUploadedFile("x.zip", zipped({"word/document.xml": b"<w/>"}))
        response = client.post(self.ADDRESS, {"file": upload})
        assert response.status_code == 422
        assert "不是本系统导出的存档" in response.content.decode()


def test_no_file_is_stored_while_others_wait(issue, chief, tmp_path, media, monkeypatch):
    data, _ = pixels.encode_master(Image.new("RGB", (210, 285), "#205080"))
    issue.cover.save("cover.jpg", ContentFile(data))
    path = exported(tmp_path)
    wipe(media)
    inside = []
    save = default_storage.save

    def watched(name: str, *told: Any, **options: Any) -> str:
        inside.append((name, len(connection.savepoint_ids)))
        return save(name, *told, **options)

    monkeypatch.setattr(default_storage, "save", watched)
    outside = len(connection.savepoint_ids)
    with path.open("rb") as file:
        arrival.take_in(File(file), file_name="issue.zip", by=chief)
    assert {name.partition("/")[0] for name, _ in inside} >= {"pictures", "covers"}
    assert {depth for _, depth in inside} == {outside}
