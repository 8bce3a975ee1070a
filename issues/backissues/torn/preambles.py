"""A preamble that a bare name signs, above its title, below it or behind its last sentence.

Elsewhere a line of two to four characters may be anything; a preamble has one author and no branch.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from articles.proofreading.rules.personal import SURNAME
from articles.proofreading.suspects.index import PROPOSED, index
from issues.backissues.facts import Doubt
from issues.backissues.lines import Line

_HEAD = re.compile("卷首语|刊首语|卷首寄语|卷首")
_IN_ENGLISH = re.compile(r"[A-Za-z][A-Za-z ]{2,30}")
_NAME = re.compile(rf"[—－-]{{0,2}}\s*[（(]?(?P<name>{SURNAME}[\u4e00-\u9fff]{{1,2}})[）)]?")
_PROSE_END = re.compile("[。！？…”]$")
#: Characters from which on a line that ends a sentence is text.
_PROSE = 20
#: Lines that a preamble may have.
_MOST = 40


def signed(lines: Sequence[Line]) -> tuple[list[Line], list[Doubt]]:
    """The lines, the bare name of a preamble marked as a byline."""
    found = list(lines)
    doubts: list[Doubt] = []
    for start, line in enumerate(lines):
        if _HEAD.fullmatch(line.text.strip()) and (at := _name_at(lines, start)) is not None:
            name = _named(lines[at])
            found[at] = replace(lines[at], text=f"◎{name}")
            said = f"把“{name}”当作了卷首语的署名，请核对。"
            doubts.append(Doubt(lines[at].number, "byline-guessed", said))
    return found, doubts


def _name_at(lines: Sequence[Line], start: int) -> int | None:
    """Where the one name stands, in a preamble that has text and no byline."""
    end = start + 1
    while end < min(len(lines), start + _MOST) and not _begins_another(lines[end]):
        end += 1
    block = [at for at in range(start + 1, end) if lines[at].text.strip()]
    if block and _IN_ENGLISH.fullmatch(lines[block[0]].text.strip()):
        block = block[1:]
    text = [at for at in block if _is_text(lines[at])]
    if not text or any("◎" in lines[at].text for at in block):
        return None
    head = [at for at in block if at < text[0]]
    tail = [at for at in block if at > text[-1]]
    # A title and a name, in either order; or the name alone behind the last sentence.
    names = [at for at in head if len(head) == 2 and _named(lines[at])]
    names += [at for at in tail[:1] if _named(lines[at])]
    return names[0] if len(names) == 1 else None


def _begins_another(line: Line) -> bool:
    return bool(_HEAD.fullmatch(line.text.strip())) or line.text.strip() in ("目录", "专刊")


def _is_text(line: Line) -> bool:
    return len(line.text) >= _PROSE and bool(_PROSE_END.search(line.text.strip()))


def _named(line: Line) -> str:
    """The name; nothing of a word of the dictionary."""
    match = _NAME.fullmatch(line.text.strip())
    return match["name"] if match and not index().word(match["name"]) & PROPOSED else ""
