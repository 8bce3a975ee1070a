"""The post: letters leave after the click, are tried again, and none is lost."""

import os
import signal
import socket
import subprocess
import sys
from datetime import timedelta
from urllib.parse import quote

import pytest
from django.core import mail
from django.db import IntegrityError, connection, transaction
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from articles.letters import post, reasons
from articles.models import Notice
from articles.reviewing import workflow
from servicejournal import errands
from servicejournal.models import Record
from servicejournal.roles import Role
from tests.articles.filling_in import handed_in
from tests.articles.post_office import SMTP, mail_goes_to, time_passes, worker_runs
from tests.environment import ROOT
from tests.factories import a_user
from tests.smtp_server import mail_server

pytestmark = pytest.mark.django_db
QUEUES = ["default", "letters"]
IMMEDIATE = {
    "default": {
        "BACKEND": "django_tasks.backends.immediate.ImmediateBackend",
        "QUEUES": QUEUES,
    }
}


@pytest.fixture
def writer():
    return a_user(name="沈一鸣", email="shen@example.com", mobile="13800000000")


@pytest.fixture
def nobody_listens():
    """A port where a moment ago nothing was."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def the_letter() -> Notice:
    return Notice.objects.get()


def given_up(writer, reason: str = "对方邮局不收。") -> Notice:
    handed_in(writer)
    now = timezone.now()
    Notice.objects.update(due_at=None, given_up_at=now, error=reason, attempts=post.TRIES)
    DBTaskResult.objects.all().delete()
    return the_letter()


class TestAWorkingServer:
    def test_the_letter_leaves_with_the_worker_and_not_with_the_click(self, writer):
        handed_in(writer)
        assert (mail.outbox, the_letter().letter) == ([], "等着寄")
        worker_runs()
        assert len(mail.outbox) == 1
        assert (the_letter().letter, the_letter().attempts) == ("已寄出", 1)

    def test_a_second_worker_sends_nothing(self, writer):
        handed_in(writer)
        worker_runs()
        time_passes(days=9)
        post.resume()
        worker_runs()
        assert len(mail.outbox) == 1

    def test_what_is_rolled_back_sends_nothing(self, writer):
        with transaction.atomic():
            handed_in(writer)
            transaction.set_rollback(True)
        worker_runs()
        assert (mail.outbox, Notice.objects.count()) == ([], 0)

    def test_it_arrives_as_chinese_over_smtp(self, writer, settings):
        handed_in(writer)
        with mail_server() as server:
            mail_goes_to(settings, server.port)
            worker_runs()
        (letter,) = server.letters
        assert letter["Subject"].strip() == "【服务文化专刊】稿件收到了：《雨天的伞》"
        assert letter["Message-ID"] == f"<notice-{the_letter().pk}@example.com>"
        assert "您现在不用做什么" in letter.get_content()


class TestADeadServer:
    def test_no_notice_is_lost_and_the_letter_stays_due(self, writer, settings, nobody_listens):
        mail_goes_to(settings, nobody_listens)
        handed_in(writer)
        worker_runs()
        notice = the_letter()
        assert (notice.letter, notice.attempts, notice.error) == (
            "等着寄", 1, "连不上发信服务器。",
        )  # fmt: skip

    def test_it_is_tried_again_with_growing_gaps_and_then_given_up(
        self, writer, settings, nobody_listens
    ):
        mail_goes_to(settings, nobody_listens)
        handed_in(writer)
        gaps = []
        for _ in range(post.TRIES - 1):
            worker_runs()
            gaps.append(the_letter().due_at - timezone.now())
            time_passes(seconds=gaps[-1].total_seconds() + 1)
        minutes = [round(gap.total_seconds() / 60) for gap in gaps]
        assert minutes == [1, 5, 30, 120, 720, 1440, 1440]
        worker_runs()
        notice = the_letter()
        assert (notice.letter, notice.attempts) == ("没有寄到", 8)
        assert notice.error == "连不上发信服务器。"
        time_passes(days=9)
        worker_runs()
        assert the_letter().attempts == 8

    def test_not_a_moment_too_early(self, writer, settings, nobody_listens):
        mail_goes_to(settings, nobody_listens)
        handed_in(writer)
        worker_runs()
        post.deliver.call(the_letter().pk)
        assert the_letter().attempts == 1

    def test_when_it_is_back_the_letter_arrives(self, writer, settings, nobody_listens):
        mail_goes_to(settings, nobody_listens)
        handed_in(writer)
        worker_runs()
        with mail_server() as server:
            mail_goes_to(settings, server.port)
            time_passes(minutes=2)
            worker_runs()
        assert len(server.letters) == 1
        assert (the_letter().letter, the_letter().error) == ("已寄出", "")

    def test_a_server_that_hangs_counts_as_dead_after_the_timeout(self, writer, settings):
        handed_in(writer)
        with mail_server(hangs=True) as server:
            mail_goes_to(settings, server.port)
            worker_runs()
        assert the_letter().error == "发信服务器没有回应，或中途断开。"

    def test_one_that_hangs_up_after_the_letter_may_get_it_twice_with_one_name(
        self, writer, settings
    ):
        handed_in(writer)
        with mail_server(cut_off=True) as server:
            mail_goes_to(settings, server.port)
            worker_runs()
            assert the_letter().error == "发信服务器没有回应，或中途断开。"
            time_passes(minutes=2)
            server.cut_off = False
            worker_runs()
        assert the_letter().letter == "已寄出"
        assert len({letter["Message-ID"] for letter in server.letters}) == 1
        assert len(server.letters) == 2


class TestARefusal:
    def test_of_the_address_is_final_at_once(self, writer, settings):
        handed_in(writer)
        with mail_server(refusal="550 no such user") as server:
            mail_goes_to(settings, server.port)
            worker_runs()
        notice = the_letter()
        assert (notice.letter, notice.attempts) == ("没有寄到", 1)
        assert notice.error == "对方邮局不收：邮箱可能写错了，或已停用（550）。"

    def test_for_the_moment_is_tried_again(self, writer, settings):
        handed_in(writer)
        with mail_server(refusal="451 greylisted") as server:
            mail_goes_to(settings, server.port)
            worker_runs()
        assert (the_letter().letter, the_letter().error) == ("等着寄", "对方邮局暂时不收（451）。")

    def test_an_address_that_is_none_is_final(self, writer):
        writer.email = "shen\n@example.com"
        writer.save()
        handed_in(writer)
        worker_runs()
        assert the_letter().error == "邮箱地址写得不对，请在账号里改正。"

    def test_whatever_goes_wrong_has_a_sentence(self):
        assert reasons.of(KeyError("x")) == "寄信时出错（KeyError），请管理员查看日志。"
        assert not reasons.is_final(KeyError("x"))


class TestAWorkerThatDies:
    def test_in_mid_letter_leaves_it_due(self, writer):
        """The try began, and nobody will ever say how it ended."""
        handed_in(writer)
        post._begin(the_letter().pk)
        DBTaskResult.objects.update(status="RUNNING", started_at=timezone.now())
        time_passes(minutes=2)
        assert post.resume() == 1
        worker_runs()
        assert (the_letter().letter, the_letter().attempts) == ("已寄出", 2)

    def test_in_the_last_try_is_said_to_be_uncertain(self, writer):
        handed_in(writer)
        Notice.objects.update(attempts=post.TRIES - 1)
        post._begin(the_letter().pk)
        time_passes(minutes=20)
        worker_runs()
        notice = the_letter()
        assert (notice.letter, notice.error) == ("没有寄到", reasons.BROKEN_OFF)
        assert mail.outbox == []

    def test_an_emptied_queue_is_filled_again_once(self, writer):
        handed_in(writer)
        DBTaskResult.objects.all().delete()
        assert (post.resume(), post.resume()) == (1, 0)
        worker_runs()
        assert len(mail.outbox) == 1

    def test_what_it_left_in_the_queue_goes_in_time(self, writer):
        handed_in(writer)
        old = timezone.now() - timedelta(days=8)
        done = DBTaskResult.objects.get()
        DBTaskResult.objects.update(status="SUCCESSFUL", finished_at=old)
        DBTaskResult.objects.create(
            status="RUNNING", started_at=old, args_kwargs={}, task_path="x", backend_name="default"
        )
        post.put_in(the_letter())
        post.tidy()
        (kept,) = DBTaskResult.objects.all()
        assert (kept.status, kept.pk != done.pk) == ("READY", True)


class TestWithoutAWorker:
    @pytest.fixture(autouse=True)
    def immediate(self, settings):
        settings.TASKS = IMMEDIATE

    def test_the_letter_leaves_right_after_the_transaction(
        self, writer, django_capture_on_commit_callbacks
    ):
        with django_capture_on_commit_callbacks(execute=True):
            handed_in(writer)
            assert mail.outbox == []
        assert (len(mail.outbox), the_letter().letter) == (1, "已寄出")

    def test_a_dead_server_breaks_no_click_and_the_letter_leaves_later(
        self, writer, settings, nobody_listens, django_capture_on_commit_callbacks
    ):
        mail_goes_to(settings, nobody_listens)
        with django_capture_on_commit_callbacks(execute=True):
            handed_in(writer)
        assert the_letter().letter == "等着寄"
        with mail_server() as server:
            mail_goes_to(settings, server.port)
            time_passes(minutes=2)
            assert post.resume() == 1
        assert len(server.letters) == 1

    def test_a_server_that_hangs_delays_one_click_and_not_thirty(
        self, writer, settings, django_capture_on_commit_callbacks
    ):
        settings.EMAIL_BACKEND = SMTP
        with mail_server(hangs=True) as server:
            mail_goes_to(settings, server.port)
            post.cache.set(post._SPENT, post._PATIENCE - 0.1)
            with django_capture_on_commit_callbacks(execute=True):
                for _ in range(3):
                    handed_in(writer)
        assert sorted(Notice.objects.values_list("attempts", flat=True)) == [0, 0, 1]

    def test_what_waits_is_taken_up_until_the_server_fails(self, writer, settings, nobody_listens):
        mail_goes_to(settings, nobody_listens)
        for _ in range(3):
            handed_in(writer)
        assert post.resume() == 0
        assert sorted(Notice.objects.values_list("attempts", flat=True)) == [0, 0, 1]


class TestWhatWaitsWithoutAWorker:
    """A decision's letter leaves in ten minutes, and nothing rings then."""

    @pytest.fixture(autouse=True)
    def immediate(self, settings):
        settings.TASKS = IMMEDIATE

    @pytest.fixture
    def decided(self, writer):
        article = handed_in(writer)
        editor = a_user(Role.EDITOR)
        workflow.receive(article, by=editor)
        workflow.decide(article, "hold", by=editor)
        time_passes(seconds=1)
        errands.finish()
        mail.outbox.clear()
        return Notice.objects.get(kind="held")

    @pytest.mark.django_db(transaction=True)
    @pytest.mark.parametrize(("minutes", "leaves"), [(9, False), (10, True)])
    def test_it_leaves_with_anybodys_next_click(self, decided, client, minutes, leaves):
        time_passes(minutes=minutes)
        client.get("/accounts/login/")
        errands.finish()
        assert mail.outbox == []
        client.force_login(a_user(Role.EDITOR))
        client.post("/notices/read/")
        errands.finish()
        assert [letter.subject[-6:] for letter in mail.outbox] == ["《雨天的伞》"] * leaves
        decided.refresh_from_db()
        assert decided.letter == ("已寄出" if leaves else "等着寄")

    @pytest.mark.django_db(transaction=True)
    def test_a_click_looks_once_in_a_minute(self, decided, client, django_assert_num_queries):
        post.look()
        with django_assert_num_queries(0):
            post.look()

    @pytest.mark.django_db(transaction=True)
    def test_or_with_the_reminders(self, decided):
        assert post.resume() == 0
        time_passes(minutes=10)
        assert post.resume() == 1

    def test_where_a_worker_runs_no_click_looks(self, settings, django_assert_num_queries):
        settings.TASKS = {
            "default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": QUEUES}
        }
        with django_assert_num_queries(0):
            post.look()


