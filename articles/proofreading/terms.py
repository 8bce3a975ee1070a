"""Lists of words, matched in one pass whatever their length. Pure.

A list in a file is plain text, a row an entry; `#` begins a comment. `#: rule W01` and
`#: source …` hold for the rows that follow.

    wrong → right          found, with what should stand instead
    wrong → right | why    with an explanation of its own
    word                   found, without a suggestion
    = word                 right as it stands: what lies inside of it is no finding
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from ahocorasick_rs import AhoCorasick, Implementation

from .findings import Level
from .fixed import FixedPhrases, Near, letters
from .names import NameList

#: Longer ones are no terms; the bound keeps the number of matches at one place small.
MAX_LENGTH = 60
#: From six characters on a form is looked for by nearness too.
_RESEMBLED = 6
# What is put between the characters of a word to hide it from a list. No mark of prose is among
# them: 刷，单 are two words.
_SEPARATORS = frozenset("*·•_|/\\☆★+~.- \u3000")
_SURROGATE = re.compile("[\ud800-\udfff]")
_SPACES = re.compile("[ \u3000]+")


@dataclass(frozen=True, slots=True)
class Term:
    """One entry: what to look for, and what to say about it."""

    word: str
    preferred: str | None = None  # the form that should stand instead
    level: Level = Level.WARN
    why: str = ""
    variants: tuple[str, ...] = ()  # other spellings, found like the word
    source: str = "本刊词表"
    rule: str = "H01"
    is_right: bool = False
    disguised: bool = False  # also where marks or spaces stand between its characters


class TermHit(NamedTuple):
    start: int
    end: int
    term: Term


class TermList:
    """Terms, and names of the house, compiled once, to be matched against many texts."""

    def __init__(self, terms: Iterable[Term] = (), names: NameList | None = None) -> None:
        self.terms = tuple(terms)
        self.names = names or NameList()
        self._words = list(_spellings(self.terms))
        self._automaton = _automaton([word for word, _ in self._words])
        hidden = _spellings(term for term in self.terms if term.disguised)
        self._hidden = [pair for pair in hidden if len(pair[0]) > 1]
        self._unmasking = _automaton([word for word, _ in self._hidden])
        self._near = FixedPhrases(_forms(self.terms))

    def find(self, string: str) -> list[TermHit]:
        """The longest matches, in order; nothing that lies inside of a right form."""
        string = _SURROGATE.sub("\ufffd", string)  # the automaton reads UTF-8
        return [*_longest(self._matches(string)), *self._unmasked(string)]

    def near(self, string: str) -> list[Near]:
        """Where something differs by a character or two from a form that the house prefers."""
        return list(self._near.find(string))

    def right_places(self, string: str) -> list[tuple[int, int]]:
        """Where right forms stand, in order and apart."""
        if not any(term.is_right for term in self.terms):
            return []
        string = _SURROGATE.sub("\ufffd", string)
        found = sorted(hit[:2] for hit in self._matches(string) if hit.term.is_right)
        return merged(found)

    def _matches(self, string: str) -> Iterator[TermHit]:
        if self._automaton is None:
            return
        found = self._automaton.find_matches_as_indexes(string, overlapping=True)
        for index, start, end in found:
            if _stands_alone(string, start, end):
                yield TermHit(start, end, self._words[index][1])

    def _unmasked(self, string: str) -> Iterator[TermHit]:
        """Words with something between their characters: 刷*单, 内 部 价."""
        if self._unmasking is None:
            return
        places = [at for at, char in enumerate(string) if char not in _SEPARATORS]
        squeezed = "".join(string[at] for at in places)
        for index, first, last in self._unmasking.find_matches_as_indexes(
            squeezed, overlapping=True
        ):
            start, end = places[first], places[last - 1] + 1
            if _is_disguise(string[start:end], last - first):
                yield TermHit(start, end, self._hidden[index][1])


def _is_disguise(quote: str, length: int) -> bool:
    """Spaces must stand between all of three or more characters: 确保 本周 hides no 保本."""
    if len(quote) == length or len(quote) > 4 * length:
        return False
    spaced = " " in quote or "\u3000" in quote
    return not spaced or (length > 2 and len(_SPACES.findall(quote)) == length - 1)


def merged(ranges: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Ranges in order of their beginnings, those that overlap made one."""
    out: list[tuple[int, int]] = []
    for start, end in ranges:
        if out and start < out[-1][1]:
            out[-1] = (out[-1][0], max(end, out[-1][1]))
        else:
            out.append((start, end))
    return out


def _spellings(terms: Iterable[Term]) -> Iterator[tuple[str, Term]]:
    """Each spelling that can be matched; a preferred form that holds its term is right."""
    for term in terms:
        for word in (term.word, *term.variants):
            if 0 < len(word) <= MAX_LENGTH:
                yield word, term
                if term.preferred and word in term.preferred and word != term.preferred:
                    yield term.preferred[:MAX_LENGTH], Term(term.preferred, is_right=True)


def _forms(terms: tuple[Term, ...]) -> list[str]:
    """Preferred forms that are long enough to be resembled; the words themselves are known."""
    forms = [each.preferred for each in terms if each.preferred]
    forms = [form for form in forms if len(letters(form)) >= _RESEMBLED]
    known = [f"= {word}" for each in terms for word in (each.word, *each.variants)]
    return [*forms, *known] if forms else []


def _automaton(words: list[str]) -> AhoCorasick | None:
    if not words:
        return None
    return AhoCorasick(words, implementation=Implementation.ContiguousNFA)


def _stands_alone(string: str, start: int, end: int) -> bool:
    """A Latin word is found as a word: App is not in Apple."""
    return not (_is_latin(string[start]) and _is_latin(string[start - 1 : start])) and not (
        _is_latin(string[end - 1]) and _is_latin(string[end : end + 1])
    )


def _is_latin(char: str) -> bool:
    return char.isascii() and char.isalnum()


def _longest(found: Iterable[TermHit]) -> Iterator[TermHit]:
    """The first and longest; right forms cover what they overlap.

    Of two that overlap without one holding the other, the second counts if it weighs differently.
    """
    ordered = sorted(found, key=lambda hit: (hit.start, -hit.end, not hit.term.is_right))
    right = [hit for hit in ordered if hit.term.is_right]
    at = covered = reach = 0
    level = None
    for hit in ordered:
        while at < len(right) and right[at].start < hit.end:
            covered = max(covered, right[at].end)
            at += 1
        is_new = hit.start >= reach or (hit.end > reach and hit.term.level != level)
        if not hit.term.is_right and covered <= hit.start and is_new:
            reach, level = hit.end, hit.term.level
            yield hit


def read(path: Path) -> list[Term]:
    """The entries of a list that comes with the program."""
    facts: dict[str, str] = {}
    terms = []
    for row in path.read_text(encoding="utf-8").splitlines():
        if row.startswith("#:"):
            key, _, value = row[2:].strip().partition(" ")
            facts[key] = value.strip()
        elif row.strip() and not row.startswith("#"):
            terms.append(_term(row, facts))
    return terms


def _term(row: str, facts: dict[str, str]) -> Term:
    if row.startswith("= "):
        return Term(row[2:].strip(), is_right=True)
    row, _, why = row.partition("|")
    word, arrow, preferred = (part.strip() for part in row.partition("→"))
    return Term(
        word,
        preferred if arrow else None,
        why=why.strip(),
        source=facts.get("source", ""),
        rule=facts["rule"],
    )
