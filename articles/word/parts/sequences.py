"""SEQ fields, by which Word numbers captions (图 1, 表 2): what they show with no result stored.

Programs that write Word files leave the counting to Word. By ECMA-376 17.16.5.56.
"""

import re
from collections import Counter

from .. import list_marks

_SWITCH = re.compile(r"\\([a-z*])\s*(\"[^\"]*\"|[^\s\\]*)", re.IGNORECASE)
_WAYS = {
    "arabic": "decimal",
    "chinesenum1": "ideographDigital",
    "chinesenum2": "chineseLegalSimplified",
    "chinesenum3": "chineseCountingThousand",
    "gb1": "decimalEnclosedFullstop",
    "gb2": "decimalEnclosedParen",
    "gb3": "decimalEnclosedCircle",
    "gb4": "ideographEnclosedCircle",
    "zodiac1": "ideographTraditional",
    "zodiac2": "ideographZodiac",
    "circlenum": "decimalEnclosedCircle",
    "ordinal": "ordinal",
    "cardtext": "cardinalText",
}
_CASED = {"roman": "Roman", "alphabetic": "Letter"}
#: They say how the letters look, and nothing of the number.
_LOOKS = ("mergeformat", "charformat")


class Sequences:
    """Counts as the fields come, each name for itself."""

    def __init__(self) -> None:
        self._counts: Counter[str] = Counter()

    def next(self, rest: str) -> str | None:
        """`rest` is the instruction behind SEQ. None where headings decide (`\\s`) or it is unknown
        how the number is written."""
        name, _, switches = rest.strip().partition(" ")
        told = {key.lower(): value.strip('"') for key, value in _SWITCH.findall(switches)}
        ways = [
            value.strip('"')
            for key, value in _SWITCH.findall(switches)
            if key == "*" and value.strip('"').lower() not in _LOOKS
        ]
        self._count(name.lower(), told)
        way = _way(ways[0]) if ways else "decimal"
        if not name or "s" in told or not way:
            return None
        return "" if "h" in told else list_marks.written(self._counts[name.lower()], way)

    def _count(self, name: str, told: dict[str, str]) -> None:
        if re.fullmatch(r"\d{1,4}", told.get("r", "")):
            self._counts[name] = int(told["r"])
        elif "c" not in told:
            self._counts[name] += 1


def _way(said: str) -> str:
    """The case of the first letter is that of the number: roman, ROMAN."""
    if cased := _CASED.get(said.lower()):
        return ("lower" if said[0].islower() else "upper") + cased
    return _WAYS.get(said.lower(), "")
