"""What a phone loads on its first visit to each page, and what moves while it does: `make bench`.

    bench_first_visit.py [ADDRESS]

The demo behind the server of production's settings, or the site at that address. Chromium as a
phone (412 x 823, 2.625 pixels each) opens a page with nothing kept and scrolls to its end; printed
are kilobytes on the wire (headers and bodies as the network counts them), files, and the cumulative
layout shift. `--files` lists what was loaded, the largest first.
"""

import os
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
PHONE = {"viewport": {"width": 412, "height": 823}, "device_scale_factor": 2.625}
#: The goal of each page in kilobytes.
GOALS = {"home": 110, "issue": 90, "article": 35, "archive": 60, "sections": 0, "section": 0}
_SHIFTS = """
window.shifts = 0;
new PerformanceObserver((list) => {
  for (const each of list.getEntries()) if (!each.hadRecentInput) window.shifts += each.value;
}).observe({type: "layout-shift", buffered: true});
"""


@contextmanager
def served() -> Iterator[str]:
    """The demo in a folder of its own, behind one process."""
    with tempfile.TemporaryDirectory() as folder:
        told = {
            "SECRET_KEY": "bench",
            "DATABASE_URL": f"sqlite:///{folder}/db.sqlite3",
            "ALLOWED_HOSTS": "127.0.0.1",
            "TASK_QUEUE": "immediate",
            "PROXIES": "0",
            **dict.fromkeys(("DEBUG", "HTTPS"), "off"),
            **{f"{each}_ROOT": f"{folder}/{each.lower()}" for each in ("MEDIA", "STATIC", "PAGES")},
        }
        env = {**os.environ, **told}
        for command in (["migrate", "-v0"], ["demo"], ["collectstatic", "--noinput", "-v0"]):
            line = [sys.executable, "manage.py", *command]
            subprocess.run(line, cwd=ROOT, env=env, check=True, capture_output=True)  # noqa: S603  our own commands
        server = ["-m", "gunicorn", "--threads", "4", "-b", "127.0.0.1:8099"]
        process = subprocess.Popen(  # noqa: S603  our own server
            [sys.executable, *server, "servicejournal.wsgi"],
            cwd=ROOT,
            env=env,
            stderr=subprocess.DEVNULL,
        )
        try:
            yield _ready("http://127.0.0.1:8099")
        finally:
            process.terminate()
            process.wait()


def _ready(address: str) -> str:
    for _ in range(100):
        try:
            urllib.request.urlopen(f"{address}/healthz").close()  # noqa: S310  our own address
        except OSError:
            time.sleep(0.2)
        else:
            return address
    raise SystemExit("the server did not start")


def addresses(browser: Browser, site: str) -> dict[str, str]:
    """The pages that are measured: the newest issue's lead with a picture, the issue before it."""
    page = browser.new_page()
    page.goto(site)
    first = page.locator(".lead-story:has(img) a.title").first.get_attribute("href") or "/"
    issue = page.locator(".earlier .wall a").first.get_attribute("href") or "/"
    page.goto(f"{site}/sections/")
    section = page.locator(".sections li:has(img) h2 a").first.get_attribute("href") or "/"
    page.close()
    told = {"home": "/", "issue": issue, "article": first, "archive": "/issues/"}
    return {**told, "sections": "/sections/", "section": section}


def visit(browser: Browser, address: str) -> tuple[list[tuple[int, str]], float]:
    """(bytes, address) of all that was loaded, and how far things moved."""
    # What a service worker fetches for the page would count as nothing.
    context = browser.new_context(**PHONE, is_mobile=True, has_touch=True, service_workers="block")
    context.add_init_script(_SHIFTS)
    page = context.new_page()
    network = context.new_cdp_session(page)
    network.send("Network.enable")
    names: dict[str, str] = {}
    sizes: dict[str, int] = {}
    network.on(
        "Network.responseReceived",
        lambda told: names.__setitem__(told["requestId"], told["response"]["url"]),
    )
    network.on(
        "Network.loadingFinished",
        lambda told: sizes.__setitem__(told["requestId"], int(told["encodedDataLength"])),
    )
    page.goto(address, wait_until="networkidle")
    _scroll(page)
    shift: float = page.evaluate("window.shifts")
    context.close()
    loaded = sorted(((size, names.get(each, "?")) for each, size in sizes.items()), reverse=True)
    return loaded, shift


def _scroll(page: Page) -> None:
    height: int = page.evaluate("document.documentElement.scrollHeight")
    for down in range(0, height, 400):
        page.evaluate(f"scrollTo(0, {down})")
        page.wait_for_timeout(50)
    page.wait_for_load_state("networkidle")
    page.wait_for_timeout(300)


def measure(site: str, *, with_files: bool) -> None:
    with sync_playwright() as playwright:
        path = os.environ.get("CHROMIUM", "/usr/bin/chromium")
        browser = playwright.chromium.launch(executable_path=path if Path(path).exists() else None)
        for name, address in addresses(browser, site).items():
            loaded, shift = visit(browser, f"{site}{address}")
            total = sum(size for size, _ in loaded) / 1000
            goal = f"  (goal {GOALS[name]})" if GOALS[name] else ""
            print(f"{name:9}{total:7.1f} kB{goal:12}  {len(loaded):3} files  CLS {shift:.4f}")
            for size, file in loaded if with_files else ():
                print(f"    {size:8} {file.removeprefix(site)}")
        browser.close()


if __name__ == "__main__":
    given = [each for each in sys.argv[1:] if not each.startswith("--")]
    if given:
        measure(given[0].rstrip("/"), with_files="--files" in sys.argv)
    else:
        with served() as here:
            measure(here, with_files="--files" in sys.argv)
