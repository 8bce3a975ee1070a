"""A link shows an issue in the making to who holds it: all of it, nothing else, not for ever."""

import re
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.core import signing
from django.core.files.base import ContentFile
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from articles.models import Article
from articles.reviewing import commenting
from issues.making import make_up, preflight, publication, withdrawals
from issues.making.leader import consent, links, notes
from issues.models import Consent, Issue, PageNote, PreviewLink
from servicejournal import record
from servicejournal.models import Masthead, User
from servicejournal.roles import EDITORIAL, Role
from tests.articles.docx import photo
from tests.factories import a_picture, a_user, an_article, an_issue, printed_anew

pytestmark = pytest.mark.django_db

SECRET = "还没有人看过的那一页"
BODY = "<p>雨下到第三天，大堂里多了一把旧伞。</p><p>伞柄上缠着一圈红线，谁也不认得。</p>"


@pytest.fixture
def editor() -> User:
    return a_user(Role.EDITOR, name="程砚")


@pytest.fixture
def issue() -> Issue:
    made = an_issue(date=date(2026, 12, 18), theme="冬天里的伞")
    an_article(issue=made, title="一把旧伞", body=BODY, authors=[("东岭支行", "高志远")])
    an_article(issue=made, title="两盏灯")
    return made


@pytest.fixture
def link(issue: Issue, editor: User) -> PreviewLink:
    return links.make(issue, by=editor, for_whom="张行长")


def address(link: PreviewLink, *more: Any) -> str:
    return f"/look/{links.token_of(link)}/{''.join(f'{each}/' for each in more)}"


def umbrella(issue: Issue) -> Article:
    return issue.articles.get(title="一把旧伞")


def verbs(issue: Issue) -> list[tuple[str, str]]:
    return [(row.verb, row.actor) for row in record.of(issue).order_by("pk")]


class TestWhatItShows:
    def test_the_whole_issue_as_readers_will_see_it_and_nothing_that_is_not_printed(
        self, client, issue, link, editor
    ):
        article = umbrella(issue)
        picture = a_picture(article)
        article.body += f'<figure><img src="/pictures/{picture.token}/" alt="伞"></figure>'
        article.save()
        out = an_article(title=SECRET, status="accepted", body=f"<p>{SECRET}</p>")
        others = a_picture(out)
        writer = article.contributor
        commenting.comment(article, by=editor, words=f"内部：{SECRET}", audience="desk")
        front = client.get(address(link)).content.decode()
        page = client.get(address(link, article.pk)).content.decode()
        for each in ("冬天里的伞", "一把旧伞", "两盏灯", "东岭支行", "高志远"):
            assert each in front
        assert "伞柄上缠着一圈红线" in page
        for words in (SECRET, writer.name, editor.name, writer.username):
            assert words not in front + page
        shown = f"{address(link)}pictures/{picture.token}/"
        assert shown in page
        for each in (shown, f"{shown}480.webp"):
            answer = client.get(each)
            assert b"".join(answer)
            assert answer.headers["Cache-Control"] == "private, no-store"
        assert client.get(f"{shown}481.webp").status_code == 404
        assert client.get(f"{address(link)}pictures/{others.token}/").status_code == 404
        assert client.get(address(link, out.pk)).status_code == 404
        assert client.get(f"{address(link)}cover/").status_code == 200
        article.body = BODY  # the picture is the manuscript's still, and printed no more
        article.save()
        assert client.get(shown).status_code == 404

    def test_no_way_leads_out_of_it_but_to_static_files(self, client, issue, link):
        for page in (address(link), address(link, umbrella(issue).pk)):
            html = client.get(page).content.decode()
            body = html.partition("<body")[2]
            ways = set(re.findall(r'(?:href|src|action)="(/[^"]*)"', body))
            outside = {each for each in ways if not each.startswith(("/look/", "/static/"))}
            assert outside == set()

    def test_a_signed_issue_is_shown_as_it_was_signed(self, client, link, issue):
        standing = an_issue(published=True, articles=1)
        article = standing.articles.get()
        printed_anew(standing)
        Issue.objects.filter(pk=standing.pk).update(published_at=None, published_by=None)
        signed = links.make(
            Issue.objects.get(pk=standing.pk), by=a_user(Role.EDITOR), for_whom="李总"
        )
        Article.objects.filter(pk=article.pk).update(title="签发以后改的题目")
        html = client.get(address(signed)).content.decode()
        assert article.title in html
        assert "签发以后改的题目" not in html

    def test_it_is_kept_and_found_by_nobody_and_tells_no_site_where_one_came_from(
        self, client, issue, link
    ):
        for page in (address(link), address(link, umbrella(issue).pk), f"{address(link)}cover/"):
            answer = client.get(page)
            assert answer.headers["Cache-Control"] == "private, no-store"
            assert answer.headers["X-Robots-Tag"] == "noindex, nofollow"
            assert answer.headers["Referrer-Policy"] == "no-referrer"
            assert "ETag" not in answer.headers
        html = client.get(address(link)).content.decode()
        assert '<meta name="robots" content="noindex, nofollow">' in html
        assert "offline/" not in html  # nothing that would start the service worker
        assert not answer.cookies

    def test_the_cover_has_the_picture_that_the_editors_chose(self, client, issue, link):
        bare = client.get(f"{address(link)}cover/").content
        issue.cover_picture.save("own.jpg", ContentFile(photo()), save=False)
        issue.cover_motif = "picture"
        issue.save()
        shown = client.get(f"{address(link)}cover/").content
        assert b"data:image/" not in bare
        assert b"data:image/webp;base64," in shown

    def test_a_members_journal_opens_by_it_too(self, client, link, settings):
        settings.READER_ACCESS = "members"
        assert client.get(address(link)).status_code == 200


