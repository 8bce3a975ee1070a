"""An archive back into a journal: as it was, whole, and nothing that it does not say."""

import hashlib
import json
import shutil
from dataclasses import fields
from datetime import date
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

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
from articles.models import Article, Author, Branch, Picture, Section
from articles.naming import merging, renaming
from articles.pictures import pixels
from issues import cover_pictures, facts
from issues.admin.issues import IssueForm
from issues.backissues import arrival, package
from issues.exports import archive, book, colophon, shape
from issues.exports.shape import Book
from issues.making import corrections, publication
from issues.models import BackIssueImport, Correction, Edition, Issue
from servicejournal.models import User
from tests.articles.docx import photo
from tests.factories import a_picture, a_user, an_article, an_issue
from tests.issues.exports import samples
from tests.pages import plain_words

pytestmark = pytest.mark.django_db

ABOUT_2031 = {"year": 2031, "number": 3, "running_number": 91, "date": date(2031, 6, 20)}


@pytest.fixture
def chief() -> User:
    return a_user("chief_editor")


@pytest.fixture
def issue() -> Issue:
    """With what an archive must bring back: a section of its own, a picture, a byline of three."""
    issue = an_issue(
        **ABOUT_2031, theme="雨天的柜台", cover_lines="晾伞的绳子\n门垫", compiled_by="党群工作部"
    )
    preface = Section.objects.get(slug="preamble")
    extra = Section.objects.create(slug="rain", name="雨天", name_en="Rain", order=preface.order)
    two = (("东岭支行", "高志远"), ("", "沈一鸣"), ("南湖支行", "高志远"))
    facts = {"issue": issue, "origin": Article.Origin.BACK_ISSUE}
    an_article(title="门垫", section=preface, kicker="卷首", **facts)
    article = an_article(
        title="晾伞的绳子", authors=two, section=extra, standfirst="一根绳子。", **facts
    )
    last = an_article(title="空的伞架", authors=(), **facts)
    for lead, each in enumerate((last, article), start=1):
        Article.objects.filter(pk=each.pk).update(lead=lead)
    article.refresh_from_db()
    picture = a_picture(article)
    article.body += f'<figure><img src="{picture.get_absolute_url()}" alt="伞"></figure>'
    article.save()
    BackIssueImport.objects.create(
        issue=issue, sha256="0" * 64, file_name="2031.txt", imported_by=article.contributor
    )
    return issue


def exported(tmp_path: Path, name: str = "issue.zip") -> Path:
    path = tmp_path / name
    slug = Issue.objects.get(year=2031, number=3).slug
    call_command(
        "export_issue", "2031", slug, "--format", "archive", "-o", str(path), stdout=StringIO()
    )
    return path


def wipe(media: Path) -> None:
    """Everything that came from the issue, as in an installation that never saw it."""
    Issue.objects.update(
        **dict.fromkeys(("published_at", "published_by", "signed_off_at", "signed_off_by")),
        signed_off_digest="",
        standing=None,
    )
    for model in (Correction, Edition, BackIssueImport, Picture, Article, Issue, Author, Branch):
        model.objects.all().delete()
    Section.objects.filter(slug="rain").delete()
    shutil.rmtree(media, ignore_errors=True)


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


# Hostile zips: each is an honest one with one thing wrong.


def zipped(files: dict[str, bytes]) -> bytes:
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as file:
        for name, data in files.items():
            file.writestr(name, data)
    return out.getvalue()


def with_sums(files: dict[str, bytes]) -> dict[str, bytes]:
    """As somebody would who changes a file and its sum."""
    rows = [
        f"{hashlib.sha256(data).hexdigest()}  {name}\n"
        for name, data in files.items()
        if name != "sha256.txt"
    ]
    return {**files, "sha256.txt": "".join(rows).encode()}


