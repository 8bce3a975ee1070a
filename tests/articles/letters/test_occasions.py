"""What a writer is told, when, and in which words."""

import pytest
from django.core import mail

from articles import letters
from articles.models import Article, Endorsement, Notice, Review
from articles.reviewing import workflow
from servicejournal.roles import Role
from tests.articles.filling_in import a_draft, handed_in, sent_back
from tests.articles.post_office import time_passes, worker_runs
from tests.factories import a_user, an_article, an_issue

pytestmark = pytest.mark.django_db
Kind = Notice.Kind
WITH_MAIL = {"name": "沈一鸣", "email": "shen@example.com"}


@pytest.fixture
def writer():
    return a_user(**WITH_MAIL)


def told(writer) -> list[tuple[str, str]]:
    """What the writer was told: kind and next step, the oldest first."""
    time_passes(minutes=10)
    notices = Notice.objects.of(writer).order_by("pk")
    return [(notice.kind, notice.words.splitlines()[0]) for notice in notices]


def decided(writer, *decisions: str) -> Article:
    """A manuscript under these decisions of the first, second and final review."""
    article = handed_in(writer)
    workflow.receive(article, by=a_user(Role.EDITOR))
    roles = (Role.EDITOR, Role.SENIOR_EDITOR, Role.CHIEF_EDITOR)
    for role, decision in zip(roles, decisions, strict=False):
        opinion = "绝密意见甲" if decision in ("return", "reject") else ""
        workflow.decide(article, decision, by=a_user(role), opinion=opinion, note="绝密批注乙")
    return article


class TestEachStep:
    def test_begins_with_what_to_do_next(self, writer):
        sent_back(writer)
        assert told(writer) == [
            ("received", "您现在不用做什么，7 天内会有编辑开始看。"),
            ("returned", "请打开稿件的页面，按编辑的意见修改，再提交一次。"),
        ]

    @pytest.mark.parametrize(
        ("decisions", "kind", "step"),
        [
            (["hold"], "held", "您现在不用做什么；想另作他用，可以在稿件的页面撤稿。"),
            (["reject"], "rejected", "请打开稿件的页面看看编辑的意见，欢迎再投新的稿件。"),
            (["pass"] * 3, "accepted", "您现在不用做什么，编入哪一期会再告诉您。"),
        ],
    )
    def test_tells_the_outcome(self, writer, decisions, kind, step):
        decided(writer, *decisions)
        assert told(writer)[1:] == [(kind, step)]

    def test_a_pass_that_is_not_the_last_is_no_news(self, writer):
        decided(writer, "pass", "pass")
        assert [kind for kind, _ in told(writer)] == ["received"]

    def test_handing_in_again_is_told_again(self, writer):
        article = sent_back(writer)
        workflow.hand_in(article, by=writer)
        notice = Notice.objects.of(writer).latest("pk")
        assert notice.subject == "改好的稿子收到了：《雨天的伞》"
        assert "第 2 次提交" in notice.words

    def test_an_endorsement_is_told_on_the_site_and_a_refusal_by_letter_too(self, writer):
        article = a_draft(writer)
        facts = {"digest": article.digest(), "asked_by": writer, "signer": "何静", "post": "行长"}
        when = article.created_at
        agreed = Endorsement.objects.create(
            article=article, answer="agreed", answered_at=when, **facts
        )
        refused = Endorsement.objects.create(
            article=article, answer="refused", words="绝密意见", answered_at=when, **facts
        )
        letters.endorsed(agreed)
        letters.not_endorsed(refused)
        rows = Notice.objects.of(writer).order_by("pk").values_list("kind", "address")
        assert list(rows) == [("endorsed", ""), ("not_endorsed", "shen@example.com")]
        assert "何静（行长）看过《雨天的伞》，没有同意报送。" in told_words(writer)
        assert "绝密" not in told_words(writer)

    def test_leads_to_the_page_of_the_manuscript(self, writer):
        article = handed_in(writer)
        assert Notice.objects.get().path == f"/submissions/{article.pk}/"


def told_words(writer) -> str:
    rows = Notice.objects.of(writer).values_list("subject", "words")
    return "\n".join("\n".join(row) for row in rows)


