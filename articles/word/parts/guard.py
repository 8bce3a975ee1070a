"""Looks at a Word file before anything parses it, and refuses what is no honest .docx.

FINDINGS: a zip bomb of 0.5 MB costs 20 s and 280 MB once it is parsed. So sizes are read from the
zip's directory first, then each XML part runs once through expat, which builds nothing: no DTD (and
so no entity), no depth, no number of elements that no manuscript has.
"""

import io
import re
import zipfile
import zlib
from xml.parsers import expat

from . import kinds

MAX_BYTES = 20 * 1024 * 1024
MAX_ENTRIES = 3_000
#: Unpacked: all together, and the XML alone.
MAX_UNPACKED = 300 * 1024 * 1024
MAX_XML = 24 * 1024 * 1024
#: One part: three times the largest picture that is taken.
MAX_PART = 60 * 1024 * 1024
#: Word's XML shrinks to a tenth, seldom to a fiftieth. Small parts may be dull without harm.
MAX_RATIO, DULL = 250, 1024 * 1024
#: A manuscript of 20,000 characters with tables has some 20,000, most of which say how words look.
MAX_ELEMENTS = 120_000
#: What is left of them when looks are told and neighbours of one look are one; each costs some
#: 30 µs and 1 kB to read.
MAX_READ = 30_000
#: Eight tables in each other; beyond, a parser that calls itself runs out of stack.
MAX_DEPTH = 100

TOO_LARGE = "文件超过 20 MB。请在 Word 里压缩图片（图片格式 → 压缩图片），或把图片另外上传。"
TOO_MUCH = "这个文件解开以后太大，不像一篇文稿。请新建一个 Word 文档，把文字复制过去，再传一次。"
_TOO_BROKEN_UP = (
    f"这个文件太长，或者格式太碎，一次读不完（最多 {MAX_ELEMENTS // 10_000} 万个格式标记）。"
    "文稿很长，请分成几个文件，分几篇投稿；不长，请新建一个 Word 文档，只粘贴文字，再传一次。"
)
_MACROS = "这个文件带有宏，不能接收。请在 Word 中另存为 .docx（不带宏），再传一次。"
_FOREIGN = (
    "这个文件连着网上的模板或文件，不能接收。请新建一个 Word 文档，把文字复制过去，再传一次。"
)
_DTD = "这个文件的格式不对，不能接收。请新建一个 Word 文档，把文字复制过去，再传一次。"

_PLAIN_WAYS = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}
_LOOKS_LIKE_XML = re.compile(rb"(?:\xef\xbb\xbf|\xff\xfe|\xfe\xff)?[\s\0]*<")
_CHUNK = 64 * 1024
#: A name that is a path from somewhere else: /x, ..\\x, C:x, or one with a control character.
_LEADS_OUT = re.compile(r"^[/\\]|(?:^|[/\\])\.\.(?:[/\\]|$)|:|[\x00-\x1f]")
#: External targets that Word fetches when it opens the file: no reader of ours does, editors might.
_FETCHED = re.compile(r"/(?:attachedTemplate|oleObject|frame|subDocument|aFChunk)$")
_ON_THE_NET = re.compile(r"\s*(?:https?|ftp|mhtml):", re.IGNORECASE)


#: Elements of a paragraph of one look: what `MAX_READ` means to a writer.
_OF_A_PARAGRAPH = 7


def too_long(characters: int, paragraphs: int) -> str:
    """What is said of a file that has more than `MAX_READ` to read."""
    return (
        f"这个文件太长，一次读不完：有 {characters:,} 个字、{paragraphs:,} 段"
        f"（表格的一格也算一段），最多约 {MAX_READ // _OF_A_PARAGRAPH // 1000 * 1000:,} 段。"
        "请分成几个 .docx 文件，分几篇投稿；很大的表格可以截图上传。"
    )


class WordRefused(ValueError):
    """The file is not taken; the message (Chinese) says what to do."""


def check(data: bytes, name: str = "") -> None:
    """Raises `WordRefused` for anything but a .docx that is safe to parse.

    `name` is only used to find words: a file is known by its content.
    """
    if len(data) > MAX_BYTES:
        raise WordRefused(TOO_LARGE)
    if not data.startswith(b"PK\x03\x04"):
        raise WordRefused(kinds.of_bytes(data, name))
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as file:
            _check_zip(file)
    except (zipfile.BadZipFile, EOFError, NotImplementedError, OSError, zlib.error) as error:
        raise WordRefused(kinds.of_bytes(data, name)) from error
    except (RuntimeError, UnicodeError, ValueError) as error:
        if isinstance(error, WordRefused):
            raise
        raise WordRefused(kinds.UNREADABLE) from error


