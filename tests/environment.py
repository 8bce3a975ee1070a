"""The environment that the suite runs in, set before Django's settings are read.

A pytest plugin (`-p tests.environment` in pyproject.toml), because pytest-django imports the
settings before any conftest.py. Every setting is named here, so that a developer's `.env` never
reaches a test; only DATABASE_URL is taken from outside (see tests/postgres.py).
"""

import atexit
import os
import secrets
import shutil
import tempfile
from pathlib import Path

import pytest

from tests import static_files

ROOT = Path(__file__).resolve().parent.parent

FIXED = {
    "DEBUG": "off",
    "DEMO": "off",
    "HTTPS": "off",  # the live server speaks plain HTTP
    "ALLOWED_HOSTS": "testserver,localhost,127.0.0.1",
    "CSRF_TRUSTED_ORIGINS": "",
    "CACHE_URL": "locmemcache://",
    "DATABASE_KEPT": "0",  # a thread that ended keeps nobody from dropping the database
    "EMAIL_URL": "memorymail://",
    "EMAIL_TIMEOUT": "2",
    "MAIL_FROM": "服务文化专刊 <journal@example.com>",
    "SITE_URL": "https://journal.example.com",
    "TASK_QUEUE": "database",
    "READER_ACCESS": "public",
    "INDEXED": "on",
    "REVIEW_DAYS": "7",
    "PROXIES": "0",
    "BRANCH_ENDORSEMENT": "off",
    "REGISTRATIONS_PER_HOUR": "30",
    "RATE_LIMITS": "1",
    "REJECTED_DAYS": "730",
    "FONT_DIR": "",
    "STORAGE_URL": "",
    "FILES_BY_NGINX": "off",
    # Each rule of signing in is switched on by the tests that are about it.
    "PASSWORD_LENGTH": "10",
    "PASSWORD_WORDS": "fuwu,wenhua,journal",
    "PASSWORD_CLASSES": "2",
    "PASSWORD_NOT_LAST": "5",
    "PASSWORD_DAYS": "90",
    "MAILED_LINK_HOURS": "24",
    "GUESSES_PER_ACCOUNT": "10",
    "GUESSES_PER_ADDRESS": "50",
    "SECRET_KEY_FALLBACKS": "",
    "SECOND_FACTOR": "nobody",
    "SECOND_FACTOR_MINUTES": "60",
    "SIGN_IN_LETTERS": "on",
    "SESSION_IDLE_MINUTES": "60",
    "SESSION_HOURS": "12",
    "OIDC_ISSUER": "",
    "OIDC_CLIENT_ID": "",
    "OIDC_CLIENT_SECRET": "",
    "OIDC_USERNAME_CLAIM": "preferred_username",
    "OIDC_CREATE": "off",
    "OIDC_LABEL": "统一身份认证",
    "PAGES_WATCHED": "off",
    "PAGES_AHEAD": "off",
    "COUNTS_EVERY": "0",  # a test sees at once what it counted
    "LOG_LEVEL": "INFO",
    "LOG_FORMAT": "text",
    "METRICS": "off",
    "METRICS_FROM": "127.0.0.1,::1",
    "METRICS_TOKEN": "",
    "PROMETHEUS_MULTIPROC_DIR": "",
    "SENTRY_DSN": "",
    # Playwright's synchronous API keeps an event loop in the test's thread; Django would take
    # every query beside it for one from a coroutine.
    "DJANGO_ALLOW_ASYNC_UNSAFE": "true",
    # A proxy of the surroundings must not stand between the browser and the live server.
    "NO_PROXY": "127.0.0.1,localhost",
}


def _set_environment() -> Path:
    """Returns the run's own folder: database file and stray media."""
    os.environ.update(FIXED)
    if "SERVICEJOURNAL_TEST_DIR" not in os.environ:  # the workers of pytest-xdist inherit these
        os.environ["SERVICEJOURNAL_TEST_DIR"] = tempfile.mkdtemp(prefix="servicejournal-")
        os.environ["SECRET_KEY"] = secrets.token_urlsafe(50)
        atexit.register(shutil.rmtree, os.environ["SERVICEJOURNAL_TEST_DIR"], ignore_errors=True)
    own = Path(os.environ["SERVICEJOURNAL_TEST_DIR"])
    os.environ.setdefault("DATABASE_URL", f"sqlite:///{own / 'db.sqlite3'}")
    os.environ["MEDIA_ROOT"] = str(own / "media")
    os.environ["PAGES_ROOT"] = str(own / "pages")
    os.environ["STATIC_ROOT"] = str(static_files.folder(ROOT))
    return own


OWN = _set_environment()


def _refuse_unknown_settings() -> None:
    """A test that sets a name which nobody reads passes whatever the code does: it fails at once.

    Both ways to set one, the `settings` fixture and `override_settings`, send this signal.
    """
    from django.conf import settings
    from django.core.signals import setting_changed

    known = frozenset(dir(settings))

    def refuse(*, setting: str, enter: bool, **_: object) -> None:
        if enter and setting not in known:
            raise AttributeError(f"{setting} is a setting neither of ours nor of Django's")

    setting_changed.connect(refuse, weak=False)


@pytest.hookimpl(trylast=True)
def pytest_configure(config: pytest.Config) -> None:
    """Cheap passwords, a database file, and, once for all workers, the static files as served."""
    from django.conf import settings

    _refuse_unknown_settings()
    # The proper hasher costs 0.2 s a password by design.
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    database = settings.DATABASES["default"]
    if database["ENGINE"] == "django.db.backends.sqlite3":
        # In memory, the live server and the test would share one connection, as never in life.
        database.setdefault("TEST", {})["NAME"] = str(OWN / "test.sqlite3")
    if not hasattr(config, "workerinput"):
        static_files.collect(Path(settings.STATIC_ROOT))
    static_files.list_once()
