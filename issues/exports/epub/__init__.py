"""The issue as an EPUB 3. Pure: a book in, the bytes of a file out, the same bytes every time."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO
from itertools import groupby
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory
from uuid import NAMESPACE_URL, uuid5
from xml.sax.saxutils import escape, quoteattr
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from issues import covers, numbering
from issues.exports import pictures
from issues.exports.shape import Book, BookArticle, BookSection, Face
from issues.exports.xhtml import Paths
from servicejournal.papers import qr
from servicejournal.spelling import characters

from . import documents

#: Pixels of a picture's longer side: enough for a tablet held upright.
LARGEST = (1600, 1600)
TYPES = {
    ".xhtml": "application/xhtml+xml",
    ".css": "text/css",
    ".jpg": "image/jpeg",
    ".png": "image/png",
    ".svg": "image/svg+xml",
}
STYLE = Path(__file__).parent / "style.css"

_CONTAINER = """<?xml version="1.0" encoding="UTF-8"?>
<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">
<rootfiles><rootfile full-path="EPUB/package.opf" media-type="application/oebps-package+xml"/></rootfiles>
</container>
"""  # noqa: E501


@dataclass(frozen=True, slots=True)
class _File:
    """`data` may lie on the bench, where pictures do: all of an issue are fifty megabytes."""

    name: str
    data: bytes | Path
    properties: str = ""
    in_spine: bool = False

    @property
    def id(self) -> str:
        return f"f-{self.name.replace('.', '-')}"


def render(
    book: Book,
    face: Face,
    read: Callable[[str], bytes],
    cover: bytes | None = None,
    *,
    starts: Sequence[int] = (),
) -> bytes:
    """The file. `read` gives a file of the storage by its name; `cover` is a JPEG.

    Without one an uploaded cover is taken, or the drawing, which not every reader can show.
    `starts` is the printed page on which each article begins: what two readers of the same issue,
    one on paper, call a page.
    """
    out = BytesIO()
    with TemporaryDirectory(prefix="epub-") as bench, ZipFile(out, "w") as epub:
        files = list(_files(book, face, read, cover, starts, Path(bench)))
        _add(epub, "mimetype", b"application/epub+zip", ZIP_STORED)
        _add(epub, "META-INF/container.xml", _CONTAINER.encode())
        _add(epub, "EPUB/package.opf", _written(_package(book, face, files, starts)))
        for file in files:
            there = file.data if isinstance(file.data, bytes) else file.data.read_bytes()
            _add(epub, f"EPUB/{file.name}", there)
    return out.getvalue()


def _add(epub: ZipFile, name: str, data: bytes, compression: int = ZIP_DEFLATED) -> None:
    entry = ZipInfo(name)  # its date is 1980-01-01: the same issue gives the same bytes
    entry.external_attr = 0o644 << 16
    is_packed = PurePosixPath(name).suffix in (".jpg", ".png")
    entry.compress_type = ZIP_STORED if is_packed else compression
    epub.writestr(entry, data)


def _files(
    book: Book,
    face: Face,
    read: Callable[[str], bytes],
    cover: bytes | None,
    starts: Sequence[int],
    bench: Path,
) -> Iterator[_File]:
    """Every file in the order in which it is read."""
    shown = _cover(face, read, cover)
    yield shown
    yield _page(
        "cover.xhtml", documents.cover(f"封面：{face.name}{numbering.full_label(book)}", shown.name)
    )
    yield _page("imprint.xhtml", documents.imprint(book, face))
    if face.address:
        yield _File(documents.CODE, qr.drawing_of(face.address))
    yield _File("nav.xhtml", _written(_nav(book, starts)), "nav", in_spine=True)
    yield _File("style.css", STYLE.read_bytes())
    paths, images = _pictures(book, read, bench)
    yield from images
    known = {part.slug: part for part in book.sections}
    opening_pages = set(_first_of_each(starts).values())
    last = None
    for at, article in enumerate(book.articles):
        part = known[article.section]
        if part is not last:
            listed = [(f"article-{n}.xhtml", each) for n, each in _of(part, book)]
            opening = documents.section(part, listed)
            yield _page(f"section-{book.sections.index(part) + 1}.xhtml", opening)
        last = part
        begins = starts[at] if at in opening_pages else None
        yield _page(
            f"article-{at + 1}.xhtml", documents.article(article, part, paths, begins=begins)
        )


def _of(part: BookSection, book: Book) -> Iterator[tuple[int, BookArticle]]:
    """The articles of a section, each with its number in the book."""
    numbered = enumerate(book.articles, start=1)
    return ((at, each) for at, each in numbered if each.section == part.slug)


def _page(name: str, xhtml: str) -> _File:
    return _File(name, _written(xhtml), in_spine=True)


def _written(xml: str) -> bytes:
    """Without what is no character: one of them, and no reader opens the page."""
    return characters.text(xml).encode()


def _cover(face: Face, read: Callable[[str], bytes], cover: bytes | None) -> _File:
    if cover is None and face.cover_file:
        cover, suffix = pictures.fitted(read(face.cover_file), LARGEST)
        return _File(f"cover{suffix}", cover, "cover-image")
    if cover is None:
        picture = read(face.cover_picture) if face.cover_picture else b""
        drawn = covers.with_picture(face.cover_svg, picture)
        return _File("cover.svg", drawn.encode(), "cover-image")
    return _File("cover.jpg", cover, "cover-image")


def _pictures(book: Book, read: Callable[[str], bytes], bench: Path) -> tuple[Paths, list[_File]]:
    paths: Paths = {}
    files: list[_File] = []
    for article in book.articles:
        for picture in article.pictures:
            if picture.token not in paths:
                data, suffix = pictures.fitted(read(picture.file), LARGEST)
                name = paths[picture.token] = f"picture-{len(files) + 1}{suffix}"
                (bench / name).write_bytes(data)
                files.append(_File(name, bench / name))
    return paths, files


def _nav(book: Book, starts: Sequence[int]) -> str:
    """Contents by section, the landmarks, and the pages of print that articles begin on."""
    numbered = enumerate(book.articles, start=1)
    slugs = [part.slug for part in book.sections]
    parts = []
    for slug, group in groupby(numbered, key=lambda pair: pair[1].section):
        part = book.sections[slugs.index(slug)]
        articles = "".join(
            f'<li><a href="article-{at}.xhtml">{documents.entry(article)}</a></li>'
            for at, article in group
        )
        opening = f'<a href="section-{slugs.index(slug) + 1}.xhtml">{escape(part.name)}</a>'
        parts.append(f"<li>{opening}<ol>{articles}</ol></li>")
    landmarks = "".join(
        f'<li><a epub:type="{kind}" href="{file}">{words}</a></li>'
        for kind, file, words in (
            ("cover", "cover.xhtml", "封面"),
            ("toc", "nav.xhtml", "目录"),
            *([("bodymatter", "section-1.xhtml", "正文")] if parts else []),
        )
    )
    toc = "".join(parts) or '<li><a href="imprint.xhtml">版权页</a></li>'
    return documents.page(
        "目录",
        '<nav epub:type="toc" role="doc-toc" aria-label="目录" id="toc">'
        f"<h1>目录</h1><ol>{toc}</ol></nav>\n"
        f'<nav epub:type="landmarks" aria-label="导读" hidden="hidden"><ol>{landmarks}</ol></nav>'
        + _page_list(starts),
    )


def _page_list(starts: Sequence[int]) -> str:
    pages = "".join(
        f'<li><a href="article-{at + 1}.xhtml#{documents.page_mark(page)}">{page}</a></li>'
        for page, at in _first_of_each(starts).items()
    )
    if not pages:
        return ""
    return (
        '\n<nav epub:type="page-list" role="doc-pagelist" aria-label="印刷页码" hidden="hidden">'
        f"<ol>{pages}</ol></nav>"
    )


def _first_of_each(starts: Sequence[int]) -> dict[int, int]:
    """The first article, from 0, that begins on each page of print."""
    first: dict[int, int] = {}
    for at, page in enumerate(starts):
        first.setdefault(page, at)
    return first


_PACKAGE = """<?xml version="1.0" encoding="UTF-8"?>
<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="id" xml:lang="zh-Hans">
<metadata xmlns:dc="http://purl.org/dc/elements/1.1/">
<dc:identifier id="id">urn:uuid:{uuid}</dc:identifier>
<dc:title>{title}</dc:title>
<dc:language>zh-Hans</dc:language>
<dc:publisher>{publisher}</dc:publisher>
<dc:date>{date}</dc:date>
<dc:rights>{rights}</dc:rights>
{creators}
<meta property="dcterms:modified">{date}T00:00:00Z</meta>
<meta property="belongs-to-collection" id="journal">{journal}</meta>
<meta refines="#journal" property="collection-type">series</meta>
{position}
{pages}
<meta property="schema:accessMode">textual</meta>
<meta property="schema:accessMode">visual</meta>
<meta property="schema:accessModeSufficient">textual,visual</meta>
<meta property="schema:accessModeSufficient">textual</meta>
<meta property="schema:accessibilityFeature">alternativeText</meta>
<meta property="schema:accessibilityFeature">displayTransformability</meta>
<meta property="schema:accessibilityFeature">readingOrder</meta>
<meta property="schema:accessibilityFeature">structuralNavigation</meta>
<meta property="schema:accessibilityFeature">tableOfContents</meta>
<meta property="schema:accessibilityHazard">none</meta>
<meta property="schema:accessibilitySummary">{summary}</meta>
</metadata>
<manifest>
{manifest}
</manifest>
<spine>
{spine}
</spine>
</package>
"""  # noqa: E501


#: Said where readers choose a book by what they can do with it.
_SUMMARY = (
    "文字可以放大、换行、朗读；图片有文字说明；按栏目和文章导航，标题逐级排列，表格有表头，"
    "注释可以跳转。"
)


def _package(book: Book, face: Face, files: list[_File], starts: Sequence[int]) -> str:
    date = book.date.isoformat() if book.date else f"{book.year}-01-01"
    names = dict.fromkeys(author.name for article in book.articles for author in article.authors)
    spine = [file for file in files if file.in_spine]
    return _PACKAGE.format(
        uuid=uuid5(NAMESPACE_URL, f"{face.name}/{book.year}/{numbering.slug(book)}"),
        title=escape(f"{face.name} {numbering.full_label(book)}"),
        publisher=escape(book.compiled_by or face.name),
        date=date,
        rights=escape(_rights(book, face)),
        journal=escape(face.name),
        position=_position(book),
        pages=_OF_PRINT.format(print=escape(f"《{face.name}》{numbering.full_label(book)}印刷版"))
        if starts
        else "",
        summary=_SUMMARY,
        creators="\n".join(f"<dc:creator>{escape(name)}</dc:creator>" for name in names if name),
        manifest="\n".join(map(_item, files)),
        spine="\n".join(f'<itemref idref="{file.id}"/>' for file in spine),
    )


#: Names the pages that the page list counts.
_OF_PRINT = """<meta property="schema:accessibilityFeature">pageNavigation</meta>
<meta property="schema:accessibilityFeature">pageBreakMarkers</meta>
<dc:source id="print">{print}</dc:source>
<meta refines="#print" property="source-of">pagination</meta>"""


def _rights(book: Book, face: Face) -> str:
    """Whose it is; no licence is given by the way."""
    return f"© {book.year} {book.compiled_by or face.name}。文章和图片的权利归作者和编印单位。"


def _position(book: Book) -> str:
    """The place in the series: the running number, where there is one."""
    if book.running_number is None:
        return ""
    return f'<meta refines="#journal" property="group-position">{book.running_number}</meta>'


def _item(file: _File) -> str:
    kind = TYPES[PurePosixPath(file.name).suffix]
    properties = f' properties="{file.properties}"' if file.properties else ""
    return f'<item id="{file.id}" href={quoteattr(file.name)} media-type="{kind}"{properties}/>'
