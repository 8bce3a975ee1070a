"""Other people's lists of payloads, out of the packages that `make attacks` fetches for the run."""

import json
import re
import sys
from collections.abc import Iterable, Iterator
from importlib import import_module
from itertools import chain
from pathlib import Path

#: Longer ones are pieces of programs that a list holds by mistake.
_LONGEST = 20_000


def payloads(lists: Path) -> list[str]:
    """Of all packages, each once."""
    found = list(chain.from_iterable(read(lists) for read in _LISTS.values()))
    return list(dict.fromkeys(each for each in found if each.strip() and len(each) <= _LONGEST))


def counts(lists: Path) -> dict[str, int]:
    return {name: len(list(read(lists))) for name, read in _LISTS.items()}


def _brs_kb(lists: Path) -> Iterator[str]:
    sys.path.insert(0, str(lists))
    for name, database in vars(import_module("brs_kb.payloads")).items():
        if name.isupper() and isinstance(database, dict):
            for each in database.values():
                if hasattr(each, "payload"):
                    yield each.payload
                elif isinstance(each, dict) and "payload" in each:
                    yield str(each["payload"])


def _wapiti(lists: Path) -> Iterable[str]:
    ini = (lists / "wapitiCore/data/attacks/xssPayloads.ini").read_text()
    return re.findall(r"(?m)^payload\s*=\s*(.+)$", ini)


def _fray(lists: Path) -> Iterator[str]:
    for file in sorted((lists / "fray/payloads/xss").glob("*.json")):
        told = json.loads(file.read_text())
        for each in told["payloads"] if isinstance(told, dict) else told:
            yield each["payload"] if isinstance(each, dict) else each
    for file in sorted((lists / "fray/payloads/xss").glob("*.txt")):
        yield from (row for row in file.read_text().splitlines() if not row.startswith("# "))


def _naughty_strings(lists: Path) -> Iterable[str]:
    told: list[str] = json.loads((lists / "blns/package/resources/blns.json").read_text())
    return told


def _dompurify(lists: Path) -> Iterator[str]:
    """What it is tried with: a JavaScript module whose strings are JSON's; what it makes of them
    (`expected`) stands in no page of ours either.
    """
    module = (lists / "dompurify/test/fixtures/expect.mjs").read_text()
    for told in re.findall(r'"(?:payload|expected)":\s*("(?:[^"\\]|\\.)*")', module):
        yield json.loads(re.sub(r"\\x(\w\w)", r"\\u00\1", told), strict=False)


_LISTS = {
    "brs-kb": _brs_kb,
    "wapiti": _wapiti,
    "fray": _fray,
    "blns": _naughty_strings,
    "DOMPurify": _dompurify,
}
