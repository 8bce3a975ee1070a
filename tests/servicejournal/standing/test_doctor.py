"""The doctor: what is missing is said in a sentence, also on the dashboard."""

from datetime import timedelta
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from articles.models import Article
from issues.making import page_making
from servicejournal import clock, record
from servicejournal.models import Backup, Heartbeat
from servicejournal.roles import Role
from servicejournal.standing import doctor, hearts, room
from tests.factories import a_user, an_article, an_issue
from tests.issues.exports.pdfs import a_pdf
from tests.issues.making.test_page_making import an_edition
from tests.object_store import in_a_bucket
from tests.smtp_server import mail_server

pytestmark = pytest.mark.django_db


def said(what: str) -> str:
    return {finding.what: finding.problem for finding in doctor.examine()}[what]


def a_backup(**facts) -> Backup:
    facts = {"rehearsed_at": timezone.now(), "size": 1, **facts}
    return Backup.objects.create(path="/b", sha256="ab", rows=1, files=1, **facts)


@pytest.fixture
def trusted(settings, tmp_path):
    """An installation as it is to be."""
    settings.ALLOWED_HOSTS = ["journal.example.com"]
    settings.CACHES = {
        "default": {
            "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
            "LOCATION": str(tmp_path / "cache"),
        }
    }
    settings.SECRET_KEY = "".join(map(chr, range(60, 120)))
    for name in ("SECURE_SSL_REDIRECT", "SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE"):
        setattr(settings, name, True)
    settings.SECURE_HSTS_SECONDS = 1000
    settings.SECOND_FACTOR = "chiefs"
    settings.SILENCED_SYSTEM_CHECKS = [
        *settings.SILENCED_SYSTEM_CHECKS,
        "async.E001",
    ]  # the suite's
    settings.SECURE_HSTS_INCLUDE_SUBDOMAINS = settings.SECURE_HSTS_PRELOAD = True
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    a_backup()
    hearts.beat("worker-a")
    with mail_server() as server:
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
        yield


def test_all_is_well(trusted):
    out = StringIO()
    assert [each for each in doctor.examine() if each.problem] == []
    call_command("doctor", stdout=out)
    assert "都好，可以放心使用。" in out.getvalue()
    assert "✗" not in out.getvalue()


def test_what_is_missing_is_marked_and_counted(trusted):
    Heartbeat.objects.all().delete()
    Backup.objects.all().delete()
    out = StringIO()
    with pytest.raises(CommandError, match="有 2 处要处理"):
        call_command("doctor", stdout=out)
    assert "✗ 后台程序　后台程序没有运行" in out.getvalue()
    assert "✗ 备份　还没有做过备份" in out.getvalue()


