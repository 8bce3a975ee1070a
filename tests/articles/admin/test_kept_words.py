"""At the desk no word is lost: of two editors, the slower sees both texts; who was signed out gets
back what was typed, into the same form, and nobody else sees it."""

import re
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from articles.models import Article, Branch, Call, Comment, Deputy
from articles.reviewing import commenting, deputies, workflow
from issues.making import quality
from issues.models import Echo, Issue, Making
from servicejournal.models import User
from servicejournal.roles import Role
from tests.factories import a_section, a_user, an_article, an_issue
from tests.pages import seen

pytestmark = pytest.mark.django_db

LIST = "/admin/articles/article/"
WORDS = "窗口外的伞架，是谁先想到的？"


@pytest.fixture
def chief(client) -> User:
    chief = a_user(Role.CHIEF_EDITOR, Role.EDITOR, name="程砚")
    client.force_login(chief)
    return chief


@pytest.fixture
def article(db) -> Article:
    return an_article(
        title="雨天的伞",
        body="<p>门口放着一把伞。</p>",
        status=Article.Status.FIRST_REVIEW,
        section=a_section(),
    )


def hidden(response, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]*)"', response.text)
    assert found, f"no field “{name}”"
    return found[1]


def typed_into(form: str) -> tuple[str, dict[str, Any]]:
    """The address of a form of the desk, and what somebody has typed into it."""
    if form == "opinion":
        article = an_article(status="first_review", section=a_section())
        sent = {"action": "return", "digest": article.digest(), "opinion": WORDS}
        return f"{LIST}{article.pk}/review/", sent
    if form == "text":
        article = an_article(status="first_review", section=a_section())
        text = {"title": "雨天的伞", "body": f"<p>{WORDS}</p>", "section": a_section().pk}
        return f"{LIST}{article.pk}/review/edit/", {**text, "base": article.digest()}
    if form == "commission":
        rows = {"authorships-TOTAL_FORMS": 0, "authorships-INITIAL_FORMS": 0}
        return f"{LIST}add/", {"title": "卷首", "body": f"<p>{WORDS}</p>", **rows}
    if form == "correction":
        article = an_article(issue=an_issue(published=True))
        sent = {"title": article.title, "body": article.body, "section": article.section.pk}
        sent = {**sent, "signed": "东岭支行 高志远", "reason": WORDS}
        return f"/admin/issues/issue/correct/{article.pk}/", sent
    if form == "withdrawal":
        article = an_article(issue=an_issue(published=True))
        return f"/admin/issues/issue/withdraw/{article.pk}/", {"why": WORDS}
    if form == "facts":
        sent = {"theme": WORDS, "reason": WORDS}
        return f"/admin/issues/issue/{an_issue(published=True).pk}/facts/", sent
    if form == "issue":
        return "/admin/issues/issue/add/", {"year": 2031, "number": 1, "theme": WORDS}
    if form == "call":
        sent = {"theme": "伞架", "words": WORDS, "deadline": "2099-01-01"}
        return "/admin/articles/call/add/", sent
    if form == "comment":
        article = an_article(status="first_review", section=a_section())
        return f"{LIST}{article.pk}/comments/", {"words": WORDS, "audience": "desk"}
    if form == "deputy":
        return "/admin/articles/deputy/", {"stage": "final", "why": WORDS}
    if form == "letter":
        about = an_article(issue=an_issue(published=True))
        letter = Echo.objects.create(article=about, words="写得真切。", name="一位读者")
        return f"/admin/issues/echo/{letter.pk}/change/", {"step": "refuse", "why": WORDS}
    issue = an_issue(articles=1)
    if form == "quality":
        check = quality.draw(issue, by=a_user(Role.EDITOR))
        shown = {"check_shown": check.pk, "seen": quality.state(check)}
        sent = {"step": "finish", "words": WORDS, **shown}
        return f"/admin/issues/issue/{issue.pk}/quality/", sent
    sent = {"step": "finish", "corrections": 2, "words": WORDS}
    return f"/admin/issues/issue/{issue.pk}/proofs/", sent


