"""A Word file of ten pages with ten photographs: reading it, storing its pictures; and the guard on
files that are made to cost much. Time is the best of three; memory is the peak of a child process
above what it needs to start.
"""

import contextlib
import io
import multiprocessing
import os
import re
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent.parent))

from PIL import Image

from articles import word
from articles.word.parts import guard
from tests.articles.docx import docx, p, picture, r, table, title

LINE = "柜台里外，听见的是同一件小事，写下来就不会忘。"
PAGES = 10


def a_photograph(seed: int) -> bytes:
    """Twelve million pixels with the grain of a camera: some 2 MB, as phones send them."""
    grain = Image.effect_noise((1000, 750), 12 + seed).resize((4000, 3000))
    tint = Image.new("L", grain.size, 90 + 10 * seed)
    out = io.BytesIO()
    Image.merge("RGB", (grain, tint, grain)).save(out, "JPEG", quality=80)
    return out.getvalue()


def ten_pages(photographs: dict[str, bytes]) -> bytes:
    """Some 800 characters a page, a heading, a table and a photograph on each."""
    body = [title("雨天的伞"), p("◎南湖支行 沈一鸣", align="center")]
    for number, name in enumerate(photographs or map(str, range(PAGES)), start=1):
        body += [p(f"（{'一二三四五六七八九十'[number - 1]}）先问来意", bold=True)]
        body += [p("　　" + LINE * 5) for _ in range(7)]
        body += [table(["网点", "人数"], *([f"第{row}个", str(row)] for row in range(5)))]
        body += [p(picture(name)), p(f"图{number} 伞架", align="center")] if photographs else []
    return docx(*body, media=photographs)


BOMBS: dict[str, Callable[[], bytes]] = {
    "one byte, 24 MB of it": lambda: _with(b"<a>" + b"x" * 24_000_000 + b"</a>"),
    "24 MB of elements that shrink well": lambda: _with(
        b"<a>" + b"".join(b"<b%d/>" % (n % 5000) for n in range(3_000_000)) + b"</a>"
    ),
    "as many elements as are let through": lambda: _with(
        b"<a>" + b"".join(b"<b%d/>" % n for n in range(guard.MAX_ELEMENTS - 20)) + b"</a>"
    ),
    "entities": lambda: _with(b'<!DOCTYPE a [<!ENTITY b "bb">]><a>&b;</a>'),
    "8 GB promised": lambda: _promised(8),
    "200,000 levels": lambda: _with(b"<b>" * 200_000 + b"</b>" * 200_000),
}


def as_much_as_is_let_through() -> bytes:
    """Runs that look different, so that none can be joined to the next."""
    return docx(*(p(r(f"{n}"), r("字", bold=True)) for n in range(guard.MAX_READ // 12)))


def _with(document: bytes) -> bytes:
    return docx(p("字"), parts={"word/document.xml": document})


def _promised(gigabytes: int) -> bytes:
    """One entry of 50 MB, which the directory names again and again."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("[Content_Types].xml", "<a/>")
        file.writestr("word/media/0.bmp", bytes(50 * 1024 * 1024))
        file.filelist += [file.filelist[-1]] * (gigabytes * 20)
    return out.getvalue()


def _measured(work: Callable[[bytes], object], data: bytes) -> tuple[float, float]:
    """(seconds, MB above the start) in a fresh process, which has nothing else in its memory."""
    processes = multiprocessing.get_context("spawn")
    here, there = processes.Pipe()
    process = processes.Process(target=_in_a_child, args=(there, work, data))
    process.start()
    result = here.recv()
    process.join()
    return result


def _in_a_child(there: Any, work: Callable[[bytes], object], data: bytes) -> None:
    if work is bring_in:
        import django

        django.setup()
    before = _peak()
    start = time.perf_counter()
    with contextlib.suppress(word.WordRefused):
        work(data)
    seconds = time.perf_counter() - start
    there.send((seconds, _peak() - before))


def _peak() -> float:
    """MB of memory at the most, by Linux. `ru_maxrss` would count what the parent had."""
    status = Path("/proc/self/status").read_text()
    return int(re.search(r"VmHWM:\s+(\d+)", status)[1]) / 1024


def report(name: str, work: Callable[[bytes], object], data: bytes) -> None:
    runs = [_measured(work, data) for _ in range(3)]
    seconds, memory = min(run[0] for run in runs), max(run[1] for run in runs)
    print(f"{name:44} {seconds * 1000:9.1f} ms {memory:8.1f} MB  {len(data) / 1024:9,.0f} kB")


def bring_in(data: bytes) -> None:
    """With everything that the form does: pictures re-encoded and stored, the original kept."""
    from django.core.files.uploadedfile import SimpleUploadedFile

    from articles.writing import word_files
    from servicejournal.models import User

    user = User.objects.get_or_create(username="bench", defaults={"name": "沈一鸣"})[0]
    word_files.bring_in(SimpleUploadedFile("稿件.docx", data), by=user)


def set_up(folder: str) -> None:
    """An empty journal of its own, on SQLite, that nobody else sees."""
    os.environ |= {
        "SECRET_KEY": "for-this-benchmark-alone-0123456789-0123456789-0123456789",
        "DATABASE_URL": f"sqlite:///{folder}/db.sqlite3",
        "MEDIA_ROOT": folder,
        "HTTPS": "off",
        "DJANGO_SETTINGS_MODULE": "servicejournal.settings",
    }
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0)


def main() -> None:
    photographs = {f"{number}.jpg": a_photograph(number) for number in range(PAGES)}
    small = {f"{number}.jpg": _shrunk(data) for number, data in enumerate(photographs.values())}
    print(f"{'':44} {'time':>9}    {'memory':>8}     {'file':>9}")
    for name, pictures in (("without pictures", {}), ("with ten photographs", small)):
        data = ten_pages(pictures)
        report(f"guard, ten pages {name}", guard.check, data)
        report(f"read, ten pages {name}", word.read, data)
    for name, make in BOMBS.items():
        report(f"guard: {name}", guard.check, make())
    report("read: as much as is let through", word.read, as_much_as_is_let_through())
    with tempfile.TemporaryDirectory() as folder:
        set_up(folder)
        for name, pictures in (("2 million pixels each", small), ("12 million", photographs)):
            report(f"import and store, {name}", bring_in, ten_pages(pictures))


def _shrunk(data: bytes) -> bytes:
    """As Word stores them once it has compressed the pictures of a file."""
    image = Image.open(io.BytesIO(data))
    image.thumbnail((1650, 1650))
    out = io.BytesIO()
    image.save(out, "JPEG", quality=85)
    return out.getvalue()


if __name__ == "__main__":
    main()
