"""The link on the phone of a head of a branch, and the writer's page that gives it."""

import re

import pytest
from django.test import Client

from articles.models import Article, Endorsement
from articles.reviewing import workflow
from articles.writing import endorsement, handing_in
from servicejournal import record
from tests.articles.filling_in import WORDS, a_draft
from tests.articles.writing.test_endorsement import sent_to_the_head
from tests.factories import a_picture, a_user
from tests.pages import plain_words, seen

pytestmark = pytest.mark.django_db

YES = {"answer": "agreed", "signer": "周明", "post": "支行行长", "read": "on", "words": ""}
NO = {**YES, "answer": "refused", "words": "客户姓名请隐去。"}


@pytest.fixture(autouse=True)
def branches_sign(settings):
    settings.BRANCH_ENDORSEMENT = True


@pytest.fixture
def asked(writer) -> Endorsement:
    picture = a_picture(by=writer)
    body = f'<p>{WORDS}</p><figure><img src="{picture.get_absolute_url()}" alt="伞架"></figure>'
    return sent_to_the_head(writer, body=body)


@pytest.fixture
def head() -> Client:
    """The phone of the head of the branch."""
    return Client()


def sign_out(client: Client) -> None:
    """As on a device: what else it was told to keep, it keeps."""
    client.cookies.pop("sessionid")


def link(asked: Endorsement) -> str:
    return f"/endorse/{endorsement.token_of(asked)}/"


def pictures_on(page: str) -> list[str]:
    return re.findall(r'(?:src="|srcset="|, )(/[^" ]*pictures/[^" ]+)', page)


class TestTheWritersPage:
    def test_gives_the_link_to_copy_to_scan_and_to_mail(self, signed_in, asked, html_valid):
        response = signed_in.get(f"/submissions/{asked.article.pk}/")
        page = response.content.decode()
        assert f'value="https://journal.example.com{link(asked)}"' in page
        assert 'src="data:image/svg+xml' in page
        assert 'href="mailto:?subject=%E8%AF%B7' in page
        assert "等单位负责人签审" in seen(response)
        html_valid(page)

    def test_gives_none_once_it_was_answered_or_the_text_changed(self, signed_in, asked, head):
        head.post(link(asked), NO)
        assert (
            "/endorse/" not in signed_in.get(f"/submissions/{asked.article.pk}/").content.decode()
        )

    def test_the_list_says_it_and_asks_the_same_for_one_and_for_many(
        self, signed_in, writer, django_assert_num_queries
    ):
        sent_to_the_head(writer)
        with django_assert_num_queries(12):
            words = seen(signed_in.get("/submissions/"))
        assert "等单位负责人签审" in words
        for _ in range(3):
            sent_to_the_head(writer)
        with django_assert_num_queries(12):
            signed_in.get("/submissions/")

    def test_the_page_that_hands_in_says_that_the_branch_signs_first(self, signed_in, writer):
        article = a_draft(writer)
        words = seen(signed_in.get(f"/submissions/{article.pk}/hand-in/"))
        assert "送单位负责人签审" in words
        ticked = {"declared": "on"}
        response = signed_in.post(f"/submissions/{article.pk}/hand-in/", ticked)
        assert response["Location"] == f"/submissions/{article.pk}/"
        words = seen(signed_in.get(f"/submissions/{article.pk}/hand-in/"))
        assert "正等单位负责人回复" in words


class TestReading:
    def test_needs_no_account_and_shows_the_manuscript_as_in_the_journal(
        self, client, asked, html_valid
    ):
        response = client.get(link(asked))
        words = seen(response)
        for told in ("雨天的伞", WORDS, "沈一鸣", "服务管理", "同意报送", "退回作者"):
            assert told in words
        html_valid(response.content.decode())

    def test_is_kept_by_no_cache_and_no_index_and_under_the_strict_policy(self, client, asked):
        response = client.get(link(asked))
        assert "no-store" in response["Cache-Control"]
        assert response["X-Robots-Tag"] == "noindex, nofollow"
        assert "unsafe" not in response["Content-Security-Policy"]

    def test_its_pictures_load_by_the_link_and_no_other_way(self, client, asked):
        addresses = pictures_on(client.get(link(asked)).content.decode())
        assert len(addresses) == 3
        for address in addresses:
            assert address.startswith(f"{link(asked)}pictures/")
            response = client.get(address)
            response.getvalue()  # read to its end, the file is closed
            assert response.status_code == 200
            assert "no-store" in response["Cache-Control"]
            assert client.get(address.replace(link(asked)[:-1], "")).status_code == 404

    def test_opens_no_picture_of_another_manuscript(self, client, asked, writer):
        other = a_picture(a_draft(writer))
        base = f"{link(asked)}pictures/{other.token}/"
        assert [client.get(path).status_code for path in (base, f"{base}480.webp")] == [404, 404]

    @pytest.mark.parametrize("width", [0, 1, 481, 10**9])
    def test_opens_no_other_widths(self, client, asked, width):
        picture = asked.article.pictures.get()
        path = f"{link(asked)}pictures/{picture.token}/{width}.webp"
        assert client.get(path).status_code == 404

    def test_words_of_the_text_that_look_like_an_address_stay_as_they_are(self, client, writer):
        address = "/pictures/00000000-0000-4000-8000-000000000000/"
        asked = sent_to_the_head(writer, body=f'<p>{WORDS} "{address} {address}</p>')
        shown = client.get(link(asked)).content.decode().replace("<wbr>", "")
        assert f'"{address} {address}' in shown

    @pytest.mark.parametrize("token", ["1:x", "x", "1", "0:" + "A" * 43, "%00", "龑:䶮"])
    def test_a_forged_link_is_not_there(self, client, asked, token):
        assert client.get(f"/endorse/{token}/").status_code == 404
        assert client.post(f"/endorse/{token}/", YES).status_code == 404
        picture = asked.article.pictures.get()
        assert client.get(f"/endorse/{token}/pictures/{picture.token}/").status_code == 404

    @pytest.mark.parametrize("method", ["put", "delete", "patch"])
    def test_other_methods_are_refused(self, client, asked, method):
        assert getattr(client, method)(link(asked)).status_code == 405

    def test_looking_answers_nothing(self, client, asked):
        client.get(link(asked))
        client.head(link(asked))
        asked.refresh_from_db()
        assert asked.answer == ""


