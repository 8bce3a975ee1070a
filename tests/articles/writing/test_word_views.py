"""Word files over HTTP: into the form with and without scripts, and the originals out."""

import json

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from articles.models import Article, Attachment, Branch, Picture
from articles.reviewing import workflow
from articles.writing import attachments, handing_in
from tests.articles.docx import docx, p, photo, picture, title
from tests.articles.filling_in import WORDS, a_draft, posted
from tests.factories import a_section, a_user, an_article, an_issue

pytestmark = pytest.mark.django_db

WHOLE = docx(
    p("【服务掠影】"),
    title("屋檐下的灯"),
    p("◎南湖支行 何静　方圆", align="center"),
    p(WORDS),
    p(picture("a.jpg")),
    p("图1 灯"),
    media={"a.jpg": photo()},
)
OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)


def upload(data: bytes = WHOLE, name: str = "屋檐下的灯.docx") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data)


@pytest.fixture
def branch(db) -> Branch:
    return Branch.objects.named("南湖支行")


class TestUploading:
    def upload(self, client, file=None, **headers):
        return client.post("/submit/word/", {"word": file or upload()}, headers=headers)

    def test_gives_what_the_file_holds(self, signed_in, writer, branch):
        response = self.upload(signed_in)
        answer = response.json()
        kept, shown = Attachment.objects.get(), Picture.objects.get()
        assert response.status_code == 201
        assert answer == {
            "title": "屋檐下的灯",
            "section": str(a_section("service-sketch").pk),
            "bylines": [
                {"name": "何静", "branch": str(branch.pk)},
                {"name": "方圆", "branch": str(branch.pk)},
            ],
            "html": f'<p>{WORDS}</p><figure><img src="{shown.get_absolute_url()}" alt="图1 灯">'
            "<figcaption>图1 灯</figcaption></figure>",
            "attachment": str(kept.token),
            "name": "屋檐下的灯.docx",
            "remarks": ["按原稿上的“服务掠影”选了栏目。"],
            "pictures": [],
        }
        assert (kept.uploaded_by, kept.article, kept.size) == (writer, None, len(WHOLE))
        assert kept.file.read() == WHOLE
        kept.file.close()

    def test_stores_no_manuscript(self, signed_in):
        self.upload(signed_in)
        assert not Article.objects.exists()

    def test_says_which_branch_it_does_not_know(self, signed_in):
        answer = self.upload(signed_in).json()
        assert [row["branch"] for row in answer["bylines"]] == ["", ""]
        assert "单位名单里没有“南湖支行”，请在“作者”一栏另选一个。" in answer["remarks"]

    def test_knows_a_branch_by_its_longer_name(self, signed_in, branch):
        file = upload(docx(title("灯"), p("示范银行南湖支行 何静", align="center"), p(WORDS)))
        assert self.upload(signed_in, file).json()["bylines"] == [
            {"name": "何静", "branch": str(branch.pk)}
        ]

    def test_a_line_above_the_title_that_is_no_section_opens_the_text(self, signed_in):
        answer = self.upload(
            signed_in, upload(docx(p("简报"), title("屋檐下的灯"), p(WORDS)))
        ).json()
        assert answer["html"] == f"<p>简报</p><p>{WORDS}</p>"
        assert answer["section"] == ""

    def test_a_picture_that_is_refused_leaves_its_caption(self, signed_in):
        broken = docx(
            title("屋檐下的灯"),
            p(picture("a.jpg")),
            p("图1 灯"),
            media={"a.jpg": b"\xff\xd8\xff broken"},
        )
        answer = self.upload(signed_in, upload(broken)).json()
        assert answer["html"] == "<p>图1 灯</p>"
        assert answer["remarks"][0].startswith("第 1 张图片没有导入：")

    @pytest.mark.parametrize("data", [b"", OLD, b"PK\x03\x04", b"%PDF-1.4", b"\x00" * 100])
    def test_a_refused_file_is_a_sentence_and_stores_nothing(self, signed_in, data):
        response = self.upload(signed_in, upload(data))
        assert response.status_code == 422
        assert "请" in response.json()["error"]["message"]
        assert not Attachment.objects.exists()

    def test_nothing_sent_is_a_sentence_too(self, signed_in):
        response = signed_in.post("/submit/word/")
        assert response.status_code == 400
        assert "没有收到文件" in response.json()["error"]["message"]

    def test_strangers_bring_nothing(self, client):
        response = self.upload(client)
        assert response.status_code == 403
        assert "您写的字还在" in response.json()["error"]["message"]
        assert not Attachment.objects.exists()

    def test_needs_the_token(self, writer):
        strict = Client(enforce_csrf_checks=True)
        strict.force_login(writer)
        response = self.upload(strict)
        assert response.status_code == 403
        assert "刷新页面" in json.loads(response.content)["error"]["message"]
        strict.get("/submit/")
        assert (
            self.upload(strict, **{"X-CSRFToken": strict.cookies["csrftoken"].value}).status_code
            == 201
        )

    @pytest.mark.parametrize("method", ["get", "put", "delete"])
    def test_other_methods_are_refused(self, signed_in, method):
        assert getattr(signed_in, method)("/submit/word/").status_code == 405


