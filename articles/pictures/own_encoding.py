"""Whether bytes are a picture as `pixels.encode_master` writes it: pixels and nothing beside. Pure.

An archive brings pictures back byte for byte, so that their hashes stay. What was encoded by
another hand could hide a text, a place or a second file, and is told from ours by its parts.
"""

import struct
from collections.abc import Iterator

_PNG = b"\x89PNG\r\n\x1a\n"
_JFIF, _SCAN, _END = 0xE0, 0xDA, 0xD9
#: Header, quantisation, frame, Huffman tables, scans: no comment, no EXIF, no profile.
_PARTS = frozenset({_JFIF, 0xDB, 0xC0, 0xC2, 0xC4, _SCAN})
#: The longest part is a Huffman table; a progressive picture has some thirty parts.
_LONGEST, _MOST = 300, 100


class _Foreign(Exception):
    pass


def is_master(data: bytes) -> bool:
    """The caller decodes it too: this looks at the wrapping alone."""
    try:
        if data.startswith(_PNG):
            return _is_plain_png(data)
        return data.startswith(b"\xff\xd8") and _is_plain_jpeg(data)
    except (IndexError, struct.error, _Foreign):
        return False


def _is_plain_jpeg(data: bytes) -> bool:
    parts = list(_parts(data))
    return parts[0] == _JFIF and parts.count(_JFIF) == 1 and len(parts) <= _MOST


def _parts(data: bytes) -> Iterator[int]:
    """The kinds of the parts, up to an end that is the end of the file."""
    at = 2
    while data[at : at + 2] != bytes([0xFF, _END]):
        mark, kind, length = struct.unpack_from(">BBH", data, at)
        if mark != 0xFF or kind not in _PARTS or length > _LONGEST:
            raise _Foreign
        yield kind
        at += 2 + length
        if kind == _SCAN:
            at = _end_of_scan(data, at)
    if at + 2 != len(data):
        raise _Foreign


def _end_of_scan(data: bytes, at: int) -> int:
    """Where the next part begins: a zero behind FF makes it part of the pixels."""
    while (at := data.find(b"\xff", at)) >= 0:
        if data[at + 1]:
            return at
        at += 2
    raise _Foreign


def _is_plain_png(data: bytes) -> bool:
    at, kinds = len(_PNG), []
    while at < len(data):
        length, kind = struct.unpack_from(">I4s", data, at)
        kinds.append(kind)
        at += 12 + length
    return (
        at == len(data)
        and [kinds[0], kinds[-1]] == [b"IHDR", b"IEND"]
        and (set(kinds[1:-1]) == {b"IDAT"})
    )
