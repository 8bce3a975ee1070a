"""Back issues that exist only as PDF: uploaded, told apart, published, read."""

import os
import time
from dataclasses import replace
from datetime import date
from io import StringIO
from pathlib import Path

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command

from articles.models import Article
from issues.backissues import naming, scanned
from issues.backissues.host import IssueMark
from issues.backissues.load import AlreadyThere
from issues.exports import archive, book, pages, scans
from issues.making import make_up, publication
from issues.models import BackIssueImport, Issue
from issues.numbering import Which
from servicejournal import files
from servicejournal.models import Record
from servicejournal.roles import Role
from tests.factories import a_section, a_user, an_article, an_issue, made, release_page
from tests.issues.exports.pdfs import a_pdf

pytestmark = pytest.mark.django_db

MARKS = (("雨天的门垫", 1), ("说慢一点", 2))
PDF = a_pdf(["The door mat", "Say it slowly"], marks=MARKS, acts=True)
FACTS = scanned.Facts(2019, Which(3), 30, date(2019, 9, 20), "把雨挡在门外")
UPLOAD = "/admin/issues/backissueimport/upload/"


@pytest.fixture
def chief(client):
    user = a_user(Role.CHIEF_EDITOR)
    client.force_login(user)
    return user


@pytest.fixture
def kept() -> scanned.Kept:
    return scanned.keep(PDF, file_name="服务文化专刊2019年第3期.pdf")


def text_of(response) -> str:
    return response.content.decode()


def upload(client, data: bytes = PDF, name: str = "专刊.pdf"):
    file = SimpleUploadedFile(name, data, content_type="application/pdf")
    return client.post(UPLOAD, {"file": file}, follow=True)


@pytest.mark.parametrize(
    ("name", "mark"),
    [
        ("服务文化专刊2019年第3期", IssueMark(2019, Which(3))),
        ("２０２２年第２期（总第３８期）定稿", IssueMark(2022, Which(2), 38)),
        ("2020年第十二期", IssueMark(2020, Which(12))),
        ("zhuankan-2019-03", IssueMark(2019, Which(3))),
        ("201904", IssueMark(2019, Which(4))),
        ("总第41期", IssueMark(None, None, 41)),
        ("2019年第7-8期", IssueMark(2019, Which(7, 8))),
        ("2019年第七、八期合刊", IssueMark(2019, Which(7, 8))),
        ("专刊2019-07_08", IssueMark(2019, Which(7, 8))),
        ("2020年增刊", IssueMark(2020, Which(1, kind="supplement"))),
        ("2020年增刊第2期", IssueMark(2020, Which(2, kind="supplement"))),
        ("2020年号外", IssueMark(2020, Which(1, kind="extra"))),
        ("专刊2020-s2", IssueMark(2020, Which(2, kind="supplement"))),
        ("扫描件2019-03-12", IssueMark()),
        ("IMG_20190312", IssueMark()),
        ("专刊", IssueMark()),
    ],
)
def test_a_file_name_tells_which_issue_it_is(name, mark):
    assert naming.of_file(name) == mark


@pytest.mark.parametrize(
    ("name", "facts"),
    [
        ("a.pdf", scanned.Facts(2022, Which(2), 38, date(2022, 6, 24))),
        ("2022-02.pdf", scanned.Facts(2022, Which(2), 38, date(2022, 6, 24))),
        ("2021-02.pdf", scanned.Facts(2021, Which(2))),
    ],
)
def test_the_first_page_tells_what_the_name_does_not(kept, name, facts):
    words = "服务文化专刊\n2022 年第 2 期\n（总第 38 期）2022年6月24日出刊"
    told = replace(kept, file_name=name, first_words=words)
    assert scanned.guess(told) == facts


