"""The pages of a printed issue as pictures and words, and the bytes a reader loads: `make bench`.

An issue of 30 articles (`bench_exports`). Prints seconds for all its pages, one process after the
other and as the flipbook makes them, and kilobytes a page at each width.
"""

import sys
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from statistics import median
from time import perf_counter

sys.path.insert(0, str(Path(__file__).parent.parent))

import bench_exports
import django

django.setup()

from issues import flipbook  # noqa: E402
from issues.exports import pages, pdf  # noqa: E402


def main() -> None:
    data = pdf.render(*bench_exports.an_issue(30), pdf.fonts.find()).data
    start = perf_counter()
    count = pages.look_at(data).pages
    print(f"{count} pages, {len(data) / 1e6:.1f} MB; looked at in {perf_counter() - start:.2f} s")
    size = flipbook.BATCH
    batches = [range(at, min(at + size, count + 1)) for at in range(1, count + 1, size)]
    for processes in (1, flipbook.AT_ONCE):
        start = perf_counter()
        with ThreadPoolExecutor(processes) as pool:
            made = list(pool.map(partial(pages.photograph, data), batches))
        took = perf_counter() - start
        print(f"{processes} at once: {took:6.2f} s, {took / count * 1000:4.0f} ms a page")
    sheets = [sheet for batch in made for sheet in batch]
    for width in pages.WIDTHS:
        sizes = [len(sheet.pictures[width]) / 1000 for sheet in sheets]
        print(f"{width:5} pixels: median {median(sizes):4.0f} kB, largest {max(sizes):4.0f} kB")


if __name__ == "__main__":
    main()
