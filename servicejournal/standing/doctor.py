"""体检: what is missing before this installation can be trusted, in sentences that say what to do.

A check gives "" where all is well. The apps above add theirs by `also`.
"""

import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core import mail
from django.core.checks import WARNING, run_checks
from django.db import DatabaseError, connection
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from servicejournal import errands
from servicejournal.accounts import second_factor
from servicejournal.models import Backup, Record

from . import hearts, readiness, room

Check = Callable[[], str]

#: A night may fail; two in a row are noticed.
BACKUP_AGE = timedelta(hours=50)
REHEARSAL_AGE = timedelta(days=100)
_CLOCKS = timedelta(seconds=10)
_LONG_QUEUE = 500


@dataclass(frozen=True, slots=True)
class Finding:
    """`problem` is "" where all is well."""

    what: str
    problem: str


def examine() -> Iterator[Finding]:
    is_away = False
    for what, check in [*_CHECKS, *_of_others]:
        if is_away and check in _OF_THE_DATABASE:  # each would wait for it anew
            yield Finding(what, "数据库答不上来，没能检查。")
            continue
        try:
            problem = check()
        except DatabaseError as error:
            problem = f"数据库答不上来：{error}".strip()
        except Exception as error:
            problem = f"没能检查：{error}"
        is_away = is_away or (check is _database and bool(problem))
        yield Finding(what, problem)


_of_others: list[tuple[str, Check]] = []


def also(what: str, check: Check) -> None:
    _of_others.append((what, check))


def _settings() -> str:
    if settings.DEBUG:
        return "DEBUG 开着，出错时会把程序内部给人看。请在 .env 里设 DEBUG=off。"
    if settings.DEMO:
        return "DEMO 开着，示范场景的链接不用密码就能登录。请在 .env 里设 DEMO=off。"
    serious = [
        each.id or str(each)
        for each in run_checks(include_deployment_checks=True)
        if each.level >= WARNING and not each.is_silenced()
    ]
    if serious:
        return (
            f"设置有 {len(serious)} 处要改：{'、'.join(serious)}。请看 manage.py check --deploy。"
        )
    return ""


def _address() -> str:
    named = set(settings.ALLOWED_HOSTS) - {"127.0.0.1", "localhost", "[::1]"}
    if not named:
        return "别的电脑打不开：请在 ALLOWED_HOSTS 里写上网站的域名。"
    if "*" in named:
        return "ALLOWED_HOSTS 是 *，谁都能冒充网站的域名。请只写自己的域名。"
    if not settings.SITE_URL.startswith("https://"):
        return "请把 SITE_URL 设为网站的网址（https:// 开头），信里的链接要用。"
    return ""


def _database() -> str:
    try:
        readiness.database()
    except DatabaseError as error:
        why = " ".join(str(error).split())
        return f"数据库答不上来：{why}。请查 DATABASE_URL，数据库在不在运行，网络通不通。"
    return ""


def _migrations() -> str:
    missing = readiness.missing_migrations()
    return f"有 {len(missing)} 步升级没有做。请运行 manage.py migrate。" if missing else ""


def _storage() -> str:
    try:
        readiness.storage()
    except OSError as error:
        if settings.STORAGE_URL:
            return (
                f"图片和附件存不进对象存储（STORAGE_URL）：{error.strerror}。"
                "请查网址、密钥、存储桶和网络。"
            )
        return f"图片和附件存不进去（MEDIA_ROOT）：{error.strerror}。请查目录的主人和权限。"
    return ""


def _pages() -> str:
    root = Path(settings.PAGES_ROOT)
    try:
        root.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=root):
            return ""
    except OSError as error:
        return f"读者页面存不进去（PAGES_ROOT）：{error.strerror}。请查目录的主人和权限。"


def _static() -> str:
    if getattr(staticfiles_storage, "hashed_files", True):
        return ""
    return "样式和脚本还没有备好。请运行 manage.py collectstatic --noinput。"


def _cache() -> str:
    readiness.shared_cache()
    backend = settings.CACHES["default"]["BACKEND"]
    if backend.endswith(("LocMemCache", "DummyCache")):
        return (
            "缓存是每个进程自己的，寄信的快慢各算各的。"
            "请把 CACHE_URL 设为共用的，如 redis://127.0.0.1:6379/1。"
        )
    return ""


