"""The proofreading aid: what it costs, and what it finds and cries over in texts that one names.

Without arguments: a manuscript with a long list of words, and the worst texts there are, in
seconds of CPU; linear time shows as a ratio of about two. With arguments, one by one:

    a folder           edited prose, .txt: findings per 1,000 characters by level and rule, speed,
                       and how many wrong characters are found that are put into it: one a run of
                       characters, four in five of the same sound, the fifth of a like shape
    faults.tsv         columns `faulty`, `correct_twin`: pairs found, alarms on the right twins
    marks.tsv          columns `sentence`, `fault`: sentences in which a finding touches the fault
    right.txt          right sentences, one a line; lines that begin with a number are one text
    --show P09,N       list the findings of these rules, and what was missed
"""

import argparse
import csv
import resource
import time
from collections import Counter
from collections.abc import Callable, Iterator
from itertools import groupby
from pathlib import Path

from articles.proofreading import (
    Finding,
    Level,
    Manuscript,
    Term,
    TermList,
    proofread,
    suspects,
    tidied,
)
from articles.proofreading.rules import RULES
from articles.proofreading.similarity import Shelf, fingerprint, overlaps
from articles.proofreading.suspects import fit
from articles.proofreading.texts import of_file
from tests.articles.proofreading.examples import WORST

#: As long as a body may be; a quarter of it shows whether time is linear.
LONGEST = 400_000
PARAGRAPH = (
    "下雨那天,门口的垫子换了三次，客人进门先低头看脚下，再抬头看我们。“您慢一点，”大堂经理说，"
    "一是看见，二是记住；2022年3月5日，帐户里多了3-5万元，根据《办法》中指出，涉及到62-85%的网点。"
    "我们把常说的二十句话写在卡片上，每一句都试着放慢，再放慢一些，窗口里的话，说慢一点。"
)


def seconds(work: Callable[[], object], *, times: int = 1) -> float:
    start = time.process_time()
    for _ in range(times):
        work()
    return (time.process_time() - start) / times