class TestAnswering:
    def test_agreeing_hands_in_and_the_link_then_shows_only_that(self, client, asked):
        response = client.post(link(asked), YES, follow=True)
        assert Article.objects.get().status == Article.Status.SUBMITTED
        assert response.status_code == 200
        words = seen(response)
        assert "已经同意报送" in words
        assert "雨天的伞" not in words
        picture = asked.article.pictures.get()
        assert client.get(f"{link(asked)}pictures/{picture.token}/").status_code == 404

    def test_two_clicks_are_one_answer(self, client, asked):
        client.post(link(asked), YES)
        response = client.post(link(asked), NO)
        assert "已经同意报送" in seen(response)
        assert Article.objects.get().round == 1

    def test_refusing_gives_the_reason_to_the_writer(self, head, signed_in, asked):
        head.post(link(asked), NO)
        words = seen(signed_in.get(f"/submissions/{asked.article.pk}/"))
        assert "周明（支行行长）：退回作者" in words
        assert "客户姓名请隐去。" in words

    def test_the_reason_of_a_refusal_stands_where_an_editors_does(
        self, head, signed_in, asked, html_valid
    ):
        head.post(link(asked), {**NO, "signer": "周行长", "post": "行长"})
        response = signed_in.get(f"/submissions/{asked.article.pk}/edit/")
        page = response.content.decode()
        beside = " ".join(plain_words(page[page.index("<aside") : page.index("</aside>")]).split())
        assert "单位的意见" in beside
        assert "周行长 ·" in beside
        assert "客户姓名请隐去。" in beside
        html_valid(page)
        assert "单位退回" in seen(signed_in.get("/submissions/"))
        said = seen(signed_in.get("/notices/"))
        assert "周行长看过《雨天的伞》，没有同意报送。" in said
        assert "行长周行长" not in said
        html_valid(signed_in.get(f"/submissions/{asked.article.pk}/").content.decode())

    @pytest.mark.parametrize(
        ("wrong", "told"),
        [
            ({"signer": " "}, "请写上您的姓名。"),
            ({"signer": "\u202e\u200b"}, "请写上您的姓名。"),
            ({"signer": "名" * 41}, "最多 40 个字"),
            ({"signer": "周\x00明"}, "看不见的"),
            ({"post": ""}, "请写上您的职务"),
            ({"read": ""}, "前打勾"),
            ({"words": "话" * 501}, "最多 500 个字"),
            ({"answer": "refused"}, "退回时请写一句理由"),
            ({"answer": "perhaps"}, "请点“同意报送”或“退回作者”。"),
            ({"answer": ""}, "请点“同意报送”或“退回作者”。"),
        ],
    )
    def test_what_is_wrong_is_said_and_nothing_typed_is_lost(self, client, asked, wrong, told):
        sent = {**YES, "words": "写得实在。", **wrong}
        if wrong.get("answer") == "refused":
            sent["words"] = ""
        response = client.post(link(asked), sent)
        assert response.status_code == 422
        assert told in seen(response)
        kept = "支行行长" if "post" not in wrong else "周明"
        assert f'value="{kept}"' in response.content.decode()
        asked.refresh_from_db()
        assert asked.answer == ""

    def test_the_longest_that_may_be_is_taken_whole(self, client, asked):
        sent = {**YES, "signer": "名" * 40, "post": "职" * 40, "words": "话" * 500}
        client.post(link(asked), sent)
        asked.refresh_from_db()
        taken = (asked.signer, asked.post, asked.words)
        assert taken == (sent["signer"], sent["post"], sent["words"])

    def test_rare_characters_and_markup_are_words(self, head, signed_in, asked):
        name = "龑䶮😀<b>"
        head.post(link(asked), {**NO, "signer": name, "words": "<script>alert(1)</script>"})
        asked.refresh_from_db()
        assert asked.signer == name
        page = signed_in.get(f"/submissions/{asked.article.pk}/").content.decode()
        assert "<script>alert" not in page
        assert "龑䶮😀&lt;b&gt;" in page

    def test_a_text_that_was_changed_cannot_be_signed_and_is_not_shown(self, client, asked):
        Article.objects.filter(pk=asked.article.pk).update(title="改过的标题")
        for response in (client.get(link(asked)), client.post(link(asked), YES)):
            assert response.status_code == 410
            words = seen(response)
            assert "又改了文字" in words
            assert "改过的标题" not in words
        assert Article.objects.get().status == Article.Status.DRAFT

    def test_a_form_without_our_token_is_refused(self, asked):
        strict = Client(enforce_csrf_checks=True)
        assert strict.post(link(asked), YES).status_code == 403


