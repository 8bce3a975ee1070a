"""Makes the weights of `judging.py` anew, from texts that somebody edited.

    python -m articles.proofreading.suspects.fit FOLDER... [--wrong 4000] [--every 2]

Wrong characters are put into runs of these texts, one a run (four in five of the same sound, the
fifth of a like shape); the window that puts the right one back is a case for, every window in the
text as it is a case against. A logistic regression (Newton's method, a slight pull towards zero)
gives the weights; they are printed as `judging.py` holds them, beside those of today. `--every 2`
leaves every second file for measuring (`bench_proofreading.py`). The words themselves come from
`build.py`.
"""

import argparse
import math
import random
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from ..idioms import sounds
from . import finding, judging
from .index import index
from .segmenting import parted

_RUN = re.compile("[\u4e00-\u9fff]{4,}")
#: How strongly weights are pulled towards zero, where little speaks for them.
_PULL = 1e-3
_STEPS = 25


class Example(NamedTuple):
    features: tuple[float, ...]
    is_wrong: bool


class Fitted(NamedTuple):
    constant: float
    weights: tuple[float, ...]


def corrupted(texts: Sequence[str], most: int) -> Iterator[tuple[str, int, str]]:
    """A run with a wrong character in it, where, and what stood there. The same on every run."""
    dice = random.Random(13)  # noqa: S311
    common = Counter(char for text in texts for run in _RUN.findall(text) for char in run)
    chars = sorted(char for char, count in common.items() if count >= 3)
    by_sound: dict[str, list[str]] = {}
    for char in chars:
        for sound in sounds(char):
            by_sound.setdefault(sound, []).append(char)
    runs = [run for text in texts for run in _RUN.findall(text)]
    made = tried = 0
    while runs and made < most and tried < 20 * most:
        tried += 1
        run = dice.choice(runs)
        at = dice.randrange(len(run))
        same = {each for sound in sounds(run[at]) for each in by_sound.get(sound, ())}
        like = [each for each in index().alike(run[at]) if each not in same and each in common]
        others = sorted(same - {run[at]}) if dice.random() < 0.8 else like
        if others:
            weights = [common[each] ** 0.5 for each in others]
            other = dice.choices(others, weights)[0]
            made += 1
            yield run[:at] + other + run[at + 1 :], at, run[at]


def examples(texts: Sequence[str], wrong: int) -> list[Example]:
    known = index()
    out: list[Example] = []
    for run, at, right in corrupted(texts, wrong):
        for place, case in finding.candidates(known, parted(known, run)):
            if place == at and case.word[at - case.start] == right:
                out.append(Example(case.features, is_wrong=True))
    for text in texts:
        for run in _RUN.findall(text):
            cases = (case for _, case in finding.candidates(known, parted(known, run)))
            out += (Example(case.features, is_wrong=False) for case in cases)
    return out


def fitted(rows: Sequence[Example]) -> Fitted:
    """The weights under which these examples are likeliest."""
    width = len(rows[0].features) + 1
    columns = [(1.0, *row.features) for row in rows]
    weights = [0.0] * width
    for _ in range(_STEPS):
        slope = [-_PULL * weight for weight in weights]
        bend = [[_PULL * (a == b) for b in range(width)] for a in range(width)]
        for values, row in zip(columns, rows, strict=True):
            chance = _chance(sum(w * v for w, v in zip(weights, values, strict=True)))
            off, sure = row.is_wrong - chance, max(chance * (1 - chance), 1e-9)
            for a, value in enumerate(values):
                if value:
                    slope[a] += off * value
                    line, times = bend[a], sure * value
                    for b in range(width):
                        line[b] += times * values[b]
        step = _solved(bend, slope)
        weights = [weight + each for weight, each in zip(weights, step, strict=True)]
        if max(map(abs, step)) < 1e-4:
            break
    return Fitted(weights[0], tuple(weights[1:]))


def _chance(score: float) -> float:
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, score))))


def _solved(table: list[list[float]], right: list[float]) -> list[float]:
    """Gauss, the largest of each column first."""
    size = len(right)
    rows = [[*line, value] for line, value in zip(table, right, strict=True)]
    for at in range(size):
        best = max(range(at, size), key=lambda place: abs(rows[place][at]))
        rows[at], rows[best] = rows[best], rows[at]
        for below in range(at + 1, size):
            times = rows[below][at] / rows[at][at]
            for place in range(at, size + 1):
                rows[below][place] -= times * rows[at][place]
    out = [0.0] * size
    for at in reversed(range(size)):
        known = sum(rows[at][place] * out[place] for place in range(at + 1, size))
        out[at] = (rows[at][size] - known) / rows[at][at]
    return out


def told_apart(rows: Sequence[Example], by: Fitted, sure: float = judging.SURE) -> tuple[int, int]:
    """How many wrong characters and how many right ones reach the score that is shown."""
    count = [0, 0]
    for row in rows:
        total = by.constant + sum(w * v for w, v in zip(by.weights, row.features, strict=True))
        count[not row.is_wrong] += total >= sure
    return count[0], count[1]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--wrong", type=int, default=4000)
    parser.add_argument("--every", type=int, default=2)
    asked = parser.parse_args()
    paths = sorted(path for folder in asked.folders for path in folder.glob("**/*.txt"))
    texts = [path.read_text(encoding="utf-8") for path in paths[:: asked.every]]
    rows = examples(texts, asked.wrong)
    new, today = fitted(rows), Fitted(judging.CONSTANT, judging.WEIGHTS)
    wrong = sum(row.is_wrong for row in rows)
    print(f"{len(texts)} texts, {wrong} cases for, {len(rows) - wrong} against")
    for name, which in (("today", today), ("new", new)):
        found, alarms = told_apart(rows, which)
        print(f"{name:6} {found} of {wrong} shown, {alarms} alarms")
    for name, old, weight in zip(judging.NAMES, today.weights, new.weights, strict=True):
        print(f"  {name:16} {old:8.3f} {weight:8.3f}")
    print("WEIGHTS = (" + ", ".join(f"{round(weight, 3)}" for weight in new.weights) + ")")
    print(f"CONSTANT = {new.constant:.2f}")


if __name__ == "__main__":
    main()
