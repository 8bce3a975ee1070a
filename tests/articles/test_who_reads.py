"""Opinions, internal notes, desk comments, the course of things: role × whose manuscript × what."""

from datetime import timedelta

import pytest
from django.utils import timezone

from articles.models import Article, Comment, Notice, Review, Waiver
from articles.naming import touched
from articles.reviewing import commenting, likeness, staffing, workflow
from servicejournal import clock, record
from servicejournal.models import Record, User
from servicejournal.roles import EDITORIAL, Role
from tests.articles.filling_in import handed_in
from tests.factories import a_user, an_article, an_author
from tests.pages import seen
from tests.spreadsheets import rows_of

pytestmark = pytest.mark.django_db

OPINION, NOTE, COMMENT, WHY = "绝密意见甲", "绝密内部乙", "绝密批注丙", "绝密忽略丁"
SECRETS = (OPINION, NOTE, COMMENT, WHY)
#: Whose the manuscript is: somebody else's, handed in by who looks, or signed by who looks.
WHOSE = ("another's", "mine", "I sign it")
ROOT = "superuser"
LOOKERS = [*Role, ROOT]


def a_looker(role: str) -> User:
    if role == ROOT:
        return a_user(is_superuser=True, name="运维")
    return a_user(role, name="看稿人")


def reviewed(looker: User, whose: str) -> Article:
    """Through the first review, with everything said of it that can be said inside."""
    writer = looker if whose == "mine" else a_user(name="沈一鸣")
    article = an_article(
        status="first_review", contributor=writer, title="三号窗口", authors=[("", "高志远")]
    )
    if whose == "I sign it":
        author = article.authors.get()
        author.user = looker
        author.save()
    editor = a_user(Role.EDITOR, name="别的编辑")
    commenting.comment(article, by=editor, words=COMMENT, audience="desk")
    Waiver.objects.create(
        article=article, rule="x", anchor="a", quote="窗口", level="error", reason=WHY, by=editor
    )
    workflow.decide(article, "hold", by=editor, opinion=OPINION, note=NOTE)
    return article


#: Every way by which the desk could show them.
WAYS = {
    "review page": "/admin/articles/article/{pk}/review/",
    "versions of the manuscript": "/admin/articles/article/{pk}/history/",
    "list of opinions": "/admin/articles/review/",
    "one opinion": "/admin/articles/review/{review}/change/",
    "list of waivers": "/admin/articles/waiver/",
    "record": "/admin/servicejournal/record/",
    "one row of the record": "/admin/servicejournal/record/{row}/change/",
    "notices": "/admin/articles/notice/",
    "long form": "/admin/articles/article/{pk}/change/",
    "list of manuscripts": "/admin/articles/article/",
}
#: And by which it could be taken away, with what each holds.
EXPORTS = {
    "opinions": ("/admin/articles/review/export/", (OPINION, NOTE)),
    "versions": ("/admin/articles/historicalarticle/export/", ("三号窗口",)),
    "record": ("/admin/servicejournal/record/export/", (OPINION, COMMENT)),
}


@pytest.mark.parametrize("whose", WHOSE)
@pytest.mark.parametrize("role", LOOKERS)
class TestTheTable:
    def test_what_is_said_inside_is_for_the_desk_on_other_peoples_manuscripts(
        self, client, role, whose
    ):
        looker = a_looker(role)
        article = reviewed(looker, whose)
        client.force_login(looker)
        facts = {
            "pk": article.pk,
            "review": article.reviews.get().pk,
            "row": record.of(article).filter(why=OPINION).get().pk,
        }
        on_the_desk = role in EDITORIAL | {Role.AUDITOR}
        read = set()
        for way in WAYS.values():
            page = client.get(way.format(**facts))
            if page.status_code == 200:
                read |= {secret for secret in SECRETS if secret in page.text}
        assert read == (set(SECRETS) if on_the_desk and whose == "another's" else set())

    def test_nor_by_an_export(self, client, role, whose):
        looker = a_looker(role)
        reviewed(looker, whose)
        client.force_login(looker)
        for what, (way, held) in EXPORTS.items():
            answer = client.get(way)
            if answer.status_code != 200:
                assert role != Role.AUDITOR, what
                continue
            cells = str(rows_of(answer.content))
            there = role in EDITORIAL | {Role.AUDITOR} and whose == "another's"
            for secret in held:
                assert (secret in cells) == there, (what, secret)

    def test_by_one_question_that_everything_asks(self, role, whose):
        looker = a_looker(role)
        article = reviewed(looker, whose)
        may = role in EDITORIAL | {Role.AUDITOR} and whose == "another's"
        assert article.is_open_inside_to(looker) == may
        assert Review.objects.readable_by(looker).exists() == may
        assert Comment.objects.readable_by(looker).exists() == may
        assert Waiver.objects.readable_by(looker).exists() == may

    def test_the_review_sheet_and_comments_are_a_404(self, client, role, whose):
        looker = a_looker(role)
        article = reviewed(looker, whose)
        client.force_login(looker)
        may = role in EDITORIAL | {Role.AUDITOR} and whose == "another's"
        sheet = client.get(f"/admin/articles/article/{article.pk}/slip.pdf").status_code
        assert (sheet == 200) == may
        page = f"/admin/articles/article/{article.pk}/comments/"
        before = article.comments.count()
        client.post(page, {"words": "我来说一句", "audience": "desk"})
        spoke = article.comments.count() - before
        assert spoke == (1 if role in EDITORIAL and whose == "another's" else 0)