FORMS = (
    "opinion text commission correction facts withdrawal issue call proofs quality "
    "comment deputy letter"
).split()  # fmt: skip


def anything_done() -> list[int]:
    """What any of the forms would have done, had it gone through."""
    return [
        Article.objects.filter(status="revising").count(),
        Article.objects.filter(body__contains=WORDS).count(),
        Issue.objects.filter(theme=WORDS).count(),
        Making.objects.count(),
        Comment.objects.count(),
        Deputy.objects.count(),
        Echo.objects.filter(status=Echo.Status.REFUSED).count(),
        Call.objects.count(),
        *(issue.quality_checks.finished().count() for issue in Issue.objects.all()),
        *(issue.proofs.count() for issue in Issue.objects.all()),
        *(article.corrections.count() for article in Article.objects.all()),
    ]


@pytest.mark.parametrize("form", FORMS)
class TestSignedOut:
    def test_the_words_come_back_into_the_same_form_and_nothing_happens(self, client, chief, form):
        address, sent = typed_into(form)
        page = client.get(address.replace("comments/", "review/"))
        assert hidden(page, "writer") == str(chief.pk)
        before = anything_done()

        client.logout()
        kept = client.post(address, {**sent, "writer": chief.pk})
        assert kept.status_code == 403
        assert "登录已经过期" in seen(kept)
        assert "填回表单" in seen(kept)
        assert WORDS in seen(kept)
        assert "no-store" in kept["Cache-Control"]

        client.force_login(chief)
        again = client.post(address, {**sent, "writer": chief.pk, "filled-again": 1})
        assert again.status_code in (200, 409, 422)
        assert "下面是您刚才写的，还没有保存" in seen(again)
        assert WORDS in again.text
        assert anything_done() == before

    def test_somebody_else_who_signs_in_here_is_not_shown_them(self, client, chief, form):
        address, sent = typed_into(form)
        before = anything_done()
        other = a_user(Role.CHIEF_EDITOR, Role.EDITOR, name="何静")
        client.force_login(other)
        refused = client.post(address, {**sent, "writer": chief.pk, "filled-again": 1})
        assert refused.status_code == 403
        assert "用另一个账号写的" in seen(refused)
        assert WORDS not in seen(refused)
        assert anything_done() == before

    def test_an_old_token_keeps_them_from_our_own_page_and_from_no_other(self, chief, form):
        strict = Client(enforce_csrf_checks=True)
        strict.force_login(chief)
        address, sent = typed_into(form)
        sent = {**sent, "writer": chief.pk}
        kept = strict.post(address, sent, headers={"sec-fetch-site": "same-origin"})
        assert "放得太久" in seen(kept)
        assert WORDS in seen(kept)
        plain = {"origin": "http://testserver"}
        assert WORDS in seen(strict.post(address, sent, headers=plain))
        for foreign in ({"sec-fetch-site": "cross-site"}, {"origin": "http://evil.example"}, {}):
            assert WORDS not in strict.post(address, sent, headers=foreign).text


def test_of_a_form_that_cannot_be_filled_again_the_words_are_there_to_copy(client, chief, article):
    client.logout()
    address = f"{LIST}{article.pk}/assign/"
    review = f"{LIST}{article.pk}/review/"
    kept = client.post(
        address, {"words": WORDS, "quote": ""}, headers={"referer": f"http://testserver{review}"}
    )
    assert kept.status_code == 403
    assert WORDS in seen(kept)
    assert f'href="{review}"' in kept.text
    assert "filled-again" not in kept.text
    assert not article.assignments.exists()


def test_a_comment_that_is_mended_and_a_deputy_who_is_called_back_come_back_too(
    client, chief, article
):
    other = a_user(Role.EDITOR, name="何静")
    deputy = deputies.grant(
        other,
        stage=Deputy.Duty.SECOND,
        starts=timezone.localdate(),
        ends=timezone.localdate(),
        why="出差",
        by=chief,
    )
    comment = commenting.comment(
        article, by=chief, words="先前的批注", audience=Comment.Audience.DESK, quote="", before=""
    )
    for address, sent in (
        (f"/admin/articles/deputy/{deputy.pk}/revoke/", {"why": WORDS}),
        (f"{LIST}{article.pk}/comments/{comment.pk}/mend/", {"words": WORDS, "audience": "desk"}),
    ):
        client.logout()
        assert "填回表单" in seen(client.post(address, {**sent, "writer": chief.pk}))
        client.force_login(chief)
        again = client.post(address, {**sent, "filled-again": 1})
        assert "下面是您刚才写的，还没有保存" in seen(again)
        assert WORDS in again.text
    comment.refresh_from_db()
    deputy.refresh_from_db()
    assert (comment.words, deputy.revoked_at) == ("先前的批注", None)


