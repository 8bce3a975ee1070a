"""The most memory that a process and its children have at once: `python most_memory.py PID`.

Looks ten times a second and prints megabytes when it is ended (SIGTERM). Counted is what they have
and their share of what they have in common (PSS): a child that was forked is not counted twice, and
what the system tells of a child that ended (`ru_maxrss`) is what its parent had when it began.
"""

import signal
import sys
import time
from pathlib import Path


def family_of(pid: int) -> list[int]:
    family = [pid]
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        try:
            children = task.read_text().split()
        except OSError:  # it ended
            continue
        family += [each for child in children for each in family_of(int(child))]
    return family


def megabytes_of(pid: int) -> float:
    try:
        told = Path(f"/proc/{pid}/smaps_rollup").read_text()
    except OSError:  # it ended, or is about to
        return 0.0
    return sum(int(line.split()[1]) for line in told.splitlines() if line.startswith("Pss:")) / 1024


def main(pid: int) -> None:
    most, ended, me = 0.0, [], Path("/proc/self").resolve().name
    signal.signal(signal.SIGTERM, lambda *_: ended.append(True))
    while not ended:
        now = sum(megabytes_of(each) for each in family_of(pid) if str(each) != me)
        most = max(most, now)
        time.sleep(0.1)
    print(f"{most:.0f}")


if __name__ == "__main__":
    main(int(sys.argv[1]))