class TestOnesOwn:
    def test_the_review_page_says_where_to_read_what_is_for_the_writer(self, client, html_valid):
        editor = a_user(Role.EDITOR)
        with clock.set_to(timezone.now() - timedelta(hours=1)):  # what stands is told
            mine, signed = reviewed(editor, "mine"), reviewed(editor, "I sign it")
        client.force_login(editor)
        page = client.get(f"/admin/articles/article/{mine.pk}/review/")
        assert "这是您自己的稿件" in seen(page)
        assert f'href="/submissions/{mine.pk}/"' in page.text
        html_valid(page.text)
        assert OPINION in client.get(f"/submissions/{mine.pk}/").text
        versions = client.get(f"/admin/articles/article/{mine.pk}/history/", follow=True)
        assert "编辑部的改动和意见给别的编辑看" in seen(versions)
        page = client.get(f"/admin/articles/article/{signed.pk}/review/")
        assert "投稿人看得到" in seen(page)

    def test_what_an_editor_imported_of_a_back_issue_is_not_theirs(self):
        editor = a_user(Role.EDITOR)
        article = an_article(status="accepted", contributor=editor, origin="back_issue")
        assert article.is_open_inside_to(editor)

    def test_nobody_frees_their_own_texts_by_letting_go_of_the_author(self, client):
        editor = a_user(Role.EDITOR)
        author = an_author("高志远")
        author.user = editor
        author.save()
        client.force_login(editor)
        page = f"/admin/articles/author/{author.pk}/change/"
        client.post(page, {"namesake": "", "branch": "", "user": ""})
        author.refresh_from_db()
        assert author.user == editor
        client.force_login(a_user(Role.EDITOR))
        client.post(page, {"namesake": "", "branch": "", "user": ""})
        author.refresh_from_db()
        assert author.user is None


def bring(article: Article, how: str) -> None:
    author = article.authors.get()
    if how == "the byline is gone":
        article.authorships.get().delete()
    elif how == "the author has no account any more":
        author.user = None
        author.save()


@pytest.mark.parametrize("how", ["the byline is gone", "the author has no account any more"])
class TestWhoEverWroteIt:
    def test_reads_it_inside_no_more_than_before(self, client, how):
        editor = a_user(Role.EDITOR)
        article = reviewed(editor, "I sign it")
        bring(article, how)
        client.force_login(editor)
        page = client.get(f"/admin/articles/article/{article.pk}/review/")
        assert not [secret for secret in SECRETS if secret in page.text]
        assert client.get(f"/admin/articles/article/{article.pk}/slip.pdf").status_code == 404
        assert not Review.objects.readable_by(editor).exists()

    def test_is_told_by_the_question_that_reviewing_asks(self, how):
        editor = a_user(Role.EDITOR)
        article = reviewed(editor, "I sign it")
        bring(article, how)
        assert editor.pk in staffing.writers(article)
        assert article in Article.objects.written_by(editor)


def test_who_reads_it_inside_and_who_reviews_it_is_one_question():
    importer, contributor = a_user(Role.EDITOR), a_user(Role.EDITOR)
    imported = an_article(status="accepted", contributor=importer, origin="back_issue")
    sent = an_article(status="submitted", contributor=contributor)
    for article in (imported, sent):
        for user in (importer, contributor):
            wrote = user.pk in staffing.writers(article)
            assert wrote == (article in Article.objects.written_by(user))
            assert wrote != article.is_open_inside_to(user)


SECRET_TITLE = "没有投出去的题目"


def never_handed_in() -> Article:
    article = an_article(title=SECRET_TITLE)
    record.write("建立草稿", article, by=article.contributor)
    return article


def withdrawn_before() -> Article:
    article = never_handed_in()
    workflow.withdraw(article, by=article.contributor)
    return article


