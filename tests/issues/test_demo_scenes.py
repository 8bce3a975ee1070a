"""Scenes of the demo: links that sign in once, states that are put back, and never elsewhere."""

from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import TestCase, override_settings
from django.utils import timezone

from articles.models import Article, Call
from articles.reviewing import workflow
from issues.demo import fill, people
from issues.demo.staging import playing
from issues.demo.staging.scenes import SCENES, named
from issues.making import proofs
from issues.models import Demo, DemoLink, Issue
from servicejournal.certain import certain
from servicejournal.models import Record, User
from tests.factories import a_user, an_article

START = "的身份开始"


def scene(title: str) -> Any:
    return certain(named(title), "it is one of the scenes")


def link(title: str) -> str:
    return f"/demo/{playing.make_link(scene(title), by='命令行')}/"


@override_settings(DEMO=True)
class TestScenes(TestCase):
    """Filled once for all; a fixture of pytest cannot hold a database for longer than a test."""

    @classmethod
    def setUpTestData(cls):
        fill.fill(lambda line: None, size=(60, 40))
        playing.mark()

    def test_a_link_signs_in_at_the_page_of_its_scene_and_once(self):
        address = link("截稿前夜")
        page = self.client.get(address)
        assert START in page.content.decode()
        assert "_auth_user_id" not in self.client.session  # who only looks is not signed in
        page = self.client.post(address, follow=True)
        (draft,) = Article.objects.filter(status="draft")
        assert page.redirect_chain[-1][0] == f"/submissions/{draft.pk}/edit/"
        assert page.context["user"].username == "tougao"
        assert "您是沈一鸣" in page.content.decode()
        assert Call.objects.get().deadline == timezone.localdate() + timedelta(days=1)
        self.client.logout()
        for again in (self.client.get(address), self.client.post(address)):
            assert again.status_code == 410
            assert "链接用过了" in again.content.decode()
        assert "_auth_user_id" not in self.client.session
        verbs = Record.objects.order_by("-pk").values_list("verb", "why")
        assert ("登录", "示范场景“截稿前夜”") in verbs
        assert {"生成示范链接", "放回示范场景"} <= {verb for verb, _ in verbs}

    def test_a_link_is_good_for_an_hour_and_is_kept_nowhere(self):
        address = link("三校")
        token = address.split("/")[2]
        assert len(token) >= 32
        assert token not in str(list(DemoLink.objects.values_list("digest", "scene")))
        DemoLink.objects.update(until=timezone.now() - timedelta(seconds=1))
        assert self.client.post(address).status_code == 410

    def test_every_scene_opens_for_the_one_whom_it_concerns(self):
        for each in SCENES:
            page = self.client.post(link(each.title), follow=True)
            assert page.status_code == 200, each.title
            assert page.context["user"].username == each.username
            assert each.task in page.content.decode()

    def test_before_the_printer_nothing_stands_in_the_way(self):
        self.client.post(link("三校"))
        issue = Issue.objects.in_the_making().get()
        assert proofs.of(issue).due == proofs.Round.THIRD
        page = self.client.post(link("付印前"), follow=True)
        assert page.context["blocking"] == []

    def test_one_press_puts_back_what_was_changed_and_another_brings_it_back(self):
        self.client.post(link("退修到了"))
        mine = an_article(title="我自己的一篇", contributor=User.objects.get(username="tougao"))
        returned = Article.objects.get(status="revising")
        workflow.withdraw(returned, by=returned.contributor, why="不写了")
        happened = Record.objects.count()

        page = self.client.post("/demo/", {"scene": "returned"}, follow=True)
        assert page.redirect_chain[-1][0] == f"/submissions/{returned.pk}/"
        assert not Article.objects.filter(pk=mine.pk).exists()
        assert Article.objects.get(pk=returned.pk).status == "revising"
        assert Record.objects.count() > happened  # what happened stays in the record

        self.client.post("/demo/", {"scene": "before"})
        assert Article.objects.get(pk=mine.pk).title == "我自己的一篇"
        assert Article.objects.get(pk=returned.pk).status == "withdrawn"
        connection.check_constraints()
        assert an_article().pk > mine.pk  # what is added takes no number that is taken

    def test_passwords_stay_as_they_are(self):
        new = {each.username: each.password for each in people.new_passwords()}
        playing.put_back(scene("三校"), by="命令行")
        assert User.objects.get(username="bianji").check_password(new["bianji"])

    def test_only_who_came_by_a_link_may_open_another_scene(self):
        assert self.client.get("/demo/").status_code == 404
        self.client.force_login(User.objects.get(username="zhubian"))
        assert self.client.post("/demo/", {"scene": "release"}).status_code == 404
        self.client.post(link("付印前"))
        assert "放回并打开" in self.client.get("/demo/").content.decode()

    def test_where_the_setting_is_off_no_link_opens_though_the_demo_made_it(self):
        address = link("付印前")
        self.client.post(address)
        other = link("付印前")
        with override_settings(DEMO=False):
            for where in (other, "/demo/"):
                assert self.client.get(where).status_code == 404
                assert self.client.post(where, {"scene": "release"}).status_code == 404
            with pytest.raises(CommandError, match="没有打开示范场景"):
                call_command("demo", "--scene", "付印前")
            with pytest.raises(playing.NotPutBack):
                playing.put_back(scene("付印前"), by="命令行")

    def test_the_command_prints_a_link_for_each_and_puts_one_back(self):
        out = StringIO()
        call_command("demo", "--address", "http://here", stdout=out)
        assert out.getvalue().count("http://here/demo/") == len(SCENES)
        out = StringIO()
        call_command("demo", "--scene", "三校", "--address", "http://here", stdout=out)
        address = out.getvalue().split()[-1].removeprefix("http://here")
        page = self.client.post(address, follow=True)
        assert "完成三校" in page.content.decode()

    def test_a_scene_that_is_none_is_said_with_those_that_are(self):
        with pytest.raises(CommandError, match="截稿前夜、退修到了、三校、请领导看、付印前、撤稿"):
            call_command("demo", "--scene", "四校")

    def test_a_demo_of_other_tables_is_left_as_it_is(self):
        import json
        import zlib

        told = zlib.decompress(bytes(Demo.objects.get().base))
        head, rest = told.split(b"\n", 1)
        other = {**json.loads(head), "model": "articles.of_yesterday"}
        Demo.objects.update(base=zlib.compress(json.dumps(other).encode() + b"\n" + rest))
        before = Article.objects.count()
        with pytest.raises(playing.NotPutBack, match="较早的版本"):
            playing.put_back(scene("三校"), by="命令行")
        assert Article.objects.count() == before


@pytest.mark.django_db
def test_a_journal_that_the_demo_did_not_fill_has_no_scenes(client, settings):
    settings.DEMO = True
    a_user(username="zhubian")
    address = link("付印前")
    assert client.post(address).status_code == 404
    assert client.get("/demo/").status_code == 404
    with pytest.raises(CommandError, match="不是 make demo 装入的"):
        call_command("demo", "--scene", "付印前")


def test_scenes_are_off_unless_somebody_turns_them_on():
    assert settings.DEMO is False
