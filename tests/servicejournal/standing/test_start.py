"""The program stands within two seconds: what few requests need comes with the first of them."""

import os
import subprocess
import sys

from tests.environment import ROOT

#: Each takes a twentieth to a third of a second, and 15 to 60 MB.
BRINGS = {"authlib", "boto3", "docx", "openpyxl", "pikepdf", "pypinyin", "redis", "requests"}
LOADED = """
import sys
import servicejournal.wsgi
from django.urls import get_resolver
get_resolver().reverse_dict
print(*{name.partition(".")[0] for name in sys.modules})
"""


def test_a_process_that_serves_loads_nothing_that_waits_for_a_request():
    answer = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", LOADED],
        cwd=ROOT,
        env={**os.environ, "CACHE_URL": "locmemcache://", "STORAGE_URL": "", "METRICS": "off"},
        capture_output=True,
        text=True,
        check=True,
    )
    loaded = set(answer.stdout.split())
    assert {"django", "articles", "issues"} <= loaded
    assert not BRINGS & loaded
