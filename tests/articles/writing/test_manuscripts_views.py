"""The writers' pages: who may, what they show, what they do."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from articles.authorship import Byline
from articles.models import Article, Branch, Section
from articles.writing.views.manuscripts import PAGE_LENGTH
from tests.articles.filling_in import WORDS, a_draft, handed_in, posted, sent_back
from tests.articles.pictures.test_pixels import a_png
from tests.factories import a_section, a_user, an_article, an_author, an_issue

pytestmark = pytest.mark.django_db


OF_ONE = {
    "/submissions/{}/": "get",
    "/submissions/{}/edit/": "get",
    "/submissions/{}/preview/": "get",
    "/submissions/{}/preview/sheet/": "get",
    "/submissions/{}/receipt/": "get",
    "/submissions/{}/withdraw/": "get",
    "/submissions/{}/versions/": "get",
    "/submissions/{}/hand-in/": "get",
    "/submissions/{}/second-look/": "get",
    "/submissions/{}/recall/": "post",
}
POSTS_OF_ONE = [f"/submissions/{{}}/{step}/" for step in ("edit", "withdraw", "hand-in", "recall")]


class TestWhoMay:
    @pytest.mark.parametrize("path", ["/submit/", "/submissions/", *OF_ONE])
    def test_strangers_sign_in_first(self, client, writer, path):
        path = path.format(handed_in(writer).pk)
        back = "/submissions/" if path.endswith("recall/") else path
        response = client.post(path) if path.endswith("recall/") else client.get(path)
        assert (response.status_code, response["Location"]) == (
            302,
            f"/accounts/login/?next={back}",
        )

    @pytest.mark.parametrize(("path", "method"), OF_ONE.items())
    @pytest.mark.parametrize("role", ["contributor", "editor", "chief_editor", "administrator"])
    def test_anothers_manuscript_is_not_there(self, client, writer, path, method, role):
        client.force_login(a_user(role))
        path = path.format(handed_in(writer).pk)
        assert getattr(client, method)(path).status_code == 404

    @pytest.mark.parametrize("path", POSTS_OF_ONE)
    def test_anothers_manuscript_cannot_be_changed(self, client, writer, path):
        article = handed_in(writer)
        client.force_login(a_user())
        assert client.post(path.format(article.pk), posted(title="别人改的")).status_code == 404
        article.refresh_from_db()
        assert (article.title, article.status) == ("雨天的伞", Article.Status.SUBMITTED)

    @pytest.mark.parametrize(("path", "method"), OF_ONE.items())
    @pytest.mark.parametrize("pk", [0, 10**6, 10**30])
    def test_what_is_not_there_is_a_404(self, signed_in, path, method, pk):
        assert getattr(signed_in, method)(path.format(pk)).status_code == 404

    @pytest.mark.parametrize(
        ("method", "path"),
        [
            ("put", "/submit/"),
            ("post", "/submissions/"),
            ("post", "/submissions/{}/"),
            ("post", "/submissions/{}/preview/"),
            ("post", "/submissions/{}/versions/"),
            ("post", "/submissions/{}/receipt/"),
            ("put", "/submissions/{}/hand-in/"),
            ("get", "/submissions/{}/recall/"),
            ("post", "/submissions/{}/preview/sheet/"),
            ("get", "/pictures/"),
        ],
    )
    def test_other_methods_are_refused(self, signed_in, writer, method, path):
        path = path.format(a_draft(writer).pk)
        assert getattr(signed_in, method)(path).status_code == 405

    @pytest.mark.parametrize("path", ["/submit/", "/submissions/"])
    def test_no_cache_keeps_a_writers_page(self, signed_in, path):
        assert "no-store" in signed_in.get(path)["Cache-Control"]


class TestTheEmptyForm:
    def test_is_prefilled_with_the_writer(self, signed_in, writer):
        own = an_author("沈一鸣", "南湖支行")
        own.user = writer
        own.save()
        page = signed_in.get("/submit/")
        assert page.status_code == 200
        row = page.context["form"].authors.forms[0]
        assert (row["name"].value(), row["branch"].value()) == ("沈一鸣", own.branch_id)

    def test_offers_open_sections_with_what_they_want(self, signed_in):
        Section.objects.filter(slug="service-echoes").update(retired=True)
        page = signed_in.get("/submit/").content.decode()
        assert a_section("service-sketch").description in page
        assert "服务回声" not in page
        assert 'value="1"' not in page or "卷首语" not in page

    def test_offers_branches_that_are_there(self, signed_in):
        Branch.objects.named("南湖支行")
        gone = Branch.objects.named("老街支行")
        gone.retired = True
        gone.save()
        page = signed_in.get("/submit/").content.decode()
        assert "南湖支行" in page
        assert "老街支行" not in page

    def test_asks_the_database_the_same_whatever_the_number_of_branches(
        self, signed_in, django_assert_num_queries
    ):
        Branch.objects.named("南湖支行")
        with django_assert_num_queries(9):
            signed_in.get("/submit/")
        for number in range(5):
            Branch.objects.named(f"第{number}支行")
        with django_assert_num_queries(9):
            signed_in.get("/submit/")


class TestSaving:
    def test_makes_a_draft_and_stays_on_its_form(self, signed_in, writer):
        response = signed_in.post("/submit/", posted())
        article = Article.objects.get()
        assert (response.status_code, response["Location"]) == (
            302,
            f"/submissions/{article.pk}/edit/",
        )
        assert (article.contributor, article.title) == (writer, "雨天的伞")
        assert article.section == a_section("service-sketch")
        assert article.status == Article.Status.DRAFT

    def test_needs_only_a_title_or_some_words(self, signed_in):
        bare = {"section": "", "authors-0-name": "", "note": ""}
        signed_in.post("/submit/", posted(title="", **bare))
        signed_in.post("/submit/", posted(body="", **bare))
        assert sorted(Article.objects.values_list("title", flat=True)) == ["未命名草稿", "雨天的伞"]

    def test_preview_saves_first(self, signed_in):
        response = signed_in.post("/submit/", posted(action="preview"))
        assert response["Location"] == f"/submissions/{Article.objects.get().pk}/preview/"

    def test_authors_stand_in_the_order_of_their_numbers(self, signed_in):
        nanhu = Branch.objects.named("南湖支行")
        rows = {
            "authors-0-ORDER": 2,
            "authors-1-name": "◎ 方圆",
            "authors-1-branch": nanhu.pk,
            "authors-1-ORDER": 1,
            "authors-2-name": "何静",
            "authors-2-ORDER": "",
        }
        signed_in.post("/submit/", posted(**rows))
        assert Article.objects.get().byline == "南湖支行 方圆　沈一鸣　何静"

    def test_an_author_that_is_ticked_off_goes(self, signed_in):
        signed_in.post("/submit/", posted(**{"authors-1-name": "方圆", "authors-0-DELETE": "on"}))
        assert Article.objects.get().byline == "方圆"

    def test_plain_text_becomes_paragraphs(self, signed_in):
        signed_in.post("/submit/", posted(body="第一段\r\n第二段"))
        assert Article.objects.get().body == "<p>第一段</p><p>第二段</p>"

    def test_pictures_are_put_behind_the_text_with_their_captions(self, signed_in):
        files = [SimpleUploadedFile("a.png", a_png()), SimpleUploadedFile("b.png", a_png())]
        signed_in.post("/submit/", posted(body="字", captions="柜台前\n窗外", pictures=files))
        article = Article.objects.get()
        first, second = article.pictures.order_by("pk")
        assert article.body == (
            f'<p>字</p><figure><img src="{first.get_absolute_url()}" alt="柜台前">'
            "<figcaption>柜台前</figcaption></figure>"
            f'<figure><img src="{second.get_absolute_url()}" alt="窗外">'
            "<figcaption>窗外</figcaption></figure>"
        )

    def test_the_form_of_a_draft_shows_it_as_it_is(self, signed_in, writer):
        nanhu = Branch.objects.named("南湖支行")
        bylines = (Byline("方圆", nanhu), Byline("沈一鸣"))
        article = a_draft(writer, bylines=bylines, note="请看标题")
        form = signed_in.get(f"/submissions/{article.pk}/edit/").context["form"]
        assert form["title"].value() == "雨天的伞"
        assert form["note"].value() == "请看标题"
        assert [row["name"].value() for row in form.authors.forms[:2]] == ["方圆", "沈一鸣"]

    def test_a_retired_section_and_branch_stay_with_their_draft(self, signed_in, writer):
        old = Branch.objects.named("老街支行")
        article = a_draft(writer, bylines=(Byline("沈一鸣", old),))
        Section.objects.filter(pk=article.section_id).update(retired=True)
        Branch.objects.update(retired=True)
        data = posted(section=article.section_id, **{"authors-0-branch": old.pk})
        assert signed_in.post(f"/submissions/{article.pk}/edit/", data).status_code == 302
        article.refresh_from_db()
        assert article.byline == "老街支行 沈一鸣"


class TestMyManuscripts:
    def test_none_yet_is_an_invitation(self, signed_in):
        page = signed_in.get("/submissions/").content.decode()
        assert "写第一篇" in page

    def test_mine_and_nobody_elses(self, signed_in, writer):
        a_draft(writer, title="我的草稿")
        an_article(title="别人的草稿")
        page = signed_in.get("/submissions/").content.decode()
        assert "我的草稿" in page
        assert "别人的草稿" not in page

    @pytest.mark.parametrize(
        ("status", "words"),
        [
            ("draft", "草稿"),
            ("submitted", "已提交"),
            ("first_review", "初审中"),
            ("second_review", "复审中"),
            ("final_review", "终审中"),
            ("accepted", "已采用"),
            ("revising", "请您修改"),
            ("held", "备用"),
            ("rejected", "未采用"),
            ("withdrawn", "已撤稿"),
        ],
    )
    def test_each_state_is_said_in_words(self, signed_in, writer, status, words):
        article = an_article(contributor=writer, status=status)
        for path in ("/submissions/", f"/submissions/{article.pk}/"):
            assert words in signed_in.get(path).content.decode()

    def test_what_is_out_leads_to_the_article_and_what_is_being_made_up_does_not(
        self, signed_in, writer
    ):
        out = an_article(contributor=writer, issue=an_issue(published=True))
        making = an_article(contributor=writer, issue=an_issue())
        page = signed_in.get(f"/submissions/{out.pk}/").content.decode()
        assert "已刊出" in page
        assert f'href="/articles/{out.pk}/"' in page
        page = signed_in.get(f"/submissions/{making.pk}/").content.decode()
        assert f"已编入{making.issue.label}，等待出刊" in page
        assert f'href="/articles/{making.pk}/"' not in page

    def test_a_long_list_has_pages_and_begins_with_what_waits_for_the_writer(
        self, signed_in, writer
    ):
        a_draft(writer, title="最早的草稿")
        for number in range(PAGE_LENGTH):
            an_article(contributor=writer, status="rejected", title=f"没有采用的第{number}篇")
        first, second = signed_in.get("/submissions/"), signed_in.get("/submissions/?page=2")
        assert [heading for heading, _ in first.context["groups"]] == ["待您处理", "已有结果"]
        assert [heading for heading, _ in second.context["groups"]] == ["已有结果"]
        assert "最早的草稿" in first.content.decode()
        assert "没有采用的第0篇" in second.content.decode()

    @pytest.mark.parametrize("page", ["0", "-1", "99", "x", "%00", "9" * 30])
    def test_a_page_that_is_not_there_is_the_nearest(self, signed_in, writer, page):
        a_draft(writer)
        assert signed_in.get(f"/submissions/?page={page}").status_code == 200

    def test_the_list_asks_the_database_the_same_for_one_and_for_many(
        self, signed_in, writer, django_assert_num_queries
    ):
        issue = an_issue(published=True)
        an_article(contributor=writer, issue=issue)
        with django_assert_num_queries(9):
            signed_in.get("/submissions/")
        for _ in range(3):
            an_article(contributor=writer, issue=issue)
            a_draft(writer)
        with django_assert_num_queries(9):
            signed_in.get("/submissions/")


class TestOneManuscript:
    def test_shows_opinions_and_never_internal_notes_or_reviewers(self, signed_in, writer):
        article = sent_back(writer, told=True)
        for path in ("", "edit/"):
            page = signed_in.get(f"/submissions/{article.pk}/{path}").content.decode()
            assert "请核对数字。" in page
            assert "文笔一般" not in page
            assert article.reviews.get().reviewer.name not in page

    def test_tells_what_happened(self, signed_in, writer):
        article = sent_back(writer, told=True)
        events = signed_in.get(f"/submissions/{article.pk}/").context["events"]
        assert [event.words for event in events] == [
            "编辑请您修改",
            "编辑开始初审",
            "您提交了稿件",
            "您建立了草稿",
        ]

    def test_preview_is_as_in_the_journal(self, signed_in, writer):
        article = a_draft(writer, body=f"<h2>一、小标题</h2><p>{WORDS}</p>")
        response = signed_in.get(f"/submissions/{article.pk}/preview/")
        page = response.content.decode()
        assert '<h2 id="s1">一、小标题</h2>' in page
        assert "css/reading" in page
        assert "noindex" in page


class TestThePolicyOfThePages:
    def test_the_editor_is_held_by_its_own_pages_and_no_others(self, signed_in, writer):
        draft = a_draft(writer)
        for path, loose in [
            ("/submit/", True),
            (f"/submissions/{draft.pk}/edit/", True),
            ("/submissions/", False),
            (f"/submissions/{draft.pk}/", False),
            (f"/submissions/{draft.pk}/preview/", False),
            (f"/submissions/{draft.pk}/withdraw/", False),
            (f"/submissions/{draft.pk}/hand-in/", False),
            (f"/submissions/{draft.pk}/versions/", False),
        ]:
            response = signed_in.get(path)
            assert ("unsafe-inline" in response["Content-Security-Policy"]) is loose
            assert "unsafe-eval" not in response["Content-Security-Policy"]
            assert ("ckeditor" in response.content.decode()) is loose

    def test_one_page_may_stand_in_a_frame_of_our_own_and_no_others(self, signed_in, writer):
        preview = f"/submissions/{a_draft(writer).pk}/preview/"
        sheet, page = signed_in.get(f"{preview}sheet/"), signed_in.get(f"{preview}?screen=phone")
        assert f'<iframe src="{preview}sheet/"' in page.text
        assert WORDS not in page.text
        assert WORDS in sheet.text
        assert "frame-ancestors 'self'" in sheet["Content-Security-Policy"]
        assert sheet["X-Frame-Options"] == "SAMEORIGIN"
        assert "frame-ancestors 'none'" in page["Content-Security-Policy"]
        assert page["X-Frame-Options"] == "DENY"

    def test_every_page_is_valid_html(self, signed_in, writer, html_valid):
        draft, revising = a_draft(writer), sent_back(writer, told=True)
        for name, pk in [
            ("submit", None),
            ("submissions", None),
            ("submission", revising.pk),
            ("submission_edit", revising.pk),
            ("submission_preview", draft.pk),
            ("submission_preview_sheet", draft.pk),
            ("submission_receipt", revising.pk),
            ("submission_withdraw", draft.pk),
            ("submission_hand_in", draft.pk),
            ("submission_versions", revising.pk),
        ]:
            page = signed_in.get(reverse(name, args=[pk] if pk else None)).content.decode()
            html_valid(page)

    def test_the_form_with_faults_and_the_kept_words_are_valid_html(
        self, client, writer, html_valid
    ):
        html_valid(client.post("/submit/", posted()).content.decode())
        client.force_login(writer)
        wrong = posted(title="题" * 121, note="话" * 1001, **{"authors-0-name": "甲、乙"})
        html_valid(client.post("/submit/", wrong).content.decode())
