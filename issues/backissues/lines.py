"""Bytes to lines: encodings, what is no text at all, invisible characters, layout spaces."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

MAX_BYTES = 5 * 1024 * 1024
#: The longest paragraph and the most lines that an issue could have, several times over.
MAX_LINE = 20_000
MAX_LINES = 20_000

_SAVE_AS_TEXT = "，请在翻页网站的页面上复制文字，存成 .txt 文件再导入。"
_MAGIC = {
    b"%PDF": "PDF 文件",
    b"PK\x03\x04": "压缩包或 Word 文档",
    b"PK\x05\x06": "压缩包",
    b"\xd0\xcf\x11\xe0": "旧版 Office 文档",
    b"\x89PNG": "图片",
    b"\xff\xd8\xff": "图片",
    b"GIF8": "图片",
    b"RIFF": "音像文件或图片",
    b"7z\xbc\xaf": "压缩包",
    b"Rar!": "压缩包",
    b"\x1f\x8b": "压缩包",
    b"{\\rtf": "RTF 文档",
    b"SQLite format": "数据库文件",
}
_HTML = re.compile(r"\s*<(?:!doctype|html|head|body|\?xml|div|meta|script)\b", re.IGNORECASE)
_TAG = re.compile(r"</?(?:div|span|p|br|a|li|td|script)\b[^<>]{0,200}>", re.IGNORECASE)

# C0 and C1 controls (not tab, line ends and form feed), soft hyphen, zero-width and bidirectional
# marks, variation selectors, tags, private use: none of them is print.
_INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\xad\u0600-\u0605\u061c\u06dd\u070f\u180e\u200b-\u200f"
    "\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\ufff9-\ufffb\ufffe\uffff\ue000-\uf8ff"
    "\ud800-\udfff\U000e0000-\U000e007f\U000f0000-\U0010ffff]"
)
# What Wingdings leaves behind where its bullets were copied.
_BULLETS = str.maketrans(
    {"\uf0fc": "√", "\uf0fb": "×", "\uf06c": "●", "\uf06e": "■", "\uf075": "◆"}
)
# PDF fonts often map 人 to the radical ⼈ (U+2F08), which nobody's search would find. Unicode knows
# the character of most radicals, but not of these.
_SIMPLIFIED_RADICALS = str.maketrans(
    "⺠⻄⻅⻆⻉⻋⻓⻔⻘⻙⻚⻛⻜⻝⻢⻥⻦⻨⻩⻬⻮⻰⻳⻁⻤",
    "民西见角贝车长门青韦页风飞食马鱼鸟麦黄齐齿龙龟虎鬼",
)
_ONE_WIDE = re.compile("[\xa0\u1680\u2000-\u200a\u202f\u205f]")
_TWO_WIDE = re.compile("[\u3000\u2001\u2003]")
_RADICALS = re.compile("[\u2e80-\u2fdf\uf900-\ufaff]")
_LINE_END = re.compile("\r\r\n|\r\n|\r|\n")
_INNER_BREAK = re.compile("[\v\x85\u2028\u2029]")
# ◎ always begins something, also where a title or another ◎ stands before it in the line.
_INNER_MARK = re.compile(r"(?<=[^\s◎])\s*(?=◎)")


class NotADump(ValueError):
    """The file is no dump of a back issue; str() is one Chinese sentence that says what to do."""


@dataclass(frozen=True, slots=True)
class Line:
    number: int  # in the file, from 1
    text: str  # without spaces around it; inside, every layout space is U+0020 of half an em
    indent: int  # half ems before the text
    trailing: int  # half ems behind it
    box: int  # lines of one text frame stand together, blank lines between frames


def read(data: bytes) -> tuple[list[Line], str]:
    """The lines that hold something, and the name of the encoding. Raises `NotADump`."""
    _refuse_what_is_no_text(data)
    text, encoding = _decode(data)
    if _HTML.match(text) or len(_TAG.findall(text, 0, 200_000)) > 40:
        raise NotADump(f"这是一个网页文件，不是文字{_SAVE_AS_TEXT}")
    if "\0" in text:
        raise NotADump(f"文件里有空字符，不是纯文字{_SAVE_AS_TEXT}")
    rows = _LINE_END.split(text)
    if len(rows) > MAX_LINES:
        raise NotADump(f"文件超过 {MAX_LINES} 行，不像一期刊物，请一期存一个文件再导入。")
    if any(len(row) > MAX_LINE for row in rows):
        raise NotADump(f"文件里有一行超过 {MAX_LINE} 字，换行已经丢失，请重新复制文字再导入。")
    lines = list(_lines(rows))
    if not lines:
        raise NotADump("文件里没有文字，请换一个有内容的 .txt 文件。")
    return lines, encoding


def _refuse_what_is_no_text(data: bytes) -> None:
    if not data.strip():
        raise NotADump("文件是空的，请换一个有内容的 .txt 文件。")
    if len(data) > MAX_BYTES:
        raise NotADump(f"文件超过 {MAX_BYTES // 1024 // 1024} MB，不像一期刊物的文字，请检查文件。")
    for magic, kind in _MAGIC.items():
        if data.startswith(magic):
            raise NotADump(f"这是{kind}，不是文字{_SAVE_AS_TEXT}")


def _decode(data: bytes) -> tuple[str, str]:
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return _strictly(data, "utf-16"), "UTF-16"
    if b"\0" in data:
        return _utf_16_without_mark(data), "UTF-16"
    for encoding, name in (("utf-8-sig", "UTF-8"), ("gb18030", "GB18030")):
        try:
            return data.decode(encoding), name
        except UnicodeDecodeError:
            continue
    # A few broken bytes, as at a cut end, are doubted later; more of them is no text.
    text = data.decode("utf-8-sig", errors="replace")
    if text.count("\ufffd") > 3 + len(text) // 1000:
        raise NotADump("读不出文件的文字编码，请用 UTF-8 编码另存为 .txt 文件再导入。")
    return text, "UTF-8"


def _strictly(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise NotADump("读不出文件的文字编码，请用 UTF-8 编码另存为 .txt 文件再导入。") from error


def _utf_16_without_mark(data: bytes) -> str:
    """Every line end of UTF-16 holds a zero byte, on a side that tells the byte order."""
    for encoding, line_end in (("utf-16-le", b"\n\0"), ("utf-16-be", b"\0\n")):
        if len(data) % 2 == 0 and line_end in data:
            text = data.decode(encoding, errors="replace")
            common = len(re.findall("[\t\n\r -~\xa0\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]", text))
            if common > 0.9 * len(text) and "\0" not in text:
                return text
    raise NotADump(f"文件里有空字符，不是纯文字{_SAVE_AS_TEXT}")


def _lines(rows: list[str]) -> Iterator[Line]:
    box = 0
    for number, row in enumerate(rows, start=1):
        for frame, part in enumerate(row.split("\f")):
            box += bool(frame)
            pieces = [
                half
                for piece in _INNER_BREAK.split(part)
                for half in _INNER_MARK.split(_plain(piece))
            ]
            box += not any(piece.strip() for piece in pieces)
            for piece in filter(str.strip, pieces):
                left, right = len(piece) - len(piece.lstrip()), len(piece) - len(piece.rstrip())
                yield Line(number, piece.strip(), left, right, box)


def _plain(text: str) -> str:
    text = _INVISIBLE.sub("", text.translate(_BULLETS)).replace("\t", "    ")
    text = _ONE_WIDE.sub(" ", _TWO_WIDE.sub("  ", text))
    text = text.translate(_SIMPLIFIED_RADICALS)
    return _RADICALS.sub(lambda radical: unicodedata.normalize("NFKC", radical[0]), text)
