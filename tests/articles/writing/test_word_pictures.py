"""The words of a Word file first, then its pictures one by one."""

from io import BytesIO
from uuid import UUID

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from articles.models import Article, Attachment, Picture
from articles.writing import handing_in, word_pictures
from tests.articles.docx import docx, p, photo, picture, table, title
from tests.articles.filling_in import WORDS, a_draft, posted
from tests.factories import a_user
from tests.pages import seen

pytestmark = pytest.mark.django_db

TWO = docx(
    title("屋檐下的灯"),
    p(WORDS),
    p(picture("a.jpg")),
    p("图1 灯 <亮>"),
    p(WORDS),
    p(picture("b.jpg")),
    media={"a.jpg": photo(), "b.jpg": photo(500, 300)},
)


def bring(client: Client, data: bytes = TWO) -> dict:
    file = SimpleUploadedFile("灯.docx", data)
    response = client.post("/submit/word/", {"word": file, "pictures": "later"})
    assert response.status_code == 201
    return response.json()


def take(client: Client, token: str, number: int):
    return client.post(f"/attachments/{token}/pictures/{number}/")


class TestTheWords:
    def test_stand_there_with_a_mark_for_each_picture_and_none_is_stored(self, signed_in):
        answer = bring(signed_in)
        start = UUID(answer["attachment"]).hex[:6]
        first, second = answer["pictures"]
        assert first == {
            "number": 1,
            "mark": f"〔第 1 张图片还没有导入·{start}：图1 灯 <亮>〕",
            "caption": "图1 灯 <亮>",
        }
        assert second["mark"] == f"〔第 2 张图片还没有导入·{start}〕"
        marked = f"<p>〔第 1 张图片还没有导入·{start}：图1 灯 &lt;亮&gt;〕</p>"
        assert answer["html"] == f"<p>{WORDS}</p>{marked}<p>{WORDS}</p><p>{second['mark']}</p>"
        assert not Picture.objects.exists()

    def test_of_a_file_without_pictures_are_all_there_is(self, signed_in):
        answer = bring(signed_in, docx(title("灯"), p(WORDS)))
        assert (answer["pictures"], answer["html"]) == ([], f"<p>{WORDS}</p>")

    def test_keep_the_place_of_a_picture_in_a_table(self, signed_in):
        cells = table(["网点", "样子"], ["南湖", p(picture("a.jpg"))], ["东岭", "没有照片"])
        answer = bring(signed_in, docx(title("灯"), p(WORDS), cells, media={"a.jpg": photo()}))
        mark = answer["pictures"][0]["mark"]
        assert answer["html"].index("南湖") < answer["html"].index(mark)
        assert answer["html"].index(mark) < answer["html"].index("东岭")


