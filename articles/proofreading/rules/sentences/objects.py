"""Verbs and nouns that do not go together, from two lists. Pure.

`words/changes.txt` says which verbs of change go with a noun: all others of the file do not.
`words/objects.txt` says which nouns a verb does not take. Both are looked for in frames that leave
no room for another verb or another head.
"""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

from ...findings import Level
from ...texts import Text
from ..rule import HANZI, Hit, Rule, apart
from .grammar import GRAMMAR

_WORDS = Path(__file__).parent.parent.parent / "words"
_END = r"(?=[，。；、！]|$)"
_MUCH = (
    r"(?:明显|显著|很大|较大|进一步|大幅|大幅度|极大|巨大|一定|不断|长足|有效|稳步|质|切实|全面)"
)
_GOT = rf"(?:得到|有|取得|获得)了?{_MUCH}的?"
_EVER = (
    r"(?:也|都|均|已经?|正在)?(?:不断|明显|显著|持续|大幅度?|逐步|逐年|进一步|大大|有所|得到|得以|日益|稳步|"
    r"迅速|极大){1,2}地?"
)
#: What stands between verb and noun holds no other verb: 激发|大家|提高|效率.
_NO_VERB = (
    "提高|提升|改善|改进|增强|增加|加强|扩大|加快|降低|减少|促进|推动|推进|保证|保障|确保|优化|完善|实现|"
    "防范|化解|解决|取得|开展|进行|形成|建立|满足|拓宽|缩短|以|把|将|为|和|与|是|有|对|在|到|向|了|着"
)
_ATTRIBUTE = (
    rf"(?:(?:(?!{_NO_VERB})[^，。；：！？“”\n的]){{1,14}}的)?(?:(?!{_NO_VERB})[{HANZI}]){{0,6}}?"
)


class _Change(NamedTuple):
    verbs: frozenset[str]
    right: str


def _rows(name: str) -> Iterator[tuple[list[str], str]]:
    for row in (_WORDS / name).read_text(encoding="utf-8").splitlines():
        if row.strip() and not row.startswith("#"):
            words, _, rest = row.partition(" : ")
            yield words.split(), rest


@cache
def _changes() -> tuple[dict[str, _Change], re.Pattern[str]]:
    known: dict[str, _Change] = {}
    for nouns, verbs in _rows("changes.txt"):
        known |= dict.fromkeys(nouns, _Change(frozenset(verbs.split()), verbs.split()[0]))
    every = "|".join(sorted(set().union(*(each.verbs for each in known.values()))))
    names = "|".join(sorted(known, key=len, reverse=True))
    return known, re.compile(rf"(?P<noun>{names})(?:{_GOT}|{_EVER})(?P<hit>{every})了?{_END}")


def _changed(text: Text) -> Iterator[Hit]:
    known, shape = _changes()
    for match in shape.finditer(text.string):
        noun = known[match["noun"]]
        if match["hit"] not in noun.verbs:
            yield Hit(*match.span("hit"), noun.right)


@cache
def _objects() -> tuple[dict[tuple[str, str], str], re.Pattern[str]]:
    known: dict[tuple[str, str], str] = {}
    for row, rest in _rows("objects.txt"):
        nouns, _, right = rest.partition(">")
        known |= {(verb, noun): right.strip() for verb in row for noun in nouns.split()}
    verbs = "|".join(sorted({verb for verb, _ in known}))
    nouns = "|".join(sorted({noun for _, noun in known}, key=len, reverse=True))
    return known, re.compile(rf"(?P<hit>{verbs})[了过出]?{_ATTRIBUTE}(?P<noun>{nouns}){_END}")


def _taken(text: Text) -> Iterator[Hit]:
    known, shape = _objects()
    for match in shape.finditer(text.string):
        right = known.get((match["hit"], match["noun"]))
        if right is not None:
            yield Hit(*match.span("hit"), right or None)


@cache
def _attributes() -> tuple[dict[str, frozenset[str]], re.Pattern[str]]:
    known = {
        adjective: frozenset(nouns.split())
        for adjectives, nouns in _rows("attributes.txt")
        for adjective in adjectives
    }
    every = set().union(*known.values()) | {"规模", "数量", "意识", "制度", "措施", "效率"}
    names = "|".join(sorted(every, key=len, reverse=True))
    return known, re.compile(rf"(?P<hit>{'|'.join(known)})的(?P<noun>{names}){_END}")


def _described(text: Text) -> Iterator[Hit]:
    known, shape = _attributes()
    for match in shape.finditer(text.string):
        if match["noun"] not in known[match["hit"]]:
            yield Hit(*match.span("hit"))


RULES = (
    Rule(
        "G86",
        Level.WARN,
        "修饰语和中心语不搭配",
        "形容词和它修饰的名词不搭配，请换一个。",
        GRAMMAR.format("搭配不当"),
        _described,
        wrong=("她有昂扬的步伐。", "感谢您坚实的热情。"),
        right=("她有坚实的步伐。", "她有昂扬的斗志。"),
    ),
    Rule(
        "G80",
        Level.WARN,
        "主谓不搭配",
        "名词和后面的动词不搭配，请换成建议的词。",
        GRAMMAR.format("搭配不当"),
        _changed,
        wrong=(
            "客人的体验有了显著的加快。 → 客人的体验有了显著的改善。",
            "力度不断提高。 → 力度不断加大。",
        ),
        right=("客人的体验有了显著的改善。", "水平不断提高。", "效率不断提升。"),
    ),
    Rule(
        "G81",
        Level.WARN,
        "动宾不搭配",
        "动词和后面的名词不搭配，请换一个。",
        GRAMMAR.format("搭配不当"),
        apart(_taken),
        wrong=(
            "早会激发了大家的工作效率。 → 早会提高了大家的工作效率。",
            "她遭到客人的好评。 → 她受到客人的好评。",
        ),
        right=("早会提高了大家的工作效率。", "早会激发了提高效率的热情。", "她受到好评。"),
    ),
)
