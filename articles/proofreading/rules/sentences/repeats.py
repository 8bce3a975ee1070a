"""Words that say what the word beside them says already: 互相彼此, 十分雪白, 毫不犹豫地毅然. Pure.

The sets are in `words/synonyms.txt` and `words/implied.txt`; all are looked for in one pass.
"""

import re
from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

from ahocorasick_rs import AhoCorasick, Implementation, MatchKind

from ...findings import Level
from ...texts import Text
from ..rule import Hit, Rule
from .grammar import DICTIONARY, GRAMMAR

_WORDS = Path(__file__).parent.parent.parent / "words"
#: What may stand between the two.
_BETWEEN = frozenset({"", "地", "的", "了", "和", "与"})
_LONGEST_BETWEEN = 1
#: A character before which makes the first one the end of another word: 棉被|受到, 体现在|当前.
_ENDED_BY = {"被": frozenset("棉毛盖"), "现在": frozenset("体出表实呈展再显")}
_SURROGATE = re.compile("[\ud800-\udfff]")


class _Sets(NamedTuple):
    automaton: AhoCorasick
    words: tuple[str, ...]
    alike: dict[str, frozenset[int]]  # the sets of synonyms that hold a word
    implies: dict[str, frozenset[int]]  # the sets that it stands before
    implied: dict[str, frozenset[int]]  # the sets that say it already


def _rows(name: str) -> list[str]:
    rows = (_WORDS / name).read_text(encoding="utf-8").splitlines()
    return [row for row in rows if row.strip() and not row.startswith("#")]


@cache
def _sets() -> _Sets:
    alike: dict[str, set[int]] = {}
    first: dict[str, set[int]] = {}
    second: dict[str, set[int]] = {}
    for number, row in enumerate(_rows("synonyms.txt")):
        for word in row.split():
            alike.setdefault(word, set()).add(number)
    for number, row in enumerate(_rows("implied.txt")):
        before, _, behind = row.partition(" > ")
        for words, side in ((before, first), (behind, second)):
            for word in words.split():
                side.setdefault(word, set()).add(number)
    every = tuple(sorted(alike.keys() | first.keys() | second.keys()))
    automaton = AhoCorasick(
        every, matchkind=MatchKind.LeftmostLongest, implementation=Implementation.DFA
    )
    frozen = (
        {word: frozenset(sets) for word, sets in each.items()} for each in (alike, first, second)
    )
    return _Sets(automaton, every, *frozen)


def _doubled(text: Text) -> dict[str, list[Hit]]:
    """The hits of each rule: two words of one set, or a word and one that holds it."""
    known = _sets()
    found: dict[str, list[Hit]] = {"G78": [], "G79": []}
    matches = known.automaton.find_matches_as_indexes(_SURROGATE.sub("\ufffd", text.string))
    for (one, start, end), (other, behind, last) in pairwise(matches):
        if behind - end > _LONGEST_BETWEEN or text.string[end:behind] not in _BETWEEN:
            continue
        left, right = known.words[one], known.words[other]
        if text.string[max(0, start - 1) : start] in _ENDED_BY.get(left, frozenset()):
            continue
        none: frozenset[int] = frozenset()
        if left != right and known.alike.get(left, none) & known.alike.get(right, none):
            found["G78"].append(Hit(start, last, right, f"“{left}”和“{right}”意思一样，留一个。"))
        elif known.implies.get(left, none) & known.implied.get(right, none):
            found["G79"].append(Hit(start, behind, "", f"“{right}”里已经有“{left}”的意思。"))
    return found


def _of(rule: str, text: Text) -> Iterator[Hit]:
    yield from text.once(_doubled)[rule]


RULES = (
    Rule(
        "G78",
        Level.WARN,
        "同义的词连用",
        "两个词意思一样，留一个。",
        GRAMMAR.format("成分赘余"),
        lambda text: _of("G78", text),
        wrong=(
            "双方互相彼此信任。 → 双方彼此信任。",
            "她毫不犹豫地毅然走进雨里。 → 她毅然走进雨里。",
            "我们马上立刻换了门垫。 → 我们立刻换了门垫。",
        ),
        right=(
            "双方互相信任。",
            "她马上换了门垫，立刻回到柜台。",
            "我们持续不断地改进服务，前来咨询的人接连不断。",
            "面对险情，支行坚决果断处置。",
            "每月节约大约三成用纸。",
            "搬过去以前，先装好了门禁。",
            "关于有关事项的说明。",
            "拓宽渠道和途径，解决困难和难题，多提意见和看法。",
            "成效体现在当前各项工作里。",
        ),
    ),
    Rule(
        "G79",
        Level.WARN,
        "后一个词里已经有的意思",
        "后面的词已经说了这个意思，前面的词多余。",
        f"{DICTIONARY}；病句（成分赘余）",
        lambda text: _of("G79", text),
        wrong=("十分雪白的墙。 → 雪白的墙。", "这件事令人发人深省。 → 这件事发人深省。"),
        right=(
            "雪白的墙。",
            "这件事发人深省。",
            "她们彼此相识多年，彼此互信。",
            "请提前预约。",
            "支行广泛普及金融知识。",
            "可能确实增加了工作量，也可能一定程度上影响了排队。",
            "利率有一定的可能下调。",
            "评审组基本肯定了支行的做法。",
            "公共共享空间里摆着图书。",
            "爱心棉被受到老人欢迎。",
            "请认真审视自身的不足。",
            "系统再次重启，大家再次重温誓词。",
            "以更加精益求精的态度做好每一笔业务。",
        ),
    ),
)
