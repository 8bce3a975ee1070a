"""A file somebody has on disk, as something to proofread. Pure: bytes in, a text out."""

import re

from articles.bodies.html import Refused, clean
from articles.bodies.markup import body_of_page

from .texts import Manuscript, Text, of_file, of_manuscript

MAX_BYTES = 5 * 1024 * 1024

_BINARY = {
    b"PK": "Word 文档或压缩包",
    b"%PDF": "PDF 文件",
    b"\xd0\xcf\x11\xe0": "旧版 Office 文档",
    b"\x89PNG": "图片",
    b"\xff\xd8\xff": "图片",
}
_AS_TEXT = "请另存为 UTF-8 的 .txt 文件再校对。"


class NotReadable(ValueError):
    """The file is nothing to proofread; str() is one Chinese sentence that says what to do."""


def read(data: bytes, *, is_html: bool) -> Text:
    """The lines of a text file, or the cleaned body of an HTML file. Raises `NotReadable`."""
    source = _decoded(data)
    if not is_html:
        return of_file(_LINE_END.sub("\n", source))
    try:
        return of_manuscript(Manuscript(body=clean(body_of_page(source))))
    except Refused as reason:
        raise NotReadable(str(reason)) from reason


_LINE_END = re.compile("\r\n?")


def _decoded(data: bytes) -> str:
    if not data.strip():
        raise NotReadable("文件是空的，请换一个有内容的文件。")
    if len(data) > MAX_BYTES:
        raise NotReadable(f"文件超过 {MAX_BYTES // 1024 // 1024} MB，请分成几个文件再校对。")
    for magic, kind in _BINARY.items():
        if data.startswith(magic):
            raise NotReadable(f"这是{kind}，不是文字，{_AS_TEXT}")
    utf_16 = data[:2] in (b"\xff\xfe", b"\xfe\xff")
    for encoding in ("utf-16",) if utf_16 else ("utf-8-sig", "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise NotReadable(f"读不出文件的文字编码，{_AS_TEXT}")
