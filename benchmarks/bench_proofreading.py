"""The proofreading aid: a manuscript with a long list of words, and the worst texts there are.

Seconds of CPU. Linear time shows as a ratio of about two.
"""

import time
from collections.abc import Callable

from articles.proofreading import Manuscript, Term, TermList, proofread, tidied
from articles.proofreading.similarity import Shelf, fingerprint, overlaps
from tests.articles.proofreading.examples import WORST

#: As long as a body may be.
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


def main() -> None:
    a_manuscript()
    similarity()
    print(f"\n{'a body of':42} {'200,000':>10} {'400,000':>10}  ratio")
    for unit in [f"{PARAGRAPH}\n", *WORST]:
        half, full = (Manuscript(body=body_of(unit, size)) for size in (LONGEST // 2, LONGEST))
        show(
            repr(unit[:24]),
            seconds(lambda text=half: proofread(text)),
            seconds(lambda text=full: proofread(text)),
        )


if __name__ == "__main__":
    main()