def changed(files: dict[str, bytes], name: str, change) -> dict[str, bytes]:
    data = json.loads(files[name])
    change(data)
    return with_sums({**files, name: json.dumps(data).encode()})


def of_the_issue(change):
    return lambda files: changed(files, "issue.json", change)


def of_the_edition(change):
    return lambda files: changed(files, "edition.json", change)


def put(path: str, value: object):
    """`articles.1.title` of a JSON set to the value."""

    def change(data: dict) -> None:
        *way, last = (int(part) if part.isdigit() else part for part in path.split("."))
        for part in way:
            data = data[part]
        data[last] = value

    return change


def picture_of(files: dict[str, bytes]) -> str:
    return next(name for name in files if name.startswith("pictures/"))


def with_a_picture(files: dict[str, bytes], data: bytes) -> dict[str, bytes]:
    """Another picture under the same name, with its sums in order."""
    told = put("articles.1.pictures.0.sha256", hashlib.sha256(data).hexdigest())
    return changed({**files, picture_of(files): data}, "issue.json", told)


def without(files: dict[str, bytes], name: str) -> dict[str, bytes]:
    return {each: data for each, data in files.items() if each != name}


FAULTS = {
    "a file of another": (lambda f: with_sums({**f, "../../etc/cron.d/x": b"*"}), "不该有的文件名"),
    "an absolute path": (lambda f: with_sums({**f, "/tmp/x": b"*"}), "不该有的文件名"),  # noqa: S108
    "a path of Windows": (lambda f: with_sums({**f, "..\\x.dll": b"*"}), "不该有的文件名"),
    "a changed file": (
        lambda f: {**f, "index.html": b"<p>"},
        "“index.html”与 sha256.txt 记的不一样",
    ),
    "a file too many": (lambda f: {**f, "x.html": b"<p>"}, "“x.html”不在 sha256.txt 里"),
    "a file too few": (lambda f: without(f, "style.css"), "缺少文件“style.css”"),
    "a bomb": (lambda f: with_sums({**f, "x.html": bytes(8_000_000)}), "解开以后太大"),
    "no picture": (lambda f: with_sums(without(f, picture_of(f))), "缺少图片“pictures/"),
    "another picture": (
        lambda f: with_sums({**f, picture_of(f): b"GIF89a"}),
        r"articles\[1\].pictures\[0\].sha256",
    ),
    "no picture at all": (
        lambda f: with_a_picture(f, b"<svg/>"),
        "《晾伞的绳子》的第 1 张图片不能用",
    ),
    "a picture with a rider": (
        lambda f: with_a_picture(f, f[picture_of(f)] + b"<script>"),
        "《晾伞的绳子》的第 1 张图片不能用：它不是本系统存下的样子",
    ),
    "a foreign edition": (lambda f: with_sums({**f, "issue.pdf": b"MZ"}), "issue.pdf 不是它的名字"),
    "no JSON": (lambda f: with_sums({**f, "issue.json": b"{"}), "issue.json 读不懂"),
    "deep JSON": (lambda f: with_sums({**f, "issue.json": b"[" * 200_000}), "issue.json 读不懂"),
    "a later format": (of_the_issue(put("format", 3)), "issue.json 是本系统不认得的格式"),
    "a number for words": (
        of_the_issue(put("articles.0.title", 7)),
        r"“articles\[0\].title”应该是文字",
    ),
    "true for a number": (of_the_issue(put("year", True)), "“year”应该是整数"),
    "a strange field": (
        of_the_issue(put("articles.0.html", "")),
        r"“articles\[0\].html”不是认得的",
    ),
    "a field too few": (of_the_issue(lambda d: d.pop("theme")), "缺少“theme”"),
    "no day": (of_the_issue(put("date", "昨天")), "“date”应该是日期"),
    "a NUL": (of_the_issue(put("slogan", "a\0b")), "“slogan”应该是文字"),
    "a long title": (
        of_the_issue(put("articles.1.title", "长" * 121)),
        r"“articles\[1\].title”不对",
    ),
    "a long name": (
        of_the_issue(put("articles.1.authors.0.name", "名" * 41)),
        r"“articles\[1\].authors\[0\].name”不对",
    ),
    "a year of its own": (of_the_issue(put("year", 1066)), "“year”不对"),
    "a kind of its own": (of_the_issue(put("kind", "special")), "“kind”不对"),
    "a 合刊 that ends before it begins": (of_the_issue(put("last_number", 2)), "存档里的期号不对"),
    "a 增刊 without a place": (of_the_issue(put("kind", "supplement")), "存档里的期号不对"),
    "no such section": (
        of_the_issue(put("articles.0.section", "x")),
        r"“articles\[0\].section”不在",
    ),
    "a section of no name": (of_the_issue(put("sections.1.slug", "雨")), r"articles\[1\].section"),
    "a token that is a path": (
        of_the_issue(put("articles.1.pictures.0.token", "../../x")),
        r"“articles\[1\].pictures\[0\].token”不对",
    ),
    "a correction of nothing": (
        of_the_edition(
            put("corrections", [{"article": 9, "at": "2031-07-01T09:00:00+08:00", "reason": "改"}])
        ),
        r"corrections\[0\]",
    ),
    "a day without zone": (
        of_the_edition(put("made_at", "2031-07-01T09:00:00")),
        "“made_at”应该是带时区的日期和时刻",
    ),
}


