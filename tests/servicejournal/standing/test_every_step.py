"""A step fails, fails for good, or is the last: a few of those that `make bench` tries."""

import os
import subprocess
import sys

import pytest

from tests.environment import ROOT

OF_THE_BENCHMARK = {"DATABASE_URL", "MEDIA_ROOT", "PAGES_ROOT", "TMPDIR"}


@pytest.mark.any_database
@pytest.mark.parametrize("verb", ["take_back", "backup"])
def test_old_or_new_and_said_in_chinese_whatever_step_fails(verb):
    told = subprocess.run(
        [sys.executable, "benchmarks/bench_faults.py", verb, "--moments", "4"],
        cwd=ROOT,
        env={name: value for name, value in os.environ.items() if name not in OF_THE_BENCHMARK},
        capture_output=True,
        text=True,
        check=False,
    )
    assert told.returncode == 0, told.stdout + told.stderr[-2000:]
    assert told.stdout.count(" 0 faults") == 3
