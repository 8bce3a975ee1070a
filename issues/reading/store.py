"""The store of pages: readers' pages as files, with compressed twins. Anybody may throw it away.

    PAGES_ROOT/PROGRAM/STATE/articles/12/index.html     and .gz, .br, .json beside it
    PAGES_ROOT/live → PROGRAM/STATE                     for a server in front, of a public journal
    PAGES_ROOT/PROGRAM/STATE/boot                       since when the machine that stored them runs

PROGRAM is what the pages are made with (templates, styles, settings), STATE what they are made from
(`state`). A page is written into the state that it was rendered in; another state begins empty, and
its pages are rendered when somebody asks for them. So a switch is one step, and never half done.
"""

import gzip
import hashlib
import json
import logging
import os
import re
import shutil
import time
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache, lru_cache
from pathlib import Path
from threading import Lock, Thread

import brotli
from django.conf import settings
from django.contrib.staticfiles.storage import staticfiles_storage
from django.db import DatabaseError, connection
from django.http import HttpResponse
from django.utils import timezone

from servicejournal import generation

from .. import numbering
from ..models import Issue

logger = logging.getLogger(__name__)

#: Addresses of pages that are stored; a number of more digits names nothing.
ADDRESS = re.compile(
    r"/|/(?:issues|sections)/|/issues/\d{4}/(?:" + numbering.SLUG + r")/(?:(?:read|edition)/)?"
    r"|/(?:articles|authors|calls)/\d{1,18}/"
    r"|/(?:sections|branches)/[-a-zA-Z0-9_]{1,60}/"
    r"|/(?:(?:sections|branches)/[-a-zA-Z0-9_]{1,60}/)?feed/|/sitemap(?:-\d{1,4})?\.xml"
    r"|/(?:issues/\d{4}/(?:" + numbering.SLUG + r")|articles/\d{1,18})/card\.jpg"
    r"|/issues/\d{4}/(?:" + numbering.SLUG + r")/(?:cover\.svg|kept\.json)"
    r"|/articles/\d{1,18}/(?:long\.jpg|code\.svg)"
    r"|/standing\.json|/(?:offline|accessibility)/",
    re.ASCII,
)
#: As sent (`Content-Encoding`) → behind the file's name.
_PACKED = {"br": ".br", "gzip": ".gz"}
#: How a page is packed that somebody waits for: a few per cent longer, half the time. Of the levels
#: beyond those of one that is made beforehand the next better costs ten times as much.
_QUICKLY: dict[str, Callable[[bytes], bytes]] = {
    "br": lambda data: brotli.compress(data, quality=5),
    "gzip": lambda data: gzip.compress(data, compresslevel=2, mtime=0),
}
PACKED_WELL: dict[str, Callable[[bytes], bytes]] = {
    "br": lambda data: brotli.compress(data, quality=6),
    "gzip": lambda data: gzip.compress(data, compresslevel=9, mtime=0),
}
#: A drawn cover stands on many pages and is all numbers: an eighth less for 35 ms, once.
_DRAWING = "image/svg+xml"
_A_DAY = 86_400
#: Files of a state that are no page.
_CLAIM, _NOTE, _BOOT = "claimed", "standing.json", "boot"
#: Another one each time that Linux starts.
_THIS_BOOT = Path("/proc/sys/kernel/random/boot_id")
#: Pages that a process keeps at hand: some megabytes.
_AT_HAND = 300


@dataclass(frozen=True, slots=True)
class Stored:
    """A page as it goes out: `headers` are all but those of its encoding and length."""

    etag: str
    modified: float  # seconds since the epoch
    headers: dict[str, str]
    bodies: dict[str, bytes]  # by encoding; "" is the page as it is
    #: By encoding: the answer as it is sent, made once (`storing`).
    ready: dict[str, HttpResponse] = field(default_factory=dict, compare=False)
    #: By encoding: its headers, for who answers without Django (`door`).
    told: dict[str, list[tuple[str, str]]] = field(default_factory=dict, compare=False)


_lock = Lock()
_memory: dict[tuple[str, str], Stored] = {}
_watched: set[int] = set()
_known = ""
_era = object()
_ask_again = 0.0


@lru_cache(maxsize=2000)
def name_of(path: str, page: int | None = None) -> str:
    """The file of an address, below its state; "" for an address that is not stored."""
    if not ADDRESS.fullmatch(path):
        return ""
    name = path[1:]
    if name and not name.endswith("/"):
        return f"{name}.{page}" if page else name
    # A server in front tells by the ending what it sends: a feed is no page.
    suffix = "xml" if name.endswith("feed/") else "html"
    return f"{name}index.{page}.{suffix}" if page else f"{name}index.{suffix}"


