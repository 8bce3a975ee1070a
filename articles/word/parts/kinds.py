"""What a file is that is no .docx, by its first bytes, and what its sender can do about it."""

import codecs
import re
import zipfile
from functools import partial

SAVE_AS = "请在 Word 或 WPS 中打开它，另存为 .docx，再传一次。"
UNREADABLE = f"这个文件已经损坏，读不出来。{SAVE_AS}"

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OLD_DOC = f"这是旧版 .doc 文件，读不了。{SAVE_AS}"
_WPS = f"这是 WPS 自己的 .wps 文件，读不了。{SAVE_AS}"
_ENCRYPTED = "这个文件设了密码，打不开。请在 Word 或 WPS 中去掉打开密码，保存后再传一次。"
_SHEET = "这是表格文件，不是文稿。请把要用的内容复制到 Word 里，存成 .docx，再传一次。"
_SLIDES = "这是演示文稿，不是文稿。请把要用的文字复制到 Word 里，存成 .docx，再传一次。"
_PICTURE = "这是一张图片，不是文稿。图片请放到正文里，或用“一次添加几张图片”。"
_TORN = "这个文件不完整，可能没有下载完，或者没有传完。请在电脑上打开看看，再传一次。"
_LOCK = (
    "这是打开文稿时出现的临时文件（名字以“~$”或“.~”开头），里面没有文稿。"
    "请选同一个文件夹里名字前面没有这些符号的那个文件。"
)
_OF_A_MAC = (
    "这是苹果电脑留下的附属文件（名字以“._”开头），里面没有文稿。请选名字前面没有“._”的那个文件。"
)
#: Bytes that Word writes into such a file, and how long a user's name in it can be.
_LOCK_SIZES, _LONGEST_USER = (162, 165), 54
_PLAIN_TEXT = "这是纯文字文件，没有格式。请打开它，全选、复制，再粘贴到下面的正文里。"
_NO_WORD = f"这不是 Word 文件。{SAVE_AS}"

#: First bytes of a file that has no container to look into.
_BEGINNINGS = [
    (rb"\s*\{\\rt", f"这是 .rtf 文件，读不了。{SAVE_AS}"),
    (rb"[\s\S]{0,1024}%PDF-", "这是 PDF 文件，读不出段落。请传它的 Word 原稿（.docx）。"),
    (rb"\xff\xd8\xff|\x89PNG|GIF8|RIFF....WEBP|BM....\0\0\0\0|....ftyp(?:hei|mif|avif)", _PICTURE),
    (rb"Rar!|7z\xbc\xaf|\x1f\x8b", "这是压缩包。请先解压缩，再传里面的 .docx 文件。"),
    # What Word calls a .doc may be a web page, or its XML of 2003.
    (rb"(?:\xef\xbb\xbf)?\s*<\?xml", f"这是 Word 存成的 .xml 文件，读不了。{SAVE_AS}"),
    (rb"(?:\xef\xbb\xbf)?\s*(?:<html|<!doctype|MIME-Version:)", f"这是网页文件，读不了。{SAVE_AS}"),
]
#: Streams of an OLE file; their names stand in it as UTF-16.
_STREAMS = [
    ("EncryptedPackage", _ENCRYPTED),
    ("Workbook", _SHEET),
    ("PowerPoint Document", _SLIDES),
]
#: Names in a zip file that say what it is.
_ENTRIES = [
    (r"xl/workbook\.(?:xml|bin)", _SHEET),
    (r"ppt/presentation\.xml", _SLIDES),
    (
        r"Index/Document\.iwa|Index\.zip|index\.apxl|index\.xml",
        f"这是 Pages 文稿，读不了。{SAVE_AS}",
    ),
    (r"META-INF/container\.xml", "这是电子书，不是文稿。请传 Word 原稿（.docx）。"),
    (r"OFD\.xml", "这是 OFD 版式文件，读不出段落。请传它的 Word 原稿（.docx）。"),
    (r".*\.docx", "这是压缩包。请先解压缩，再传里面的 .docx 文件。"),
]
_OPEN_DOCUMENT = f"这是 .odt 文件，读不了。{SAVE_AS}"


def of_bytes(data: bytes, name: str = "") -> str:
    """What is wrong with a file that is no zip; the name only chooses between .doc and .wps."""
    if not data:
        return "这个文件是空的。请看看选对了没有。"
    if _is_lock(data, name):
        return _LOCK
    if data.startswith(b"\0\x05\x16\x07"):
        return _OF_A_MAC
    if data.startswith(_OLE):
        return _ole(data, name)
    for beginning, sentence in _BEGINNINGS:
        if re.match(beginning, data[:2048], re.IGNORECASE | re.DOTALL):
            return sentence
    if data.startswith(b"PK"):
        return _TORN
    return _PLAIN_TEXT if _is_text(data) else _NO_WORD


def _is_text(data: bytes) -> bool:
    """Words without any format, in one of the ways that a computer here writes them."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return True
    beginning = data[:4096]
    return b"\0" not in beginning and any(map(partial(_reads_as, beginning), ("utf-8", "gb18030")))


def _reads_as(data: bytes, way: str) -> bool:
    """The last character may be cut."""
    decoder = codecs.getincrementaldecoder(way)()
    try:
        words = decoder.decode(data)
    except UnicodeDecodeError:
        return False
    return all(each.isprintable() or each in "\t\r\n\f\ufeff\u3000" for each in words)


def _is_lock(data: bytes, name: str) -> bool:
    """~$雨天的伞.docx: who has the file open."""
    named = name.replace("\\", "/").rpartition("/")[2].startswith(("~$", ".~"))
    is_small = len(data) in _LOCK_SIZES and 0 < data[0] <= _LONGEST_USER
    return is_small or (named and len(data) < 1024)


def _ole(data: bytes, name: str) -> str:
    for stream, sentence in _STREAMS:
        if stream.encode("utf-16-le") in data:
            return sentence
    return _WPS if name.lower().endswith((".wps", ".wpt")) else _OLD_DOC


def of_zip(file: zipfile.ZipFile) -> str:
    """What a zip file is that holds no Word document."""
    names = file.namelist()
    if "mimetype" in names and "content.xml" in names:
        return _OPEN_DOCUMENT
    for pattern, sentence in _ENTRIES:
        if any(re.fullmatch(pattern, name, re.IGNORECASE) for name in names):
            return sentence
    return _NO_WORD