def _check_zip(file: zipfile.ZipFile) -> None:
    entries = file.infolist()
    _check_sizes(entries)
    _check_names(file)
    budget = _Budget()
    for entry in entries:
        if entry.file_size:
            _check_entry(file, entry, budget)


def _check_sizes(entries: list[zipfile.ZipInfo]) -> None:
    if len(entries) > MAX_ENTRIES or sum(each.file_size for each in entries) > MAX_UNPACKED:
        raise WordRefused(TOO_MUCH)
    if any(entry.file_size > MAX_PART for entry in entries):
        raise WordRefused(TOO_MUCH)
    for entry in entries:
        if entry.flag_bits & 1:
            raise WordRefused("这个压缩文件设了密码，打不开。请去掉密码后再传一次。")
        if entry.compress_type not in _PLAIN_WAYS:
            raise WordRefused(kinds.UNREADABLE)
    xml = [each for each in entries if _is_named_xml(each)]
    if any(each.file_size > max(DULL, MAX_RATIO * each.compress_size) for each in xml):
        raise WordRefused(TOO_MUCH)
    if sum(each.file_size for each in xml) > MAX_XML:
        raise WordRefused(TOO_MUCH)


def _check_names(file: zipfile.ZipFile) -> None:
    names = [name.lower() for name in file.namelist()]
    # The file is kept as it was sent, and whoever unpacks it must not be led out of the folder, nor
    # find another part under a name than we did.
    if len(set(names)) < len(names) or any(_LEADS_OUT.search(name) for name in names):
        raise WordRefused(kinds.UNREADABLE)
    if any(name.endswith(("vbaproject.bin", "vbadata.xml")) for name in names):
        raise WordRefused(_MACROS)
    if any("/activex/" in name for name in names):
        raise WordRefused(_MACROS)
    if "[content_types].xml" not in names or "_rels/.rels" not in names:
        raise WordRefused(kinds.of_zip(file))
    if not any(re.search(r"document\d*\.xml$", name) for name in names):
        raise WordRefused(kinds.of_zip(file))


def _is_named_xml(entry: zipfile.ZipInfo) -> bool:
    return entry.filename.lower().endswith((".xml", ".rels"))


def _check_entry(file: zipfile.ZipFile, entry: zipfile.ZipInfo, budget: "_Budget") -> None:
    """Parses what is XML by its name, and what could pass for it whatever its name."""
    with file.open(entry) as part:
        beginning = part.read(_CHUNK)
        if not (_is_named_xml(entry) or _LOOKS_LIKE_XML.match(beginning)):
            return
        budget.spend_bytes(entry.file_size)
        parser = budget.parser()
        try:
            while beginning:
                parser.Parse(beginning, False)
                beginning = part.read(_CHUNK)
            parser.Parse(b"", True)
        except expat.ExpatError as error:
            raise WordRefused(kinds.UNREADABLE) from error


class _Budget:
    """What all parts together may hold."""

    def __init__(self) -> None:
        self.bytes = MAX_XML
        self.elements = MAX_ELEMENTS
        self.depth = 0

    def spend_bytes(self, size: int) -> None:
        self.bytes -= size
        if self.bytes < 0:
            raise WordRefused(TOO_MUCH)

    def parser(self) -> expat.XMLParserType:
        parser = expat.ParserCreate()
        self.depth = 0
        parser.StartDoctypeDeclHandler = self._refuse_dtd
        parser.EntityDeclHandler = self._refuse_dtd
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        return parser

    def _refuse_dtd(self, *_: object) -> None:
        raise WordRefused(_DTD)

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self.elements -= 1
        self.depth += 1
        if self.elements < 0:
            raise WordRefused(_TOO_BROKEN_UP)
        if self.depth > MAX_DEPTH:
            raise WordRefused(_DTD)
        if name.endswith("Relationship"):
            _check_relationship(attributes)
        elif name.endswith(("Override", "Default")):
            _check_type(attributes)

    def _end(self, _name: str) -> None:
        self.depth -= 1


def _check_relationship(attributes: dict[str, str]) -> None:
    kind, target = attributes.get("Type", ""), attributes.get("Target", "")
    if kind.endswith("/vbaProject"):
        raise WordRefused(_MACROS)
    is_outside = attributes.get("TargetMode") == "External"
    if is_outside and _FETCHED.search(kind) and _ON_THE_NET.match(target):
        raise WordRefused(_FOREIGN)


def _check_type(attributes: dict[str, str]) -> None:
    if "macroenabled" in attributes.get("ContentType", "").lower():
        raise WordRefused(_MACROS)