class TestTheWriterDoesNotSign:
    def refused(self, client, asked, told) -> None:
        """Neither offered nor taken, and nothing leaves the branch."""
        page = client.get(link(asked))
        assert page.status_code == 403
        assert told in seen(page)
        assert 'name="answer"' not in page.text
        for answer in (YES, {**NO, "words": "写了半天的意见"}):
            page = client.post(link(asked), answer)
            assert page.status_code == 403
            assert told in seen(page)
        assert "写了半天的意见" in seen(page)
        asked.refresh_from_db()
        assert (asked.answer, Article.objects.get().status) == ("", "draft")

    def test_while_signed_in(self, signed_in, asked, html_valid):
        self.refused(signed_in, asked, "作者不能签自己的稿件")
        html_valid(signed_in.get(link(asked)).text)

    def test_nor_does_a_co_author_nor_one_who_was_an_author_once(self, client, asked):
        signed = asked.article.authorships.get()
        signed.author.user = None
        signed.author.save()
        colleague = a_user(name="高志远")
        signed.author.user = colleague
        signed.author.save()
        client.force_login(colleague)
        self.refused(client, asked, "作者不能签自己的稿件")
        signed.author.user = None
        signed.author.save()
        self.refused(client, asked, "作者不能签自己的稿件")

    def test_nor_on_the_device_that_asked_for_the_link_after_signing_out(self, signed_in, writer):
        article = a_draft(writer)
        ticked = {"declared": "on"}
        signed_in.post(f"/submissions/{article.pk}/hand-in/", ticked)
        sign_out(signed_in)
        self.refused(signed_in, article.endorsements.get(), "请单位负责人在自己的手机或电脑上打开")

    def test_nor_on_a_device_that_showed_the_writer_the_link(self, signed_in, asked):
        signed_in.get(f"/submissions/{asked.article.pk}/")
        sign_out(signed_in)
        self.refused(signed_in, asked, "请单位负责人在自己的手机或电脑上打开")

    def test_the_mark_of_another_manuscript_keeps_nobody_from_signing(self, client, asked, writer):
        client.force_login(writer)
        other = sent_to_the_head(writer)
        client.get(f"/submissions/{other.article.pk}/")
        mark = client.cookies[f"asked-{other.article.pk}"]
        assert (mark["path"], mark["httponly"], mark["samesite"]) == ("/endorse/", True, "Lax")
        sign_out(client)
        assert client.get(link(asked)).status_code == 200
        assert client.get(link(other)).status_code == 403

    def test_a_head_who_is_signed_in_as_somebody_else_signs_and_the_record_knows(
        self, client, asked
    ):
        head = a_user(name="周明")
        client.force_login(head)
        client.post(link(asked), YES)
        assert Article.objects.get().status == "submitted"
        row = record.of(asked.article).get(verb="单位签审")
        assert row.what["account"] == head.pk

    def test_the_desk_is_told_where_the_signer_bears_a_writers_name(self, client, head, asked):
        head.post(link(asked), {**YES, "signer": "沈 一鸣"})
        client.force_login(a_user("editor"))
        page = f"/admin/articles/article/{asked.article.pk}/review/"
        assert "签审人和沈一鸣同名，请向单位核实" in seen(client.get(page))
        Endorsement.objects.update(signer="周明")
        assert "同名" not in seen(client.get(page))


class TestTheDesk:
    def review_page(self, client, article: Article) -> str:
        client.force_login(a_user("editor"))
        return seen(client.get(f"/admin/articles/article/{article.pk}/review/"))

    def test_sees_who_signed_and_that_it_was_this_text(self, client, asked):
        client.post(link(asked), {**YES, "words": "写得实在。"})
        words = self.review_page(client, asked.article)
        assert "周明（支行行长）" in words
        assert "写得实在。" in words
        assert "签的就是现在的文字" in words

    def test_sees_when_the_text_has_changed_since(self, client, asked):
        client.post(link(asked), YES)
        article = Article.objects.get()
        workflow.receive(article, by=a_user("editor"))
        article.title = "编辑改的标题"
        article.save()
        assert "签的不是现在的文字" in self.review_page(client, article)

    def test_sees_nothing_of_it_where_nobody_signed(self, client, settings, writer):
        settings.BRANCH_ENDORSEMENT = False
        article = handing_in.hand_in(a_draft(writer), by=writer, declared=True)
        assert "单位签审" not in self.review_page(client, article)