class TestHowLongItOpens:
    @pytest.mark.parametrize(
        ("facts", "said"),
        [
            ({"revoked": True}, "编辑部收回了这个链接"),
            ({"expires_at": timedelta(seconds=-1)}, "过了期"),
        ],
    )
    def test_closed_it_shows_nothing_says_why_and_gives_back_what_was_typed(
        self, client, issue, link, editor, facts, said
    ):
        if facts.get("revoked"):
            links.revoke(link, by=editor)
            links.revoke(link, by=editor)
            assert [verb for verb, _ in verbs(issue)].count("收回送看链接") == 1
        else:
            PreviewLink.objects.update(
                made_at=timezone.now() - timedelta(days=4),
                expires_at=timezone.now() + facts["expires_at"],
            )
        pages = (address(link), address(link, umbrella(issue).pk), f"{address(link)}issue.pdf")
        for page in (*pages, f"{address(link)}cover/"):
            answer = client.get(page)
            assert answer.status_code == 410
            html = answer.content.decode()
            assert said in html
            assert "向编辑部要一个新的链接" in html
            assert "旧伞" not in html
            assert answer.headers["Referrer-Policy"] == "no-referrer"
        sent = client.post(address(link), {"step": "note", "name": "张", "words": "第三段太长。"})
        assert sent.status_code == 410
        assert "第三段太长。" in sent.content.decode()
        assert not PageNote.objects.exists()

    def test_once_the_issue_is_out_it_leads_there(self, client, link, issue):
        ready = an_issue(published=True, articles=1)
        PreviewLink.objects.filter(pk=link.pk).update(issue=ready)
        answer = client.get(address(link))
        assert answer.status_code == 410
        assert ready.get_absolute_url() in answer.content.decode()

    def test_an_issue_that_was_taken_down_opens_by_no_link_of_before(self, client, link, editor):
        issue = an_issue(published=True, articles=1)
        PreviewLink.objects.filter(pk=link.pk).update(issue=issue)
        chief = a_user(Role.CHIEF_EDITOR, name="周全")
        withdrawals.withdraw(issue, by=chief, why="图片没有授权")
        answer = client.get(address(link))
        assert answer.status_code == 410
        assert "编辑部收回了这个链接" in answer.text
        assert ("收回送看链接", "周全") in verbs(issue)
        anew = links.make(Issue.objects.get(pk=issue.pk), by=editor, for_whom="张行长")
        assert client.get(address(anew)).status_code == 200

    def test_whatever_else_is_answered_behind_it_is_as_private(self, client, link, settings):
        settings.RATE_LIMITS = 1
        here = address(link)
        told = [
            (client.get(f"{here}999999/"), 404),
            (client.get(f"{here}pictures/{uuid4()}/"), 404),
            (client.get(f"{here}no-such-page/"), 404),
            (client.get(here.rstrip("/")), 301),
            (client.put(here), 405),
        ]
        for _ in range(120):
            last = client.get(f"{here}999999/")
        for answer, status in [*told, (last, 429)]:
            assert answer.status_code == status
            assert answer.headers["Referrer-Policy"] == "no-referrer"
            assert answer.headers["Cache-Control"] == "private, no-store"
            assert answer.headers["X-Robots-Tag"] == "noindex, nofollow"

    def test_a_forged_one_is_not_there(self, client, link):
        token = links.token_of(link)
        other = signing.Signer(salt="issues.preview").sign(f"{link.pk}-other")
        by_another_salt = signing.Signer(salt="x").sign(f"{link.pk}-{link.key}")
        for forged in (token[:-1], other, by_another_salt, "1", f"{link.pk}-{link.key}"):
            assert client.get(f"/look/{forged}/").status_code == 404

    def test_who_knocks_too_often_waits(self, client, link, settings):
        settings.RATE_LIMITS = 1
        answers = {client.get(f"{address(link)[:-2]}/").status_code for _ in range(121)}
        assert answers == {404, 429}

    def test_what_opens_is_in_the_record_once_a_day_and_address(self, client, issue, link):
        for _ in range(3):
            client.get(address(link))
        client.get(address(link), REMOTE_ADDR="10.1.1.7")
        link.refresh_from_db()
        assert link.opened == 4
        assert verbs(issue) == [
            ("送看", "程砚"),
            ("打开送看链接", "张行长"),
            ("打开送看链接", "张行长"),
        ]
        assert links.token_of(link) not in str(list(record.of(issue).values()))


