"""PDF and EPUB over HTTP: who may see the issue may have its files."""

import hashlib
from collections.abc import Callable
from datetime import date, timedelta
from io import BytesIO
from zipfile import ZipFile

import pypdfium2
import pytest
from django.core.files.storage import default_storage
from django.utils import timezone

from articles.models import Article
from issues.making import corrections, make_up, publication, withdrawals
from issues.models import Edition, Issue
from servicejournal.models import User
from servicejournal.roles import Role
from tests.articles.post_office import worker_runs
from tests.factories import a_picture, a_user, accepted, an_issue, proofread
from tests.pages import link, seen
from tests.prepared import laid_out

pytestmark = pytest.mark.django_db

PDF, EPUB = "/issues/2026/4/issue.pdf", "/issues/2026/4/issue.epub"
BOTH = pytest.mark.parametrize("path", [PDF, EPUB])


def made_up() -> tuple[User, Issue]:
    chief = a_user(Role.CHIEF_EDITOR)
    issue = an_issue(year=2026, number=4, date=date(2026, 8, 21), running_number=64)
    make_up.place([accepted(title="一盏灯", body="<p>灯还亮着。</p>")], issue, by=chief)
    proofread(issue)
    return chief, issue


def put_out() -> tuple[User, Issue]:
    chief, issue = made_up()
    publication.sign_off(issue, by=chief)
    publication.publish(issue, by=chief)
    return chief, issue


@pytest.fixture
def at_hand(request: pytest.FixtureRequest) -> tuple[User, Issue]:
    return laid_out(put_out if "out" in request.fixturenames else made_up)


@pytest.fixture
def chief(at_hand: tuple[User, Issue]) -> User:
    return at_hand[0]


@pytest.fixture
def making(at_hand: tuple[User, Issue]) -> Issue:
    return at_hand[1]


@pytest.fixture
def out(at_hand: tuple[User, Issue]) -> Issue:
    return at_hand[1]


def content(response) -> bytes:
    return b"".join(response.streaming_content)


def words(data: bytes) -> str:
    pages = (page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(data))
    return "".join("".join(pages).split())


def every_output(get: Callable, issue: Issue, article: Article) -> dict[str, str]:
    """The words of each; whatever is made of an issue next, gets its line here."""
    texts = ZipFile(BytesIO(content(get(EPUB))))
    with issue.editions.first().archive.open() as file:
        archive = ZipFile(file).read("issue.json").decode()
    worker_runs()
    message = f"/admin/issues/issue/{issue.pk}/wechat/{article.pk}/preview/"
    return {
        "article": seen(get(f"/articles/{article.pk}/")),
        "pdf": words(content(get(PDF))),
        "epub": "".join(texts.read(name).decode() for name in texts.namelist() if "html" in name),
        "archive": archive,
        "wechat": seen(get(message)),
        "flipbook": seen(get("/issues/2026/4/read/")),
    }


class TestReaders:
    def test_read_the_pdf_in_the_browser(self, get, out):
        response = get(PDF)
        assert response["Content-Type"] == "application/pdf"
        assert response["Content-Disposition"].startswith("inline; filename*=utf-8''%E6%9C%8D")
        assert response["X-Content-Type-Options"] == "nosniff"
        assert "script-src 'none'" in response["Content-Security-Policy"]
        assert "灯还亮着。" in words(content(response))

    def test_save_the_epub(self, get, out):
        response = get(EPUB)
        assert response["Content-Type"] == "application/epub+zip"
        assert response["Content-Disposition"].startswith("attachment; ")
        book = ZipFile(BytesIO(content(response)))
        assert "灯还亮着。" in book.read("EPUB/article-1.xhtml").decode()
        assert "EPUB/cover.jpg" in book.namelist()

    @BOTH
    def test_are_not_sent_the_same_file_twice(self, get, out, chief, path):
        etag = get(path)["ETag"]
        assert get(path, headers={"If-None-Match": etag}).status_code == 304
        article = Article.objects.get(title="一盏灯")
        corrections.correct(
            article,
            by=chief,
            base=corrections.base_of(article),
            reason="一字之误",
            body="<p>灯已经灭了。</p>",
        )
        again = get(path, headers={"If-None-Match": etag})
        assert (again.status_code, again["ETag"] == etag) == (200, False)

    def test_find_a_corrected_sentence_in_every_output_and_the_old_one_in_none(
        self, get, out, client, chief
    ):
        client.force_login(chief)
        article = Article.objects.get(title="一盏灯")
        for name, text in every_output(get, out, article).items():
            assert ("灯还亮着。" in text, "灯已经灭了。" in text) == (True, False), name
        corrections.correct(
            article,
            by=chief,
            base=corrections.base_of(article),
            reason="一字之误",
            body="<p>灯已经灭了。</p>",
        )
        for name, text in every_output(get, out, article).items():
            assert ("灯还亮着。" in text, "灯已经灭了。" in text) == (False, True), name

    def test_find_the_files_on_the_page_of_the_issue(self, get, out, html_valid):
        response = get("/issues/2026/4/")
        assert link(response, "PDF") == PDF
        assert link(response, "EPUB") == EPUB
        html_valid(response.text)

    def test_find_none_where_an_edition_has_none(self, get, out):
        Edition.objects.update(pdf="", epub="")
        assert "下载本期" not in seen(get("/issues/2026/4/"))
        assert get(PDF).status_code == 404

    @BOTH
    def test_get_no_file_whose_bytes_are_gone(self, get, out, path):
        edition = out.editions.get()
        default_storage.delete(edition.pdf.name)
        default_storage.delete(edition.epub.name)
        assert get(path).status_code == 404
        assert get("/issues/2026/4/").status_code == 200


