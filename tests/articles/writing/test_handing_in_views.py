"""The page that hands in, the receipt, and what leads back."""

import pytest

from articles.authorship import Byline
from articles.models import Article, Section
from articles.reviewing import workflow
from articles.writing import handing_in
from servicejournal import record
from tests.articles.filling_in import WORDS, a_draft, handed_in, posted, sent_back
from tests.factories import a_picture, a_section, a_user, an_article
from tests.pages import seen

pytestmark = pytest.mark.django_db
Status = Article.Status

TICKED = {"declared": "on"}


def hand_in_page(article) -> str:
    return f"/submissions/{article.pk}/hand-in/"


class TestFromTheForm:
    def test_the_button_saves_and_leads_to_the_page_that_hands_in(self, signed_in):
        response = signed_in.post("/submit/", posted(action="hand_in"))
        article = Article.objects.get()
        assert response["Location"] == hand_in_page(article)
        assert article.status == Status.DRAFT

    def test_two_clicks_make_one_manuscript(self, signed_in):
        data = posted(action="hand_in")
        first, second = signed_in.post("/submit/", data), signed_in.post("/submit/", data)
        assert first["Location"] == second["Location"] == hand_in_page(Article.objects.get())

    def test_half_a_text_is_saved_and_says_what_is_missing(self, signed_in):
        nothing = {"title": "", "section": "", "authors-0-name": "", "body": "太短"}
        response = signed_in.post("/submit/", posted(action="hand_in", **nothing))
        assert response.status_code == 422
        article = Article.objects.get()
        assert article.status == Status.DRAFT
        places = [place for place, _ in response.context["form"].faults()]
        assert places == ["field-title", "field-body", "field-authors", "field-section"]
        page = response.content.decode()
        assert "草稿已经存好" in page
        assert f'action="/submissions/{article.pk}/edit/"' in page


