"""A back issue into the database: by the command, and by an editor in the admin."""

from io import StringIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command

from articles.models import Article, Author, Branch, Section
from issues import contents
from issues.backissues import load
from issues.models import BackIssueImport, Issue
from servicejournal.models import User
from servicejournal.roles import Role
from tests.factories import a_user, an_author, an_issue, made, release_page

pytestmark = pytest.mark.django_db

DUMP = """注册

服务文化专刊2021第五期

其他分类其他2021-10-20
128

专刊

Service culture
special issue

◎雨天的门垫

传播服务文化价值  展示服务品牌形象

05

2021年第5期
总第35期

目录

CONTENTS

服务管理

Service management

雨天的门垫

窗口新语

New words at the window

说慢一点

某某银行党群工作部 编印
电 话:0431-80000000
网 址:www.example.com
欢迎投稿:tougao@example.com

服务管理

Service management

雨天的门垫

◎东岭支行 高志远

下雨那天,门口的垫子换了三次。客人进门先低头看脚下,再抬头看我们,这一低一抬之间,就是我们能不能留住他的时
间。后来我们在门外多放了一块,把伞架也挪了出去,地上再没有水渍。

窗口新语

New words at the window

说慢一点

◎南湖支行 沈一鸣

窗口里的话,说慢一点,客人就听得清楚一点。我们把常说的二十句话写在卡片上,每一句都试着放慢,再放慢一些。
"""


def data(text: str = DUMP) -> bytes:
    return text.encode()


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "2021-05.txt"
    path.write_bytes(data())
    return path


def command(*args) -> str:
    out = StringIO()
    call_command("import_issue", *map(str, args), stdout=out)
    return out.getvalue()


class TestLoading:
    def test_issue_sections_articles_and_people_are_there(self):
        issue = load.load(data(), file_name="a.txt", by=a_user())[0].issue
        assert (issue.full_label, issue.cover_lines) == ("2021年第5期（总第35期）", "雨天的门垫")
        assert (issue.compiled_by, str(issue.date)) == ("某某银行党群工作部", "2021-10-20")
        first, second = contents.of(issue).articles
        assert (first.section.slug, first.title) == ("service-management", "雨天的门垫")
        assert first.byline == "东岭支行 高志远"
        assert (second.section.name, second.section.name_en) == (
            "窗口新语",
            "New words at the window",
        )
        body = Article.objects.get(pk=first.pk).body
        assert "能不能留住他的时间。后来我们" in body
        assert "," not in body

    def test_readers_do_not_see_it_before_it_is_published(self):
        load.load(data(), file_name="a.txt", by=a_user())
        assert not Issue.objects.published().exists()
        assert not Article.objects.published().exists()

    def test_branches_and_authors_that_exist_are_reused(self):
        author = an_author("高志远", "东岭支行")
        load.load(data(), file_name="a.txt", by=a_user())
        assert Branch.objects.filter(name="东岭支行").count() == 1
        assert Author.objects.get(name="高志远") == author
        assert author.articles.count() == 1

    def test_what_a_branch_was_called_then_is_printed_and_known(self):
        renamed = Branch.objects.named("东岭分行")
        renamed.former.create(name="东岭支行")
        first, _ = contents.of(load.load(data(), file_name="a.txt", by=a_user())[0].issue).articles
        assert first.byline == "东岭支行 高志远"
        assert first.authorships.get().branch == renamed
        assert not Branch.objects.filter(name="东岭支行").exists()

    def test_the_same_file_again_changes_nothing(self):
        load.load(data(), file_name="a.txt", by=a_user())
        article = Article.objects.get(title="说慢一点")
        article.title = "请说慢一点"
        article.save()
        intake, is_new = load.load(data(), file_name="b.txt", by=a_user())
        assert (is_new, intake.file_name) == (False, "a.txt")
        assert Article.objects.count() == 2
        assert Article.objects.filter(title="请说慢一点").exists()

    def test_an_issue_that_exists_from_elsewhere_is_not_overwritten(self):
        an_issue(year=2021, number=5)
        with pytest.raises(load.AlreadyThere, match="2021年第5期已经在系统里"):
            load.load(data(), file_name="a.txt", by=a_user())
        assert not Article.objects.exists()

    def test_a_running_number_that_is_taken_is_doubted_not_stolen(self):
        an_issue(running_number=35)
        intake, _ = load.load(data(), file_name="a.txt", by=a_user())
        assert intake.issue.running_number is None
        assert intake.doubts[0]["message"] == "总第35期已被另一期用了，请核对后补上总期号。"

    def test_a_section_that_nobody_knew_comes_behind_the_one_it_was_printed_behind(self):
        before = list(Section.objects.values_list("name", flat=True))
        intake, _ = load.load(data(), file_name="a.txt", by=a_user())
        at = before.index("服务管理") + 1
        expected = [*before[:at], "窗口新语", *before[at:]]
        assert list(Section.objects.values_list("name", flat=True)) == expected
        assert "section-order" not in {doubt["code"] for doubt in intake.doubts}

    def test_it_comes_last_where_there_is_no_room(self):
        known = Section.objects.get(name="服务管理")
        Section.objects.create(name="挨着", slug="beside", order=known.order + 1)
        load.load(data(), file_name="a.txt", by=a_user())
        assert Section.objects.last().name == "窗口新语"

    def test_articles_of_a_dump_without_sections_stand_in_one_that_says_so(self):
        bare = DUMP.replace("服务管理\n\nService management\n\n", "")
        bare = bare.replace("窗口新语\n\nNew words at the window\n\n", "")
        issue = load.load(data(bare), file_name="a.txt", by=a_user())[0].issue
        parts = contents.of(issue).sections
        assert {part.section.name for part in parts} == {"未分栏目"}
        assert issue.articles.count() >= 1


