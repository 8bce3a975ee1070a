"""Each layout by a process of its own: its answer comes back, and so does what went wrong."""

import os
import subprocess
import sys

import pytest

from tests.environment import ROOT

pytestmark = pytest.mark.any_database

#: In a process that has no threads, as the compositor's is.
PROGRAM = """
import os
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
"""


@pytest.mark.skipif(not hasattr(os, "fork"), reason="laid out in one process there")
def test_an_answer_comes_back_from_another_process_and_so_does_a_fault():
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout.split("\n")[:3] == [
        "True True",
        "no such font",
        "A layout was broken off.",
    ]
