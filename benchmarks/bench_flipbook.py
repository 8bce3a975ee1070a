"""The pages of a printed issue as pictures and words, and the bytes a reader loads: `make bench`.

An issue of 30 articles (`bench_exports`): seconds for all its pages, one process after the other
and as the flipbook makes them, the memory of a process, and kilobytes a page at each width. Then
the newest issue of the demo: what a browser on a phone (2x) or a desktop loads before the first
page stands, and the two pages beside it.
"""

import gzip
import os
import resource
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from statistics import median
from time import perf_counter

sys.path.insert(0, str(Path(__file__).parent.parent))
os.environ["TASK_QUEUE"] = "immediate"  # the demo's pages are made with it

import bench_exports
import django

django.setup()

from django.contrib.staticfiles import finders  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.test import Client  # noqa: E402

from issues.demo import fill  # noqa: E402
from issues.exports import pages, pdf  # noqa: E402
from issues.making import page_making  # noqa: E402
from issues.models import Issue  # noqa: E402

#: What the page of the flipbook links and imports.
STATIC = (
    "css/tokens.css",
    "css/base.css",
    "css/flipbook.css",
    "css/print.css",
    "js/before-paint.js",
    "js/flipbook.mjs",
    "js/flipbook-closer.mjs",
)


def draw(data: bytes) -> list[pages.Sheet]:
    """All pages, twice: one process at a time, and as the flipbook does it."""
    start = perf_counter()
    count = pages.look_at(data).pages
    print(f"{count} pages, {len(data) / 1e6:.1f} MB; looked at in {perf_counter() - start:.2f} s")
    size = page_making.BATCH
    batches = [range(at, min(at + size, count + 1)) for at in range(1, count + 1, size)]
    for processes in (1, page_making.AT_ONCE):
        start = perf_counter()
        with ThreadPoolExecutor(processes) as pool:
            made = list(pool.map(partial(pages.photograph, data), batches))
        took = perf_counter() - start
        print(f"{processes} at once: {took:6.2f} s, {took / count * 1000:4.0f} ms a page")
    return [sheet for batch in made for sheet in batch]


def memory_of(data: bytes) -> None:
    """Of one process that draws a batch; asked in a process that started no other."""
    with tempfile.NamedTemporaryFile(suffix=".pdf") as file:
        file.write(data)
        file.flush()
        subprocess.run([sys.executable, __file__, file.name], check=True)  # noqa: S603  this file


def draw_a_batch(path: str) -> None:
    pages.photograph(Path(path).read_bytes(), range(1, page_making.BATCH + 1))
    used = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    print(f"one process, {page_making.BATCH} pages: {used:.0f} MB")


def first_page_of_the_demo() -> None:
    call_command("migrate", verbosity=0)
    fill.fill(lambda line: None)
    call_command("collectstatic", interactive=False, verbosity=0)
    issue = Issue.objects.published().newest_first().first()
    client = Client(headers={"host": "127.0.0.1", "accept-encoding": "gzip"})
    markup = len(client.get(f"{issue.get_absolute_url()}read/").content)
    sources = [Path(finders.find(name)).read_bytes() for name in STATIC]
    static = sum(len(gzip.compress(source)) for source in sources)
    for width, screen in ((800, "390 at 2x, 1280 at 1x"), (1200, "390 at 3x, 1280 at 2x")):
        first, *near = [size_of(issue, number, width) for number in (1, 2, 3)]
        total = (markup + static + first) / 1000
        print(
            f"first page of {issue} ({screen}): {total:.0f} kB"
            f" ({markup / 1000:.0f} words, {static / 1000:.0f} styles and scripts,"
            f" {first / 1000:.0f} picture); the next two {sum(near) / 1000:.0f} kB"
        )


def size_of(issue: Issue, number: int, width: int) -> int:
    page = issue.standing.pages.get(number=number)
    return page.edition.pdf.storage.size(page.file(width))


def main() -> None:
    data = pdf.render(*bench_exports.an_issue(30), pdf.fonts.find()).data
    sheets = draw(data)
    memory_of(data)
    for width in pages.WIDTHS:
        sizes = [len(sheet.pictures[width]) / 1000 for sheet in sheets]
        print(f"{width:5} pixels: median {median(sizes):4.0f} kB, largest {max(sizes):4.0f} kB")
    first_page_of_the_demo()


if __name__ == "__main__":
    if len(sys.argv) == 2:
        draw_a_batch(sys.argv[1])
    else:
        main()