class TestAdmitting:
    def test_the_issue_has_the_pdf_a_cover_and_an_intake_to_be_looked_at(self, kept):
        by = a_user()
        issue, is_new = scanned.admit(kept, FACTS, by=by)
        assert is_new
        assert (issue.full_label, issue.theme) == ("2019年第3期（总第30期）", "把雨挡在门外")
        assert issue.cover
        assert issue.scan.name == f"scans/{kept.sha256}.pdf"
        assert (issue.intake.encoding, issue.intake.imported_by) == ("PDF", by)
        assert not Issue.objects.published().exists()
        assert Record.objects.filter(verb="导入过刊", actor_pk=by.pk).count() == 1

    def test_the_same_file_again_changes_nothing(self, kept):
        issue, _ = scanned.admit(kept, FACTS, by=a_user())
        other = scanned.Facts(2020, Which(1))
        assert scanned.admit(kept, other, by=a_user()) == (issue, False)
        assert Issue.objects.count() == 1

    def test_an_issue_that_exists_from_elsewhere_is_not_overwritten(self, kept):
        an_issue(year=2019, number=3)
        with pytest.raises(AlreadyThere, match="2019年第3期已经在系统里"):
            scanned.admit(kept, FACTS, by=a_user())

    @pytest.mark.parametrize(
        ("facts", "said"),
        [
            (scanned.Facts(), "看不出是哪一年第几期"),
            (scanned.Facts(1819, Which(3)), "资料不对"),
            (scanned.Facts(2019, Which(3), theme="长" * 41), "资料不对"),
            (scanned.Facts(2019, Which(3), 35), "总第35期已经是"),
        ],
    )
    def test_what_cannot_be_is_refused_in_one_sentence(self, kept, facts, said):
        an_issue(running_number=35)
        with pytest.raises(scanned.NotAdmitted, match=said) as refusal:
            scanned.admit(kept, facts, by=a_user())
        assert str(refusal.value).endswith("。")
        assert not BackIssueImport.objects.exists()

    def test_an_issue_that_came_as_text_gets_its_pdf(self, kept):
        issue = an_issue(year=2019, number=3)
        facts = {"issue": issue, "origin": Article.Origin.BACK_ISSUE}
        mat = an_article(title="雨天的 门垫", **facts)
        assert scanned.admit(kept, FACTS, by=a_user()) == (issue, True)
        assert scanned.admit(kept, FACTS, by=a_user()) == (issue, False)
        issue.refresh_from_db()
        assert issue.theme == ""
        issue.date = date(2019, 9, 20)
        issue.save()
        edition = publication.publish_back_issue(issue, by=a_user(Role.CHIEF_EDITOR))
        assert [entry["article"] for entry in edition.outline] == [mat.pk, None]
        assert edition.epub

    def test_a_manuscript_does_not_get_a_pdf_under_it(self, kept):
        an_article(issue=an_issue(year=2019, number=3))
        with pytest.raises(AlreadyThere):
            scanned.admit(kept, FACTS, by=a_user())

    def test_nor_is_a_manuscript_placed_in_it(self, kept):
        issue, _ = scanned.admit(kept, FACTS, by=a_user())
        article = an_article(status=Article.Status.ACCEPTED, section=a_section())
        with pytest.raises(publication.NotAllowed, match="当年的原件"):
            make_up.place([article], issue, by=a_user(Role.EDITOR))