@pytest.fixture
def files(issue, tmp_path, media) -> dict[str, bytes]:
    """Of an archive whose issue is nowhere any more."""
    zip_file = ZipFile(exported(tmp_path))
    wipe(media)
    return {name: zip_file.read(name) for name in zip_file.namelist()}


def test_hostile_zips_are_refused_with_a_sentence_and_leave_nothing(files, subtests):
    for fault, (change, sentence) in FAULTS.items():
        with subtests.test(fault):
            refuse(zipped(change(files)), sentence)


def refuse(data: bytes, sentence: str) -> None:
    with pytest.raises(arrival.REFUSALS, match=sentence):
        arrival.take_in(ContentFile(data), file_name="x.zip", by=User.objects.system())
    assert not Issue.objects.exists()
    assert not Article.objects.exists()


def test_half_a_zip_is_told_so(files):
    refuse(zipped(files)[:-200], "存档不完整")


def test_a_directory_without_end_is_not_read(files):
    data = zipped({f"{number:0200d}": b"" for number in range(5_000)})
    refuse(data, "解开以后太大")


def test_a_body_is_cleaned_on_its_way_in(files):
    script = put("articles.2.body", "<p>伞<script>alert(1)</script></p>")
    data = zipped(changed(files, "issue.json", script))
    arrived = arrival.take_in(ContentFile(data), file_name="x.zip", by=User.objects.system())
    assert Article.objects.get(title="空的伞架").body == "<p>伞</p>"
    assert arrived.edition is None
    assert "“空的伞架”与存档里不完全相同" in arrived.intake.doubts[0]["message"]


def test_an_archive_with_two_that_lead_alike_is_refused():
    """头条 is one: 1 and 2, each at most once."""
    for leads in ((1, 1), (3, None), (0, None)):
        rows = [samples.an_article(title=f"第{n}篇", lead=lead) for n, lead in enumerate(leads)]
        zipped = samples.an_archive(samples.a_book(*rows), epub=b"PK\x03\x04", pdf=None)
        with pytest.raises(package.NotAnArchive, match="lead"):
            package.unpack(BytesIO(zipped))
    right = [samples.an_article(title=f"第{n}篇", lead=n) for n in (1, 2)]
    zipped = samples.an_archive(samples.a_book(*right), epub=b"PK\x03\x04", pdf=None)
    assert [each.lead for each in package.unpack(BytesIO(zipped)).book.articles] == [1, 2]


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
