"""Each layout by a process of its own: its answer comes back, and so does what went wrong."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.environment import ROOT

pytestmark = pytest.mark.any_database

#: In a process that has no threads, as the compositor's is.
PROGRAM = """
import os
import threading
import time
from issues.exports.pdf.compositor import apart

OWN = str(os.getpid())

def breaks():
    raise RuntimeError("no such font")

def dies():
    os._exit(9)

print(apart(lambda: "字 " * 40000) == "字 " * 40000, apart(lambda: str(os.getpid())) != OWN)
for work in (breaks, dies):
    try:
        apart(work)
    except RuntimeError as error:
        print(error)
threading.Thread(target=time.sleep, args=(9,), daemon=True).start()
print(apart(lambda: str(os.getpid())) == OWN)
"""


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="laid out in one process there")
def test_an_answer_comes_back_from_another_process_unless_this_one_has_threads():
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout.splitlines() == [
        "True True",
        "no such font",
        "A layout was broken off.",
        "True",
    ]
