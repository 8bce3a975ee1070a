"""A byline in one line with the text's first sentence: □ 营业部 钱进 本刊通讯员 清晨六点半，…"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from articles import bylines
from issues.backissues.facts import Doubt
from issues.backissues.lines import Line
from issues.backissues.shapes import is_prose

_MARK = re.compile(f"[{bylines.MARKS}□■▲△※☆★]\\s*")
_ENCLOSED = re.compile(r"(?P<byline>[(（][^()（）]{4,40}[)）])\s*(?P<rest>.+)")
_ROLE = re.compile("(?:本刊|本报|特约)?(?:通讯员|记者)|摄影报道|报道|文/图|图/文")
_UNIT = re.compile(r".{2,16}(?:支行|分行|总行|部|中心|网点|分理处|办公室)")
_SHORTEST_TEXT = 10
_MOST_WORDS = 6


def apart(lines: Sequence[Line]) -> tuple[list[Line], list[Doubt]]:
    """The lines, each fused one as its byline and its text; what was left off, or is not clear."""
    found: list[Line] = []
    doubts: list[Doubt] = []
    for line in lines:
        halves = _halves(line.text)
        if halves is None:
            found.append(line)
            doubts += _unclear(line)
            continue
        byline, role, rest = halves
        found += [replace(line, text=byline), replace(line, text=rest, indent=4)]
        if role:
            said = f"署名旁边的“{role}”没有收入，请核对署名。"
            doubts.append(Doubt(line.number, "byline-note", said))
    return found, doubts


def _halves(text: str) -> tuple[str, str, str] | None:
    """Byline, what it says besides, and the text behind it."""
    if (enclosed := _ENCLOSED.fullmatch(text)) and bylines.read_enclosed(enclosed["byline"]):
        inside = "◎" + enclosed["byline"].strip("()（）")
        return (inside, "", enclosed["rest"]) if _is_text(enclosed["rest"]) else None
    if not (mark := _MARK.match(text)):
        return None
    return next(_readings(text[mark.end() :]), None)


def _readings(text: str) -> Iterator[tuple[str, str, str]]:
    """The longest byline first."""
    words = list(re.finditer(r"\S+", text))[:_MOST_WORDS]
    for word in reversed(words):
        roles: list[str] = []
        start, rest = word.end(), text[word.end() :].strip()
        while role := _ROLE.match(rest):
            roles.append(role[0])
            rest = rest[role.end() :].strip(" ：:")
        own = [each for each in text[:start].split() if not _ROLE.fullmatch(each)]
        said = [each for each in text[:start].split() if _ROLE.fullmatch(each)]
        if own and bylines.read(" ".join(own)) and _is_text(rest):
            yield "◎" + " ".join(own), " ".join([*said, *roles]), rest


def _is_text(text: str) -> bool:
    return len(text) >= _SHORTEST_TEXT and is_prose(text)


def _unclear(line: Line) -> Iterator[Doubt]:
    """A mark, a unit and more, in front of a sentence."""
    mark = _MARK.match(line.text)
    words = line.text[mark.end() :].split() if mark else []
    if len(words) > 2 and _UNIT.fullmatch(words[0]) and is_prose(" ".join(words)):
        said = f"“{line.text[:24]}…”像是署名和正文连在一行，请核对。"
        yield Doubt(line.number, "byline-fused", said)