@pytest.mark.parametrize("where", ["review/", "comments/", "change/"])
def test_of_a_manuscript_that_was_called_back_meanwhile_the_words_are_there_to_copy(
    client, chief, where
):
    article = an_article(status=Article.Status.SUBMITTED, title="要回去的稿")
    workflow.recall(article, by=article.contributor)
    rows = {"authorships-TOTAL_FORMS": 0, "authorships-INITIAL_FORMS": 0}
    sent = {"opinion": WORDS, "words": WORDS, "note": WORDS, "action": "return", **rows}
    answer = client.post(f"{LIST}{article.pk}/{where}", sent)
    assert answer.status_code == 404
    assert WORDS in answer.text
    assert "要回去的稿" not in answer.text
    assert "您这一次没有存上" in seen(answer)


def test_a_page_that_never_was_has_nothing_to_give_back(client, chief):
    answer = client.post("/admin/articles/nothing/", {"action": "go"})
    assert "没有存上" not in seen(answer)


def test_a_button_without_words_leads_to_the_sign_in(client, chief, article):
    client.logout()
    assert client.post(f"{LIST}{article.pk}/presence/").status_code == 302


def test_the_browser_is_told_when_the_server_has_the_words(client, chief, article):
    url = f"{LIST}{article.pk}/review/edit/"
    sent = {"title": "新的题目", "body": article.body, "section": article.section.pk}
    refused = client.post(url, {**sent, "base": "old", "copy": "abcdefgh1"})
    assert "stored-copy" not in refused.cookies
    saved = client.post(url, {**sent, "base": article.digest(), "copy": "abcdefgh1"})
    assert saved.cookies["stored-copy"].value == "abcdefgh1"
    assert "stored-copy" not in client.post(url, {**sent, "copy": "a;b<c>\r\n"}).cookies


