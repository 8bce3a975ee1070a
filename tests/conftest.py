"""Fixtures for the whole suite: clean surroundings, two readers' browsers, HTML, the seed."""

import gc
import itertools
import os
import shutil
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import hypothesis
import pytest
from django.conf import settings
from django.core.cache import cache
from django.core.signals import request_finished, request_started
from playwright.sync_api import Page

from issues.reading import store
from servicejournal import errands
from tests import engines, migrated, put_back
from tests.browser_watch import Watch
from tests.environment import OWN, ROOT
from tests.html_checker import HtmlChecker

SEED = ROOT.parent / "shared" / "seed" / "2022-02.txt"

# Debian's Chromium; where it is not, Playwright starts the browser that it installed itself.
SYSTEM_CHROMIUM = Path("/usr/bin/chromium")
CHROMIUM_FLAGS = [
    "--no-sandbox",  # its sandbox refuses to run as root, which containers and CI do
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # A page that calls a third party fails its test, and the call never leaves the machine.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
]
READER = {"locale": "zh-CN", "timezone_id": "Asia/Shanghai"}
PHONE = {
    "viewport": {"width": 390, "height": 844},
    "device_scale_factor": 2,
    "has_touch": True,
    "is_mobile": True,
}
DESKTOP = {"viewport": {"width": 1280, "height": 900}}

# A deadline in milliseconds only tells how busy the machine is.
hypothesis.settings.register_profile("suite", deadline=None)
hypothesis.settings.load_profile("suite")


def pytest_report_header() -> str:
    return f"seed: {SEED if SEED.exists() else 'not there, the tests that read it are left out'}"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--only-the-database",
        action="store_true",
        help="leave out what is the same beside any database; tests/engines.py",
    )
    parser.addoption(
        "--moments",
        type=int,
        default=0,
        help="at so many moments each verb is killed (a few otherwise, and on SQLite alone)",
    )


def pytest_collection_finish() -> None:
    """What was imported stays: the collector need not walk over it in every test (an eighth)."""
    gc.freeze()
    gc.set_threshold(20_000, 10, 10)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Last, because pytest itself groups what shares a browser after pytest-django has sorted."""
    committing = {item for item in items if _commits(item)}
    items.sort(key=lambda item: item in committing)
    if config.getoption("--only-the-database"):
        _leave_out(config, items, [item for item in items if not engines.on_both(item)])
    if not SEED.exists():
        _leave_out_what_reads_the_seed(config, items)


def _commits(item: pytest.Item) -> bool:
    """Whether the test writes for good, and so empties the database behind itself."""
    marker = item.get_closest_marker("django_db")
    told = marker is not None and marker.kwargs.get("transaction")
    return bool(told or {"live_server", "transactional_db"} & set(item.fixturenames))


def _leave_out_what_reads_the_seed(config: pytest.Config, items: list[pytest.Item]) -> None:
    _leave_out(config, items, [item for item in items if "seed" in item.fixturenames])


def _leave_out(config: pytest.Config, items: list[pytest.Item], without: list[pytest.Item]) -> None:
    config.hook.pytest_deselected(items=without)
    left_out = set(without)
    items[:] = [item for item in items if item not in left_out]


@pytest.fixture(scope="session")
def seed() -> Path:
    """The text dump of a real issue; it stands beside the checkout, never in it."""
    return SEED


_numbers = itertools.count()


@pytest.fixture(autouse=True)
def media(settings: Any) -> Iterator[Path]:
    """A media folder and a store of pages of the test's own; nothing remembers another test.

    Not below `tmp_path`, which most tests never ask for: to find its number takes a millisecond,
    eight thousand times.
    """
    folder = OWN / f"test-{os.getpid()}-{next(_numbers)}"
    folder.mkdir()
    settings.MEDIA_ROOT = str(folder / "media")
    settings.PAGES_ROOT = str(folder / "pages")
    settings.PAGES_FRESH = 0  # a test sees at once what it changed
    store.forget()
    cache.clear()
    yield folder / "media"
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict) -> dict:
    system = {"executable_path": os.fspath(SYSTEM_CHROMIUM)} if SYSTEM_CHROMIUM.exists() else {}
    return {**browser_type_launch_args, **system, "args": CHROMIUM_FLAGS}


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings: None, request: pytest.FixtureRequest
) -> None:
    """Starts Playwright, where a test needs it, before the database is made.

    Beside Playwright's event loop Django gives the thread another connection, which knows nothing
    of what was noted on the first one: the rows to load again, for one.
    """
    if any("playwright" in item.fixturenames for item in request.session.items):
        request.getfixturevalue("playwright")


def _sqlite_file() -> Path | None:
    database = settings.DATABASES["default"]
    on_sqlite = database["ENGINE"].endswith("sqlite3")
    return Path(database["TEST"]["NAME"]) if on_sqlite else None


@pytest.fixture(scope="session")
def django_db_keepdb(django_db_modify_db_settings: None) -> bool:
    """Whether the tests' database stands there already: a copy of one that was migrated before."""
    file = _sqlite_file()
    return file is not None and migrated.lay_out(migrated.file(ROOT), file)


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_keepdb: bool, django_db_blocker: Any) -> None:
    """What the migrations made is kept: for the next run, and to be put back behind a test."""
    file, kept = _sqlite_file(), migrated.file(ROOT)
    if file is not None and not django_db_keepdb:
        migrated.keep(kept, file)
    with django_db_blocker.unblock():
        put_back.keep(kept if file is not None else None)


