"""The archive of an issue: one zip of documented JSON with its pictures, the same bytes every time.

`issue.json` is `Book` as it stands in `exports/book.py` (format 1); a picture with token T lies at
`pictures/T.SUFFIX`.
"""

import hashlib
import json
from collections.abc import Callable
from dataclasses import asdict
from io import BytesIO
from pathlib import PurePosixPath
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from .shape import Book, BookPicture

FORMAT = 1


def to_json(book: Book) -> bytes:
    """Canonical JSON: keys sorted, UTF-8, dates as YYYY-MM-DD."""
    data = {"format": FORMAT, **asdict(book)}
    if not book.scan:  # what was signed off before there were scans keeps its digest
        del data["scan"]
    return json.dumps(data, ensure_ascii=False, sort_keys=True, indent=1, default=str).encode()


def digest(book: Book) -> str:
    """SHA-256 (hex) of all that the issue says and shows; pictures through their own SHA-256."""
    return hashlib.sha256(to_json(book)).hexdigest()


def render(book: Book, read: Callable[[BookPicture], bytes]) -> bytes:
    """The zip. `read` gives a picture's bytes."""
    out = BytesIO()
    with ZipFile(out, "w") as archive:
        _add(archive, "issue.json", to_json(book), ZIP_DEFLATED)
        pictures = {pic.token: pic for article in book.articles for pic in article.pictures}
        for token, picture in sorted(pictures.items()):
            suffix = PurePosixPath(picture.file).suffix
            _add(archive, f"pictures/{token}{suffix}", read(picture), ZIP_STORED)
    return out.getvalue()


def _add(archive: ZipFile, name: str, data: bytes, compression: int) -> None:
    entry = ZipInfo(name)  # its date is 1980-01-01: the same issue gives the same bytes
    entry.external_attr = 0o644 << 16
    entry.compress_type = compression
    archive.writestr(entry, data)
