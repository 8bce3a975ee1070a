"""Every output of one issue: time, memory and size, at 10, 30, 60 and 100 articles.

    make bench, or .venv/bin/python benchmarks/bench_exports.py

Texts of 2,700 characters, a picture in every second article, a table in every fifth. Each output
is made in a process of its own, so that its memory is its own, twice.
"""

import os
import resource
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from io import BytesIO
from pathlib import Path
from time import perf_counter
from uuid import UUID

sys.path.insert(0, str(Path(__file__).parent.parent))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "servicejournal.settings")

COUNTS = (10, 30, 60, 100)
SECTIONS = 10


def measure(kind: str, count: int) -> None:
    """One line of figures; runs in the process of its own."""
    import django

    django.setup()
    from issues.exports import pdf

    pdf.fonts.find()
    make, given = _makers()[kind], an_issue(count)
    before = _memory()
    times, worked = [], _worked()
    for _ in range(2):
        start = perf_counter()
        data = make(*given)
        times.append(perf_counter() - start)
    print(
        f"{kind:11} {count:4} articles  first {times[0]:6.2f} s  again {times[1]:6.2f} s"
        f"  processor {(_worked() - worked) / 2:6.2f} s"
        f"  {len(data) / 1e6:6.2f} MB  memory {_memory():4.0f} MB ({before:.0f} before)"
        f"  load {os.getloadavg()[0]:.1f}"
    )


def _worked() -> float:
    """Seconds of the processor, of this process and those that it started."""
    told = os.times()
    return told.user + told.system + told.children_user + told.children_system


def _memory() -> float:
    """The most that the process or one that it started ever had, in MB."""
    kinds = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    return max(resource.getrusage(kind).ru_maxrss for kind in kinds) / 1024


def _makers() -> dict[str, Callable]:
    from issues.exports import archive, epub, offline, pdf
    from issues.exports.shape import BookEdition
    from issues.exports.wechat import parcel

    def printed(book, face, read, **options):
        return pdf.render(book, face, read, pdf.fonts.find(), **options).data

    def whole(book, face, read):
        made = {"pdf": printed(book, face, read), "epub": epub.render(book, face, read)}
        archive.write(
            out := BytesIO(), book, face, BookEdition(), read, copy=offline.render, **made
        )
        return out.getvalue()

    return {
        "pdf": printed,
        "for printer": lambda *given: printed(*given, paper="16k", for_printer=True),
        "epub": epub.render,
        "wechat": lambda *given: parcel.whole(*given, theme="cinnabar"),
        "archive": whole,
    }


def an_issue(count: int) -> tuple:
    """A book of so many articles, its face, and its one picture under every name."""
    from issues import covers
    from issues.exports.book import Book, BookSection, Face

    sections = tuple(
        BookSection(f"section-{n}", f"第{n}个栏目", f"Section {n}", False) for n in range(SECTIONS)
    )
    facts = covers.CoverFacts("服务文化专刊", "Service culture", 2026, 4, 64, ("要目一",), "口号")
    palette = covers.palette_of(facts)
    colours = (palette.ground, palette.ink, palette.seal, palette.seal_ink)
    face = Face(facts.name, facts.name_en, "", covers.draw(facts), "", *colours)
    articles = tuple(_article(n, sections[n * SECTIONS // count].slug) for n in range(count))
    told = ("一期的主题", "一句导语。", ("要目一",), "口号", "编印单位", "", "", "")
    picture = _picture()
    return (
        Book(2026, 4, 64, date(2026, 8, 21), *told, sections, articles),
        face,
        lambda name: picture,
    )


def _article(number: int, section: str):
    from issues.exports.book import BookArticle, BookAuthor, BookPicture

    sentence = f"第{number}篇：傍晚，队伍散了，值班的人把雨伞一把一把收起来，数到第七把，停住了。"
    paragraphs = [f"<p>{sentence * 4}</p>" for _ in range(18)]
    picture = BookPicture(str(UUID(int=number + 1)), "picture.jpg", "0" * 64, 2000, 1333)
    pictures = (picture,) if number % 2 else ()
    if pictures:
        image = f'<img src="/pictures/{picture.token}/" alt="雨伞">'
        paragraphs.insert(5, f"<figure>{image}<figcaption>雨伞</figcaption></figure>")
    if number % 5 == 0:
        row = "<tr><td>甲</td><td>1</td><td>2</td><td>3</td></tr>"
        paragraphs.insert(9, f"<table>{row * 12}</table>")
    by = (BookAuthor("高志远", "东岭支行"),)
    return BookArticle(section, "", f"第{number}篇文章", "", by, "".join(paragraphs), pictures)


def _picture() -> bytes:
    from PIL import Image

    out = BytesIO()
    Image.effect_noise((2000, 1333), 40).convert("RGB").save(out, "JPEG", quality=60)
    return out.getvalue()


def main() -> None:
    """Each figure from a process of its own."""
    for kind in ("pdf", "for printer", "epub", "wechat", "archive"):
        for count in COUNTS:
            command = [sys.executable, __file__, kind, str(count)]
            subprocess.run(command, check=True)  # noqa: S603  this file itself


if __name__ == "__main__":
    if len(sys.argv) == 3:
        measure(sys.argv[1], int(sys.argv[2]))
    else:
        main()
