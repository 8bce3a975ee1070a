"""The archive of an issue: one zip that outlives this program, the same bytes every time. Pure.

For machines `issue.json` (a `Book` as it stands in `exports/shape.py`, format 1 or 2), `face.json`
and `edition.json`; for people a static copy that begins at `index.html`, the PDF and the EPUB; and
`sha256.txt` over all of it. A picture with token T lies at `pictures/T.SUFFIX`. Each field is
explained in `docs/archive.md`, which lies in the zip too, with the schema of `issue.json`.
"""

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, fields, is_dataclass
from datetime import date
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any, BinaryIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from issues import covers, numbering

from .shape import Book, BookEdition, BookPicture, Face

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

#: Draws the pages for people: name and bytes of each file.
Copy = Callable[..., Iterable[tuple[str, bytes]]]

#: A 合刊, a 增刊 or a 号外 is 2: a program that knows 1 alone would take it for another issue.
FORMAT, OF_KINDS = 1, 2
#: What explains it must last as long as it does: names in the zip.
DOCS = Path(__file__).parents[2] / "docs"
EXPLAINED = {"format.txt": "archive.md", "issue.schema.json": "issue.schema.json"}
ISSUE, FACE, EDITION = "issue.json", "face.json", "edition.json"
PDF, EPUB, MANIFEST = "issue.pdf", "issue.epub", "sha256.txt"
_OFFERED = {PDF: ("PDF", "印刷版式"), EPUB: ("EPUB", "电子书")}
_HOW = {PDF: "issue.pdf 是印刷版式，可以直接打印。", EPUB: "issue.epub 用电子书软件打开。"}
#: They lie beside it under names of their own.
_FILES = ("cover_svg", "cover_file", "cover_picture")
#: These are packed already.
_PACKED = frozenset({".jpg", ".png", ".epub", ".pdf"})
#: With a byte order mark and the line ends of Windows: the oldest Notepad reads it too.
_README = """\ufeff《{name}》{label} 存档

这里是一期刊物的全部：文字、图片、封面、PDF、EPUB，不依赖任何系统，将来也打得开。

怎样看
　　把压缩包整个解开，双击 index.html，用任何浏览器都能看，不用联网。
{files}
怎样核对
　　sha256.txt 记着每个文件的校验值。在解开的文件夹里运行 sha256sum -c sha256.txt，
　　每行都是 OK，就一个字也没有变。

怎样放回系统
　　不要解开，也不要改名重打包：在编辑后台“过刊导入”里上传这个 .zip，
　　或在服务器上运行 manage.py import_issue 这个文件.zip（加 --publish 就直接发布）。

给程序读的内容
　　issue.json 是全部文字和署名，pictures 里是原图，face.json 是刊头和封面的颜色，
　　edition.json 是版次和更正说明。每个字段的意思写在 format.txt 里（中英文），
　　issue.schema.json 可以用来校验 issue.json。
"""


def to_json(book: Book) -> bytes:
    """Canonical JSON: keys sorted, UTF-8, dates as YYYY-MM-DD.

    A field that has a default came later than others; where it says nothing it is left out, so that
    what was signed off before keeps its digest.
    """
    is_plain = book.kind == numbering.REGULAR and book.last_number is None
    facts = {name: _told(value) for name, value in _facts(book)}
    return _json(facts, FORMAT if is_plain else OF_KINDS)


def _facts(shape: "DataclassInstance") -> Iterator[tuple[str, Any]]:
    for field in fields(shape):
        value = getattr(shape, field.name)
        if value != field.default:
            yield field.name, value


def _told(value: Any) -> Any:
    if isinstance(value, tuple):
        return [_told(each) for each in value]
    if is_dataclass(value) and not isinstance(value, type):
        return {name: _told(each) for name, each in _facts(value)}
    return value


def _json(data: dict[str, Any], shape: int = FORMAT) -> bytes:
    whole = {"format": shape, **data}
    text = json.dumps(whole, ensure_ascii=False, sort_keys=True, indent=1, default=_iso)
    return text.encode()


def _iso(value: date) -> str:
    """Also of a moment, with its zone."""
    return value.isoformat()


def digest(book: Book) -> str:
    """SHA-256 (hex) of all that the issue says and shows; pictures through their own SHA-256."""
    return hashlib.sha256(to_json(book)).hexdigest()