class TestTwoEditors:
    """`mine` is the page that was open while somebody else saved."""

    def both(self, client, article, where: str) -> tuple[str, dict[str, Any]]:
        url = f"{LIST}{article.pk}/{where}/"
        base = hidden(client.get(url), "base")
        other = Client()
        other.force_login(a_user(Role.EDITOR, name="何静"))
        text = {"title": "何静的题目", "body": article.body, "section": article.section.pk}
        edit = f"{LIST}{article.pk}/review/edit/"
        assert other.post(edit, {**text, "base": base, "why": "统一"}).status_code == 302
        mine = {**text, "title": "程砚的题目", "base": base, "why": "顺一顺"}
        rows = {"authorships-TOTAL_FORMS": 0, "authorships-INITIAL_FORMS": 0}
        return url, {**mine, **(rows if where == "change" else {})}

    @pytest.mark.parametrize("where", ["review/edit", "change"])
    def test_the_slower_sees_both_texts_and_saves_over_the_other_knowingly(
        self, client, chief, article, where, html_valid
    ):
        url, mine = self.both(client, article, where)
        stale = client.post(url, mine)
        assert stale.status_code == (200 if where == "change" else 409)
        if where != "change":  # that page is Django's
            html_valid(stale.text)
        assert "这篇稿件刚刚被改过，您的还没有保存" in seen(stale)
        assert re.search("何静于 .* 保存了另一份：统一", seen(stale))
        assert "〔删去〕 何静 〔完〕 〔增加〕 程砚" in seen(stale)
        assert 'value="程砚的题目"' in stale.text
        article.refresh_from_db()
        assert article.title == "何静的题目"

        saved = client.post(url, {**mine, "over": hidden_button(stale, "over")})
        assert saved.status_code == 302
        article.refresh_from_db()
        assert article.title == "程砚的题目"
        assert "何静的题目" in article.history.values_list("title", flat=True)

    def test_a_third_change_is_not_saved_over_either(self, client, chief, article):
        url, mine = self.both(client, article, "review/edit")
        over = hidden_button(client.post(url, mine), "over")
        Article.objects.filter(pk=article.pk).update(kicker="第三个人")
        assert client.post(url, {**mine, "over": over}).status_code == 409

    def test_the_slower_goes_on_from_the_other_text_with_their_own_beside_it(
        self, client, chief, article
    ):
        url, mine = self.both(client, article, "review/edit")
        anew = client.post(url, {**mine, "theirs": 1})
        assert "下面已经是新的文本" in seen(anew)
        assert 'value="何静的题目"' in anew.text
        assert "〔删去〕 何静 〔完〕 〔增加〕 程砚" in seen(anew)
        assert 'value="顺一顺"' in anew.text
        going_on = {**mine, "title": "两人的题目", "base": hidden(anew, "base")}
        assert client.post(url, going_on).status_code == 302
        article.refresh_from_db()
        assert article.title == "两人的题目"

    def test_where_the_byline_alone_was_changed_that_is_said(self, client, chief, article):
        base = hidden(client.get(f"{LIST}{article.pk}/review/edit/"), "base")
        row = article.authorships.get()
        row.branch = Branch.objects.named("别的支行")
        row.save()
        mine = {"title": article.title, "body": article.body, "section": article.section.pk}
        stale = client.post(f"{LIST}{article.pk}/review/edit/", {**mine, "base": base})
        assert "对方改的是署名" in seen(stale)

    @pytest.mark.parametrize("where", ["review", "review/edit", "change"])
    def test_they_see_each_other(self, client, chief, article, where):
        client.get(f"{LIST}{article.pk}/{where}/")
        other = Client()
        other.force_login(a_user(Role.EDITOR, name="何静"))
        assert re.search(
            "程砚（.* 起）也开着这篇稿件", seen(other.get(f"{LIST}{article.pk}/{where}/"))
        )

    def test_also_over_a_correction(self, client, chief):
        article = an_article(issue=an_issue(published=True))
        url = f"/admin/issues/issue/correct/{article.pk}/"
        client.get(url)
        other = Client()
        other.force_login(a_user(Role.CHIEF_EDITOR, name="何静"))
        assert "程砚（" in seen(other.get(url))


ROWS = {
    "call": lambda: Call.objects.create(theme="伞架", words="旧的说明", deadline="2099-01-01"),
    "section": lambda: a_section(),
    "issue": lambda: an_issue(theme="冬天"),
}
SENT = {
    "call": ("theme", "words", "deadline"),
    "section": ("name", "name_en", "order"),
    "issue": ("year", "kind", "number", "theme"),
}


@pytest.mark.parametrize(
    ("kind", "app", "field"),
    [("call", "articles", "words"), ("section", "articles", "name"), ("issue", "issues", "theme")],
)
def test_of_two_on_one_row_the_slower_sees_both_and_chooses(client, chief, kind, app, field):
    row = ROWS[kind]()
    url = f"/admin/{app}/{kind}/{row.pk}/change/"
    base = hidden(client.get(url), "base")
    same = {name: getattr(row, name) for name in SENT[kind]} | {"base": base}
    assert client.post(url, {**same, field: "别人写的"}).status_code == 302
    stale = client.post(url, {**same, field: "我写的"})
    assert "别人改过这一项，为了不盖掉，这次没有保存" in seen(stale)
    assert "别人写的 我写的" in seen(stale)
    row.refresh_from_db()
    assert getattr(row, field) == "别人写的"
    over = hidden_button(stale, "over")
    assert client.post(url, {**same, field: "我写的", "over": over}).status_code == 302
    row.refresh_from_db()
    assert getattr(row, field) == "我写的"


def hidden_button(response, name: str) -> str:
    found = re.search(rf'<button[^>]* name="{name}" value="([^"]+)"', response.text)
    assert found
    return found[1]
