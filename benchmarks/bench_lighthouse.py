"""Lighthouse's phone on home, issue, article and flipbook: `make bench`, where Node is there.

Its four scores, layout shift, largest and first paint and blocked time, of each page the middle of
three runs, opened by somebody who was never here; then the article again by somebody who comes from
the issue's page. What is measured is the demo under gunicorn, or the site that is named:

    python benchmarks/bench_lighthouse.py http://127.0.0.1:8000

The npm package is put into var/lighthouse when it is first needed. Without Node, Chromium or a way
to the packages nothing is measured, and that is said.
"""

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))

from bench_store import ROOT, free_port, gunicorn, served

WHERE = ROOT / "var" / "lighthouse"
PROGRAM = WHERE / "node_modules" / ".bin" / "lighthouse"
#: Runs with Node 18; the next one wants 22.
VERSION = "lighthouse@12"
CHROMIUM = "/usr/bin/chromium"
RUNS = int(os.environ.get("RUNS", "3"))
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
AUDITS = {
    "CLS": "cumulative-layout-shift",
    "LCP": "largest-contentful-paint",
    "FCP": "first-contentful-paint",
    "TBT": "total-blocking-time",
}
FLAGS = "--headless=new --no-sandbox --disable-gpu --disable-dev-shm-usage"


def why_not() -> str:
    """What is missing; "" where everything is there."""
    if not shutil.which("node") or not shutil.which("npm"):
        return "Node is not there (Debian: apt-get install nodejs npm)"
    if not Path(CHROMIUM).exists():
        return f"{CHROMIUM} is not there"
    if PROGRAM.exists():
        return ""
    WHERE.mkdir(parents=True, exist_ok=True)
    npm = ["npm", "install", "--no-audit", "--no-fund", "--prefix", str(WHERE), VERSION]
    done = subprocess.run(npm, capture_output=True, text=True, check=False)  # noqa: S603
    return "" if done.returncode == 0 else f"npm did not get it: {done.stderr.strip()[-300:]}"


def look(address: str, visitor: Path, *, again: bool = False) -> dict[str, Any]:
    """Lighthouse's report; `again` for somebody whose browser keeps what it has seen."""
    command = [
        str(PROGRAM),
        address,
        "--quiet",
        "--output=json",
        "--output-path=stdout",
        f"--only-categories={','.join(CATEGORIES)}",
        f"--chrome-flags={FLAGS} --user-data-dir={visitor}",
        *(["--disable-storage-reset"] if again else []),
    ]
    environment = {**os.environ, "CHROME_PATH": CHROMIUM}
    done = subprocess.run(  # noqa: S603
        command, capture_output=True, text=True, check=True, env=environment, timeout=300
    )
    told: dict[str, Any] = json.loads(done.stdout)
    return told


def middle(address: str, room: Path) -> dict[str, Any]:
    """Of several runs, each by a new visitor, the one with the middle largest paint."""
    runs = [look(address, room / f"visitor-{len(address)}-{run}") for run in range(RUNS)]
    runs.sort(key=lambda run: run["audits"][AUDITS["LCP"]]["numericValue"])
    return runs[len(runs) // 2]


def told(name: str, report: dict[str, Any]) -> None:
    scores = [round(100 * (report["categories"][each]["score"] or 0)) for each in CATEGORIES]
    values = {short: report["audits"][name]["numericValue"] for short, name in AUDITS.items()}
    size = report["audits"]["total-byte-weight"]["numericValue"] / 1000
    print(
        f"{name:<22} {'/'.join(map(str, scores)):<16} CLS {values['CLS']:.3f}"
        f"  LCP {values['LCP'] / 1000:.2f} s  FCP {values['FCP'] / 1000:.2f} s"
        f"  TBT {values['TBT']:.0f} ms  {size:.0f} kB"
    )
    for each in CATEGORIES:
        for audit in report["categories"][each]["auditRefs"]:
            found = report["audits"][audit["id"]]
            if audit["weight"] and found["score"] is not None and found["score"] < 0.9:
                print(f"    {each}: {found['title']} {found.get('displayValue', '')}")


def pages_of(site: str) -> dict[str, str]:
    """Where the newest issue, its first article and its flipbook are."""
    home = read(site + "/")
    issue = re.search(r'href="(/issues/\d{4}/[^/"]+/)"', home)
    if not issue:
        raise SystemExit("No issue is out there.")
    article = re.search(r'href="(/articles/\d+/)"', read(site + issue[1]))
    if not article:
        raise SystemExit("The issue has no articles.")
    return {
        "home": "/",
        "issue": issue[1],
        "article": article[1],
        "flipbook": f"{issue[1]}read/",
    }


def read(address: str) -> str:
    with urllib.request.urlopen(address, timeout=30) as answer:  # noqa: S310  the one that is named
        body: str = answer.read().decode()
        return body


@contextmanager
def demo(room: Path) -> Iterator[str]:
    """The demo in a folder of its own, served by gunicorn alone."""
    site = f"http://127.0.0.1:{(port := free_port())}"
    environment = {
        **os.environ,
        "DATABASE_URL": f"sqlite:///{room}/db.sqlite3",
        "MEDIA_ROOT": f"{room}/media",
        "PAGES_ROOT": f"{room}/pages",
        "STATIC_ROOT": f"{room}/static",
        "TASK_QUEUE": "immediate",
        "SITE_URL": site,
        "PYTHONPATH": str(ROOT),
    }
    for command in (["migrate", "-v0"], ["demo"], ["collectstatic", "--noinput", "-v0"]):
        subprocess.run(  # noqa: S603
            [sys.executable, str(ROOT / "manage.py"), *command],
            env=environment,
            check=True,
            capture_output=True,
        )
    with served(gunicorn("servicejournal.wsgi", port, ROOT), port, env=environment):
        yield site


def measure(site: str) -> None:
    load = os.getloadavg()[0]
    print(f"Lighthouse's phone, {RUNS} runs a page; load before: {load:.1f}")
    pages = pages_of(site)
    with tempfile.TemporaryDirectory(prefix="lighthouse-") as folder:
        room = Path(folder)
        for path in pages.values():
            read(site + path)  # stored, as it is for everybody but the first
        for name, path in pages.items():
            told(name, middle(site + path, room))
        visitor = room / "second"
        look(site + pages["issue"], visitor)
        told("article, second page", look(site + pages["article"], visitor, again=True))


def main() -> None:
    if reason := why_not():
        print(f"Lighthouse was left out: {reason}.")
        return
    if len(sys.argv) > 1:
        measure(sys.argv[1].rstrip("/"))
        return
    with tempfile.TemporaryDirectory(prefix="lighthouse-") as room, demo(Path(room)) as site:
        measure(site)


if __name__ == "__main__":
    main()