class TestWhoMakesOne:
    def test_editors_and_nobody_else(self, issue):
        for role in Role:
            if role in EDITORIAL:
                assert links.make(issue, by=a_user(role), for_whom="张行长").is_open
            else:
                with pytest.raises(publication.NotAllowed):
                    links.make(issue, by=a_user(role), for_whom="张行长")

    def test_for_somebody_for_a_while_of_what_is_not_out(self, issue, editor, monkeypatch):
        for wrong, said in (
            ({"for_whom": " "}, "请写明给谁看"),
            ({"days": 90}, "有效几天"),
            ({"for_whom": "张" * 41}, "40 个字"),
        ):
            with pytest.raises(publication.NotAllowed, match=said):
                links.make(issue, **{"by": editor, "for_whom": "张行长", **wrong})
        with pytest.raises(publication.NotAllowed, match="已经出刊"):
            links.make(an_issue(published=True), by=editor, for_whom="张行长")
        monkeypatch.setattr(links, "MOST", 1)
        links.make(issue, by=editor, for_whom="张行长")
        with pytest.raises(publication.NotAllowed, match="收回不用的"):
            links.make(issue, by=editor, for_whom="李总")

    @pytest.mark.parametrize(
        "facts",
        [{"key": ""}, {"for_whom": ""}, {"revoked_at": timezone.now()}, {"opened": 1}],
    )
    def test_the_database_keeps_none_by_half(self, link, facts):
        with pytest.raises(IntegrityError), transaction.atomic():
            PreviewLink.objects.filter(pk=link.pk).update(**facts)