class TestWithoutScripts:
    def send(self, client, path="/submit/", *, file=None, **changes):
        return client.post(path, posted(word=file or upload(), action="word", **changes))

    def test_fills_an_empty_form_and_saves_nothing(self, signed_in, branch):
        page = self.send(signed_in, title="", body="", section="")
        form = page.context["form"]
        rows = [(row["name"].value(), row["branch"].value()) for row in form.authors.forms]
        assert page.status_code == 200
        assert form["title"].value() == "屋檐下的灯"
        assert form["body"].value().startswith(f"<p>{WORDS}</p><figure>")
        assert form["section"].value() == str(a_section("service-sketch").pk)
        assert rows == [
            ("何静", str(branch.pk)),
            ("方圆", str(branch.pk)),
            (None, None),
            (None, None),
        ]
        assert "已导入“<span data-word-name>屋檐下的灯.docx</span>”" in page.content.decode()
        assert "还没有保存，请先改这些" not in page.content.decode()
        assert not Article.objects.exists()

    def test_loses_nothing_that_was_typed(self, signed_in, branch):
        page = self.send(signed_in, body="<p>写好的一段</p>")
        form = page.context["form"]
        assert form["title"].value() == "雨天的伞"
        assert form["body"].value().startswith(f"<p>写好的一段</p><p>{WORDS}</p>")
        assert [row["name"].value() for row in form.authors.forms[:3]] == ["沈一鸣", "何静", "方圆"]
        assert form["note"].value() == "请看标题"
        assert "原稿的标题是“屋檐下的灯”" in page.content.decode()

    def test_what_it_filled_is_saved_with_the_original(self, signed_in, writer, branch):
        form = self.send(signed_in, title="", body="").context["form"]
        token = Attachment.objects.get().token
        signed_in.post(
            "/submit/",
            posted(title=form["title"].value(), body=form["body"].value(), attachment=str(token)),
        )
        article = Article.objects.get()
        assert (article.title, article.attachments.get().token) == ("屋檐下的灯", token)
        assert article.pictures.count() == 1

    def test_a_refused_file_is_said_and_every_word_is_there(self, signed_in):
        page = self.send(signed_in, file=upload(OLD, "雨伞.doc"))
        html = page.content.decode()
        assert page.status_code == 422
        assert "“雨伞.doc”没有导入：这是旧版 .doc 文件" in html
        assert page.context["form"]["title"].value() == "雨天的伞"
        assert WORDS in html

    def test_the_button_without_a_file_says_what_to_do(self, signed_in):
        page = signed_in.post("/submit/", posted(action="word"))
        assert page.status_code == 422
        assert "还没有选 Word 文件" in page.content.decode()
        assert not Article.objects.exists()

    def test_a_file_that_comes_with_another_button_is_brought_in_all_the_same(self, signed_in):
        page = signed_in.post("/submit/", posted(word=upload(), action="hand_in"))
        assert page.context["enclosed"].name == "屋檐下的灯.docx"
        assert not Article.objects.exists()

    def test_works_for_a_draft_too(self, signed_in, writer):
        draft = a_draft(writer)
        page = self.send(signed_in, f"/submissions/{draft.pk}/edit/")
        assert page.status_code == 200
        draft.refresh_from_db()
        assert draft.title == "雨天的伞"

    @pytest.mark.parametrize("total", ["", "x", "-1", "1e9", "9" * 30, "²"])
    def test_a_hostile_number_of_authors_is_no_fault(self, signed_in, total):
        page = self.send(signed_in, **{"authors-TOTAL_FORMS": total})
        assert page.status_code == 200