@pytest.fixture(scope="session")
def base_url() -> None:
    """Replaces pytest-playwright's, which pytest 9 warns about; each context gets its own."""


class _Underway:
    """How many requests the live server's threads are answering."""

    def __init__(self) -> None:
        self._count = 0
        self._changed = threading.Condition()
        request_started.connect(self._one_more, weak=False)
        request_finished.connect(self._one_less, weak=False)

    def _one_more(self, **kwargs: Any) -> None:
        self._add(1)

    def _one_less(self, **kwargs: Any) -> None:
        self._add(-1)

    def _add(self, number: int) -> None:
        if threading.current_thread() is threading.main_thread():
            return  # a test's own client
        with self._changed:
            self._count = max(0, self._count + number)
            self._changed.notify_all()

    def wait_for_none(self, seconds: float) -> None:
        with self._changed:
            self._changed.wait_for(lambda: not self._count, seconds)
            self._count = 0  # one that never ended does not hold up every later test


_underway = _Underway()


@pytest.fixture(autouse=True)
def nothing_underway(_django_db_marker: None, request: pytest.FixtureRequest) -> Iterator[None]:
    """Between the closing of the pages and the emptying of the database: pages save by themselves,
    and a request that is still being answered would hold rows that are to go.
    """
    yield
    if "live_server" in request.fixturenames:
        time.sleep(0.05)  # what a page sent while it was closed has arrived
        _underway.wait_for_none(20)
        errands.finish()  # the board has its pages measured aside


@pytest.fixture
def open_browser(new_context: Callable, live_server: Any) -> Iterator[Callable[..., Page]]:
    """`open_browser(**playwright_context_options)` gives a page of a fresh visitor.

    Relative addresses are the live server's. The test fails at its end when any page logged an
    error, threw one, or called another host.
    """
    watches = []

    def open_page(**options: Any) -> Page:
        # A worker would answer in the place of what a test lets no page load.
        options.setdefault("service_workers", "block")
        context = new_context(base_url=live_server.url, **READER, **options)
        watches.append(Watch(context, live_server.url))
        return context.new_page()

    yield open_page
    faults = [fault for watch in watches for fault in watch.faults]
    assert not faults, "\n".join(faults)


@pytest.fixture
def phone(open_browser: Callable[..., Page]) -> Page:
    """A reader's phone: 390 × 844, touch, two device pixels a CSS pixel."""
    return open_browser(**PHONE)


@pytest.fixture
def desktop(open_browser: Callable[..., Page]) -> Page:
    """A desk's browser: 1280 × 900."""
    return open_browser(**DESKTOP)


@pytest.fixture(scope="session")
def html_checker() -> Iterator[HtmlChecker]:
    checker = HtmlChecker()
    yield checker
    checker.stop()


@pytest.fixture
def html_valid(html_checker: HtmlChecker) -> Callable[[str], None]:
    """`html_valid(page)` fails the test, naming each place, where the page is not valid HTML."""

    def check(html: str) -> None:
        errors = html_checker.errors(html)
        assert not errors, "\n".join(errors)

    return check


@pytest.fixture
def get(client: Any) -> Iterator[Callable]:
    """As `client.get`; closes the file behind each answer at the end."""
    answers = []

    def fetch(path: str, **options: Any) -> Any:
        answers.append(client.get(path, **options))
        return answers[-1]

    yield fetch
    for answer in answers:
        answer.close()
