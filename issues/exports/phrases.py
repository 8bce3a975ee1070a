"""Where a large title may break: after its marks, else between words. Pure.

Browsers break Chinese between any two characters, and what cuts into phrases knows Japanese alone
(`word-break: auto-phrase`). So a title stands under `keep-all`, and brings its places with it.
"""

import re
from functools import lru_cache
from itertools import pairwise

from articles.proofreading.suspects.index import index
from articles.proofreading.suspects.segmenting import cut

#: What ends with a mark; the marks that close stay with it.
_CLAUSE = re.compile(r"[^，。！？；：、…—　]+[，。！？；：、…—　]*[”’》」』）]*|.", re.DOTALL)
_CHINESE = re.compile("[\u4e00-\u9fff]+")
#: A clause of so many characters stands in a line of any phone: it is not broken.
_SHORT = 7
#: These lean on the word before them, and these on the one behind.
_BEHIND = frozenset("的地得了着过们吗呢吧里上下中前后外间时边些个")
_BEFORE = frozenset("不没未很太最第老小再又也都和与把从对向在被让给跟")


@lru_cache(maxsize=2_000)
def of(title: str) -> tuple[str, ...]:
    """The title in pieces, none of which is to be broken; joined, they are the title."""
    pieces: list[str] = []
    for clause in _CLAUSE.findall(title):
        pieces += [clause] if len(clause) <= _SHORT else _words(clause)
    return tuple(_joined(pieces))


def _words(clause: str) -> list[str]:
    words: list[str] = []
    at = 0
    for run in _CHINESE.finditer(clause):
        if run.start() > at:
            words.append(clause[at : run.start()])
        ends = cut(index(), run[0]).ends
        words += [run[0][start:end] for start, end in pairwise(ends)]
        at = run.end()
    if at < len(clause):
        words.append(clause[at:])
    return words


def _joined(words: list[str]) -> list[str]:
    """What leans on its neighbour joined to it: a mark, a particle, a single character."""
    pieces: list[str] = []
    for word in words:
        leans = bool(pieces) and (
            (not word[0].isalnum() and word[0] not in "“‘《「『（")
            or word in _BEHIND
            or pieces[-1] in _BEFORE
            or pieces[-1][-1] in "“‘《「『（"
            or (len(word) == 1 and (len(pieces[-1]) == 1 or pieces[-1][-1].isdigit()))
        )
        if leans:
            pieces[-1] += word
        else:
            pieces.append(word)
    if len(pieces) > 1 and len(pieces[-1]) == 1:  # a character alone in the last line
        pieces[-2:] = ["".join(pieces[-2:])]
    return pieces