class TestNotes:
    def say(self, client: Client, link: PreviewLink, *more: Any, **said: str) -> Any:
        said = {"step": "note", "name": "张行长", **said}
        return client.post(address(link, *more), said)

    def test_one_on_a_passage_comes_to_the_desk_with_name_and_place(self, client, issue, link):
        article = umbrella(issue)
        answer = self.say(
            client, link, article.pk, words="改成“红绳”。", quote="一圈红线", before="伞柄上缠着"
        )
        assert answer.status_code == 302
        note = PageNote.objects.get()
        assert (note.name, note.article, note.quote) == ("张行长", article, "一圈红线")
        assert note.before.endswith("伞柄上缠着")
        assert ("版面意见", "张行长（送看）") in verbs(issue)
        assert "改成“红绳”。" in client.get(address(link, article.pk)).content.decode()
        assert [each.message for each in preflight.check(issue) if each.where == "looking"] == [
            "送看的意见还有 1 条没有处理。"
        ]

    def test_a_selection_over_two_paragraphs_finds_its_place(self, client, issue, link):
        quote = "一把旧伞。\n\n伞柄上缠着"
        self.say(client, link, umbrella(issue).pk, words="连起来。", quote=quote)
        assert PageNote.objects.get().quote == "一把旧伞。\n伞柄上缠着"

    def test_a_passage_that_was_changed_meanwhile_is_refused_and_nothing_is_lost(
        self, client, issue, link
    ):
        answer = self.say(client, link, umbrella(issue).pk, words="这里不对。", quote="三把新伞")
        assert answer.status_code == 409
        html = answer.content.decode()
        for each in ("刚刚改动过", "这里不对。", "三把新伞", "伞柄上缠着一圈红线"):
            assert each in html
        assert not PageNote.objects.exists()

    @pytest.mark.parametrize(
        ("said", "why"),
        [
            ({"words": ""}, "请写下意见"),
            ({"words": "好", "name": " "}, "请写上您的姓名"),
            ({"words": "长" * 1001}, "最多 1000 个字"),
        ],
    )
    def test_without_words_or_name_there_is_none(self, client, link, said, why):
        answer = self.say(client, link, **said)
        assert answer.status_code == 422
        assert why in answer.content.decode()
        assert not PageNote.objects.exists()

    def test_of_one_link_there_are_so_many(self, link, monkeypatch):
        monkeypatch.setattr(notes, "MOST", 1)
        notes.by_link(link, name="张", said=notes.Said("一"))
        with pytest.raises(notes.NotAllowed, match="打电话"):
            notes.by_link(link, name="张", said=notes.Said("二"))

    def test_only_those_of_this_link_are_behind_it(self, client, issue, link, editor):
        other = links.make(issue, by=editor, for_whom="李总")
        notes.by_link(other, name="李总", said=notes.Said("标题太长。"))
        assert "标题太长。" not in client.get(address(link)).content.decode()

    def test_it_is_settled_once_and_whoever_wrote_it_reads_how(self, client, link, issue, editor):
        note = notes.by_link(link, name="张行长", said=notes.Said("封面换一张。"))
        with pytest.raises(notes.NotAllowed, match="写一句理由"):
            notes.settle(note, by=editor, outcome="left")
        notes.settle(note, by=editor, outcome="left", answer="封面已经付印。")
        with pytest.raises(notes.Stale, match=r"程砚刚刚处理过.*您写的没有存：换好了"):
            notes.settle(note, by=a_user(Role.EDITOR), outcome="taken", answer="换好了")
        assert "不改</b>，封面已经付印。" in client.get(address(link)).content.decode()
        assert not [each for each in preflight.check(issue) if each.where == "looking"]
        notes.reopen(note, by=editor)
        note.refresh_from_db()
        assert (note.outcome, note.answer, note.settled_by) == ("", "", None)
        with pytest.raises(notes.NotAllowed):
            notes.settle(note, by=a_user(Role.AUDITOR), outcome="taken")

    def test_on_an_article_that_was_taken_out_meanwhile_nothing_is_lost(
        self, client, issue, link, editor
    ):
        page = address(link, umbrella(issue).pk)
        make_up.take_out(umbrella(issue), by=editor)
        answer = client.post(page, {"step": "note", "name": "张行长", "words": "题目再短一点"})
        assert answer.status_code == 409
        assert "这一篇不在本期了" in answer.text
        assert "题目再短一点" in answer.text
        assert answer.headers["Referrer-Policy"] == "no-referrer"
        assert client.get(page).status_code == 404

    @pytest.mark.parametrize(
        "facts",
        [
            {"words": ""},
            {"round": 1},
            {"outcome": "taken"},
            {"quote": "旧伞"},
            {"link": None},
        ],
    )
    def test_the_database_keeps_none_by_half(self, link, facts):
        note = notes.by_link(link, name="张行长", said=notes.Said("一"))
        with pytest.raises(IntegrityError), transaction.atomic():
            PageNote.objects.filter(pk=note.pk).update(**facts)