def body_of(unit: str, size: int) -> str:
    lines = (unit * (size // len(unit))).split("\n")
    return "".join(f"<p>{line}</p>" for line in lines if line)


def show(name: str, half: float, full: float) -> None:
    print(f"{name:42} {half:8.3f} s {full:8.3f} s  {full / max(half, 0.001):5.1f}")


def milliseconds(name: str, work: Callable[[], object]) -> None:
    print(f"  {name:22} {1000 * seconds(work, times=10):7.1f} ms")


def a_manuscript() -> None:
    terms = [Term(f"词条{number}号") for number in range(10_000)]
    built = TermList(terms)
    manuscript = Manuscript(title="门垫", body=body_of(f"{PARAGRAPH}\n", 5_000))
    found = len(proofread(manuscript, built))
    print(f"5,000 characters, 10,000 terms, {found} findings:")
    milliseconds("the list compiled", lambda: TermList(terms))
    milliseconds("proofread", lambda: proofread(manuscript, built))
    milliseconds("all safe fixes", lambda: tidied(manuscript, built))


def similarity() -> None:
    shelf = Shelf()
    text = PARAGRAPH * (5_000 // len(PARAGRAPH))
    for number in range(1_000):
        other = "".join(chr(0x4E00 + (number * 7919 + at) % 20_000) for at in range(99))
        shelf.add(number, fingerprint(other))
    shelf.add("same", fingerprint(text))
    print("5,000 characters against 1,001 others:")
    milliseconds("fingerprint", lambda: fingerprint(text))
    milliseconds("overlaps", lambda: overlaps(text, shelf))


def _line(found: Finding) -> str:
    quote = f"{found.before}【{found.quote}】{found.after}"
    return f"    {found.rule} {found.level:5} {found.place.line}: {quote} → {found.suggestion}"


def _shown(findings: list[Finding], rules: tuple[str, ...]) -> None:
    for found in findings:
        if rules and found.rule.startswith(rules):
            print(_line(found), f"（全文 {len(found.places)} 处）" if found.others else "")


def prose(folder: Path, rules: tuple[str, ...]) -> None:
    """All findings count as false alarms: the prose was edited by others."""
    counts: Counter[tuple[Level, str]] = Counter()
    characters, used, folded = 0, 0.0, 0
    for path in sorted(folder.glob("**/*.txt")):
        text = of_file(path.read_text(encoding="utf-8"))
        start = time.process_time()
        found = proofread(text)
        used += time.process_time() - start
        characters += len(text.string)
        counts.update((each.level, each.rule) for each in found)
        folded += len({each.rule for each in found})
        _shown(found, rules)
    thousands = max(characters, 1) / 1000
    print(f"{folder}: {characters} characters, {characters / max(used, 0.001):.0f} a second")
    print(f"  {'all':7} {counts.total():5}  {counts.total() / thousands:.3f} per 1,000")
    print(f"  {'folded':7} {folded:5}  {folded / thousands:.3f}  a rule counted once in a text")
    for level in Level:
        total = sum(count for (each, _), count in counts.items() if each is level)
        most = [(count, rule) for (each, rule), count in counts.items() if each is level]
        by_rule = " ".join(f"{rule} {count}" for count, rule in sorted(most, reverse=True))
        print(f"  {level:7} {total:5}  {total / thousands:.3f}  {by_rule}")
    paths = sorted(folder.glob("**/*.txt"))
    for name, half in (("even", paths[::2]), ("odd", paths[1::2])):
        wrong_characters(name, [path.read_text(encoding="utf-8") for path in half])


#: Runs of characters with one wrong among them.
CORRUPTED = 4_000


def wrong_characters(name: str, texts: list[str]) -> None:
    """What is found of wrong characters, and what is cried without any."""
    size = sum(map(len, texts))
    if not size:
        return
    alarms = sum(len(suspects.find(text)) for text in texts)
    found = righted = by_any = total = 0
    for run, at, right in fit.corrupted(texts, CORRUPTED):
        total += 1
        hit = next((each for each in suspects.find(run) if each.start <= at < each.end), None)
        found += hit is not None
        righted += hit is not None and hit.word[at - hit.start] == right
        rules = {"W01", "W03", "W04"}
        by_any += any(each.rule in rules and _touches(each, at, at) for each in _read(run))
    print(
        f"  wrong characters, {name} files: {found / total:.1%} suspected ({righted / total:.1%} "
        f"with the right word; {by_any / total:.1%} with W01 and W03), "
        f"{alarms} alarms, {1000 * alarms / size:.3f} per 1,000"
    )


def _read(text: str) -> list[Finding]:
    return proofread(of_file(text))


def pairs(rows: list[dict[str, str]], rules: tuple[str, ...]) -> None:
    """A fault is found by what is not also found in the right twin, where all is alarm."""
    kinds: dict[str, list[bool]] = {}
    alarms: list[Finding] = []
    for row in rows:
        faulty, twin = row["faulty"], row["correct_twin"]
        in_twin = _read(twin)
        known = {(each.rule, each.quote) for each in in_twin}
        hit = [each for each in _read(faulty) if (each.rule, each.quote) not in known]
        kinds.setdefault(row.get("kind") or "", []).append(bool(hit))
        alarms += in_twin
        if rules:
            print(f"  {'+' if hit else '-'} {faulty}")
            print("\n".join(map(_line, hit)))
    found = sum(map(sum, kinds.values()))
    print(f"  {found} of {len(rows)} found, {len(alarms)} alarms on the right twins")
    print("  " + " ".join(f"{kind} {sum(hits)}/{len(hits)}" for kind, hits in kinds.items()))
    print("\n".join(map(_line, alarms)))


def _touches(found: Finding, first: int, last: int) -> bool:
    start, end = found.place.offset, found.place.offset + found.place.length
    return start <= last + 1 and first - 1 <= end


def marks(rows: list[dict[str, str]], rules: tuple[str, ...]) -> None:
    missed = []
    for row in rows:
        at = row["sentence"].find(row["fault"])
        place = at, at + len(row["fault"])
        if not any(_touches(each, *place) for each in _read(row["sentence"])):
            missed.append(row)
    print(f"  {len(rows) - len(missed)} of {len(rows)} found")
    for row in missed if rules else ():
        print(f"    missed: {row['fault']}  {row['sentence']}")


def right(path: Path) -> None:
    lines = path.read_text(encoding="utf-8").splitlines()
    texts = list(_together(line for line in lines if line.strip()))
    found = [each for text in texts for each in _read(text)]
    print(f"  {len(found)} alarms in {len(texts)} right texts")
    print("\n".join(map(_line, found)))


def _together(lines: Iterator[str]) -> Iterator[str]:
    for numbered, group in groupby(lines, _is_numbered):
        together = list(group)
        yield from ["\n".join(together)] if numbered else together


def _is_numbered(line: str) -> bool:
    return line[0] in "（0123456789" or line[1:2] == "、"


def named(path: Path, rules: tuple[str, ...]) -> None:
    print(path)
    if path.is_dir():
        prose(path, rules)
    elif path.suffix != ".tsv":
        right(path)
    else:
        with path.open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
        (pairs if "correct_twin" in rows[0] else marks)(rows, rules)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("paths", nargs="*", type=Path)
    parser.add_argument("--show", default="", help="rules, or the beginnings of their ids")
    asked = parser.parse_args()
    for path in asked.paths:
        named(path, tuple(filter(None, asked.show.split(","))))
    if not asked.paths:
        costs()


def memory() -> None:
    """What the process holds more, once wrong characters have been looked for."""
    proofread(of_file("他说,好。"), rules=[each for each in RULES if each.id != "W04"])
    before = _resident()
    suspects.find(PARAGRAPH * 400)
    print(f"the words: {_resident() - before:.0f} MB of memory")


def _resident() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def costs() -> None:
    memory()
    a_manuscript()
    similarity()
    small, large = LONGEST // 8, LONGEST // 4
    print(f"\n{'a body of':42} {small:>10,} {large:>10,}  ratio")
    for unit in [f"{PARAGRAPH}\n", *WORST]:
        half, full = (Manuscript(body=body_of(unit, size)) for size in (small, large))
        show(
            repr(unit[:24]),
            seconds(lambda text=half: proofread(text)),
            seconds(lambda text=full: proofread(text)),
        )


if __name__ == "__main__":
    main()