class TestEachFinding:
    def test_settings(self, trusted, settings):
        settings.DEBUG = True
        assert "DEBUG 开着" in said("设置")
        settings.DEBUG = False
        settings.SESSION_COOKIE_SECURE = False
        assert "security.W012" in said("设置")

    @pytest.mark.parametrize(("hosts", "words"), [(["127.0.0.1"], "打不开"), (["*"], "冒充")])
    def test_hosts(self, trusted, settings, hosts, words):
        settings.ALLOWED_HOSTS = hosts
        assert words in said("网址")

    @pytest.mark.parametrize(
        ("setting", "what"), [("MEDIA_ROOT", "图片和附件"), ("PAGES_ROOT", "页面目录")]
    )
    def test_folders_that_cannot_be_written(self, trusted, settings, tmp_path, setting, what):
        (tmp_path / "a file").touch()
        setattr(settings, setting, str(tmp_path / "a file" / "within"))
        assert setting in said(what)

    def test_a_store_that_is_away(self, trusted, settings):
        settings.STORAGE_URL = "s3://key:secret@127.0.0.1:9/journal?tls=off"
        settings.STORAGES = in_a_bucket(settings.STORAGE_URL)
        assert "存不进对象存储（STORAGE_URL）" in said("图片和附件")
        assert "secret" not in said("图片和附件")
        assert "媒体目录" not in said("磁盘")

    def test_a_disk_that_is_nearly_full(self, trusted, monkeypatch):
        monkeypatch.setattr(room, "_FREE_SHARE", 1.1)
        assert "只剩" in said("磁盘")

    def test_a_cache_of_each_process(self, trusted, settings):
        settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
        assert "各算各的" in said("缓存")

    def test_a_worker_that_fell_silent(self, trusted):
        Heartbeat.objects.update(seen_at=timezone.now() - timedelta(minutes=2))
        assert "没有运行" in said("后台程序")

    def test_no_worker_is_missed_where_the_site_does_it_itself(self, trusted, settings):
        Heartbeat.objects.all().delete()
        immediate = "django_tasks.backends.immediate.ImmediateBackend"
        settings.TASKS = {"default": {"BACKEND": immediate, "QUEUES": ["default", "letters"]}}
        assert said("后台程序") == said("后台的队") == ""

    def test_a_queue_that_nobody_takes_up(self, trusted):
        page_making.order(an_edition(an_issue(), a_pdf(["one"]), page_count=1))
        assert said("后台的队") == ""
        DBTaskResult.objects.update(enqueued_at=timezone.now() - timedelta(minutes=30))
        assert "等了 30 分钟" in said("后台的队")

    def test_mail(self, trusted, settings):
        settings.EMAIL_PORT = 1
        assert "连不上" in said("发信")
        settings.EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
        assert "不会寄出" in said("发信")

    def test_a_clock_that_went_back(self, trusted):
        with clock.set_to(timezone.now() + timedelta(hours=3)):
            record.write("试", an_article(), by="命令行")
        assert "钟可能倒退过" in said("时钟")

    def test_backups(self, trusted):
        Backup.objects.all().delete()
        backup = a_backup(at=timezone.now() - timedelta(hours=51), rehearsed_at=None)
        assert "51 小时前" in said("备份") or "2 天前" in said("备份")
        Backup.objects.update(at=timezone.now(), missing=3)
        assert "缺 3 个文件" in said("备份")
        Backup.objects.update(missing=0)
        assert "没有试着恢复" in said("备份")
        backup.rehearsal = "备份文件坏了。"
        backup.rehearsed_at = timezone.now()
        backup.save(update_fields=["rehearsal", "rehearsed_at"])
        assert "备份文件坏了" in said("备份")

    def test_one_that_breaks_does_not_keep_the_others_from_being_asked(self, trusted, monkeypatch):
        def breaks() -> str:
            raise RuntimeError("a fault")

        monkeypatch.setattr(doctor, "_of_others", [("新的", breaks), ("末一项", lambda: "")])
        assert said("新的") == "没能检查：a fault"
        assert said("末一项") == ""


class TestDashboard:
    @pytest.fixture
    def dashboard(self, client):
        client.force_login(a_user(Role.ADMINISTRATOR))
        return lambda: client.get("/admin/").content.decode()

    def test_says_how_old_the_newest_backup_is_and_who_works(self, dashboard, html_valid):
        a_backup(at=timezone.now() - timedelta(hours=7), size=3_000_000, is_sealed=True)
        hearts.beat("worker-a")
        shown = dashboard()
        html_valid(shown)
        assert "最近的备份：7 小时前" in shown
        assert "已加密" in shown
        assert "后台程序在运行" in shown
        assert "还没有做过备份" not in shown

    def test_warns_where_there_is_none(self, dashboard):
        shown = dashboard()
        assert "还没有做过备份" in shown
        assert "后台程序没有运行" in shown

    def test_is_for_administrators(self, client):
        client.force_login(a_user(Role.EDITOR))
        assert "最近的备份" not in client.get("/admin/").content.decode()
        assert "panel-standing" not in client.get("/admin/").content.decode()


def test_a_rehearsal_without_a_backup_says_so():
    with pytest.raises(CommandError, match="还没有做过备份"):
        call_command("rehearse")


@pytest.mark.django_db(transaction=True)
def test_a_rehearsal_tries_the_newest_and_touches_nothing(tmp_path: Path):
    an_article(title="一盏灯")
    call_command("backup", tmp_path / "one.backup", stdout=StringIO())
    out = StringIO()
    call_command("rehearse", stdout=out)
    assert "逐条一致" in out.getvalue()
    assert Article.objects.get().title == "一盏灯"
    newest = Backup.objects.newest()
    assert newest.rehearsed_at is not None
    assert newest.rehearsal == ""
    (tmp_path / "one.backup").write_bytes(b"PK nothing")
    with pytest.raises(CommandError, match="不是一份完整的备份"):
        call_command("rehearse")
    assert "不是一份完整的备份" in Backup.objects.newest().rehearsal