class TestTheCommand:
    def test_it_says_what_it_understood(self, file):
        out = command(file)
        for words in ("2021年第5期（总第35期）", "雨天的门垫", "东岭支行 高志远", "浏览 128"):
            assert words in out

    def test_published_readers_read_it(self, client, file):
        assert "已发布：/issues/2021/5/" in command(file, "--publish")
        page = client.get("/issues/2021/5/").content.decode()
        assert "雨天的门垫" in page
        assert "窗口新语" in page

    def test_imported_first_it_can_be_published_by_a_second_run(self, file):
        command(file)
        out = command(file, "--publish")
        assert "这个文件已经导入过，什么也没有改。" in out
        assert Issue.objects.published().count() == 1
        assert "已发布" not in command(file, "--publish")

    @pytest.mark.parametrize(
        "content",
        [b"", b"%PDF-1.7 \x00\x01", "春天来了，我们去看花。".encode(), b"\x89PNG\r\n\x00"],
    )
    def test_what_is_no_dump_is_refused_in_one_sentence_and_nothing_is_stored(
        self, tmp_path, content
    ):
        path = tmp_path / "x.txt"
        path.write_bytes(content)
        with pytest.raises(CommandError) as refusal:
            command(path)
        assert "\n" not in str(refusal.value)
        assert str(refusal.value).endswith("。")
        assert not Issue.objects.exists()
        assert not User.objects.exists()

    def test_a_missing_file_is_named(self, tmp_path):
        with pytest.raises(CommandError, match="读不了文件"):
            command(tmp_path / "nothing.txt")

    def test_without_a_date_it_is_not_published_and_not_half_stored(self, tmp_path):
        path = tmp_path / "x.txt"
        path.write_bytes(data(DUMP.replace("其他分类其他2021-10-20\n128\n", "")))
        with pytest.raises(CommandError, match="没有出刊日期"):
            command(path, "--publish")
        assert not Issue.objects.exists()

    def test_the_real_issue_is_published_whole(self, client, seed):
        out = command(seed, "--publish")
        assert "2022年第2期（总第38期）" in out
        issue = Issue.objects.published().get()
        assert client.get(issue.get_absolute_url()).status_code == 200
        articles = contents.of(issue).articles
        assert len(articles) == 4
        for article in articles:
            assert client.get(article.get_absolute_url()).status_code == 200


class TestInTheAdmin:
    @pytest.fixture
    def chief(self, client):
        user = a_user(Role.CHIEF_EDITOR)
        client.force_login(user)
        return user

    def upload(self, client, content: bytes, name: str = "2021-05.txt"):
        file = SimpleUploadedFile(name, content, content_type="text/plain")
        return client.post("/admin/issues/backissueimport/upload/", {"file": file}, follow=True)

    def test_an_import_is_looked_at_accepted_and_published(self, client, chief):
        page = self.upload(client, data())
        assert "已导入 2 篇文章，" in page.content.decode()
        issue = Issue.objects.get()
        url = f"/admin/issues/issue/{issue.pk}/release/"
        assert "请先核对并点“核对通过”" in client.get(url).content.decode()
        client.post(url, {"step": "accept", **release_page(issue)})
        client.post(url, {"step": "sign_off", **release_page(issue)})
        made()
        client.post(url, {"step": "publish", **release_page(issue)})
        assert Issue.objects.published().exists()
        intake = BackIssueImport.objects.get()
        assert (intake.accepted_by, intake.imported_by) == (chief, chief)

    def test_its_articles_can_be_corrected_before(self, client, chief):
        self.upload(client, data())
        article = Article.objects.get(title="说慢一点")
        assert client.get(f"/admin/articles/article/{article.pk}/change/").status_code == 200

    def test_a_file_that_is_no_dump_is_refused_on_the_page(self, client, chief):
        page = self.upload(client, b"%PDF-1.7 \x00", "issue.pdf")
        assert page.status_code == 422
        assert "PDF" in page.content.decode()
        assert not Issue.objects.exists()

    def test_writers_and_auditors_do_not_import(self, client):
        client.force_login(a_user(Role.AUDITOR))
        assert self.upload(client, data()).status_code == 403