class TestConsent:
    @pytest.fixture
    def asked(self, issue: Issue, editor: User) -> PreviewLink:
        Masthead.objects.update_or_create(pk=1, defaults={"leader_agrees": True})
        return links.make(issue, by=editor, for_whom="张行长", may_agree=True)

    def agree(self, client: Client, link: PreviewLink, **said: str) -> Any:
        digest = consent.digest_of(link.issue)
        said = {"step": "agree", "name": "张望", "words": "照改付印", "digest": digest, **said}
        return client.post(address(link), said)

    def blocks(self, issue: Issue) -> list[str]:
        found = preflight.check(issue)
        return [each.message for each in found if each.where == "looking" and each.blocks]

    def test_signing_off_waits_for_it_where_the_masthead_asks(self, client, issue, asked):
        chief = a_user(Role.CHIEF_EDITOR)
        assert "还没有领导“同意付印”" in self.blocks(issue)[0]
        with pytest.raises(publication.NotAllowed, match="还没有领导“同意付印”"):
            publication.sign_off(issue, by=chief)
        assert "同意付印" in client.get(address(asked)).content.decode()
        assert self.agree(client, asked).status_code == 302
        assert self.blocks(issue) == []
        given = Consent.objects.get()
        assert (given.name, given.words, given.link) == ("张望", "照改付印", asked)
        assert ("同意付印", "张望（送看）") in verbs(issue)
        html = client.get(address(asked)).content.decode()
        assert "张望已同意付印" in html
        assert self.agree(client, asked).status_code == 422  # once
        client.post(address(asked), {"step": "take_back"})
        assert self.blocks(issue)
        assert ("收回同意付印", "张望（送看）") in verbs(issue)

    def test_nobody_is_asked_where_the_masthead_does_not(self, client, issue, link):
        assert self.blocks(issue) == []
        assert "同意付印" not in client.get(address(link)).content.decode().partition("<main")[2]
        assert self.agree(client, link).status_code == 422
        assert not Consent.objects.exists()

    def test_a_link_to_look_by_lets_nothing_go_to_print(self, client, issue, link, asked):
        assert self.agree(client, link).status_code == 422
        assert not Consent.objects.exists()

    def test_of_an_issue_that_was_changed_meanwhile_it_is_refused(self, client, issue, asked):
        answer = self.agree(client, asked, digest="0" * 64)
        assert answer.status_code == 409
        assert "编辑部又改了几处" in answer.content.decode()
        assert "照改付印" in answer.content.decode()

    @pytest.mark.parametrize(
        "change",
        [
            lambda issue: Article.objects.filter(title="两盏灯").update(title="三盏灯"),
            lambda issue: Issue.objects.filter(pk=issue.pk).update(cover_layout="frame"),
        ],
        ids=["a title", "the cover"],
    )
    def test_what_is_changed_after_it_is_to_be_accounted_for(self, client, issue, asked, change):
        self.agree(client, asked)
        change(issue)
        issue.refresh_from_db()
        told = [each for each in preflight.check(issue) if each.where == "looking"]
        assert [(each.blocks, each.message) for each in told] == [
            (False, "张望同意付印之后又有改动，请再送看一次，或写明改了什么。")
        ]

    def test_on_paper_it_is_written_down_by_the_chief_with_where_it_stands(self, issue, asked):
        digest, chief = consent.digest_of(issue), a_user(Role.CHIEF_EDITOR)
        said = {"name": "张望", "words": "送审稿首页", "digest": digest}
        with pytest.raises(publication.NotAllowed):
            consent.on_paper(issue, by=a_user(Role.EDITOR), **said)
        with pytest.raises(consent.NotAllowed, match="签的"):
            consent.on_paper(issue, by=chief, **{**said, "words": ""})
        with pytest.raises(consent.Stale):
            consent.on_paper(issue, by=chief, **{**said, "digest": "0"})
        consent.on_paper(issue, by=chief, **said)
        assert self.blocks(issue) == []
        with pytest.raises(consent.NotAllowed, match="登记过"):  # pressed twice
            consent.on_paper(issue, by=chief, **said)

    def test_the_database_keeps_none_by_half(self, client, issue, asked):
        self.agree(client, asked)
        for facts in ({"name": ""}, {"link": None}, {"digest": ""}):
            with pytest.raises(IntegrityError), transaction.atomic():
                Consent.objects.update(**facts)


