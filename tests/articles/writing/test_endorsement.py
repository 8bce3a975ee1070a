"""单位负责人签审: exactly this text, by the newest link, once."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import pytest
from django.core import signing
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from articles.authorship import Byline, bylines_of
from articles.models import Article, Endorsement
from articles.models.endorsement import name_and_post
from articles.reviewing import workflow
from articles.writing import endorsement, handing_in, progress, saving, versions
from articles.writing.endorsement import Closed
from articles.writing.text import Text
from servicejournal import record
from tests.articles.filling_in import WORDS, a_draft
from tests.factories import a_section, a_user

pytestmark = pytest.mark.django_db
Status = Article.Status

SIGNER = endorsement.Signer("周明", "支行行长", "10.0.0.7")
HEAD = {"signer": SIGNER, "words": ""}


@pytest.fixture(autouse=True)
def branches_sign(settings):
    settings.BRANCH_ENDORSEMENT = True


def sent_to_the_head(writer=None, **facts) -> Endorsement:
    writer = writer or a_user(name="沈一鸣")
    article = handing_in.hand_in(a_draft(writer, **facts), by=writer, declared=True)
    return article.endorsements.first()


def change(article: Article, **facts) -> None:
    text = Text(
        **{
            "title": article.title,
            "section": article.section,
            "body": article.body,
            "note": article.note,
            "bylines": bylines_of(article),
            **facts,
        }
    )
    saving.save(text, by=article.contributor, article=article)
    article.refresh_from_db()


def autosave(article: Article, body: str) -> None:
    text = replace(Text.of(fresh(article)), body=body)
    saving.save(text, by=article.contributor, article=article, automatic=True)


def fresh(article: Article) -> Article:
    return Article.objects.get(pk=article.pk)


class TestAsking:
    def test_handing_in_asks_the_head_and_leaves_the_text_with_the_writer(self):
        asked = sent_to_the_head()
        article = fresh(asked.article)
        assert (article.status, article.receipt) == (Status.DRAFT, None)
        assert (asked.digest, asked.answer, asked.asked_by) == (
            article.digest(),
            "",
            article.contributor,
        )
        assert progress.of(article).state == "等单位负责人签审"

    def test_the_record_says_what_was_declared_then(self):
        asked = sent_to_the_head()
        row = record.of(asked.article).get(verb="送单位签审")
        assert row.what["declared"] == list(handing_in.DECLARATIONS.values())
        assert row.what["digest"] == asked.digest

    def test_two_clicks_ask_once(self):
        asked = sent_to_the_head()
        handing_in.hand_in(asked.article, by=asked.asked_by, declared=True)
        assert Endorsement.objects.count() == 1

    def test_nobody_asks_for_anothers_text(self):
        with pytest.raises(workflow.NotAllowed):
            handing_in.hand_in(a_draft(a_user()), by=a_user(), declared=True)
        assert not Endorsement.objects.exists()

    def test_where_branches_do_not_sign_nobody_is_asked(self, settings):
        settings.BRANCH_ENDORSEMENT = False
        writer = a_user()
        article = handing_in.hand_in(a_draft(writer), by=writer, declared=True)
        assert article.status == Status.SUBMITTED
        assert not Endorsement.objects.exists()


class TestAgreeing:
    def test_hands_the_manuscript_in(self):
        asked = sent_to_the_head()
        endorsement.agree(asked, **{**HEAD, "words": "同意。"})
        article = fresh(asked.article)
        assert (article.status, article.round) == (Status.SUBMITTED, 1)
        assert article.receipt.endswith(f"-{article.pk:05d}")
        assert str(asked) == "同意报送 周明"

    def test_the_record_names_who_signed_from_where_and_the_writer_who_hands_in(self):
        asked = sent_to_the_head()
        endorsement.agree(asked, **HEAD)
        signed, came = record.of(asked.article).filter(verb__in=["单位签审", "投稿"]).order_by("pk")
        assert (signed.actor, signed.actor_pk) == ("周明（支行行长）", None)
        assert (signed.what["address"], signed.what["digest"]) == ("10.0.0.7", asked.digest)
        assert (came.actor, came.what["endorsement"]) == ("沈一鸣", asked.pk)
        assert came.what["declared"] == list(handing_in.DECLARATIONS.values())

    def test_the_time_line_tells_it(self):
        asked = sent_to_the_head()
        endorsement.agree(asked, **{**HEAD, "words": "写得实在。"})
        told = [
            (each.words, each.said, each.note) for each in progress.events(fresh(asked.article))
        ]
        assert told == [
            ("单位负责人同意以后，稿件报送编辑部", "", ""),
            ("周明（支行行长）：同意报送", "写得实在。", ""),
            ("您送单位负责人签审", "", ""),
            ("您建立了草稿", "", ""),
        ]

    def test_a_text_that_was_called_back_and_not_changed_needs_no_second_signature(self):
        asked = sent_to_the_head()
        article = endorsement.agree(asked, **HEAD)
        workflow.recall(article, by=article.contributor)
        again = handing_in.hand_in(article, by=article.contributor, declared=True)
        assert again.status == Status.SUBMITTED
        assert Endorsement.objects.count() == 1

    def test_a_changed_text_needs_another_and_the_first_is_void(self):
        asked = sent_to_the_head()
        article = endorsement.agree(asked, **HEAD)
        workflow.recall(article, by=article.contributor)
        change(article, title="雨天的两把伞")
        assert not endorsement.lets_leave(fresh(article))
        notes = {each.words: each.note for each in progress.events(fresh(article))}
        assert notes["周明（支行行长）：同意报送"] == "文字改动后作废"
        handing_in.hand_in(article, by=article.contributor, declared=True)
        assert fresh(article).status == Status.DRAFT
        assert Endorsement.objects.count() == 2

    def test_the_old_text_brought_back_is_signed_again(self):
        asked = sent_to_the_head()
        article = endorsement.agree(asked, **HEAD)
        workflow.recall(article, by=article.contributor)
        change(article, title="雨天的两把伞")
        change(article, title="雨天的伞")
        assert endorsement.lets_leave(fresh(article))

    def test_what_the_desk_changes_is_no_news_on_the_writers_time_line(self):
        asked = sent_to_the_head()
        article = endorsement.agree(asked, **HEAD)
        article.title = "编辑改的标题"
        article.save()
        assert [each.note for each in progress.events(fresh(article)) if each.note] == []


class TestRefusing:
    def test_needs_a_reason_and_leaves_the_text_with_the_writer(self):
        asked = sent_to_the_head()
        with pytest.raises(Closed, match="理由"):
            endorsement.refuse(asked, **{**HEAD, "words": " "})
        endorsement.refuse(asked, **{**HEAD, "words": "客户姓名请隐去。"})
        article = fresh(asked.article)
        assert article.status == Status.DRAFT
        newest = progress.events(article)[0]
        assert (newest.words, newest.said) == ("周明（支行行长）：退回作者", "客户姓名请隐去。")
        assert progress.of(article).state == "单位退回"

    def test_stands_as_an_editors_return_until_the_writer_asks_again(self):
        asked = sent_to_the_head()
        endorsement.refuse(asked, **{**HEAD, "words": "请改。"})
        article = fresh(asked.article)
        assert progress.of(article).turn == "yours"
        assert (progress.progress(article)[0].place, progress.progress(article)[0].word) == (
            "stopped",
            "单位退回",
        )
        change(asked.article, body=f"<p>{WORDS}又改了。</p>")
        assert endorsement.refusal(fresh(article)) == asked
        handing_in.hand_in(asked.article, by=asked.asked_by, declared=True)
        assert endorsement.refusal(fresh(article)) is None
        assert progress.of(fresh(article)).state == "等单位负责人签审"

    def test_of_an_earlier_round_says_nothing_of_what_an_editor_gave_back(self, settings):
        asked = sent_to_the_head()
        endorsement.refuse(asked, **{**HEAD, "words": "请改。"})
        settings.BRANCH_ENDORSEMENT = False
        article, editor = fresh(asked.article), a_user("editor")
        article = handing_in.hand_in(article, by=asked.asked_by, declared=True)
        workflow.receive(article, by=editor)
        workflow.decide(article, "return", by=editor, opinion="请核对数字。")
        settings.BRANCH_ENDORSEMENT = True
        assert progress.of(fresh(article)).state == "请您修改"

    def test_the_text_that_was_sent_stays_whatever_is_saved_behind_it(self):
        writer = a_user(name="沈一鸣")
        article = a_draft(writer)
        sent = f"<p>{WORDS}送去的。</p>"
        autosave(article, sent)
        handing_in.hand_in(article, by=writer, declared=True)
        endorsement.refuse(article.endorsements.first(), **{**HEAD, "words": "请改。"})
        for number in range(3):
            autosave(article, f"<p>{WORDS}改到 {number}。</p>")
        assert sent in [row.body for row in article.history.all()]
        assert "送单位签审的文字" in [each.label for each in versions.of(fresh(article))]

    def test_the_writer_asks_again(self):
        asked = sent_to_the_head()
        endorsement.refuse(asked, **{**HEAD, "words": "请改。"})
        change(asked.article, body=f"<p>{WORDS}又改了。</p>")
        handing_in.hand_in(asked.article, by=asked.asked_by, declared=True)
        assert endorsement.pending(fresh(asked.article)) not in (None, asked)


class TestALinkThatIsClosed:
    def why(self, asked: Endorsement) -> str:
        asked = endorsement.by_token(endorsement.token_of(asked))
        return endorsement.why_closed(asked, asked.article)

    def refused(self, asked: Endorsement) -> None:
        with pytest.raises(Closed):
            endorsement.agree(asked, **HEAD)
        assert fresh(asked.article).status != Status.SUBMITTED

    def test_is_open_at_first(self):
        assert self.why(sent_to_the_head()) == ""

    def test_by_its_answer(self):
        asked = sent_to_the_head()
        endorsement.agree(asked, **HEAD)
        assert "已经签过意见" in self.why(asked)
        with pytest.raises(Closed, match="已经签过意见"):
            endorsement.refuse(asked, **{**HEAD, "words": "反悔"})
        assert fresh(asked.article).status == Status.SUBMITTED

    @pytest.mark.parametrize(
        "changed",
        [
            {"title": "雨天的两把伞"},
            {"body": f"<p>{WORDS}！</p>"},
            {"bylines": (Byline("何静"),)},
            {"section": None},
        ],
        ids=["title", "body", "byline", "no section"],
    )
    def test_by_a_change_of_the_text(self, changed):
        asked = sent_to_the_head()
        change(asked.article, **changed)
        assert "又改了文字" in self.why(asked)
        assert endorsement.pending(fresh(asked.article)) is None
        self.refused(asked)

    def test_but_not_by_what_the_head_does_not_read(self):
        asked = sent_to_the_head()
        change(asked.article, note="给编辑的话", section=a_section("service-sketch"))
        assert self.why(asked) == ""

    def test_by_a_newer_request(self):
        asked = sent_to_the_head()
        change(asked.article, title="雨天的两把伞")
        handing_in.hand_in(asked.article, by=asked.asked_by, declared=True)
        change(asked.article, title="雨天的伞")  # the text of the first again
        assert "又送签了一次" in self.why(asked)
        self.refused(asked)

    def test_by_its_age(self):
        asked = sent_to_the_head()
        asked.asked_at = timezone.now() - timedelta(days=endorsement.DAYS, minutes=1)
        asked.save()
        assert "链接过了 14 天" in self.why(asked)
        self.refused(asked)
        assert progress.of(fresh(asked.article)).state == "草稿"

    def test_but_not_before_its_last_minute(self):
        asked = sent_to_the_head()
        asked.asked_at = timezone.now() - timedelta(days=14) + timedelta(minutes=1)
        asked.save()
        assert self.why(asked) == ""

    def test_by_withdrawing(self):
        asked = sent_to_the_head()
        workflow.withdraw(asked.article, by=asked.asked_by)
        assert "不用签审" in self.why(asked)
        self.refused(asked)


class TestTheToken:
    def test_opens_its_request_and_is_the_same_each_time(self):
        asked = sent_to_the_head()
        assert endorsement.by_token(endorsement.token_of(asked)) == asked
        assert endorsement.token_of(asked) == endorsement.token_of(asked)

    @pytest.mark.parametrize("forged", ["", "1", "1:", "1:x", "x:y", ":", "１:x", "1:\x00"])
    def test_forged_opens_nothing(self, forged):
        sent_to_the_head()
        with pytest.raises(Endorsement.DoesNotExist):
            endorsement.by_token(forged)

    def test_of_another_use_opens_nothing(self):
        asked = sent_to_the_head()
        for signer in (signing.Signer(), signing.Signer(salt="another")):
            with pytest.raises(Endorsement.DoesNotExist):
                endorsement.by_token(signer.sign(asked.pk))

    def test_of_a_request_that_is_gone_opens_nothing(self):
        asked = sent_to_the_head()
        token = endorsement.token_of(asked)
        asked.delete()
        with pytest.raises(Endorsement.DoesNotExist):
            endorsement.by_token(token)


@pytest.mark.parametrize(
    "half",
    [
        {"answer": "agreed"},
        {"signer": "周明"},
        {"answer": "agreed", "signer": "周明"},
        {"answer": "perhaps", "signer": "周明", "answered_at": timezone.now()},
        {"answer": "refused", "signer": "周明", "answered_at": timezone.now()},
    ],
)
def test_the_database_keeps_an_answer_whole(half):
    asked = sent_to_the_head()
    with pytest.raises(IntegrityError), transaction.atomic():
        Endorsement.objects.filter(pk=asked.pk).update(**half)


@pytest.mark.django_db(transaction=True)
def test_two_answers_at_the_same_moment_are_one():
    asked = sent_to_the_head()

    def answer(verb) -> bool:
        try:
            verb(Endorsement.objects.get(pk=asked.pk), **{**HEAD, "words": "请改。"})
        except Closed:
            return False
        else:
            return True
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as heads:
        answered = list(heads.map(answer, (endorsement.agree, endorsement.refuse)))
    assert sorted(answered) == [False, True]
    came_in = fresh(asked.article).status == Status.SUBMITTED
    assert came_in is answered[0]


@pytest.mark.parametrize(
    ("signer", "post", "printed"),
    [
        ("周明", "支行行长", "周明（支行行长）"),
        ("周行长", "行长", "周行长"),
        ("周行长", "净月支行行长", "周行长（净月支行）"),
        ("周行长", "副行长", "周行长（副行长）"),
        ("周明行长", "行长", "周明（行长）"),
        ("周明行长", "支行行长", "周明（支行行长）"),
        ("行长周明", "行长", "周明（行长）"),
        ("周明", "行长周明", "周明（行长）"),
        ("周明", "", "周明"),
        ("行长", "行长", "行长（行长）"),
        ("欧阳经理", "客户经理", "欧阳（客户经理）"),
    ],
)
def test_a_title_that_was_typed_twice_is_said_once(signer, post, printed):
    name, rank = name_and_post(signer, post)
    assert (f"{name}（{rank}）" if rank else name) == printed


def test_who_signs_with_a_title_is_a_namesake_all_the_same():
    asked = sent_to_the_head()
    signer = endorsement.Signer("沈一鸣行长", "行长", "10.0.0.7")
    endorsement.agree(asked, signer=signer, words="")
    assert endorsement.signer_is_called_like(asked) == "沈一鸣"