class TestPublishing:
    @pytest.fixture
    def issue(self, kept) -> Issue:
        return scanned.admit(kept, FACTS, by=a_user())[0]

    def test_readers_get_the_pdf_and_its_bookmarks(self, client, issue):
        edition = publication.publish_back_issue(issue, by=a_user(Role.CHIEF_EDITOR))
        assert (edition.page_count, edition.epub.name, edition.without_pdf) == (2, "", "")
        assert edition.outline == [
            {"title": title, "page": page, "article": None} for title, page in MARKS
        ]
        with edition.pdf.open() as file:
            data = file.read()
        assert pages.look_at(data).titles == MARKS
        answer = client.get("/issues/2019/3/issue.pdf")
        assert (b"".join(answer.streaming_content), answer["X-Content-Type-Options"]) == (
            data,
            "nosniff",
        )
        assert client.get("/issues/2019/3/issue.epub").status_code == 404

    def test_signing_off_covers_the_pdf(self, issue):
        before = archive.digest(book.of(issue))
        issue.scan.name = f"scans/{'0' * 64}.pdf"
        assert archive.digest(book.of(issue)) != before

    def test_a_pdf_that_is_no_longer_the_same_does_not_come_out(self, issue):
        with open(issue.scan.path, "ab") as file:
            file.write(b"%")
        with pytest.raises(publication.NotAllowed, match="过刊 PDF 读不出来"):
            publication.publish_back_issue(issue, by=a_user(Role.CHIEF_EDITOR))
        issue.refresh_from_db()
        assert not issue.published_at

    def test_every_readers_page_that_shows_it_does(self, client, issue, html_valid):
        publication.publish_back_issue(issue, by=a_user(Role.CHIEF_EDITOR))
        an_issue(year=2020, number=1, published=True, articles=1)
        page = text_of(client.get("/issues/2019/3/"))
        html_valid(page)
        for title, number in MARKS:
            assert f'href="/issues/2019/3/read/#p{number}"' in page
            assert title in page
        assert "还没有编入文章" not in page
        assert "EPUB" not in page
        for address in ("/", "/issues/", "/issues/2019/3/cover.webp"):
            assert client.get(address).status_code == 200

    def test_every_page_of_the_desk_opens(self, client, chief, issue):
        here = f"/admin/issues/issue/{issue.pk}/"
        for tab in ("change/", "board/", "proofs/", "release/"):
            assert client.get(here + tab).status_code == 200
        assert "没有单篇文章" in text_of(client.get(f"{here}wechat/"))
        assert "当年的原件" in text_of(client.get(f"{here}print/a4.pdf", follow=True))
        assert client.get("/issues/2019/3/issue.pdf").status_code == 200
        assert "没有单篇文章" in text_of(client.get("/issues/2019/3/issue.epub"))


class TestInTheAdmin:
    def test_uploaded_set_right_accepted_and_published(self, client, chief):
        page = upload(client, name="专刊2019年第3期.pdf")
        address = page.redirect_chain[-1][0]
        for words in ('value="2019"', 'value="3"', "雨天的门垫", "2 页", "The door mat"):
            assert words in text_of(page)
        facts = {"year": 2019, "number": 3, "running_number": 30, "date": "2019-09-20"}
        page = client.post(address, {**facts, "theme": "把雨挡在门外"}, follow=True)
        assert "已导入，请核对后点“核对通过”" in text_of(page)
        issue = Issue.objects.get()
        for step in ("accept", "sign_off", "publish"):
            page = client.post(
                f"/admin/issues/issue/{issue.pk}/release/", {"step": step, **release_page(issue)}
            )
            made()
        assert Issue.objects.published().get() == issue
        assert "什么也没有改" in text_of(upload(client))

    def test_what_is_wrong_costs_no_second_upload(self, client, chief):
        address = upload(client).redirect_chain[-1][0]
        wrong = {"year": 1019, "number": "", "theme": "把雨挡在门外", "date": "昨天"}
        page = client.post(address, wrong)
        assert page.status_code == 422
        for words in ("把雨挡在门外", "1019", "请按“2019-09-20”的样子"):
            assert words in text_of(page)
        an_issue(year=2019, number=3)
        page = client.post(address, {"year": 2019, "number": 3})
        assert "2019年第3期已经在系统里" in text_of(page)
        assert client.post(address, {"year": 2019, "number": 4}).status_code == 302

    @pytest.mark.parametrize("data", [b"no pdf", b"%PDF-1.7 torn"])
    def test_what_is_no_pdf_is_refused_on_the_page(self, client, chief, data):
        page = upload(client, data)
        assert page.status_code == 422
        assert "PDF" in text_of(page)

    def test_what_others_uploaded_and_what_nobody_did_asks_for_a_file(self, client, chief, kept):
        page = client.get(f"/admin/issues/backissueimport/pdf/{kept.sha256}/", follow=True)
        assert "请重新选 PDF 文件" in text_of(page)

    def test_the_auditor_imports_nothing(self, client, kept):
        client.force_login(a_user(Role.AUDITOR))
        assert client.get(f"/admin/issues/backissueimport/pdf/{kept.sha256}/").status_code == 403


