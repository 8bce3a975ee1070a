"""What is known of words, pairs and triples of characters, in one file that is mapped, not read.

Pure. The file is made by `build.py`. A key is hashed to sixty-one bits: sixteen choose a bucket,
thirty-two are kept in it, in order. Processes on one machine share the pages of the file.
"""

import math
import mmap
import struct
import sys
from bisect import bisect_left
from collections.abc import Iterable
from functools import cache, lru_cache
from pathlib import Path

FILE = Path(__file__).parent / "words.bin"
MAGIC = b"SJWORDS1"
#: Magic; entries of the words and of the pairs; bytes of the triples, of the likenesses and of the
#: neighbours; how many characters were counted.
HEADER = struct.Struct("<8s6I")
BUCKETS = 1 << 16
LONGEST = 7

# A value of a word: longer words begin so, it may be proposed, and its rarity.
BEGINS, PROPOSED, RARITY = 0x80, 0x40, 0x3F
#: Steps of rarity in one unit of the natural logarithm of a word's share.
STEPS = 3.6
#: Steps of a pair's count in one unit of the natural logarithm of ten times the count.
PAIR_STEPS = 12.0
#: Rarity of a character that is no word of the dictionary.
UNKNOWN = -18.6

_SMOOTHING = 50.0

_PRIME, _FACTOR = (1 << 61) - 1, 0x9E3779B97F4A7C15


def hashed(key: str) -> int:
    """The same on every machine and in every process, unlike `hash`."""
    return int.from_bytes(key.encode("utf-16-le"), "little") * _FACTOR % _PRIME


def bucket(number: int) -> int:
    return number >> 45


def kept(number: int) -> int:
    return (number >> 13) & 0xFFFFFFFF


def bits(number: int, size: int) -> tuple[int, int, int, int]:
    """Four places in a field of so many bits (a Bloom filter)."""
    low, high = number & 0x3FFFFFFF, number >> 31
    return low % size, (low + high) % size, (low + 2 * high) % size, (low + 3 * high) % size


class Index:
    def __init__(self, path: Path = FILE) -> None:
        if sys.byteorder != "little":
            raise OSError("the index of words is written for little-endian machines")
        with path.open("rb") as file:
            data = memoryview(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))
        magic, words, pairs, triples, likenesses, neighbours, total = HEADER.unpack_from(data)
        if magic != MAGIC:
            raise OSError(f"{path} is no index of words")
        self.total = float(total)
        at = HEADER.size
        self._words, at = _table(data, at, words)
        self._pairs, at = _table(data, at, pairs)
        self._triples = data[at : at + triples]
        at += triples
        lines = bytes(data[at : at + likenesses]).decode()
        self._same = _likenesses(line[1:] for line in lines.splitlines() if line[0] == "=")
        self._alike: dict[str, str] = {}
        self._near = _likenesses(line[1:] for line in lines.splitlines() if line[0] == "~")
        at += likenesses
        self._behind, self._before = _neighbours(bytes(data[at : at + neighbours]).decode())
        self.word = lru_cache(maxsize=32_768)(self._word)
        self.pair = lru_cache(maxsize=16_384)(self._pair)
        self.likely = lru_cache(maxsize=32_768)(self._likely)

    def _word(self, word: str) -> int:
        """The value of a word, or of what a word begins with; 0 of anything else."""
        return _value(self._words, word)

    def _pair(self, pair: str) -> float:
        """The logarithm of how often two characters (or one) stand so; 0.0 where they never do."""
        return _value(self._pairs, pair) / PAIR_STEPS

    def _likely(self, one: str, two: str) -> float:
        """The logarithm of the chance that one character is followed by the other.

        Smoothed by how common the other is.
        """
        together = math.expm1(_value(self._pairs, one + two) / PAIR_STEPS) / 10
        first = math.expm1(self.pair(one)) / 10
        share = (math.expm1(self.pair(two)) / 10 + 0.5) / self.total
        return math.log((together + _SMOOTHING * share) / (first + _SMOOTHING))

    def triple(self, triple: str) -> bool:
        """Whether three characters stand so in the texts that were counted, or nearly surely."""
        field = self._triples
        places = bits(hashed(triple), len(field) * 8)
        return all(field[place >> 3] >> (place & 7) & 1 for place in places)

    def alike(self, char: str) -> str:
        """Characters that it is mistaken for: they sound the same or nearly, or look alike."""
        if char not in self._alike:
            same = self._same.get(char, "")
            more = (each for each in self._near.get(char, "") if each not in same)
            self._alike[char] = same + "".join(more)
        return self._alike[char]

    def others(self, before: str, char: str, after: str) -> list[str]:
        """What a character may be mistaken for, where that makes a pair of some word."""
        like = self.alike(char)
        fit = set(self._behind.get(before, "")).union(self._before.get(after, ""))
        return [each for each in like if each in fit]

    def sounds_like(self, char: str, other: str) -> bool:
        """Whether they sound the same but for the tone."""
        return other in self._same.get(char, "")


Table = tuple[memoryview, memoryview, memoryview]


def _table(data: memoryview, at: int, entries: int) -> tuple[Table, int]:
    starts = at + 4 * (BUCKETS + 1)
    prints = starts + 4 * entries
    end = prints + entries
    table = (data[at:starts].cast("I"), data[starts:prints].cast("I"), data[prints:end])
    return table, end + -end % 4


def _value(table: Table, key: str) -> int:
    number = hashed(key)
    starts, prints, values = table
    start, end = starts[bucket(number)], starts[bucket(number) + 1]
    wanted = kept(number)
    place = bisect_left(prints, wanted, start, end)
    return values[place] if place < end and prints[place] == wanted else 0


def _likenesses(lines: Iterable[str]) -> dict[str, str]:
    """Each line is a set of characters any of which is written for any other."""
    like: dict[str, str] = {}
    for line in lines:
        for char in line:
            known = like.get(char, "")
            like[char] = known + "".join(each for each in line if each not in known + char)
    return like


def _neighbours(lines: str) -> tuple[dict[str, str], dict[str, str]]:
    """Which characters stand behind each in some word, and which before it."""
    behind = {line[0]: line[1:] for line in lines.splitlines()}
    before: dict[str, list[str]] = {}
    for char, others in behind.items():
        for other in others:
            before.setdefault(other, []).append(char)
    return behind, {char: "".join(others) for char, others in before.items()}


@cache
def index() -> Index:
    """Opened when the first text is read."""
    return Index()
