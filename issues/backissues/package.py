"""An archive (`exports/archive.py`) read back: a zip in, checked data out. Pure, nothing stored.

The zip is hostile until every file is the one that its manifest names. Sizes are read from its
directory first; Python inflates no more than the directory says. No name in it is ever a path here.
"""

import hashlib
import json
import os
import re
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from io import BufferedReader
from typing import IO, Any, cast
from zipfile import ZipFile, ZipInfo

from issues import facts
from issues.exports import archive, checked_json
from issues.exports.shape import Book, BookEdition, BookPicture

#: The zip itself; unpacked, all together and what is parsed; how many times smaller a file may be.
MAX_BYTES = 200 * 1024 * 1024
MAX_UNPACKED = 600 * 1024 * 1024
MAX_JSON = 40 * 1024 * 1024
MAX_RATIO, DULL = 100, 1024 * 1024
MAX_ENTRIES = 5_000
MAX_DIRECTORY = 1024 * 1024
MAX_EDITION = 9_999

TOO_LARGE = "存档超过 200 MB，不像是一期刊物，请检查后再选。"
_NO_ARCHIVE = "这个压缩包不是本系统导出的存档，请选用“存档”格式导出的 .zip 文件。"
_BROKEN = "存档不完整，打不开，请重新拷贝一份再试。"
_TOO_MUCH = "存档解开以后太大，不像是一期刊物，没有导入。"
_PLAIN_WAYS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_NAME = re.compile(r"[A-Za-z0-9_-][A-Za-z0-9._-]*(?:/[A-Za-z0-9_-][A-Za-z0-9._-]*)*")
_SUM = re.compile(r"([0-9a-f]{64})  (.+)")
_TOKEN = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_COVER = re.compile(r"cover\.(?:svg|jpg|png|webp)")
_PICTURE = re.compile(r"cover-picture\.(?:jpg|png|webp)")
_CHUNK = 1024 * 1024
#: A zip ends with a record of 22 bytes, and a comment of at most 65,535.
_TAIL = 22 + 65_535


class NotAnArchive(ValueError):
    """The file is not taken; the message (Chinese) says why."""


@dataclass(frozen=True, slots=True)
class Package:
    """All that an archive holds; `cover` is the name of an uploaded one, "" for a drawn one."""

    sha256: str  # of the zip
    book: Book
    edition: BookEdition
    cover: str
    cover_picture: str  # the name of the one in a drawn cover, "" without
    worn: dict[str, str]  # what an editor chose of the cover, and who made the issue
    zip: ZipFile

    @property
    def digest(self) -> str:
        return archive.digest(self.book)

    def read(self, name: str) -> bytes:
        """The bytes of a file; none where there is no such file."""
        return self.zip.read(name) if name in self.zip.namelist() else b""

    def picture(self, picture: BookPicture) -> bytes:
        return self.zip.read(archive.name_of(picture))


def unpack(file: IO[bytes]) -> Package:
    """Looks at every byte once; pictures stay in the file until they are asked for.

    Raises `NotAnArchive`.
    """
    _check_directory(file)
    file.seek(0)
    sha256 = hashlib.file_digest(cast(BufferedReader, file), "sha256").hexdigest()
    try:
        return _unpacked(ZipFile(file), sha256)
    except checked_json.WrongShape as error:
        raise NotAnArchive(f"存档里的数据不对：{error}") from error
    except (zipfile.BadZipFile, EOFError, NotImplementedError, OSError, zlib.error) as error:
        raise NotAnArchive(_BROKEN) from error


