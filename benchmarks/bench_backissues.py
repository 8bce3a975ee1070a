"""Reading back issues: the worst dumps at half and at full length, in seconds of CPU.

Linear time shows as a ratio of about two. A refusal costs time too, and counts as an answer.
"""

import contextlib
import time
from collections.abc import Callable

from articles.bodies.punctuation import widen
from issues.backissues.dump import parse
from issues.backissues.lines import MAX_BYTES, MAX_LINES, NotADump
from tests.issues.worst_lines import HEAD, WORST

#: What a text for the half-width marks is made of, to 300,000 characters.
MARKS = ["a", ",", "服,", "(", "(服", ")", '"', "'服", ".", "5%,", "http://", " ,"]


def dump_of(unit: str, size: int) -> bytes:
    """A dump of at most `size` bytes, and no more lines than are read."""
    head, body = HEAD.encode(), unit.encode()
    lines = (MAX_LINES - 20) // max(1, unit.count("\n"))
    return head + body * min((size - len(head)) // len(body), lines)


def seconds(read: Callable[[], object]) -> float:
    start = time.process_time()
    with contextlib.suppress(NotADump):
        read()
    return time.process_time() - start


def row(name: str, half: float, full: float) -> None:
    print(f"{name:42} {half:7.2f} s {full:7.2f} s  {full / max(half, 0.001):5.1f}")


def main() -> None:
    print(f"{'a dump of':42} {'2.5 MB':>9} {'5 MB':>9}  ratio")
    for unit in WORST:
        half, full = dump_of(unit, MAX_BYTES // 2), dump_of(unit, MAX_BYTES)
        row(
            repr(unit[:24]),
            seconds(lambda data=half: parse(data)),
            seconds(lambda data=full: parse(data)),
        )
    print(f"{'half-width marks':42} {'150,000':>9} {'300,000':>9}  ratio")
    for unit in MARKS:
        half, full = ("服" + unit * (size // len(unit)) for size in (150_000, 300_000))
        row(
            repr(unit),
            seconds(lambda text=half: widen(text)),
            seconds(lambda text=full: widen(text)),
        )


if __name__ == "__main__":
    main()
