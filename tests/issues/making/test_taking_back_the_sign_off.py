"""撤回签发: the way back to an issue that can be changed, until its hour has come."""

import os
import time
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from articles.models import Article
from articles.reviewing import editing, workflow
from issues.making import publication
from issues.models import Edition, Issue
from servicejournal import record
from servicejournal.models import Record
from servicejournal.roles import Role
from tests.factories import (
    a_user,
    an_issue,
    proofread,
    release_page,
)
from tests.issues.making.desks import Desk
from tests.issues.making.signed import put, signed_off
from tests.prepared import laid_out

pytestmark = pytest.mark.django_db

ISSUES = "/admin/issues/issue"


@pytest.fixture
def desk(db) -> Desk:
    return laid_out(signed_off)


@pytest.fixture
def signed(desk) -> Issue:
    return desk.issue


class TestTakingBackTheSignOff:
    def test_it_needs_a_reason_and_the_chief(self, signed, chief):
        with pytest.raises(publication.NotAllowed, match="理由"):
            publication.take_back_sign_off(signed, by=chief, why=" ")
        for role in set(Role) - {Role.CHIEF_EDITOR}:
            with pytest.raises(publication.NotAllowed, match="您的角色不能"):
                publication.take_back_sign_off(signed, by=a_user(role), why="换一篇")
        assert Issue.objects.get(pk=signed.pk).state == "已签发"

    def test_it_is_recorded_with_what_was_signed(self, signed, chief):
        digest = signed.signed_off_digest
        publication.take_back_sign_off(signed, by=chief, why=" 换一篇 ")
        assert (signed.state, Issue.objects.get(pk=signed.pk).state) == ("编辑中", "编辑中")
        row = record.of(signed).first()
        assert (row.verb, row.why, row.what) == ("撤回签发", "换一篇", {"digest": digest})

    def test_the_schedule_falls_with_it(self, signed, chief):
        at = datetime(2099, 1, 1, 0, 30, tzinfo=ZoneInfo("Asia/Shanghai"))
        publication.publish(signed, by=chief, at=at)
        publication.take_back_sign_off(signed, by=chief, why="换一篇")
        stored = Issue.objects.get(pk=signed.pk)
        assert (stored.published_at, stored.state) == (None, "编辑中")
        assert record.of(signed).first().what["at"] == "2099-01-01 00:30"
        proofread(signed)
        publication.sign_off(stored, by=chief)
        assert publication.publish(stored, by=chief).number == 2

    def test_what_is_out_and_what_was_not_signed_stay_as_they_are(self, signed, chief):
        with pytest.raises(publication.NotAllowed, match="没有签发"):
            publication.take_back_sign_off(an_issue(), by=chief, why="换一篇")
        publication.publish(signed, by=chief)
        with pytest.raises(publication.NotAllowed, match="已发布，签发不能撤回"):
            publication.take_back_sign_off(signed, by=chief, why="换一篇")
        assert Issue.objects.published().get() == signed

    @pytest.mark.parametrize("state", ["signed", "scheduled"])
    def test_a_button_does_it(self, client, chief, signed, state, html_valid):
        put(signed, state, chief)
        client.force_login(chief)
        address = f"{ISSUES}/{signed.pk}/release/"
        page = client.get(address)
        assert 'value="take_back"' in page.text
        assert 'value="withdraw"' not in page.text
        html_valid(page.text)
        refused = client.post(address, {"step": "take_back", "why": "", **release_page(signed)})
        assert refused.status_code == 422
        assert "请写明撤回签发的理由" in refused.text
        done = client.post(
            address, {"step": "take_back", "why": "换一篇", **release_page(signed)}, follow=True
        )
        assert "又可以改了" in done.text
        assert "撤回签发（换一篇）" in done.text
        assert Issue.objects.get(pk=signed.pk).state == "编辑中"

    def test_the_button_is_not_there_where_it_would_be_refused(self, client, chief, signed):
        client.force_login(chief)
        address = f"{ISSUES}/{signed.pk}/release/"
        publication.publish(signed, by=chief)
        assert 'value="take_back"' not in client.get(address).text
        client.force_login(a_user(Role.SENIOR_EDITOR))
        assert 'value="take_back"' not in client.get(address).text


class TestTheHour:
    @pytest.fixture(params=["Asia/Shanghai", "America/New_York", "UTC"])
    def server_in(self, request, monkeypatch):
        """The zone of the machine, not of the journal."""
        was = os.environ.get("TZ")
        monkeypatch.setenv("TZ", request.param)
        time.tzset()
        yield request.param
        monkeypatch.setenv("TZ", was or "Asia/Shanghai")
        time.tzset()

    def test_midnight_is_the_journals_wherever_the_server_stands(
        self, client, chief, signed, server_in
    ):
        client.force_login(chief)
        tomorrow = timezone.localdate() + timedelta(days=1)
        sent = {"step": "publish", **release_page(signed), "at": f"{tomorrow:%Y-%m-%d}T00:00"}
        page = client.post(f"{ISSUES}/{signed.pk}/release/", sent, follow=True)
        assert f"已定时：{tomorrow:%Y-%m-%d} 00:00" in page.text
        today = tomorrow - timedelta(days=1)
        stored = Issue.objects.get(pk=signed.pk)
        assert stored.published_at == datetime(
            today.year, today.month, today.day, 16, 0, tzinfo=UTC
        )

    @pytest.mark.parametrize("seconds", [2, -1])
    def test_it_comes_out_at_the_hour_and_not_before_as_it_was_signed(
        self, client, chief, signed, seconds, server_in
    ):
        edition = publication.publish(signed, by=chief, at=timezone.now() + timedelta(hours=2))
        article = signed.articles.get(title="一盏灯")
        with pytest.raises(workflow.NotAllowed):
            editing.revise(article, by=chief, base=article.digest(), body="<p>换掉了。</p>")
        Issue.objects.update(published_at=timezone.now() + timedelta(seconds=seconds))
        assert Issue.objects.published().exists() == (seconds < 0)
        assert Article.objects.published().exists() == (seconds < 0)
        assert Issue.objects.get(pk=signed.pk).standing == edition
        assert Edition.objects.out().exists() == (seconds < 0)
        assert (client.get(article.get_absolute_url()).status_code == 200) == (seconds < 0)
        assert not Record.objects.filter(verb="编辑文本").exists()