def _unpacked(file: ZipFile, sha256: str) -> Package:
    _check_entries(file.infolist())
    _check_sums(file)
    book = checked_json.of(Book, _data(file, archive.ISSUE))
    edition = checked_json.of(BookEdition, _data(file, archive.EDITION))
    face = _data(file, archive.FACE)
    cover = face.get("cover")
    if not isinstance(cover, str) or not _COVER.fullmatch(cover) or cover not in file.namelist():
        raise NotAnArchive("存档里的数据不对：face.json 的“cover”应该是存档里的封面文件。")
    _check_book(book, file)
    _check_edition(edition, book, file)
    uploaded = "" if cover.endswith(".svg") else cover
    picture = face.get("cover_picture", "")
    if picture and (not isinstance(picture, str) or not _PICTURE.fullmatch(picture)
                    or picture not in file.namelist()):  # fmt: skip
        raise NotAnArchive("存档里的数据不对：face.json 的“cover_picture”应该是存档里的图片文件。")
    return Package(sha256, book, edition, uploaded, picture, _worn(face), file)


def _worn(face: dict[str, Any]) -> dict[str, str]:
    """An older archive tells less of it."""
    told = {name: face.get(name, "") for name in facts.WORN}
    for name, value in told.items():
        if not isinstance(value, str):
            raise NotAnArchive(f"存档里的数据不对：face.json 的“{name}”应该是文字。")
    return told


def _check_directory(file: IO[bytes]) -> None:
    """Python reads the whole directory before it can be asked how long it is."""
    size = file.seek(0, os.SEEK_END)
    start = file.seek(max(0, size - _TAIL))
    tail = file.read()
    at = tail.rfind(b"PK\x05\x06")
    if at < 0 or len(tail) < at + 22 or size - start != len(tail):
        raise NotAnArchive(_BROKEN)
    length = int.from_bytes(tail[at + 12 : at + 16], "little")
    if length > MAX_DIRECTORY or tail[at - 20 : at].startswith(b"PK\x06\x07"):
        raise NotAnArchive(_TOO_MUCH)


def _check_entries(entries: list[ZipInfo]) -> None:
    names = Counter(entry.filename for entry in entries)
    if len(entries) > MAX_ENTRIES or sum(entry.file_size for entry in entries) > MAX_UNPACKED:
        raise NotAnArchive(_TOO_MUCH)
    if not {archive.ISSUE, archive.MANIFEST} <= set(names):
        raise NotAnArchive(_NO_ARCHIVE)
    for entry in entries:
        if not _NAME.fullmatch(entry.filename) or names[entry.filename] > 1:
            raise NotAnArchive(f"存档里有不该有的文件名“{entry.filename[:60]}”，没有导入。")
        if entry.flag_bits & 1 or entry.compress_type not in _PLAIN_WAYS:
            raise NotAnArchive("存档被别的软件重新打包过，打不开，请选用原来的 .zip 文件。")
        if entry.file_size > max(DULL, MAX_RATIO * entry.compress_size):
            raise NotAnArchive(_TOO_MUCH)
        if entry.filename.endswith((".json", ".txt")) and entry.file_size > MAX_JSON:
            raise NotAnArchive(_TOO_MUCH)


def _check_sums(file: ZipFile) -> None:
    told = dict(_sums(file))
    there = set(file.namelist()) - {archive.MANIFEST}
    if missing := sorted(set(told) - there):
        raise NotAnArchive(f"存档缺少文件“{missing[0][:60]}”，请重新拷贝一份再试。")
    if strange := sorted(there - set(told)):
        raise NotAnArchive(f"存档里的“{strange[0]}”不在 sha256.txt 里，没有导入。")
    for name, sha256 in told.items():
        if _sum_of(file, name) != sha256:
            raise NotAnArchive(f"存档里的“{name}”与 sha256.txt 记的不一样，可能被改过或已损坏。")


def _sums(file: ZipFile) -> Iterator[tuple[str, str]]:
    for row in file.read(archive.MANIFEST).decode(errors="replace").splitlines():
        match = _SUM.fullmatch(row)
        if match is None:
            raise NotAnArchive("存档里的 sha256.txt 读不懂，请选用原来的 .zip 文件。")
        yield match[2], match[1]


def _sum_of(file: ZipFile, name: str) -> str:
    whole = hashlib.sha256()
    with file.open(name) as part:
        while chunk := part.read(_CHUNK):
            whole.update(chunk)
    return whole.hexdigest()