class TestSendingAgain:
    def test_starts_anew_with_the_address_that_the_person_has_now(self, writer):
        notice = given_up(writer)
        writer.email = "yiming@example.com"
        writer.save()
        editor = a_user(Role.EDITOR)
        post.send_again(notice, by=editor)
        worker_runs()
        assert mail.outbox[0].to == ["yiming@example.com"]
        assert (the_letter().letter, the_letter().attempts) == ("已寄出", 1)
        row = Record.objects.get(verb="再寄一次")
        assert (row.actor_pk, row.what) == (editor.pk, {"address": "yiming@example.com"})

    def test_the_second_of_two_clicks_does_nothing(self, writer):
        notice, editor = given_up(writer), a_user(Role.EDITOR)
        post.send_again(notice, by=editor)
        post.send_again(notice, by=editor)
        worker_runs()
        assert len(mail.outbox) == 1

    def test_without_an_address_asks_to_telephone(self, writer):
        notice = given_up(writer)
        writer.email = ""
        writer.save()
        with pytest.raises(post.NotAllowed, match="沈一鸣没有留邮箱，请用电话告诉他。"):
            post.send_again(notice, by=a_user(Role.EDITOR))
        assert the_letter().letter == "没有寄到"

    @pytest.mark.parametrize("role", [Role.AUDITOR, Role.ADMINISTRATOR, Role.CONTRIBUTOR])
    def test_is_the_editors_alone(self, writer, role):
        with pytest.raises(post.NotAllowed):
            post.send_again(given_up(writer), by=a_user(role))