def _worker() -> str:
    if not errands.has_worker() or hearts.alive().exists():
        return ""
    return "后台程序没有运行：不能签发，信也不寄。请启动 manage.py db_worker，并让它随系统启动。"


def _queue() -> str:
    since = readiness.oldest_waiting()
    if since and since < timezone.now() - readiness.PATIENCE:
        waited = (timezone.now() - since).total_seconds() / 60
        return f"后台的事等了 {waited:.0f} 分钟还没有人做。请看后台程序的日志。"
    waiting = DBTaskResult.objects.ready().count() if errands.has_worker() else 0
    return f"后台排着 {waiting} 件事，多得不正常。" if waiting > _LONG_QUEUE else ""


def _mail() -> str:
    if not settings.EMAIL_BACKEND.endswith(".smtp.EmailBackend"):
        return "信不会寄出，通知只在网站上。请设 EMAIL_URL 和 MAIL_FROM。"
    server = mail.get_connection()
    try:
        server.open()
        server.close()
    except OSError as error:  # smtplib's own errors are of this kind
        return f"发信服务器（{settings.EMAIL_HOST}）连不上：{error}。请查 EMAIL_URL 和网络。"
    return ""


def _clock() -> str:
    now = timezone.now()
    there = _clock_of_the_database()
    if there and abs(there - now) > _CLOCKS:
        return f"本机与数据库的钟差 {abs(there - now).total_seconds():.0f} 秒。请让两台都自动对时。"
    last = Record.objects.order_by("-pk").values_list("at", flat=True).first()
    if last and last > now + _CLOCKS:
        return (
            f"最近一条记录是 {timezone.localtime(last):%Y-%m-%d %H:%M} 的，钟可能倒退过。请对时。"
        )
    return ""


def _clock_of_the_database() -> datetime | None:
    if connection.vendor == "sqlite":
        return None  # this machine's own
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        found: datetime = cursor.fetchone()[0]
    return found


def _telephones() -> str:
    unreadable = second_factor.unreadable()
    if not unreadable:
        return ""
    return (
        f"SECRET_KEY 换过，有 {unreadable} 部手机的动态口令核对不了，它们的主人登录不进来。"
        "请把原来的 SECRET_KEY 写进 SECRET_KEY_FALLBACKS。"
    )


def backup_problem() -> str:
    """For the dashboard too."""
    newest = Backup.objects.newest()
    if newest is None:
        return "还没有做过备份。请运行 manage.py backup，并让它每晚运行。"
    if newest.at < timezone.now() - BACKUP_AGE:
        return f"最近的备份是 {age(newest.at)}前的。请看每晚的备份为什么没有做。"
    if newest.missing:
        return f"最近的备份缺 {newest.missing} 个文件。请运行 manage.py check_files --heal。"
    rehearsed = Backup.objects.exclude(rehearsed_at=None).order_by("-rehearsed_at").first()
    if rehearsed is None or (rehearsed.rehearsed_at or newest.at) < timezone.now() - REHEARSAL_AGE:
        return "备份很久没有试着恢复过了。请运行 manage.py rehearse。"
    return f"上次演练没有恢复成：{rehearsed.rehearsal}" if rehearsed.rehearsal else ""


def age(at: datetime) -> str:
    hours = (timezone.now() - at).total_seconds() / 3600
    if hours < 1:
        return "不到 1 小时"
    return f"{hours / 24:.0f} 天" if hours >= 48 else f"{hours:.0f} 小时"


_CHECKS: tuple[tuple[str, Check], ...] = (
    ("设置", _settings),
    ("网址", _address),
    ("数据库", _database),
    ("升级", _migrations),
    ("图片和附件", _storage),
    ("页面目录", _pages),
    ("样式和脚本", _static),
    ("磁盘", room.problem),
    ("缓存", _cache),
    ("后台程序", _worker),
    ("后台的队", _queue),
    ("发信", _mail),
    ("时钟", _clock),
    ("动态口令", _telephones),
    ("备份", backup_problem),
)
_OF_THE_DATABASE = frozenset({_migrations, _worker, _queue, _clock, _telephones, backup_problem})