def state() -> str:
    """What readers' pages are made from at this moment, as a name.

    The generation; the latest hour at which an issue came out, so that a schedule needs no clock
    process; and the day, which calls for papers count down. One small query, and no more than
    that a second. While the database is away it is what it was.
    """
    global _known, _ask_again
    now = time.monotonic()
    if now < _ask_again:
        return _known
    _ask_again = now + settings.PAGES_FRESH
    try:
        found = _asked()
    except DatabaseError:
        if not _known:
            raise
        logger.warning("Readers get the stored pages: the database is away", exc_info=True)
        return _known
    if found != _known:
        _adopt(found)
    return found


def known() -> str:
    """The state as it was last asked for: within a request, the one that it is answered in."""
    return _known or state()


def era() -> object:
    """One and the same as long as this process serves one state."""
    known()
    return _era


def watch(seen: Callable[[str], None]) -> None:
    """From now on the state is looked for every second, whether or not somebody asks: the server
    in front of this process does not ask. `seen` gets each. One thread a process; more calls do
    nothing.
    """
    with _lock:
        if os.getpid() not in _watched:
            _watched.add(os.getpid())
            Thread(target=_look, args=(seen,), name="state of readers' pages", daemon=True).start()


def _look(seen: Callable[[str], None]) -> None:
    while True:
        try:
            seen(state())
        except DatabaseError:
            logger.warning("What readers should see is not known: the database is away")
        connection.close_if_unusable_or_obsolete()
        time.sleep(settings.PAGES_FRESH)


def _asked() -> str:
    now = timezone.localtime()
    out = Issue.objects.published().order_by("-published_at")
    told = list(out.values_list("published_at", *generation.beside())[:1])
    if told:
        [(latest, *name)] = told
        turned = generation.named(*name)
    else:  # nothing is out yet
        latest, turned = None, generation.current()
    hour = int(latest.timestamp() * 1000) if latest else 0
    return f"{turned}-{hour}-{now:%Y%m%d}"


def _adopt(found: str) -> None:
    """From now on this process serves that state, and so does the server in front of it."""
    global _known, _era
    with _lock:
        _known, _era = found, object()
        _memory.clear()
    folder = root() / found
    try:
        _throw_away_of_another_boot(folder)
        if settings.READER_ACCESS == "public":
            _point(folder)
        else:  # it was public once: the server in front shall find nothing
            (Path(settings.PAGES_ROOT) / "live").unlink(missing_ok=True)
        _sweep(folder)
    except OSError:
        logger.exception("The store of pages cannot be written: %s", folder)


def _throw_away_of_another_boot(folder: Path) -> None:
    """Makes the folder of a state, empty if the machine was started since: what it wrote before it
    went down may be torn, and a server in front sees no sums.
    """
    boot = _THIS_BOOT.read_text() if _THIS_BOOT.exists() else ""
    noted = folder / _BOOT
    if folder.is_dir() and not (noted.is_file() and noted.read_text() == boot):
        shutil.rmtree(folder, ignore_errors=True)
    if folder.is_dir():
        return
    beside = folder.with_name(f"{folder.name}.{uuid.uuid4().hex}")
    beside.mkdir(parents=True)
    (beside / _BOOT).write_text(boot)
    try:
        beside.rename(folder)
    except OSError:  # another process was faster
        shutil.rmtree(beside, ignore_errors=True)
        if not folder.is_dir():
            raise


def _point(folder: Path) -> None:
    """`live` leads to this state from one moment to the next."""
    live = Path(settings.PAGES_ROOT) / "live"
    beside = live.with_name(f"live.{uuid.uuid4().hex}")
    beside.symlink_to(folder.relative_to(live.parent))
    beside.replace(live)


def _sweep(kept: Path) -> None:
    """Removes earlier states of this program, but for the last: slower processes still read it. And
    what programs left behind that have not stored a page for a day.
    """
    others = [each for each in kept.parent.iterdir() if each != kept and each.is_dir()]
    gone = sorted(others, key=lambda folder: folder.stat().st_mtime)[:-1]
    for program in kept.parent.parent.iterdir():
        is_other = program != kept.parent and program.is_dir() and not program.is_symlink()
        if is_other and program.stat().st_mtime < time.time() - _A_DAY:
            gone.append(program)
    for each in gone:
        shutil.rmtree(each, ignore_errors=True)


def root() -> Path:
    return Path(settings.PAGES_ROOT) / program()


@cache
def program() -> str:
    """What pages are made with, as a name: two versions beside each other share no page."""
    told = hashlib.sha256()
    for name in ("templates", "issues", "articles", "servicejournal"):
        for path in sorted((settings.BASE_DIR / name).rglob("*")):
            if path.suffix in (".html", ".py"):
                told.update(path.read_bytes())
    told.update(json.dumps(getattr(staticfiles_storage, "hashed_files", {})).encode())
    told.update(
        f"{settings.READER_ACCESS} {settings.INDEXED} {settings.SITE_URL} {settings.HTTPS}".encode()
    )
    return told.hexdigest()[:12]