class TestOnce:
    def test_the_same_occasion_is_told_once(self, writer):
        article = handed_in(writer)
        letters.received(article)
        letters.received(article)
        assert [kind for kind, _ in told(writer)] == ["received"]

    def test_each_decision_is_an_occasion_of_its_own(self, writer):
        article = sent_back(writer)
        workflow.hand_in(article, by=writer)
        editor = a_user(Role.EDITOR)
        workflow.receive(article, by=editor)
        workflow.decide(article, "return", by=editor, opinion="还差一点。")
        assert [kind for kind, _ in told(writer)] == ["received", "returned"] * 2

    def test_what_did_not_happen_is_not_told(self, writer):
        article = handed_in(writer)
        with pytest.raises(workflow.NotAllowed):
            workflow.decide(article, "return", by=a_user(Role.EDITOR), opinion="改。")
        assert [kind for kind, _ in told(writer)] == ["received"]


class TestWhoIsTold:
    def test_a_closed_account_is_told_nothing(self):
        gone = a_user(is_active=False)
        letters.received(an_article(contributor=gone, status="submitted"))
        assert not Notice.objects.exists()

    def test_nobody_is_told_of_a_back_issue(self):
        issue = an_issue(published=True)
        letters.out(an_article(issue=issue, origin=Article.Origin.BACK_ISSUE))
        assert not Notice.objects.exists()

    def test_an_editor_who_writes_is_told_too(self):
        editor = a_user(Role.EDITOR, **WITH_MAIL)
        handed_in(editor)
        assert [kind for kind, _ in told(editor)] == ["received"]

    def test_without_an_address_there_is_no_letter(self, writer):
        writer.email = ""
        writer.save()
        handed_in(writer)
        notice = Notice.objects.get()
        assert (notice.address, notice.due_at, notice.letter) == ("", None, "不寄信")

    def test_where_mail_is_off_there_is_no_letter(self, writer, settings):
        settings.EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
        handed_in(writer)
        assert Notice.objects.get().letter == "不寄信"


class TestTheLetter:
    def test_says_who_what_and_where_and_no_more(self, writer):
        article = sent_back(writer)
        worker_runs()
        time_passes(minutes=10)
        worker_runs()
        letter = mail.outbox[1]
        assert letter.subject == "【服务文化专刊】请您修改：《雨天的伞》"
        assert (letter.to, letter.from_email) == (
            ["shen@example.com"],
            "服务文化专刊 <journal@example.com>",
        )
        assert letter.body.startswith(
            "沈一鸣，您好：\n\n请打开稿件的页面，按编辑的意见修改，再提交一次。"
        )
        assert f"打开：https://journal.example.com/submissions/{article.pk}/\n" in letter.body
        assert letter.message()["Auto-Submitted"] == "auto-generated"

    @pytest.mark.parametrize("decisions", [["return"], ["reject"], ["hold"], ["pass"] * 3])
    def test_never_holds_an_opinion_or_the_text(self, writer, decisions):
        article = decided(writer, *decisions)
        assert Review.objects.filter(note="绝密批注乙").exists()
        time_passes(minutes=10)
        worker_runs()
        assert len(mail.outbox) == 2
        written = "".join(f"{letter.subject}{letter.body}" for letter in mail.outbox)
        assert "绝密" not in written + told_words(writer)
        assert article.body[3:20] not in written

    def test_without_the_address_of_the_site_says_how_to_get_there(self, writer, settings):
        settings.SITE_URL = ""
        handed_in(writer)
        worker_runs()
        assert "请登录投稿网站，打开“通知”。" in mail.outbox[0].body

    @pytest.mark.parametrize(
        "title",
        ["伞\r\nBcc: all@example.com", "伞\nX: y", "龑䶮🌂\u2028Bcc: x@example.com", "<b>&amp;"],
    )
    def test_is_one_subject_line_whatever_the_title_holds(self, writer, title):
        article = an_article(contributor=writer, title=title, status="submitted")
        letters.received(article)
        worker_runs()
        letter = mail.outbox[0]
        assert letter.subject == f"【服务文化专刊】稿件收到了：《{' '.join(title.split())}》"
        assert letter.recipients() == ["shen@example.com"]
        assert letter.message()["Bcc"] is None

    def test_the_longest_title_fits(self, writer):
        article = an_article(contributor=writer, title="长" * 120, status="submitted")
        letters.received(article)
        assert Notice.objects.get().subject == f"稿件收到了：《{'长' * 120}》"
