"""Files of issues that are gone, made again: from the archive of an edition, pages from its PDF.

An archive holds all that readers ever got of its issue, and its hash stands in the row. What it
gives back is put under the name that rows know, if it is what they say.
"""

import hashlib
from collections.abc import Iterable, Iterator
from io import BytesIO
from pathlib import PurePosixPath
from zipfile import BadZipFile, ZipFile

from django.core.files.storage import default_storage

from articles.models import Picture
from servicejournal import files
from servicejournal.backup import keeping
from servicejournal.backup.keeping import Claim

from ..exports import archive, outputs, pages
from ..models import Edition, Page
from . import page_making, posters


def register() -> None:
    keeping.register(
        Claim(
            "PDF、EPUB、图片和封面",
            names=names_of_covers,
            heal=heal_from_archives,
            is_beside=is_beside,
        )
    )
    keeping.register(Claim("翻页版面的期", names=names_of_pages, heal=heal_pages))
    keeping.register(Claim("长图", is_beside=posters.is_of_a_standing_edition))


def names_of_covers() -> Iterator[str]:
    """Those that readers hold; the desk may have put another one in their place."""
    worn = Edition.objects.standing().values_list("face__cover_file", "face__cover_picture")
    for names in worn:
        yield from filter(None, names)


def names_of_pages() -> Iterator[str]:
    for page in Page.objects.select_related("edition").defer("text", "lines").iterator():
        yield from map(page.file, pages.WIDTHS)


def is_beside(name: str, named: frozenset[str]) -> bool:
    """What is made of an uploaded cover or of its picture, and the first page of a scan."""
    path = PurePosixPath(name)
    if path.parts[0] == "covers" and len(path.suffixes) >= 2:
        stem = path.name.removesuffix("".join(path.suffixes))
        return any(each.startswith(f"covers/{stem}.") for each in named)
    return path.parts[0] == "scans" and str(path.with_suffix(".pdf")) in named


def heal_pages(missing: frozenset[str]) -> int:
    """Has the pages of editions made again that lack a picture; of how many editions."""
    lacking = [
        page
        for page in Page.objects.select_related("edition").defer("text", "lines")
        if not missing.isdisjoint(map(page.file, pages.WIDTHS))
    ]
    editions = {page.edition_id: page.edition for page in lacking}
    for edition in editions.values():
        page_making.make_lost(edition)
    return len(editions)


def heal_from_archives(missing: frozenset[str]) -> int:
    """How many files an archive gave back."""
    healed = 0
    for edition in Edition.objects.select_related("issue").order_by("-pk").iterator():
        wanted = dict(_wanted(edition, missing))
        if wanted:
            healed += sum(_given_back(edition, wanted))
    return healed


def _wanted(edition: Edition, missing: frozenset[str]) -> Iterator[tuple[str, tuple[str, str]]]:
    """Name in the storage → (name in the archive, SHA-256 or "")."""
    for name, member, sha256 in _parts(edition):
        if name in missing:
            yield name, (member, sha256)


def _parts(edition: Edition) -> Iterable[tuple[str, str, str]]:
    yield edition.pdf.name, archive.PDF, edition.pdf_sha256
    yield edition.epub.name, archive.EPUB, edition.epub_sha256
    if scan := edition.issue.scan.name:
        yield scan, archive.PDF, PurePosixPath(scan).stem
    if cover := edition.face.get("cover_file"):
        yield cover, f"cover{PurePosixPath(cover).suffix.lower()}", ""
    if picture := edition.face.get("cover_picture"):
        yield picture, f"cover-picture{PurePosixPath(picture).suffix}", ""
    shown = Picture.objects.filter(printings__printed__edition=edition)
    for name, token, sha256 in shown.values_list("file", "token", "sha256"):
        yield name, f"pictures/{token}{PurePosixPath(name).suffix}", sha256


def _given_back(edition: Edition, wanted: dict[str, tuple[str, str]]) -> Iterator[bool]:
    try:
        data = outputs.read(edition.archive.name)
        if hashlib.sha256(data).hexdigest() != edition.sha256:
            return
        with ZipFile(BytesIO(data)) as opened:
            for name, (member, sha256) in wanted.items():
                yield _put(opened, name, member, sha256)
    except (OSError, BadZipFile):
        return


def _put(opened: ZipFile, name: str, member: str, sha256: str) -> bool:
    if default_storage.exists(name) or member not in opened.namelist():
        return False
    data = opened.read(member)
    if sha256 and hashlib.sha256(data).hexdigest() != sha256:
        return False
    files.put(name, data)
    return True
