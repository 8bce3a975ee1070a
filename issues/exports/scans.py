"""What is kept of a PDF that an editor uploads as a back issue (过刊). Pure: bytes in, bytes out.

Readers get this file, so nothing in it may act: the pages alone go into a new document, without
scripts, forms, attachments and links. It is written in a process of its own, as pages are
(`python -m issues.exports.scans FOLDER`): FOLDER holds `issue.pdf`, and gets `scan.pdf`,
`cover.jpg` and `scan.json`.
"""

import hashlib
import json
import re
import resource
import sys
import tempfile
from dataclasses import dataclass
from io import BytesIO
from itertools import pairwise
from pathlib import Path

import pypdfium2
import pypdfium2.raw as pdfium

from servicejournal.certain import certain

from . import pages
from .pdf import press

#: Pages that are looked at for words: covers and full-page pictures come first.
_SAMPLE = 12
#: What a reader's program would act on; in another spelling it means nothing to any of them.
_ACTS = re.compile(
    rb"/(AA|Annots|JS|JavaScript|Launch|OpenAction|EmbeddedFiles?|RichMedia|AcroForm)\b"
)


@dataclass(frozen=True, slots=True)
class Scan:
    """`data` is what is kept; `titles` its bookmarks, `cover` (JPEG) and `words` its first page."""

    data: bytes
    pages: int
    titles: tuple[tuple[str, int], ...]
    has_words: bool
    cover: bytes
    words: str

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.data).hexdigest()


def read(data: bytes) -> Scan:
    """The pages and the bookmarks of an uploaded PDF. Raises `pages.NotReadable`."""
    facts = pages.look_at(data)
    with tempfile.TemporaryDirectory(prefix="scan-") as folder:
        told = pages.run(Path(folder), data, [], "scan.json", module="issues.exports.scans")
        kept, cover = ((Path(folder) / name).read_bytes() for name in ("scan.pdf", "cover.jpg"))
    return Scan(kept, facts.pages, facts.titles, told["letters"] > 0, cover, told["words"])


def file_of(sha256: str) -> str:
    """The name in the storage of the scan with that hash."""
    return f"scans/{sha256}.pdf"


def cover_of(sha256: str) -> str:
    """The name of its first page as a picture."""
    return f"scans/{sha256}.jpg"


def copied(document: pypdfium2.PdfDocument, titles: list[tuple[str, int]]) -> bytes:
    """A new file of the same pages, in which nothing acts, with these bookmarks."""
    for page in document:
        for at in reversed(range(pdfium.FPDFPage_GetAnnotCount(page))):
            pdfium.FPDFPage_RemoveAnnot(page, at)
    new = pypdfium2.PdfDocument.new()
    new.import_pages(document)
    out = BytesIO()
    new.save(out)
    return _with_bookmarks(_same_every_time(_quiet(out.getvalue())), titles)


def _quiet(written: bytes) -> bytes:
    """Of equal length, so that the table of places stays true."""
    out = bytearray(written)
    for start, end in pairwise([*sorted(_places(written).values()), _table(written)]):
        said = written[start:end]
        if not said.rstrip().endswith(b"endstream\r\nendobj"):
            out[start:end] = _ACTS.sub(lambda found: found[0].swapcase(), said)
    return bytes(out)


def _table(written: bytes) -> int:
    """Where the table of places begins; PDFium writes one, in the plain old form."""
    return int(re.findall(rb"startxref\s+(\d+)", written[-64:])[-1])


def _places(written: bytes) -> dict[int, int]:
    """Object number → where it stands."""
    places, number = {}, 0
    for line in written[_table(written) :].splitlines():
        words = line.split()
        if len(words) == 2 and all(word.isdigit() for word in words):
            number = int(words[0])
        elif len(words) == 3 and words[2] in (b"n", b"f"):
            if words[2] == b"n":
                places[number] = int(words[0])
            number += 1
    return places


def _same_every_time(written: bytes) -> bytes:
    """Without the second of its making and its random name: the same upload gives the same file."""
    tail = _table(written)
    ends = re.sub(rb"[0-9A-F]{32}", b"0" * 32, written[tail:])
    dated = re.compile(rb"/CreationDate\(D:\d{14}")
    return dated.sub(b"/CreationDate(D:19800101000000", written[:tail], count=1) + ends


def _with_bookmarks(written: bytes, titles: list[tuple[str, int]]) -> bytes:
    """Written behind the end, as PDF allows: PDFium itself writes none."""
    trailer = written[written.rindex(b"trailer") :]
    size = int(_told(rb"/Size (\d+)", trailer))
    root = int(_told(rb"/Root (\d+) 0 R", trailer))
    catalog = _object(written, root)
    tree = int(_told(rb"/Pages (\d+) 0 R", catalog))
    leaves = re.findall(rb"(\d+) 0 R", _told(rb"/Kids\[(.*?)\]", _object(written, tree)))
    marks = [(title, leaves[page - 1]) for title, page in titles if page <= len(leaves)]
    if not marks:
        return written
    objects = {root: catalog.rstrip()[:-2] + b"/Outlines %d 0 R>>" % size}
    objects |= _outline(marks, size)
    return _appended(written, objects, root)


def _told(expression: bytes, part: bytes) -> bytes:
    return certain(re.search(expression, part), "PDFium writes it into every file")[1]


def _object(written: bytes, number: int) -> bytes:
    place = _places(written)[number]
    return written[written.index(b"<<", place) : written.index(b"endobj", place)]


def _outline(marks: list[tuple[str, bytes]], number: int) -> dict[int, bytes]:
    last = number + len(marks)
    told = b"<</Type/Outlines/First %d 0 R/Last %d 0 R/Count %d>>"
    objects = {number: told % (number + 1, last, len(marks))}
    for at, (title, page) in enumerate(marks, start=number + 1):
        before = b"/Prev %d 0 R" % (at - 1) if at > number + 1 else b""
        after = b"/Next %d 0 R" % (at + 1) if at < last else b""
        words = ("\ufeff" + title).encode("utf-16-be", "replace").hex().encode()
        objects[at] = b"<</Title<%s>/Parent %d 0 R%s%s/Dest[%s 0 R/Fit]>>" % (
            words, number, before, after, page,
        )  # fmt: skip
    return objects


def _appended(written: bytes, objects: dict[int, bytes], root: int) -> bytes:
    out, table = bytearray(written), b"xref\r\n"
    for number, said in objects.items():
        table += b"%d 1\r\n%010d 00000 n\r\n" % (number, len(out))
        out += b"%d 0 obj\r\n%s\r\nendobj\r\n" % (number, said)
    told = b"trailer\r\n<</Root %d 0 R/Size %d/Prev %d>>\r\nstartxref\r\n%d\r\n%%%%EOF\r\n"
    return bytes(out + table + told % (root, max(objects) + 1, _table(written), len(out)))


def main(bench: Path) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (pages.MEMORY, pages.MEMORY))
    data = (bench / "issue.pdf").read_bytes()
    document = pypdfium2.PdfDocument(data)
    looked = range(min(_SAMPLE, len(document)))
    told = {
        "letters": sum(document[at].get_textpage().count_chars() for at in looked),
        "words": pages.flowing(document[0].get_textpage().get_text_range()),
    }
    (bench / "cover.jpg").write_bytes(press.first_page(data, pages.WIDTHS[-1]))
    (bench / "scan.pdf").write_bytes(copied(document, list(pages.titles(document))))
    (bench / "scan.json").write_text(json.dumps(told), "utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