class TestAtTheDesk:
    def test_a_link_is_made_and_revoked_and_notes_are_settled_there_and_beside_the_text(
        self, client, issue, editor
    ):
        page = reverse("admin:issues_issue_looking", args=[issue.pk])
        client.force_login(editor)
        assert client.post(page, {"step": "make", "for_whom": ""}).status_code == 422
        client.post(page, {"step": "make", "for_whom": "张行长", "days": "1"})
        link = PreviewLink.objects.get()
        assert links.token_of(link) in client.get(page).content.decode()
        article = umbrella(issue)
        printed = notes.Said("太白。", "一把旧伞")
        note = notes.by_link(link, name="张行长", said=printed, article=article)
        review = reverse("admin:articles_article_review", args=[article.pk])
        for each in (page, review):
            html = client.get(each).content.decode()
            assert "太白。" in html
            assert "张行长" in html
        board = client.get(reverse("admin:issues_issue_board", args=[issue.pk]))
        assert "意见 1" in board.content.decode()
        settle = reverse("admin:issues_note_settle", args=[note.pk])
        answer = client.post(settle, {"outcome": "taken", "from": "review"})
        assert answer.headers["Location"] == f"{review}#notes"
        note.refresh_from_db()
        assert note.get_outcome_display() == "已照改"
        client.post(page, {"step": "revoke", "link": link.pk})
        link.refresh_from_db()
        assert link.revoked_by == editor

    def test_who_only_looks_on_is_not_shown_the_address(self, client, issue, link):
        client.force_login(a_user(Role.AUDITOR))
        html = client.get(reverse("admin:issues_issue_looking", args=[issue.pk])).content.decode()
        assert "张行长" in html
        assert links.token_of(link) not in html

    def test_as_many_queries_for_many_notes_as_for_one(self, client, issue, link, editor):
        client.force_login(editor)
        page = reverse("admin:issues_issue_looking", args=[issue.pk])
        article = umbrella(issue)
        counts = []
        for number in (1, 3):
            for _ in range(number):
                notes.by_link(link, name="张", said=notes.Said("好"), article=article)
            with CaptureQueriesContext(connection) as told:
                client.get(page)
            counts.append(len(told))
        assert counts[0] == counts[1]