def _data(file: ZipFile, name: str) -> dict[str, Any]:
    """A JSON file without its format, which must be ours."""
    try:
        data = json.loads(file.read(name))
    except KeyError as error:
        raise NotAnArchive(f"存档缺少文件“{name}”，请重新拷贝一份再试。") from error
    except (ValueError, RecursionError) as error:
        raise NotAnArchive(f"存档里的 {name} 读不懂，没有导入。") from error
    if not isinstance(data, dict):
        raise NotAnArchive(f"存档里的 {name} 读不懂，没有导入。")
    known = (archive.FORMAT, archive.OF_KINDS) if name == archive.ISSUE else (archive.FORMAT,)
    if data.pop("format", None) not in known:
        raise NotAnArchive(f"存档里的 {name} 是本系统不认得的格式，请用更新的版本导入。")
    return data


def _check_book(book: Book, file: ZipFile) -> None:
    """What the shape alone does not say."""
    slugs = [part.slug for part in book.sections]
    if len(slugs) > len(set(slugs)):
        raise NotAnArchive("存档里的数据不对：“sections”里有两个栏目同名。")
    seen: set[str] = set()
    for at, article in enumerate(book.articles):
        if article.section not in slugs:
            raise NotAnArchive(f"存档里的数据不对：“articles[{at}].section”不在“sections”里。")
        for number, picture in enumerate(article.pictures):
            where = f"articles[{at}].pictures[{number}]"
            if not _TOKEN.fullmatch(picture.token) or picture.token in seen:
                raise NotAnArchive(f"存档里的数据不对：“{where}.token”不对，或与别的图片相同。")
            seen.add(picture.token)
            _check_picture(picture, where, file)
    leads = [article.lead for article in book.articles if article.lead is not None]
    if not set(leads) <= {1, 2} or len(leads) > len(set(leads)):
        raise NotAnArchive("存档里的数据不对：“lead”只有一个 1（头条）和一个 2（次条）。")


def _check_picture(picture: BookPicture, where: str, file: ZipFile) -> None:
    name = archive.name_of(picture)
    if name not in file.namelist():
        raise NotAnArchive(f"存档缺少图片“{name[:80]}”（{where}），请重新拷贝一份再试。")
    if _sum_of(file, name) != picture.sha256:
        raise NotAnArchive(f"存档里的图片“{name}”与 issue.json 记的（{where}.sha256）不一样。")


def _check_edition(edition: BookEdition, book: Book, file: ZipFile) -> None:
    if edition.number is not None and not 1 <= edition.number <= MAX_EDITION:
        raise NotAnArchive("存档里的数据不对：edition.json 的“number”不是版次。")
    if (edition.number is None) != (edition.made_at is None):
        raise NotAnArchive("存档里的数据不对：edition.json 的“number”和“made_at”应同有同无。")
    for at, each in enumerate(edition.corrections):
        if not 0 <= each.article <= len(book.articles) or not 0 < len(each.reason.strip()) <= 300:
            raise NotAnArchive(f"存档里的数据不对：edition.json 的“corrections[{at}]”。")
    for name, beginning in ((archive.PDF, b"%PDF-"), (archive.EPUB, b"PK\x03\x04")):
        if name in file.namelist() and not _begins(file, name, beginning):
            raise NotAnArchive(f"存档里的 {name} 不是它的名字所说的文件，没有导入。")
    needed = archive.PDF if book.scan else archive.EPUB
    if needed not in file.namelist():
        raise NotAnArchive(f"存档缺少文件“{needed}”，请重新拷贝一份再试。")
    if book.scan and _sum_of(file, archive.PDF) != book.scan:
        raise NotAnArchive(f"存档里的 {archive.PDF} 与 issue.json 记的（scan）不一样。")


def _begins(file: ZipFile, name: str, beginning: bytes) -> bool:
    with file.open(name) as part:
        return part.read(len(beginning)) == beginning
