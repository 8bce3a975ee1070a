"""Numbers of people in a text: they go, or their writer says why they stay."""

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from articles.models import Article, Explanation
from articles.reviewing import workflow
from articles.writing import endorsement, handing_in, personal
from articles.writing.handing_in import Unexplained, Vouched
from servicejournal import record
from tests.articles.filling_in import WORDS, a_draft
from tests.articles.writing.test_endorsing_views import link
from tests.factories import a_user
from tests.pages import seen

pytestmark = pytest.mark.django_db

MOBILE, MASKED = "13912345678", "139****5678"
IDENTITY = "11010519491231002X"
TICKS = {"declared": "on"}


def with_numbers(writer, words: str = f"他的电话{MOBILE}，身份证{IDENTITY}。") -> Article:
    return a_draft(writer, body=f"<p>{WORDS}</p><p>{words}</p>")


def key_of(article: Article) -> str:
    return personal.in_the_text(article).key


def address(article: Article) -> str:
    return f"/submissions/{article.pk}/hand-in/"


class TestTheRule:
    def test_a_number_keeps_the_text_with_its_writer(self, writer):
        article = with_numbers(writer)
        with pytest.raises(Unexplained, match="身份证号码 1 处、手机号码 1 处"):
            handing_in.hand_in(article, by=writer, declared=True)
        assert Article.objects.get().status == Article.Status.DRAFT
        assert not Explanation.objects.exists()

    def test_explained_it_leaves_and_the_words_are_kept_with_it(self, writer):
        article = with_numbers(writer)
        vouched = Vouched(key_of(article), " 值班电话，\u202e本人同意。 ")
        handed_in = handing_in.hand_in(article, by=writer, declared=True, vouched=vouched)
        assert handed_in.status == Article.Status.SUBMITTED
        said = Explanation.objects.get()
        assert (said.reason, said.by, said.digest) == (
            "值班电话，本人同意。",
            writer,
            handed_in.digest(),
        )
        assert len(said.anchors) == 2
        row = record.of(article).get(verb="说明保留的号码")
        assert (row.why, row.what["kinds"]) == (
            "值班电话，本人同意。",
            "身份证号码 1 处、手机号码 1 处",
        )
        assert MOBILE not in str(row.what)
        declared = record.of(article).get(verb="投稿").what["declared"]
        assert declared[-1].endswith("确需保留：值班电话，本人同意。")

    @pytest.mark.parametrize("reason", ["", "  ", "\u200b"])
    def test_a_tick_without_a_reason_is_none(self, writer, reason):
        article = with_numbers(writer)
        vouched = Vouched(key_of(article), reason)
        with pytest.raises(Unexplained):
            handing_in.hand_in(article, by=writer, declared=True, vouched=vouched)

    def test_a_tick_for_other_numbers_than_those_that_stand_there_is_none(self, writer):
        article = with_numbers(writer)
        vouched = Vouched(key_of(article), "值班电话")
        article.body += f"<p>另有{MOBILE[:-1]}9。</p>"
        article.save()
        with pytest.raises(Unexplained):
            handing_in.hand_in(article, by=writer, declared=True, vouched=vouched)

    @pytest.mark.parametrize(
        "words",
        [f"电话{MASKED}。", "写信到a.b@qq.com。", "车牌吉A12345。", "编号110105194912310021。"],
    )
    def test_what_is_masked_or_only_doubtful_needs_no_words(self, writer, words):
        article = with_numbers(writer, words)
        assert handing_in.hand_in(article, by=writer, declared=True).receipt

    def test_what_the_desk_let_stand_needs_none_again(self, writer):
        article = with_numbers(writer)
        for finding in personal.in_the_text(article).sure:
            article.waivers.create(
                rule=finding.rule,
                anchor=finding.anchor,
                quote=finding.quote,
                level=finding.level,
                reason="公开电话",
                by=a_user("editor"),
            )
        assert handing_in.hand_in(article, by=writer, declared=True).receipt

    def test_lets_nothing_out(self, writer):
        article = with_numbers(writer)
        vouched = Vouched(key_of(article), "值班电话")
        handed_in = handing_in.hand_in(article, by=writer, declared=True, vouched=vouched)
        chief = a_user("chief_editor")
        workflow.receive(handed_in, by=chief)
        Article.objects.filter(pk=article.pk).update(status="final_review")
        with pytest.raises(workflow.NotAllowed, match="不得刊出"):
            workflow.decide(Article.objects.get(), "pass", by=chief)

    def test_an_explanation_gives_a_reason_in_the_database(self, writer):
        article = with_numbers(writer)
        with pytest.raises(IntegrityError), transaction.atomic():
            Explanation.objects.create(article=article, digest="x" * 64, reason="", by=writer)