class TestThePage:
    def test_shows_what_is_about_to_leave(self, signed_in, writer):
        picture = a_picture(by=writer)
        body = f'<p>{WORDS}</p><figure><img src="{picture.get_absolute_url()}" alt=""></figure>'
        article = a_draft(writer, body=body)
        words = seen(signed_in.get(hand_in_page(article)))
        for told in ("雨天的伞", "◎沈一鸣", "服务管理", f"{article.length} 字", "1 张"):
            assert told in words
        assert "有的图片还没有文字说明" in words
        for declaration in handing_in.DECLARATIONS.values():
            assert declaration in words

    def test_says_so_where_a_name_stands_twice(self, signed_in, writer):
        twice = "“沈一鸣”写了两次"
        article = a_draft(writer)
        assert twice not in seen(signed_in.get(hand_in_page(article)))
        article = a_draft(writer, bylines=(Byline("沈一鸣"), Byline("沈一鸣")))
        assert twice in seen(signed_in.get(hand_in_page(article)))

    @pytest.mark.parametrize(
        ("shortest", "longest", "told"),
        [(1000, 2000, "这篇短一些"), (10, 20, "这篇长一些"), (10, 2000, "正合适")],
    )
    def test_holds_the_length_against_what_the_section_prints(
        self, signed_in, writer, shortest, longest, told
    ):
        Section.objects.filter(pk=a_section().pk).update(shortest=shortest, longest=longest)
        assert told in seen(signed_in.get(hand_in_page(a_draft(writer))))

    def test_leads_to_what_is_missing_and_offers_no_button(self, signed_in, writer):
        article = a_draft(writer, section=None, title="")
        page = signed_in.get(hand_in_page(article)).content.decode()
        assert f'href="/submissions/{article.pk}/edit/#field-section"' in page
        assert f'href="/submissions/{article.pk}/edit/#field-title"' in page
        assert 'name="declared"' not in page
        assert signed_in.post(hand_in_page(article), TICKED).status_code == 422
        article.refresh_from_db()
        assert article.status == Status.DRAFT

    def test_hands_in_and_shows_the_receipt(self, signed_in, writer):
        article = a_draft(writer)
        response = signed_in.post(hand_in_page(article), TICKED, follow=True)
        article.refresh_from_db()
        assert article.status == Status.SUBMITTED
        words = seen(response)
        for told in ("稿件收到了", article.receipt, "雨天的伞", "沈一鸣", "服务管理"):
            assert told in words
        assert handing_in.DECLARATIONS["original"] in words

    def test_needs_the_tick_and_says_so_beside_the_box(self, signed_in, writer, html_valid):
        article = a_draft(writer)
        response = signed_in.post(hand_in_page(article), {})
        assert response.status_code == 422
        assert "请看过声明，在前面打勾，再提交。" in seen(response)
        html_valid(response.content.decode())
        article.refresh_from_db()
        assert article.status == Status.DRAFT

    def test_asks_for_the_section_where_that_is_all_that_is_missing(
        self, signed_in, writer, html_valid
    ):
        response = signed_in.post("/submit/", posted(section="", action="hand_in"))
        article = Article.objects.get()
        assert response["Location"] == hand_in_page(article)
        page = signed_in.get(hand_in_page(article))
        assert "请在下面选一个" in seen(page)
        html_valid(page.text)
        unchosen = signed_in.post(hand_in_page(article), TICKED)
        assert unchosen.status_code == 422
        assert "请选一个栏目；拿不准就选最接近的" in seen(unchosen)
        wrong = signed_in.post(hand_in_page(article), {**TICKED, "section": "99999"})
        assert "这个栏目现在不收稿" in seen(wrong)
        section = a_section("service-sketch")
        signed_in.post(hand_in_page(article), {**TICKED, "section": section.pk})
        article.refresh_from_db()
        assert (article.status, article.section) == (Status.SUBMITTED, section)

    def test_a_section_that_is_chosen_is_not_changed_there(self, signed_in, writer):
        article = a_draft(writer)
        other = a_section("service-sketch")
        signed_in.post(hand_in_page(article), {**TICKED, "section": other.pk})
        article.refresh_from_db()
        assert article.section == a_section()

    def test_a_second_click_is_one_hand_in(self, signed_in, writer):
        article = a_draft(writer)
        first = signed_in.post(hand_in_page(article), TICKED)
        second = signed_in.post(hand_in_page(article), TICKED)
        assert first["Location"] == second["Location"] == f"/submissions/{article.pk}/receipt/"
        assert record.of(article).filter(verb="投稿").count() == 1

    def test_the_record_says_who_declared_what_of_which_text(self, signed_in, writer):
        article = a_draft(writer)
        signed_in.post(hand_in_page(article), TICKED)
        row = record.of(article).get(verb="投稿")
        assert row.actor == "沈一鸣"
        assert row.what["declared"] == list(handing_in.DECLARATIONS.values())
        assert row.what["digest"] == article.digest()

    def test_without_a_declaration_the_verb_refuses_too(self, writer):
        with pytest.raises(handing_in.NotDeclared, match="打勾"):
            handing_in.hand_in(a_draft(writer), by=writer, declared=False)

    def test_what_was_handed_in_has_no_such_page_any_more(self, signed_in, writer):
        article = handed_in(writer)
        assert signed_in.get(hand_in_page(article))["Location"] == (
            f"/submissions/{article.pk}/receipt/"
        )
        workflow.receive(article, by=a_user("editor"))
        for response in (
            signed_in.get(hand_in_page(article)),
            signed_in.post(hand_in_page(article)),
        ):
            assert response["Location"] == f"/submissions/{article.pk}/"

    def test_a_revised_text_is_handed_in_again_under_its_number(self, signed_in, writer):
        article = sent_back(writer, told=True)
        signed_in.post(
            f"/submissions/{article.pk}/edit/", posted(title="雨天的两把伞", action="hand_in")
        )
        response = signed_in.post(hand_in_page(article), TICKED, follow=True)
        again = Article.objects.get()
        assert (again.title, again.round, again.receipt) == ("雨天的两把伞", 2, article.receipt)
        assert "第 2 次提交" in seen(response)

    def test_locks_the_text(self, signed_in, writer):
        article = handed_in(writer)
        edit = f"/submissions/{article.pk}/edit/"
        assert signed_in.get(edit)["Location"] == f"/submissions/{article.pk}/"
        response = signed_in.post(edit, posted(title="后来的标题"))
        assert response.status_code == 409
        page = response.content.decode()
        assert "锁定" in page
        assert "后来的标题" in page
        article.refresh_from_db()
        assert article.title == "雨天的伞"

    @pytest.mark.parametrize("page", ["", "preview/"])
    def test_a_section_alone_is_chosen_there_not_in_the_form(self, signed_in, writer, page):
        """One page less: the page that hands in asks for it."""
        article = a_draft(writer, section=None)
        answer = signed_in.get(f"/submissions/{article.pk}/{page}")
        assert f'href="/submissions/{article.pk}/hand-in/"' in answer.text
        assert "提交之前还差" not in seen(answer)

    @pytest.mark.parametrize("page", ["", "preview/"])
    def test_a_section_beside_other_things_leads_to_its_field(self, signed_in, writer, page):
        article = a_draft(writer, section=None, body="<p>太短。</p>")
        answer = signed_in.get(f"/submissions/{article.pk}/{page}")
        assert f'href="/submissions/{article.pk}/edit/#field-section"' in answer.text
        assert f'href="/submissions/{article.pk}/hand-in/"' not in answer.text

    def test_preview_and_manuscript_lead_there_when_nothing_is_missing(self, signed_in, writer):
        whole = a_draft(writer)
        half = a_draft(writer, section=None, body="<p>太短。</p>")
        for path in ("", "preview/"):
            for article, offered in ((whole, True), (half, False)):
                page = signed_in.get(f"/submissions/{article.pk}/{path}").content.decode()
                assert (f'href="{hand_in_page(article)}"' in page) is offered
                assert ("#field-section" in page) is not offered


