"""All rows of the demo in one string of bytes, and back."""

import json
import zlib
from collections.abc import Iterator
from itertools import islice

from servicejournal.backup import rows

#: What happened stays in the record; links, pages and files go on from where they are.
STAYS = frozenset(
    {
        "issues.demo",
        "issues.demolink",
        "servicejournal.backup",
        "servicejournal.discarded",
        "servicejournal.generation",
        "servicejournal.record",
    }
)


def models() -> list[rows.Model]:
    return [model for model in rows.kept_models() if rows.label(model) not in STAYS]


def packed() -> bytes:
    told = bytearray()
    for model in models():
        lines = list(rows.lines(model))
        head = json.dumps({"model": rows.label(model), "lines": len(lines)})
        told += b"".join([head.encode(), b"\n", *lines])
    return zlib.compress(bytes(told))


def unpack(data: bytes) -> None:
    """In the place of all that there is, within a transaction. Raises `ValueError` where the
    tables are others than those of then.
    """
    lines = iter(zlib.decompress(data).splitlines(keepends=True))
    there = {rows.label(model): model for model in models()}
    rows.clear(list(there.values()))
    for label, told in _parts(lines):
        if label not in there:
            raise ValueError(label)
        rows.load(there.pop(label), told)
    if there:
        raise ValueError(min(there))
    rows.set_sequences(models())


def _parts(lines: Iterator[bytes]) -> Iterator[tuple[str, Iterator[bytes]]]:
    for head in lines:
        told = json.loads(head)
        yield told["model"], iter(list(islice(lines, told["lines"])))
