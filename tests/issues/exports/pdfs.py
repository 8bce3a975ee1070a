"""Small PDFs written by hand."""

from collections.abc import Sequence

#: What a reader's program would run: when the file opens, when a page does, when it is clicked.
OPENS = (
    "/OpenAction << /S /JavaScript /JS (app.alert\\(1\\)) >> /Names << /EmbeddedFiles << /Names "
    "[(x) << /Type /Filespec /F (x.exe) >>] >> >> /AcroForm << /Fields [] >>"
)
ACTS = (
    "/AA << /O << /S /JavaScript /JS (app.alert\\(2\\)) >> >> /Annots [<< /Type /Annot /Subtype "
    "/Link /Rect [0 0 500 500] /A << /S /Launch /F (calc.exe) >> >>]"
)


def a_pdf(
    words: Sequence[str],
    size: tuple[int, int] = (595, 842),
    *,
    marks: Sequence[tuple[str, int]] = (),
    acts: bool = False,
) -> bytes:
    """A page for each of these (Latin) words, in points; `marks` are bookmarks (title, page)."""
    pages = range(len(words))
    opens, does = (OPENS, ACTS) if acts else ("", "")
    objects = [
        f"<< /Type /Catalog /Pages 2 0 R /Outlines {4 + 2 * len(words)} 0 R {opens} >>".encode(),
        f"<< /Type /Pages /Count {len(words)} "
        f"/Kids [{' '.join(f'{4 + 2 * at} 0 R' for at in pages)}] >>".encode(),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    for at, word in enumerate(words):
        drawn = f"BT /F1 40 Tf 60 60 Td ({word}) Tj ET".encode()
        objects += [
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {size[0]} {size[1]}] "
            f"/Resources << /Font << /F1 3 0 R >> >> /Contents {5 + 2 * at} 0 R {does} >>".encode(),
            b"<< /Length %d >> stream\n%s\nendstream" % (len(drawn), drawn),
        ]
    return _file(objects + _outline(marks, len(objects) + 1))


def _outline(marks: Sequence[tuple[str, int]], number: int) -> list[bytes]:
    first, last = number + 1, number + len(marks)
    objects = [b"<< /First %d 0 R /Last %d 0 R >>" % (first, last) if marks else b"<< >>"]
    for at, (title, page) in enumerate(marks, start=first):
        following = f"/Next {at + 1} 0 R" if at < last else ""
        words = ("\ufeff" + title).encode("utf-16-be").hex()
        objects.append(
            f"<< /Title <{words}> /Parent {number} 0 R {following} "
            f"/Dest [{2 + 2 * page} 0 R /Fit] >>".encode()
        )
    return objects


def _file(objects: list[bytes]) -> bytes:
    out, places = b"%PDF-1.7\n", []
    for number, written in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj %s endobj\n" % (number, written)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    head = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    tail = b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF" % (
        len(objects) + 1,
        len(out),
    )
    return out + head + table + tail