class TestAPicture:
    def test_comes_with_its_caption(self, signed_in, writer):
        token = bring(signed_in)["attachment"]
        answer = take(signed_in, token, 1)
        stored = Picture.objects.get()
        assert answer.status_code == 201
        assert answer.json()["figure"] == (
            f'<figure><img src="{stored.get_absolute_url()}" alt="图1 灯 &lt;亮&gt;">'
            "<figcaption>图1 灯 &lt;亮&gt;</figcaption></figure>"
        )
        assert stored.uploaded_by == writer
        second = take(signed_in, token, 2).json()["figure"]
        assert "图1" not in second
        assert Picture.objects.get(width=500).get_absolute_url() in second

    def test_all_of_them_make_what_the_file_makes_in_one_go(self, signed_in):
        answer = bring(signed_in)
        body = answer["html"]
        for each in answer["pictures"]:
            mark = each["mark"].replace("<", "&lt;").replace(">", "&gt;")
            figure = take(signed_in, answer["attachment"], each["number"]).json()["figure"]
            body = body.replace(f"<p>{mark}</p>", figure)
        at_once = signed_in.post("/submit/word/", {"word": SimpleUploadedFile("灯.docx", TWO)})

        def without_addresses(html: str) -> str:
            for each in Picture.objects.all():
                html = html.replace(str(each.token), "")
            return html

        assert without_addresses(body) == without_addresses(at_once.json()["html"])

    def test_asked_for_again_comes_again(self, signed_in):
        token = bring(signed_in)["attachment"]
        assert [take(signed_in, token, 1).status_code for _ in range(2)] == [201, 201]

    @pytest.mark.parametrize("number", [0, 3, 99])
    def test_that_the_file_does_not_have_is_said_to_be_none(self, signed_in, number):
        answer = take(signed_in, bring(signed_in)["attachment"], number)
        assert (answer.status_code, "找不到这张图片" in answer.json()["error"]["message"]) == (
            404,
            True,
        )

    def test_is_the_writers_alone(self, signed_in, client):
        token = bring(signed_in)["attachment"]
        other = Client()
        other.force_login(a_user("editor"))
        assert take(other, token, 1).status_code == 404
        assert take(Client(), token, 1).status_code == 403
        assert signed_in.get(f"/attachments/{token}/pictures/1/").status_code == 405
        assert not Picture.objects.exists()

    def test_that_is_broken_is_refused_in_words_and_the_others_come(self, signed_in):
        broken = docx(
            title("灯"),
            p(WORDS),
            p(picture("a.jpg")),
            p(picture("b.jpg")),
            media={"a.jpg": photo()[:300], "b.jpg": photo()},
        )
        token = bring(signed_in, broken)["attachment"]
        refused = take(signed_in, token, 1)
        assert refused.status_code == 422
        assert refused.json()["error"]["message"]
        assert take(signed_in, token, 2).status_code == 201

    def test_that_is_too_large_is_refused_before_it_is_read(self, signed_in, monkeypatch):
        token = bring(signed_in)["attachment"]
        monkeypatch.setattr(word_pictures.pixels, "MAX_BYTES", 100)
        assert "20 MB" in take(signed_in, token, 1).json()["error"]["message"]


class TestHandingIn:
    def marked(self, signed_in, writer) -> Article:
        answer = bring(signed_in)
        signed_in.post("/submit/", posted(body=answer["html"], attachment=answer["attachment"]))
        return Article.objects.get()

    def test_waits_for_the_pictures_and_says_for_which(self, signed_in, writer):
        article = self.marked(signed_in, writer)
        assert "第 1、2 张图片还没有导入" in handing_in.missing(article)["body"]
        with pytest.raises(handing_in.Incomplete):
            handing_in.hand_in(article, by=writer, declared=True)
        page = seen(signed_in.get(f"/submissions/{article.pk}/hand-in/"))
        assert "没有成功的点“重试”" in page

    def test_the_form_tells_its_script_which_files_it_may_ask(self, signed_in, writer):
        article = self.marked(signed_in, writer)
        page = signed_in.get(f"/submissions/{article.pk}/edit/").text
        assert f'data-originals="{Attachment.objects.get().token} "' in page

    def test_waits_for_what_was_pasted_too(self, writer):
        article = a_draft(writer, body=f"<p>{WORDS}〔第 2 张粘贴的图片正在上传〕</p>")
        assert "粘贴的图片还没有传完" in handing_in.missing(article)["body"]

    def test_waits_for_nothing_where_all_have_come(self, writer):
        article = a_draft(writer, body=f"<p>{WORDS}〔第 1 张图片〕</p>")
        assert handing_in.missing(article) == {}


def test_a_cut_picture_is_cut_when_it_is_taken(signed_in):
    cut = '<a:srcRect l="50000"/>'
    file = docx(
        title("灯"), p(WORDS), p(picture("a.jpg", crop=cut)), media={"a.jpg": photo(600, 400)}
    )
    take(signed_in, bring(signed_in, file)["attachment"], 1)
    stored = Picture.objects.get()
    with stored.file.open() as master:
        assert Image.open(BytesIO(master.read())).size == (300, 400)


def test_a_long_caption_is_short_in_its_mark_and_whole_below_the_picture():
    mark = word_pictures.mark_of(3, UUID(int=0), "长" * 80 + "〔甲〕")
    assert mark == f"〔第 3 张图片还没有导入·000000：{'长' * 59}…〕"
    assert word_pictures.unfinished(f"<p>{mark}</p>")