def withdrawn_before_the_record_knew() -> Article:
    never = {"receipt": None, "submitted_at": None}
    article = an_article(title=SECRET_TITLE, status="withdrawn", **never)
    record.write("建立草稿", article, by=article.contributor)
    return article


def called_back() -> Article:
    article = handed_in(a_user(email="shen@example.com"))
    workflow.recall(article, by=article.contributor)
    return renamed(article)


def called_back_and_withdrawn() -> Article:
    article = called_back()
    workflow.withdraw(article, by=article.contributor)
    return article


def renamed(article: Article) -> Article:
    """The writer calls it so after it came back; the record and the notices say it too."""
    article.title = SECRET_TITLE
    article.store("title", by=article.contributor)
    record.write("保存", article, by=article.contributor)
    Notice.objects.filter(article=article).update(subject=f"收到：《{SECRET_TITLE}》")
    return article


@pytest.mark.parametrize(
    "draft",
    [
        never_handed_in,
        withdrawn_before,
        withdrawn_before_the_record_knew,
        called_back,
        called_back_and_withdrawn,
    ],
)
class TestWhatStaysTheWriters:
    @pytest.mark.parametrize("role", [*sorted(EDITORIAL), Role.AUDITOR, Role.ADMINISTRATOR, ROOT])
    def test_its_title_is_on_no_page_of_the_desk(self, client, draft, role):
        article = draft()
        late = {"address": "x@example.com", "given_up_at": article.created_at, "error": "x"}
        Notice.objects.create(
            recipient=article.contributor,
            kind="deadline",
            key="d",
            article=article,
            subject=f"截稿：《{SECRET_TITLE}》",
            words="快",
            **late,
        )
        client.force_login(a_looker(role))
        pages = ["/admin/", "/admin/articles/historicalarticle/", *WAYS.values()]
        facts = {"pk": article.pk, "review": 0, "row": record.of(article).first().pk}
        for way in pages:
            page = client.get(way.format(**facts))
            assert SECRET_TITLE not in page.text, way
        for way, _ in EXPORTS.values():
            answer = client.get(way)
            if answer.status_code == 200:
                assert SECRET_TITLE not in str(rows_of(answer.content)), way

    def test_but_its_writer_s(self, draft):
        article = draft()
        assert article in Article.objects.visible_to(article.contributor)

    def test_nor_where_names_are_merged_or_texts_compared(self, draft):
        article = draft()
        author = article.authors.first()
        shown = touched.of(author) if author else None
        assert shown is None or SECRET_TITLE not in str(shown)
        likeness._refresh()
        assert not hasattr(Article.objects.get(pk=article.pk), "fingerprint")


def test_a_manuscript_at_the_desk_is_there_for_the_desk_in_every_state():
    """So that the rows above are hidden for what they are, not because everything is."""
    editor = a_user(Role.EDITOR)
    for status in set(Article.Status) - {Article.Status.DRAFT}:
        article = an_article(status=status)
        assert article in Article.objects.visible_to(editor), status
        assert article in Article.objects.handed_in()


class TestTheRecord:
    def test_shows_the_administrator_what_concerns_accounts_only(self, client):
        administrator, user = a_user(Role.ADMINISTRATOR), a_user(name="何静")
        article = an_article(status="submitted", title="三号窗口")
        record.write("退修", article, by=user, why=OPINION)
        record.write("登录", user, by=user)
        record.write("选定作者的账号", an_author("谷淳"), by=user, account=user.pk)
        record.write("作者改名", an_author("高志远"), by=user)
        client.force_login(administrator)
        page = client.get("/admin/servicejournal/record/")
        verbs = [row.verb for row in page.context["cl"].queryset]
        assert verbs == ["选定作者的账号", "登录"]
        client.force_login(a_user(Role.AUDITOR))
        page = client.get("/admin/servicejournal/record/")
        assert page.context["cl"].queryset.count() == Record.objects.count() == 4

    def test_whoever_is_both_sees_both(self, client):
        both = a_user(Role.ADMINISTRATOR, Role.AUDITOR)
        mine = an_article(status="submitted", contributor=both)
        record.write("退修", mine, by=a_user())
        record.write("退修", an_article(status="submitted"), by=a_user())
        record.write("登录", both, by=both)
        client.force_login(both)
        page = client.get("/admin/servicejournal/record/")
        assert page.context["cl"].queryset.count() == 2


def test_a_section_is_kept_by_a_number_of_texts_and_no_titles(client):
    never_handed_in()
    draft = Article.objects.get()
    draft.section_id = Article.section.get_queryset().first().pk
    draft.save()
    client.force_login(a_user(Role.EDITOR))
    page = client.get(f"/admin/articles/section/{draft.section_id}/delete/")
    assert "1 篇文章和稿件" in seen(page)
    assert SECRET_TITLE not in page.text
