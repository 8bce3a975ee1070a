"""Wrong input: a sentence that says what to do, and every word still there."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from articles.models import Article, Branch, Picture, Section
from tests.articles.filling_in import WORDS, posted
from tests.articles.pictures.test_pixels import a_png
from tests.factories import a_section

pytestmark = pytest.mark.django_db

ALBUM = "".join(
    f'<figure><img src="/pictures/00000000-0000-4000-8000-{n:012}/" alt=""></figure>'
    for n in range(61)
)

#: As many as there may be.
AUTHORS = {"authors-TOTAL_FORMS": 20} | {f"authors-{n}-name": f"作者{n}" for n in range(20)}


class TestTheMostThatMayBe:
    """Beside what is one too many, in `TestWrongInput`."""

    def test_is_taken_whole(self, signed_in):
        most = {
            "title": "题" * 120,
            "note": "话" * 1000,
            "body": ALBUM[: ALBUM.rindex("<figure>")],
            **AUTHORS,
            "authors-0-name": "名" * 40,
            "authors-0-ORDER": "999",
        }
        assert signed_in.post("/submit/", posted(**most)).status_code == 302
        article = Article.objects.get()
        assert (article.title, article.note) == (most["title"], most["note"])
        assert article.body.count("<figure>") == 60
        names = [each.author.name for each in article.authorships.order_by("position")]
        # Rows without a number come last.
        assert names == ["作者1", "作者2", "名" * 40, *(f"作者{n}" for n in range(3, 20))]


class TestWrongInput:
    WORDS = {
        "title": "题" * 121,
        "note": "给编辑的话，请留意第二段",
        "authors-0-name": "沈一鸣",
        "authors-1-name": "方圆",
        "authors-1-ORDER": 7,
    }

    def test_every_word_is_still_there(self, signed_in):
        section, nanhu = a_section("service-emotion"), Branch.objects.named("南湖支行")
        data = posted(section=section.pk, **{**self.WORDS, "authors-1-branch": nanhu.pk})
        response = signed_in.post("/submit/", data)
        assert response.status_code == 422
        assert not Article.objects.exists()
        page = response.content.decode()
        for words in (*map(str, self.WORDS.values()), WORDS):
            assert words in page
        assert re.search(rf'<input[^>]*name="section"[^>]*value="{section.pk}"[^>]*checked', page)
        assert f'<option value="{nanhu.pk}" selected>' in page
        assert data["form_id"] in page

    def test_an_author_taken_off_beside_other_faults_is_no_fault(self, signed_in):
        off = {"authors-0-DELETE": "on", "authors-1-name": "沈一鸣、方圆"}
        response = signed_in.post("/submit/", posted(title="题" * 121, **off))
        assert response.status_code == 422
        places = [place for place, _ in response.context["form"].faults()]
        assert places == ["field-title", "id_authors-1-name"]

    def test_a_summary_links_to_each_place_and_each_place_says_what_to_do(self, signed_in):
        wrong = {"title": "题" * 121, "note": "话" * 1001, "authors-0-name": "沈一鸣、方圆"}
        page = signed_in.post("/submit/", posted(**wrong)).content.decode()
        summary = page[page.index('class="faults"') : page.index("</section>")]
        links = re.findall(r'href="#([^"]+)">([^<]+)<', summary)
        assert [place for place, _ in links] == ["field-title", "id_authors-0-name", "field-note"]
        for place, sentence in links:
            assert f'id="{place}"' in page
            assert page.count(sentence.removeprefix("第 1 位作者：")) == 2

    @pytest.mark.parametrize(
        ("wrong", "sentence"),
        [
            ({"title": "", "body": ""}, "请先写标题"),
            ({"body": ALBUM}, "正文里有 61 张图片，一篇最多 60 张，请去掉 1 张"),
            ({"title": "", "body": "<p> </p>"}, "请先写标题"),
            ({"title": "题" * 121}, "标题有 121 个字，最多 120 个字"),
            ({"note": "话" * 1001}, "最多 1000 个字"),
            ({"title": "存\x00款"}, "看不见的控制字符"),
            ({"body": "<p>存\x00款</p>"}, "看不见的控制字符"),
            ({"note": "\x00"}, "看不见的控制字符"),
            ({"authors-0-name": "\x00"}, "看不见的控制字符"),
            ({"authors-0-name": "名" * 41}, "最多 40 个字"),
            ({"authors-0-name": "沈一鸣，方圆"}, "一行写一位作者"),
            ({"authors-0-branch": "999999"}, "请从列表里选一个单位"),
            ({"authors-0-branch": "'; DROP TABLE"}, "请从列表里选一个单位"),
            ({"authors-0-ORDER": "第一"}, "1 到 999"),
            ({"authors-0-ORDER": "1" * 400}, "1 到 999"),
            ({"authors-0-ORDER": "1000"}, "1 到 999"),
            ({"authors-0-ORDER": "0"}, "1 到 999"),
            ({**AUTHORS, "authors-TOTAL_FORMS": 21, "authors-20-name": "她"}, "最多写 20 位作者"),
            ({"authors-TOTAL_FORMS": ""}, "作者一栏没有传完整"),
            ({"authors-TOTAL_FORMS": "1000000"}, "最多写 20 位作者"),
            ({"section": "1"}, "这个栏目现在不收稿"),
            ({"section": "\x00"}, "空字符"),
            ({"section": "9" * 40}, "这个栏目现在不收稿"),
            ({"form_id": "x"}, "这个表单不完整"),
            ({"body": "字" * 400_001}, "正文太长"),
            ({"body": "<blockquote>" * 99}, "层层嵌套"),
        ],
    )
    def test_is_a_422_with_a_sentence(self, signed_in, wrong, sentence):
        if wrong.get("section") == "1":
            wrong = {"section": Section.objects.get(is_preamble=True).pk}
        response = signed_in.post("/submit/", posted(**wrong))
        assert response.status_code == 422
        assert sentence in response.content.decode()
        assert not Article.objects.exists()

    @pytest.mark.parametrize(
        "odd",
        [
            "龑䶮㐂𠮷",
            "😀👨‍👩‍👧",
            "\u202e倒着写",
            "\ufeff",
            "\ud83d",
            "'\"<>&;--",
            "{{ 7*7 }}{% now %}",
            "%s%n",
        ],
    )
    def test_odd_characters_never_fail(self, signed_in, odd):
        changes = {
            "title": f"题{odd}",
            "note": odd,
            "authors-0-name": f"沈{odd[:10]}",
            "body": f"<p>字{odd}</p>",
        }
        data = {**posted(), **changes}
        data = {
            k: v.encode("utf-8", "replace").decode() if isinstance(v, str) else v
            for k, v in data.items()
        }
        assert signed_in.post("/submit/", data).status_code in (302, 422)
        assert "\u202e" not in "".join(Article.objects.values_list("title", flat=True))

    def test_the_refused_body_comes_back_as_words(self, signed_in):
        page = signed_in.post("/submit/", posted(body="<blockquote>" * 99 + WORDS)).content.decode()
        assert f"&lt;p&gt;{WORDS}&lt;/p&gt;" in page
        assert "blockquote&gt;" not in page

    def test_hostile_markup_never_goes_back_into_the_editor(self, signed_in):
        body = '<p>字</p><img src=x onerror=alert(1)><a href="javascript:alert(1)">x</a>'
        page = signed_in.post("/submit/", posted(title="题" * 121, body=body)).content.decode()
        assert "onerror" not in page
        assert "javascript:" not in page

    def test_two_thousand_fields_are_a_clear_400(self, signed_in):
        response = signed_in.post("/submit/", posted(**{f"x{n}": "1" for n in range(2000)}))
        assert response.status_code == 400
        assert "<h1>" in response.content.decode()

    def test_four_megabytes_are_a_clear_4xx(self, signed_in):
        response = signed_in.post("/submit/", posted(body="a" * 4_000_000))
        assert response.status_code in (400, 413)
        assert "<h1>" in response.content.decode()

    def test_a_good_picture_survives_a_bad_form_and_a_bad_picture(self, signed_in):
        files = [SimpleUploadedFile("好.png", a_png()), SimpleUploadedFile("坏.png", b"x")]
        response = signed_in.post("/submit/", posted(title="题" * 121, pictures=files))
        assert response.status_code == 422
        page = response.content.decode()
        picture = Picture.objects.get()
        assert f"&lt;img src=&quot;{picture.get_absolute_url()}&quot;" in page
        assert "“坏.png”没有上传" in page


class TestSignedOutWhileWriting:
    def test_the_words_are_kept_and_sent_again_after_signing_in(self, client, writer):
        response = client.post("/submit/", posted(title="没存上的标题"))
        assert response.status_code == 403
        page = response.content.decode()
        assert "登录已经过期" in page
        kept = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', page))
        client.force_login(writer)
        kept = {
            name: value.replace("&lt;", "<").replace("&gt;", ">") for name, value in kept.items()
        }
        assert client.post("/submit/", kept).status_code == 302
        assert Article.objects.get().title == "没存上的标题"
        assert Article.objects.get().body == f"<p>{WORDS}</p>"

    def test_a_token_out_of_date_keeps_the_words(self, writer):
        strict = Client(enforce_csrf_checks=True)
        strict.force_login(writer)
        response = strict.post("/submit/", posted(), headers={"Sec-Fetch-Site": "same-origin"})
        assert response.status_code == 403
        assert WORDS in response.content.decode()

    @pytest.mark.parametrize("headers", [{}, {"Sec-Fetch-Site": "cross-site"}])
    def test_what_a_foreign_page_sends_is_not_shown(self, writer, headers):
        strict = Client(enforce_csrf_checks=True)
        strict.force_login(writer)
        response = strict.post("/submit/", posted(title="外来的字"), headers=headers)
        assert response.status_code == 403
        assert "外来的字" not in response.content.decode()
        assert not Article.objects.exists()