def at_hand(name: str) -> Stored | None:
    """The page of that name that this process serves at this moment, without a look at database or
    files; None where that is not known.
    """
    return _memory.get((_known, name)) if time.monotonic() < _ask_again else None


def get(found: str, name: str) -> Stored | None:
    """The page of that name in this state; None where it is not there (any more)."""
    if stored := _memory.get((found, name)):
        return stored
    path = root() / found / name
    try:
        told = json.loads(path.with_name(f"{path.name}.json").read_bytes())
        bodies = {"": path.read_bytes()}
        for encoding, suffix in _PACKED.items():
            bodies[encoding] = path.with_name(path.name + suffix).read_bytes()
        if told.pop("sums") != _sums(bodies):  # torn: the machine went down while it was written
            return None
        stored = Stored(bodies=bodies, **told)
    except (OSError, ValueError, TypeError, LookupError, AttributeError):
        return None
    return _remembered(found, name, stored)


def put(
    found: str, name: str, body: bytes, headers: dict[str, str], *, waited_for: bool = True
) -> Stored:
    """Stores a page in the state that it was rendered in. Each file is there whole or not at all.

    A store that cannot be written (a full disk, no right) costs time, never a page.
    """
    bodies = {"": body, **_packed(body, headers.get("Content-Type", ""), waited_for=waited_for)}
    stored = Stored(_etag(body), int(time.time()), headers, bodies)
    path = f"{root()}/{found}/{name}"
    told = {"etag": stored.etag, "modified": stored.modified, "headers": headers}
    told["sums"] = _sums(bodies)
    try:
        if not os.path.isdir(f"{root()}/{found}"):  # thrown away meanwhile, or another state stands
            return stored
        os.makedirs(os.path.dirname(path), exist_ok=True)
        for encoding, suffix in _PACKED.items():
            _write(path + suffix, bodies[encoding])
        _write(f"{path}.json", json.dumps(told).encode())
        _write(path, body)
    except OSError:
        logger.warning("A page could not be stored: %s", path, exc_info=True)
        return stored
    return _remembered(found, name, stored)


def _packed(body: bytes, kind: str, *, waited_for: bool) -> dict[str, bytes]:
    ways = dict(_QUICKLY if waited_for else PACKED_WELL)
    if kind.startswith(_DRAWING):
        ways["br"] = lambda data: brotli.compress(data, quality=10)
    return {encoding: pack(body) for encoding, pack in ways.items()}


def claim(found: str) -> bool:
    """Whether this process is the first to ask, of all that share the store."""
    try:
        (root() / found / _CLAIM).touch(exist_ok=False)
    except OSError:  # it is taken, or nothing can be stored
        return False
    return True


def note(found: str, told: dict[str, bool]) -> None:
    """Leaves word for the state that comes after this one (`note_before`)."""
    _write(f"{root()}/{found}/{_NOTE}", json.dumps(told).encode())


def note_before(found: str) -> dict[str, bool]:
    """What the latest other state of this program left word of; nothing where none did."""
    notes = [each for each in root().glob(f"*/{_NOTE}") if each.parent.name != found]
    for latest in sorted(notes, key=lambda each: each.stat().st_mtime)[-1:]:
        told: dict[str, bool] = json.loads(latest.read_bytes())
        return told
    return {}


def forget_page(found: str, name: str) -> None:
    """One page; the next reader has it rendered."""
    with _lock:
        _memory.pop((found, name), None)
    path = root() / found / name
    for suffix in ("", ".json", *_PACKED.values()):
        path.with_name(path.name + suffix).unlink(missing_ok=True)


def throw_away() -> None:
    """All of it; the next reader of each page has it rendered."""
    global _ask_again
    with _lock:
        _memory.clear()
    for folder in Path(settings.PAGES_ROOT).glob("*"):
        if folder.is_dir() and not folder.is_symlink():
            shutil.rmtree(folder, ignore_errors=True)
    forget()


def forget() -> None:
    """The next question for the state is asked of the database."""
    global _known, _era, _ask_again
    _known, _era, _ask_again = "", object(), 0.0


def _remembered(found: str, name: str, stored: Stored) -> Stored:
    with _lock:
        if found == _known:
            while len(_memory) >= _AT_HAND:
                del _memory[next(iter(_memory))]
            _memory[found, name] = stored
    return stored


def _sums(bodies: dict[str, bytes]) -> dict[str, str]:
    """By which a file that is not whole is known."""
    return {encoding: hashlib.sha256(body).hexdigest() for encoding, body in bodies.items()}


def _etag(body: bytes) -> str:
    return f'W/"{hashlib.sha256(body).hexdigest()[:20]}"'


def _write(path: str, data: bytes) -> None:
    """By the plain calls: of a page that is rendered afresh, paths as objects are a twentieth."""
    beside = f"{path}.{uuid.uuid4().hex}"
    written = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o666)
    with open(written, "wb", buffering=0) as file:
        file.write(data)
    os.replace(beside, path)