class TestTheCommand:
    def command(self, tmp_path, name: str, *options) -> str:
        path, out = tmp_path / name, StringIO()
        path.write_bytes(PDF)
        call_command("import_issue", str(path), *options, stdout=out)
        return out.getvalue()

    def test_it_guesses_imports_and_publishes(self, client, tmp_path):
        out = self.command(tmp_path, "2019-03.pdf", "--date", "2019-09-20", "--publish")
        assert "2019年第3期，PDF 2 页，书签 2 条" in out
        assert "已发布：/issues/2019/3/" in out
        assert client.get("/issues/2019/3/").status_code == 200
        assert "什么也没有改" in self.command(tmp_path, "b.pdf", "--year", "2020")

    def test_what_is_said_counts_more_than_the_name(self, tmp_path):
        self.command(tmp_path, "2019-03.pdf", "--year", "2018", "--number", "2")
        assert Issue.objects.get().label == "2018年第2期"

    def test_what_could_not_be_published_is_not_imported_either(self, tmp_path):
        with pytest.raises(CommandError, match="没有出刊日期"):
            self.command(tmp_path, "2019-03.pdf", "--publish")
        assert not Issue.objects.exists()

    def test_what_was_imported_before_is_published_by_a_second_run(self, tmp_path):
        self.command(tmp_path, "2019-03.pdf")
        with pytest.raises(CommandError, match="没有出刊日期"):
            self.command(tmp_path, "2019-03.pdf", "--publish")
        issue = Issue.objects.get()
        assert (issue.published_at, issue.signed_off_at, issue.intake.accepted_at) == (None,) * 3
        Issue.objects.update(date=date(2019, 9, 20))
        assert "已发布：/issues/2019/3/" in self.command(tmp_path, "2019-03.pdf", "--publish")

    def test_it_asks_where_it_cannot_tell(self, tmp_path):
        with pytest.raises(CommandError, match="请写明年份和期号") as refusal:
            self.command(tmp_path, "专刊.pdf")
        assert "\n" not in str(refusal.value)


class TestSweeping:
    def swept(self, *options: str) -> str:
        out = StringIO()
        call_command("sweep_scans", *options, stdout=out)
        return out.getvalue()

    def test_what_became_no_issue_goes_after_a_month_and_only_when_told(self, chief, kept):
        scanned.admit(kept, FACTS, by=chief)
        abandoned = scanned.keep(a_pdf(["another"]), file_name="别的.pdf")
        path = Path(default_storage.path(scans.file_of(abandoned.sha256)))
        assert "没有用到的过刊 PDF 0 个" in self.swept("--delete")
        long_ago = time.time() - 31 * 24 * 3600
        for name in default_storage.listdir("scans")[1]:
            os.utime(default_storage.path(f"scans/{name}"), (long_ago, long_ago))
        assert "没有用到的过刊 PDF 1 个" in self.swept()
        assert path.exists()
        assert "已经删除" in self.swept("--delete")
        assert scans.file_of(abandoned.sha256) in files.discarded()
        assert scans.file_of(kept.sha256) not in files.discarded()
        assert "没有用到的过刊 PDF 0 个" in self.swept()  # it is seen to

    def test_what_may_still_wait_in_a_session_is_not_touched(self, chief):
        with pytest.raises(CommandError, match="15 到 36500"):
            self.swept("--days", "14")