def test_without_a_receipt_there_is_no_receipt_page(signed_in, writer):
    article = a_draft(writer)
    response = signed_in.get(f"/submissions/{article.pk}/receipt/")
    assert response["Location"] == f"/submissions/{article.pk}/"


class TestCallingBack:
    def test_one_click_gives_the_text_back_under_its_number(self, signed_in, writer):
        article = handed_in(writer)
        page = signed_in.get(f"/submissions/{article.pk}/").content.decode()
        assert f'action="/submissions/{article.pk}/recall/"' in page
        response = signed_in.post(f"/submissions/{article.pk}/recall/", follow=True)
        assert "稿号不变" in seen(response)
        article.refresh_from_db()
        assert (article.status, bool(article.receipt)) == (Status.DRAFT, True)
        page = seen(signed_in.get(f"/submissions/{article.pk}/"))
        assert "已撤回" in page
        assert "您把稿件撤回修改" in page

    def test_the_second_click_finds_it_done(self, signed_in, writer):
        article = handed_in(writer)
        for _ in range(2):
            response = signed_in.post(f"/submissions/{article.pk}/recall/")
            assert response["Location"] == f"/submissions/{article.pk}/edit/"
        assert record.of(article).filter(verb="撤回修改").count() == 1

    def test_is_over_once_an_editor_has_begun(self, signed_in, writer):
        article = handed_in(writer)
        workflow.receive(article, by=a_user("editor"))
        page = signed_in.get(f"/submissions/{article.pk}/").content.decode()
        assert "/recall/" not in page
        response = signed_in.post(f"/submissions/{article.pk}/recall/", follow=True)
        assert "不能撤回修改" in seen(response)
        article.refresh_from_db()
        assert article.status == Status.FIRST_REVIEW

    def test_the_desk_sees_it_no_more_by_any_address(self, client, writer):
        article = handed_in(writer)
        client.force_login(a_user("editor"))
        paths = (f"/articles/{article.pk}/", f"/admin/articles/article/{article.pk}/review/")
        assert [client.get(path).status_code for path in paths] == [200, 200]
        workflow.recall(article, by=writer)
        assert [client.get(path).status_code for path in paths] == [404, 404]

    def test_is_undone_by_handing_in_again(self, signed_in, writer):
        article = handed_in(writer)
        signed_in.post(f"/submissions/{article.pk}/recall/")
        signed_in.post(hand_in_page(article), TICKED)
        again = Article.objects.get()
        assert (again.status, again.receipt) == (Status.SUBMITTED, article.receipt)


class TestWithdrawing:
    def test_asks_first(self, signed_in, writer):
        article = handed_in(writer)
        path = f"/submissions/{article.pk}/withdraw/"
        assert "撤回这篇稿件？" in signed_in.get(path).content.decode()
        article.refresh_from_db()
        assert article.status == Status.SUBMITTED
        signed_in.post(path, {"why": "数字\x00有误"})
        article.refresh_from_db()
        assert article.status == Status.WITHDRAWN
        assert "数字有误" in seen(signed_in.get(f"/submissions/{article.pk}/"))

    def test_of_the_reason_five_hundred_characters_are_kept(self, signed_in, writer):
        article = handed_in(writer)
        signed_in.post(f"/submissions/{article.pk}/withdraw/", {"why": "字" * 501})
        assert record.of(article).first().why == "字" * 500

    def test_what_is_accepted_cannot_be_withdrawn_here(self, signed_in, writer):
        article = an_article(contributor=writer, status="accepted")
        path = f"/submissions/{article.pk}/withdraw/"
        for response in (signed_in.get(path, follow=True), signed_in.post(path, follow=True)):
            assert "不能撤稿" in response.content.decode()
        article.refresh_from_db()
        assert article.status == Status.ACCEPTED


class TestWhoIsSignedOutMeanwhile:
    @pytest.mark.parametrize(
        ("page", "field"), [("withdraw", "why"), ("hand-in", "reason")], ids=["taken back", "sent"]
    )
    def test_finds_the_reason_again_and_the_button_that_sends_it(
        self, client, writer, page, field, html_valid
    ):
        article = a_draft(writer) if page == "hand-in" else handed_in(writer)
        kept = client.post(f"/submissions/{article.pk}/{page}/", {field: "客户来电，请先不要登。"})
        assert "您写的字还在" in seen(kept)
        assert f'name="{field}" value="客户来电，请先不要登。"' in kept.text
        html_valid(kept.text)
        article.refresh_from_db()
        assert article.status == ("draft" if page == "hand-in" else "submitted")

    def test_of_a_button_alone_is_asked_to_sign_in(self, client, writer):
        answer = client.post(f"/submissions/{handed_in(writer).pk}/withdraw/", {"why": ""})
        assert answer["Location"] == "/accounts/login/?next=/submissions/"
