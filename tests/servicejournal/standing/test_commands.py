"""Commands say in one Chinese line what is away: cron mails it to somebody who has to act."""

import os
import subprocess
import sys

import pytest

from tests.environment import ROOT


def said(*command: str, **told: str) -> subprocess.CompletedProcess:
    return subprocess.run(
        [sys.executable, "manage.py", *command],
        cwd=ROOT,
        env={**os.environ, **told},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.any_database
def test_a_database_that_is_away_is_told_in_a_line_and_in_full_when_asked():
    away = {"DATABASE_URL": "postgres://nobody@127.0.0.1:9/nothing?connect_timeout=2"}
    answer = said("remind", **away)
    assert answer.returncode == 1
    (line,) = answer.stderr.splitlines()
    assert line.startswith("没有做完：数据库没有回答（")
    assert line.endswith("处理好以后请再运行一次。")
    assert "Traceback" in said("sweep_pictures", "--traceback", **away).stderr