class TestTheTable:
    @pytest.mark.parametrize(
        "facts",
        [
            {"address": "a@example.com"},
            {"due_at": timezone.now()},
            {"address": "a@example.com", "due_at": timezone.now(), "sent_at": timezone.now()},
            {"address": "a@example.com", "given_up_at": timezone.now(), "error": ""},
        ],
    )
    def test_knows_a_letter_as_due_or_sent_or_given_up_with_a_reason(self, facts):
        row = {"recipient": a_user(), "kind": "out", "key": "k", "subject": "s", "words": "w"}
        with pytest.raises(IntegrityError), transaction.atomic():
            Notice.objects.create(**row, **facts)


def _database_url() -> str:
    """Where another process finds the test's own database."""
    name = connection.settings_dict["NAME"]
    if connection.vendor == "sqlite":
        return f"sqlite:///{quote(str(name))}"
    head, _, query = os.environ["DATABASE_URL"].partition("?")
    return f"{head.rpartition('/')[0]}/{name}{'?' if query else ''}{query}"


def _a_worker(port: int) -> subprocess.Popen:
    """The real command, in a process of its own."""
    mail_url = {"EMAIL_URL": f"smtp://127.0.0.1:{port}", "EMAIL_TIMEOUT": "20"}
    return subprocess.Popen(
        [sys.executable, "manage.py", "db_worker", "--batch", "--no-startup-delay", "-v0"],
        cwd=ROOT,
        env={**os.environ, "DATABASE_URL": _database_url(), **mail_url},
        stderr=subprocess.DEVNULL,
    )


@pytest.mark.django_db(transaction=True)
def test_a_worker_killed_in_mid_letter_loses_no_letter(writer):
    """SIGKILL, while the mail server keeps the worker waiting; then another worker."""
    handed_in(writer)
    with mail_server(hangs=True) as server:
        killed = _a_worker(server.port)
        assert server.connected.wait(60)
        killed.send_signal(signal.SIGKILL)
        killed.wait()
    assert (the_letter().letter, the_letter().attempts) == ("等着寄", 1)
    time_passes(minutes=2)
    with mail_server() as server:
        assert _a_worker(server.port).wait(60) == 0
    assert len(server.letters) == 1
    assert (the_letter().letter, the_letter().attempts) == ("已寄出", 2)
