"""清样: a correction is noted on its passage; a proof closes by name, with its notes settled."""

from datetime import date

import pytest
from django.urls import reverse

from articles.models import Article
from articles.reviewing import commenting
from issues.making import proofs
from issues.making.leader import links, notes
from issues.models import Issue, PageNote
from servicejournal.models import User
from servicejournal.roles import Role
from tests.factories import a_user, an_article, an_issue
from tests.pages import seen

pytestmark = pytest.mark.django_db

BODY = "<p>雨下到第三天,大堂里多了一把旧伞。</p><p>伞柄上缠着一圈红线。</p>"


@pytest.fixture
def issue() -> Issue:
    made = an_issue(date=date(2026, 12, 18))
    an_article(issue=made, title="一把旧伞", body=BODY)
    return made


@pytest.fixture
def editor(client) -> User:
    user = a_user(Role.EDITOR, name="程砚")
    client.force_login(user)
    return user


def galley(issue: Issue) -> str:
    return reverse("admin:issues_issue_galley", args=[issue.pk, issue.articles.get().pk])


def test_what_was_said_of_the_article_stands_at_its_passage(client, issue, editor):
    article = issue.articles.get()
    link = links.make(issue, by=editor, for_whom="张行长")
    notes.by_link(link, name="张行长", said=notes.Said("改成红绳。", "一圈红线"), article=article)
    commenting.comment(article, by=editor, words="哪一天？", audience="desk", quote="第三天")
    html = client.get(galley(issue)).content.decode()
    for quote in ("一圈红线", "第三天", ","):
        assert f'data-quote="{quote}"' in html
    for words in ("改成红绳。", "哪一天？", "改为：<b>，</b>"):
        assert words in html


def test_a_suggestion_is_taken_from_there(client, issue, editor):
    page = client.get(galley(issue)).content.decode()
    anchor = page.partition('name="apply" value="')[2].partition('"')[0]
    article = Article.objects.get()
    sent = {"apply": anchor, "digest": article.digest()}
    answer = client.post(f"{galley(issue)}findings/", sent)
    assert answer.headers["Location"] == galley(issue)
    assert "第三天，大堂" in Article.objects.get().body


def test_a_correction_bears_its_round_and_the_proof_waits_until_it_is_settled(
    client, issue, editor
):
    sent = {"words": "“缠”字对吗？", "quote": "缠着", "before": "伞柄上", "round": "1"}
    assert client.post(galley(issue), sent).status_code == 302
    note = PageNote.objects.get()
    assert (note.round, note.by, note.name, note.quote) == (1, editor, "程砚", "缠着")
    with pytest.raises(proofs.NotAllowed, match="一校记下的改动还有 1 处没有处理"):
        proofs.finish(issue, by=editor)
    client.post(
        reverse("admin:issues_note_settle", args=[note.pk]),
        {"outcome": "left", "answer": "对的。", "from": "galley"},
    )
    assert proofs.finish(issue, by=editor).round == 1


def test_one_for_a_round_that_is_over_or_a_passage_that_is_gone_is_refused_and_kept(
    client, issue, editor
):
    for stale, said in (
        ({"round": "2", "quote": "缠着"}, "现在该做一校"),
        ({"round": "1", "quote": "三把新伞"}, "刚刚改动过"),
    ):
        answer = client.post(galley(issue), {"words": "这里不对。", **stale})
        assert answer.status_code == 409
        assert said in answer.content.decode()
        assert "这里不对。" in answer.content.decode()
    assert client.post(galley(issue), {"words": "", "round": "1"}).status_code == 422
    too_long = {"words": "长" * 5001, "round": "1"}
    assert client.post(galley(issue), too_long).status_code == 422
    assert not PageNote.objects.exists()
    client.force_login(a_user(Role.AUDITOR))
    refused = client.post(galley(issue), {"words": "这里不对。", "round": "1"})
    assert refused.status_code == 422


def test_what_changed_since_the_last_proof_is_shown_by_character(client, issue, editor):
    assert "还没有做过一校" in client.get(galley(issue)).content.decode()
    proofs.finish(issue, by=editor)
    assert "这篇的文字没有改动" in client.get(galley(issue)).content.decode()
    article = issue.articles.get()
    article.body = BODY.replace("红线", "红绳")
    article.save()
    assert "〔删去〕 线 〔完〕 〔增加〕 绳 〔完〕" in seen(client.get(galley(issue)))
    pages = client.get(reverse("admin:issues_issue_proofs", args=[issue.pk])).content.decode()
    assert "一校以后改过" in pages


def test_an_article_of_another_issue_is_not_there(client, issue, editor):
    other = an_article(issue=an_issue())
    page = reverse("admin:issues_issue_galley", args=[issue.pk, other.pk])
    assert client.get(page).status_code == 404