def digest_with_cover(digest: str, face: Face) -> str:
    """SHA-256 (hex) of what somebody sees who is shown the issue: `digest` of what it says, and its
    cover.
    """
    seen = (digest, face.cover_svg, face.cover_file, face.cover_picture)
    return hashlib.sha256("\0".join(seen).encode()).hexdigest()


def name_of(picture: BookPicture) -> str:
    """Where a picture lies in the zip."""
    return f"pictures/{picture.token}{PurePosixPath(picture.file).suffix}"


def cover_of(face: Face) -> str:
    """Where the cover lies in the zip."""
    return f"cover{PurePosixPath(face.cover_file).suffix.lower() if face.cover_file else '.svg'}"


def write(
    out: BinaryIO,
    book: Book,
    face: Face,
    edition: BookEdition,
    read: Callable[[str], bytes],
    *,
    epub: bytes | None,
    pdf: bytes | None,
    copy: Copy,
) -> None:
    """Writes the zip. `read` gives a file of the storage by its name, `copy` is `offline.render`.

    What is packed is let go at once: all of it together may be hundreds of megabytes.
    """
    sums = {}
    with ZipFile(out, "w") as archive:
        for name, data in _files(book, face, edition, read, {PDF: pdf, EPUB: epub}, copy):
            _add(archive, name, data)
            sums[name] = hashlib.sha256(data).hexdigest()
        told = "".join(f"{sha256}  {name}\n" for name, sha256 in sorted(sums.items()))
        _add(archive, MANIFEST, told.encode())


def _files(
    book: Book,
    face: Face,
    edition: BookEdition,
    read: Callable[[str], bytes],
    made: dict[str, bytes | None],
    copy: Copy,
) -> Iterator[tuple[str, bytes]]:
    """Name and bytes of all but the manifest; what people open first, comes first."""
    there = {name: data for name, data in made.items() if data is not None}
    pictures = {each.token: each for article in book.articles for each in article.pictures}
    paths = {token: name_of(picture) for token, picture in pictures.items()}
    offered = {name: _OFFERED[name] for name in there}
    yield "README.txt", _readme(book, face, there)
    yield from copy(book, face, edition, cover=cover_of(face), files=offered, paths=paths)
    yield from _cover(face, read)
    yield from there.items()
    yield ISSUE, to_json(book)
    yield FACE, _face(face)
    yield EDITION, _json(asdict(edition))
    for name, source in EXPLAINED.items():
        yield name, (DOCS / source).read_bytes()
    for token, picture in sorted(pictures.items()):
        yield paths[token], read(picture.file)


def _cover(face: Face, read: Callable[[str], bytes]) -> Iterator[tuple[str, bytes]]:
    """A drawing holds its picture, which lies beside it too: an import takes it from there."""
    if face.cover_file:
        yield cover_of(face), read(face.cover_file)
        return
    picture = read(face.cover_picture) if face.cover_picture else b""
    yield cover_of(face), covers.with_picture(face.cover_svg, picture).encode()
    if picture:
        yield picture_of(face), picture


def picture_of(face: Face) -> str:
    """Where the picture of a drawn cover lies in the zip; "" without one."""
    return f"cover-picture{PurePosixPath(face.cover_picture).suffix}" if face.cover_picture else ""


def _readme(book: Book, face: Face, made: Iterable[str]) -> bytes:
    files = "".join(f"　　{_HOW[name]}\n" for name in made)
    told = _README.format(name=face.name, label=numbering.full_label(book), files=files)
    return told.replace("\n", "\r\n").encode()


def _face(face: Face) -> bytes:
    facts = {name: value for name, value in _facts(face) if name not in _FILES}
    named = {"cover_picture": picture} if (picture := picture_of(face)) else {}
    return _json({**facts, **named, "cover": cover_of(face)})


def _add(archive: ZipFile, name: str, data: bytes) -> None:
    entry = ZipInfo(name)  # its date is 1980-01-01: the same issue gives the same bytes
    entry.external_attr = 0o644 << 16
    is_packed = PurePosixPath(name).suffix in _PACKED
    entry.compress_type = ZIP_STORED if is_packed else ZIP_DEFLATED
    archive.writestr(entry, data)
