"""Reads a text with every rule and the house's own words. Pure, linear in its length."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from operator import itemgetter

from .findings import Finding, Level, folded
from .rules import RULES, Hit, Rule
from .rules.rule import within
from .terms import TermList, merged
from .texts import Manuscript, Text, of_manuscript

#: Characters on either side that are kept with a finding.
CONTEXT = 12
_GRAVITY = {level: rank for rank, level in enumerate(Level)}
NO_TERMS = TermList()
_CERTAIN = frozenset({Level.BLOCK, Level.ERROR, Level.WARN, Level.FIX})


def proofread(
    manuscript: Manuscript | Text,
    terms: TermList = NO_TERMS,
    *,
    rules: Iterable[Rule] = RULES,
) -> list[Finding]:
    """Everything found, in the order of the text; the gravest first where two begin together.

    What is a habit of the text is one finding, which knows all its places (`Finding.others`).
    """
    text = manuscript if isinstance(manuscript, Text) else of_manuscript(manuscript)
    if not text.blocks:
        return []
    found = [*_of_rules(text, rules, terms), *_of_terms(text, terms)]
    found.sort(key=lambda pair: (pair[0], _GRAVITY[pair[1].level], pair[1].rule))
    return folded(finding for _, finding in _without_doubled_suspects(found))


def _without_doubled_suspects(
    found: list[tuple[int, Finding]],
) -> Iterator[tuple[int, Finding]]:
    """What another rule says for certain of the same characters is not suspected as well."""
    certain = merged(
        (start, start + finding.place.length)
        for start, finding in found
        if finding.level in _CERTAIN
    )
    for start, finding in found:
        end = start + finding.place.length
        if finding.level is not Level.SUSPECT or not _overlaps(certain, start, end):
            yield start, finding


def _overlaps(ranges: list[tuple[int, int]], start: int, end: int) -> bool:
    """Whether one of the ranges, which are in order and apart, has a character in common."""
    before = bisect_left(ranges, end, key=itemgetter(0))
    return before > 0 and ranges[before - 1][1] > start


def _of_rules(text: Text, rules: Iterable[Rule], terms: TermList) -> Iterator[tuple[int, Finding]]:
    """What the house says is right, is no finding; but no word makes a card number right."""
    right = terms.right_places(text.string)
    for rule in rules:
        for hit in rule.find(text):
            if right and rule.level is not Level.BLOCK and within(hit[:2], right):
                continue
            yield hit.start, _finding(text, hit, rule.id, rule.level, rule.why, rule.source)


def _of_terms(text: Text, terms: TermList) -> Iterator[tuple[int, Finding]]:
    for start, end, term in terms.find(text.string):
        hit = Hit(start, end, term.preferred)
        why = term.why or (f"本刊用“{term.preferred}”。" if term.preferred else "本刊词表里的词。")
        yield start, _finding(text, hit, term.rule, term.level, why, term.source)
    for near in terms.near(text.string):
        why = f"和本刊的写法“{near.phrase}”差一两个字，请核对。"
        hit = Hit(near.start, near.end, near.right)
        yield near.start, _finding(text, hit, "H01", Level.WARN, why, "本刊词表")
    yield from _of_names(text, terms)


def _of_names(text: Text, terms: TermList) -> Iterator[tuple[int, Finding]]:
    right = terms.right_places(text.string)
    for near in terms.names.find(text.string):
        if right and within((near.start, near.end), right):
            continue
        hit = Hit(near.start, near.end, near.right)
        if near.is_person:
            why = f"作者表里这个单位有“{near.right}”，请核对是不是同一个人。"
            yield near.start, _finding(text, hit, "H03", Level.WARN, why, "本刊作者表")
        else:
            why = f"单位表里是“{near.right}”，请核对。"
            yield near.start, _finding(text, hit, "H02", Level.WARN, why, "本刊单位表")


def _finding(text: Text, hit: Hit, rule: str, level: Level, why: str, source: str) -> Finding:
    block, offset = text.at(hit.start)
    end = min(hit.end, block.end) - block.start
    return Finding(
        rule=rule,
        level=hit.level or level,
        place=text.place(hit.start, hit.end),
        quote=block.text[offset:end],
        why=hit.why or why,
        source=source,
        suggestion=hit.suggestion,
        before=block.text[max(0, offset - CONTEXT) : offset],
        after=block.text[end : end + CONTEXT],
    )
