"""A step fails, fails for good, or is the last: a few of those that `make bench` tries."""

import os
import subprocess
import sys

import pytest

from tests.environment import ROOT

OF_THE_BENCHMARK = {"DATABASE_URL", "MEDIA_ROOT", "PAGES_ROOT", "TMPDIR"}


@pytest.mark.any_database
def test_old_or_new_and_said_in_chinese_whatever_step_fails():
    told = subprocess.run(
        [sys.executable, "benchmarks/bench_faults.py", "take_back", "backup", "--moments", "2"],
        cwd=ROOT,
        env={name: value for name, value in os.environ.items() if name not in OF_THE_BENCHMARK},
        capture_output=True,
        text=True,
        check=False,
    )
    assert told.returncode == 0, told.stdout + told.stderr[-2000:]
    assert told.stdout.count(" 0 faults") == 6