class TestAccess:
    @BOTH
    def test_what_is_not_out_is_a_404_for_everybody_but_the_desk(self, client, get, making, path):
        assert get(path).status_code == 404
        client.force_login(a_user(Role.CONTRIBUTOR))
        assert get(path).status_code == 404
        client.force_login(a_user(Role.EDITOR))
        response = get(path)
        assert response.status_code == 200
        assert response["Cache-Control"] == "private, no-store"
        assert response["X-Robots-Tag"] == "noindex, nofollow"

    @BOTH
    def test_a_scheduled_issue_waits(self, get, making, chief, path):
        publication.sign_off(making, by=chief)
        publication.publish(making, by=chief, at=timezone.now() + timedelta(hours=1))
        assert get(path).status_code == 404

    @BOTH
    def test_a_withdrawn_issue_is_gone(self, get, out, chief, path):
        withdrawals.withdraw(out, by=chief, why="署名有误")
        assert get(path).status_code == 410

    @BOTH
    def test_a_members_journal_is_for_members(self, client, get, out, settings, path):
        settings.READER_ACCESS = "members"
        assert get(path).status_code == 302
        client.force_login(a_user(Role.CONTRIBUTOR))
        response = get(path)
        assert response.status_code == 200
        assert response["Cache-Control"] == "private, no-store"

    @pytest.mark.parametrize("path", ["/issues/2026/5/issue.pdf", "/issues/2026/5/issue.epub"])
    def test_an_issue_that_is_not_there_is_a_404(self, get, out, path):
        assert get(path).status_code == 404

    @BOTH
    def test_other_methods_are_refused(self, client, out, path):
        assert client.post(path).status_code == 405


class TestProofs:
    def test_are_made_from_the_issue_as_it_stands(self, client, get, making):
        client.force_login(a_user(Role.EDITOR))
        assert "灯还亮着。" in words(content(get(PDF)))
        article = making.articles.get()
        article.body = "<p>灯又亮了。</p>"
        article.save()
        assert "灯又亮了。" in words(content(get(PDF)))

    def test_without_fonts_say_what_is_missing(self, client, get, making, settings, tmp_path):
        settings.FONT_DIR = str(tmp_path)
        client.force_login(a_user(Role.EDITOR))
        response = get(PDF)
        assert response.status_code == 503
        assert "2026年第4期还做不出 PDF 没有找到思源宋体和思源黑体" in seen(response)
        assert get(EPUB).status_code == 200

    def test_name_the_article_whose_picture_is_gone(self, client, get, making):
        article = making.articles.get()
        picture = a_picture(article)
        article.body = f'<figure><img src="/pictures/{picture.token}/" alt="灯"></figure>'
        article.save()
        default_storage.delete(picture.file.name)
        client.force_login(a_user(Role.EDITOR))
        assert "《一盏灯》里有一张图片的文件读不出来" in seen(get(PDF))


class TestFileForThePrinter:
    @pytest.fixture
    def path(self, making) -> str:
        return f"/admin/issues/issue/{making.pk}/print/16k.pdf"

    def test_is_saved_with_bleed(self, client, get, path):
        client.force_login(a_user(Role.EDITOR))
        response = get(path)
        assert response["Content-Disposition"] == 'attachment; filename="2026-04-16k-print.pdf"'
        page = pypdfium2.PdfDocument(response.content)[0]
        assert page.get_bleedbox() != page.get_trimbox()

    def test_is_offered_where_the_issue_is_published(self, client, get, making, path):
        client.force_login(a_user(Role.EDITOR))
        response = get(f"/admin/issues/issue/{making.pk}/release/")
        assert link(response, "交给印厂") == f"/admin/issues/issue/{making.pk}/print/"
        assert link(response, "PDF") == PDF
        response = get(f"/admin/issues/issue/{making.pk}/print/")
        assert link(response, "16开（185×260 毫米）") == path

    def test_without_fonts_is_refused_in_a_sentence(self, client, get, path, settings, tmp_path):
        settings.FONT_DIR = str(tmp_path)
        client.force_login(a_user(Role.EDITOR))
        assert "还做不出印刷文件" in seen(get(path, follow=True))

    def test_is_for_the_desk(self, client, get, making, path):
        assert get(path).status_code == 302
        client.force_login(a_user(Role.CONTRIBUTOR))
        assert get(path).status_code in (302, 403)
        client.force_login(a_user(Role.EDITOR))
        assert get(path.replace("16k", "a5")).status_code == 404
        assert get("/admin/issues/issue/999999/print/a4.pdf").status_code == 404
        assert client.post(path).status_code == 405


class TestArchiveOfAnEdition:
    def test_is_the_stored_file_and_offered_beside_the_edition(self, client, get, out):
        client.force_login(a_user(Role.EDITOR))
        path = link(get(f"/admin/issues/issue/{out.pk}/release/"), "存档 zip")
        response = get(path)
        assert response["Content-Disposition"] == 'attachment; filename="2026-04-1-archive.zip"'
        assert hashlib.sha256(content(response)).hexdigest() == out.editions.get().sha256
        assert get(path.replace("1.zip", "2.zip")).status_code == 404

    def test_is_for_the_desk(self, client, get, out):
        path = f"/admin/issues/issue/{out.pk}/archive/1.zip"
        for visitor in (None, a_user(Role.CONTRIBUTOR)):
            if visitor:
                client.force_login(visitor)
            assert get(path)["Location"].startswith("/admin/login/")
