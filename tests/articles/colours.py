"""A colour profile for tests: Display P3, as iPhones name it, with a plain gamma of 2.2."""

import struct


def _s15(value: float) -> bytes:
    return struct.pack(">i", round(value * 65536))


def _xyz(*values: float) -> bytes:
    return b"XYZ " + bytes(4) + b"".join(map(_s15, values))


def _text(words: bytes) -> bytes:
    described = struct.pack(">I", len(words) + 1) + words + b"\0"
    return b"desc" + bytes(4) + described + bytes(4 + 4 + 2 + 1 + 67)


def _profile(tags: dict[bytes, bytes]) -> bytes:
    table, data, at = b"", b"", 128 + 4 + 12 * len(tags)
    for name, content in tags.items():
        content += bytes(-len(content) % 4)
        table += name + struct.pack(">II", at + len(data), len(content))
        data += content
    body = struct.pack(">I", len(tags)) + table + data
    header = struct.pack(
        ">I4sI4s4s4s", 128 + len(body), b"test", 0x02100000, b"mntr", b"RGB ", b"XYZ "
    )
    header += struct.pack(">6H", 2026, 1, 1, 0, 0, 0) + b"acsp"
    header += bytes(28) + _s15(0.9642) + _s15(1.0) + _s15(0.8249)
    return header.ljust(128, b"\0") + body


_GAMMA = b"curv" + bytes(4) + struct.pack(">IH", 1, round(2.2 * 256))

DISPLAY_P3 = _profile(
    {
        b"desc": _text(b"Display P3 for tests"),
        b"cprt": b"text" + bytes(4) + b"none\0",
        b"wtpt": _xyz(0.9642, 1.0, 0.8249),
        b"rXYZ": _xyz(0.51512, 0.24120, -0.00105),
        b"gXYZ": _xyz(0.29198, 0.69225, 0.04189),
        b"bXYZ": _xyz(0.15710, 0.06657, 0.78407),
        b"rTRC": _GAMMA,
        b"gTRC": _GAMMA,
        b"bTRC": _GAMMA,
    }
)