class TestDownloading:
    @pytest.fixture
    def kept(self, writer) -> Attachment:
        return attachments.keep(WHOLE, "屋檐下的灯.docx", by=writer)

    def status(self, client, kept: Attachment) -> int:
        response = client.get(kept.get_absolute_url())
        if response.streaming:
            response.getvalue()
        return response.status_code

    def test_is_saved_and_never_shown_or_kept(self, signed_in, kept):
        response = signed_in.get(kept.get_absolute_url())
        assert response.getvalue() == WHOLE
        assert response["Content-Disposition"] == (
            "attachment; filename*=utf-8''%E5%B1%8B%E6%AA%90%E4%B8%8B%E7%9A%84%E7%81%AF.docx"
        )
        assert response["Content-Type"].endswith("wordprocessingml.document")
        assert response["X-Content-Type-Options"] == "nosniff"
        assert response["Cache-Control"] == "private, no-store"

    def test_that_would_be_refused_today_is_not_handed_to_an_editor(self, client, writer):
        """Kept in older times, when the guard let it pass."""
        old = attachments.keep(docx(p("字"), parts={"../x.txt": b"x"}), "稿.docx", by=writer)
        handing_in.hand_in(a_draft(writer, attachments=(old.token,)), by=writer, declared=True)
        client.force_login(a_user("editor"))
        answer = client.get(old.get_absolute_url())
        assert (answer.status_code, answer["Cache-Control"]) == (410, "private, no-store")
        assert "没有通过安全检查" in answer.text
        client.force_login(writer)
        assert self.status(client, old) == 200

    def test_of_a_draft_is_the_writers_alone(self, client, writer, kept):
        a_draft(writer, attachments=(kept.token,))
        assert self.status(client, kept) == 404
        for user, status in [(a_user(), 404), (a_user("editor"), 404), (writer, 200)]:
            client.force_login(user)
            assert self.status(client, kept) == status

    def test_of_what_was_handed_in_is_for_the_desk_too(self, client, writer, kept):
        handing_in.hand_in(a_draft(writer, attachments=(kept.token,)), by=writer, declared=True)
        assert self.status(client, kept) == 404
        for user, status in [(a_user(), 404), (a_user("editor"), 200), (writer, 200)]:
            client.force_login(user)
            assert self.status(client, kept) == status

    def test_of_a_published_article_is_no_readers(self, client, writer, kept):
        article = an_article(issue=an_issue(published=True), contributor=writer)
        Attachment.objects.update(article=article)
        assert self.status(client, kept) == 404
        client.force_login(a_user())
        assert self.status(client, kept) == 404

    def test_what_is_not_there_is_a_404(self, signed_in, kept, caplog):
        assert (
            signed_in.get("/attachments/00000000-0000-4000-8000-000000000000/").status_code == 404
        )
        default_storage.delete(kept.file.name)
        assert self.status(signed_in, kept) == 404
        assert "is not there" in caplog.text

    def test_other_methods_are_refused(self, signed_in, kept):
        assert signed_in.post(kept.get_absolute_url()).status_code == 405


class TestLinks:
    def test_stand_on_the_writers_page(self, signed_in, writer):
        kept = attachments.keep(WHOLE, "屋檐下的灯.docx", by=writer)
        article = a_draft(writer, attachments=(kept.token,))
        assert (
            kept.get_absolute_url() in signed_in.get(f"/submissions/{article.pk}/").content.decode()
        )

    def test_stand_on_the_review_page(self, client, writer):
        kept = attachments.keep(WHOLE, "屋檐下的灯.docx", by=writer)
        article = handing_in.hand_in(
            a_draft(writer, attachments=(kept.token,)), by=writer, declared=True
        )
        editor = a_user("editor", is_staff=True)
        client.force_login(editor)
        workflow.receive(article, by=editor)
        page = client.get(f"/admin/articles/article/{article.pk}/review/").content.decode()
        assert f'<a href="{kept.get_absolute_url()}" download>屋檐下的灯.docx</a>' in page