class TestThePage:
    def test_says_what_has_to_go_apart_from_what_may_stay(self, signed_in, writer, html_valid):
        article = with_numbers(writer, f"电话{MOBILE}和{MOBILE[:-1]}9。他说,请坐。")
        response = signed_in.get(address(article))
        words = seen(response)
        assert "手机号码 2 处" in words
        assert (
            words.index("请删去或隐去")
            < words.index("手机号码 2 处")
            < words.index("不改也可以提交")
        )
        assert "这些号码确需保留" in words
        for finding in personal.in_the_text(article).sure:
            assert f"/edit/#at-{finding.anchor}" in response.text
        html_valid(response.text)

    def test_without_anything_for_the_writer_to_judge_it_does_not_say_that_all_may_stay(
        self, signed_in, writer
    ):
        words = seen(signed_in.get(address(with_numbers(writer))))
        assert "不改也可以提交" not in words

    def test_the_editor_has_the_same_places(self, signed_in, writer, html_valid):
        article = with_numbers(writer)
        response = signed_in.get(f"/submissions/{article.pk}/edit/")
        for finding in personal.in_the_text(article).sure:
            assert f'id="at-{finding.anchor}"' in response.text
        html_valid(response.text)

    def test_asks_for_the_tick_and_keeps_what_was_typed(self, signed_in, writer):
        article = with_numbers(writer)
        response = signed_in.post(address(article), {**TICKS, "reason": "值班电话"})
        assert response.status_code == 422
        assert "确需保留的，请在这里打勾" in seen(response)
        assert 'value="值班电话"' in response.text
        ticked = {**TICKS, "people": key_of(article)}
        assert "请写一句理由" in seen(signed_in.post(address(article), ticked))
        long = signed_in.post(address(article), {**ticked, "reason": "长" * 301})
        assert "最多 300 个字" in seen(long)
        assert Article.objects.get().status == Article.Status.DRAFT

    def test_an_old_page_does_not_vouch_for_new_numbers(self, signed_in, writer):
        article = with_numbers(writer)
        sent = {**TICKS, "people": "0" * 32, "reason": "值班电话"}
        response = signed_in.post(address(article), sent)
        assert response.status_code == 422
        assert "文字改过了" in seen(response)

    def test_hands_in_with_tick_and_reason_and_the_receipt_says_so(self, signed_in, writer):
        article = with_numbers(writer)
        sent = {**TICKS, "people": key_of(article), "reason": "值班电话"}
        response = signed_in.post(address(article), sent, follow=True)
        assert "稿件收到了" in seen(response)
        assert "确需保留：值班电话" in seen(response)

    def test_a_text_without_numbers_is_asked_for_nothing_more(self, signed_in, writer):
        article = a_draft(writer)
        assert "这些号码确需保留" not in seen(signed_in.get(address(article)))
        assert signed_in.post(address(article), TICKS)["Location"].endswith("/receipt/")


class TestOthers:
    def test_editors_read_the_reason_beside_the_number(self, client, writer, html_valid):
        article = with_numbers(writer)
        vouched = Vouched(key_of(article), "网点的值班电话")
        handing_in.hand_in(article, by=writer, declared=True, vouched=vouched)
        client.force_login(a_user("editor"))
        response = client.get(f"/admin/articles/article/{article.pk}/review/")
        assert "作者说确需保留： 网点的值班电话" in seen(response)
        assert seen(response).count("作者的理由：网点的值班电话") == 2
        html_valid(response.text)

    def test_a_number_that_nobody_vouched_for_is_not_said_to_be(self, client, writer):
        article = with_numbers(writer)
        vouched = Vouched(key_of(article), "网点的值班电话")
        handed_in = handing_in.hand_in(article, by=writer, declared=True, vouched=vouched)
        handed_in.body = f"<p>{WORDS}</p><p>另一个是{MOBILE[:-1]}9。</p>"
        handed_in.save()
        client.force_login(a_user("editor"))
        page = seen(client.get(f"/admin/articles/article/{article.pk}/review/"))
        assert "网点的值班电话" not in page.split("流转记录")[0]

    def test_the_head_of_the_branch_sees_the_same(self, settings, writer, html_valid):
        settings.BRANCH_ENDORSEMENT = True
        article = with_numbers(writer)
        with pytest.raises(Unexplained):
            handing_in.hand_in(article, by=writer, declared=True)
        vouched = Vouched(key_of(article), "网点的值班电话")
        handing_in.hand_in(article, by=writer, declared=True, vouched=vouched)
        response = Client().get(link(article.endorsements.get()))
        words = seen(response)
        for told in ("身份证号码 1 处", "手机号码 1 处", MOBILE, "作者说确需保留： 网点的值班电话"):
            assert told in words
        assert "/edit/" not in response.text
        html_valid(response.text)

    def test_signed_by_the_branch_it_needs_no_second_tick(self, settings, writer):
        settings.BRANCH_ENDORSEMENT = True
        article = with_numbers(writer)
        vouched = Vouched(key_of(article), "值班电话")
        handing_in.hand_in(article, by=writer, declared=True, vouched=vouched)
        signer = endorsement.Signer("周明", "行长", "10.0.0.7")
        endorsement.agree(article.endorsements.get(), signer=signer, words="")
        assert Article.objects.get().status == Article.Status.SUBMITTED
