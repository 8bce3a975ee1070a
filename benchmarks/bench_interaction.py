"""How long readers' pages take to answer a finger: `make bench`.

    bench_interaction.py [ADDRESS]

The demo behind the server of production's settings, or the site at that address. Chromium as a
phone whose processor is four times slower, as Lighthouse's is, does what readers do; printed is the
longest time from each touch until the next picture of the page (what INP is made of, in steps of
8 ms). Ends with 1 where one is longer than the goal.
"""

import os
import re
import sys
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from bench_first_visit import PHONE, addresses, served
from playwright.sync_api import Browser, Page, sync_playwright

GOAL = 50
_LONGEST = """
window.longest = 0;
new PerformanceObserver((list) => {
  for (const each of list.getEntries())
    if (each.interactionId) window.longest = Math.max(window.longest, each.duration);
}).observe({type: "event", durationThreshold: 16, buffered: true});
"""
Act = Callable[[Page], None]


def touch(selector: str) -> Act:
    return lambda page: page.locator(selector).first.tap()


def typed(text: str) -> Act:
    def act(page: Page) -> None:
        page.locator("main input[name=q]").first.tap()
        page.keyboard.type(text, delay=120)

    return act


#: Page → what is done there, one after the other.
DONE: dict[str, dict[str, Act]] = {
    "home": {
        "opens the settings": touch(".settings summary"),
        "by night": touch(".settings label:has([value=dark])"),
        "larger type": touch(".settings label:has([name=size][value='5'])"),
    },
    "article": {
        "opens the settings": touch(".settings summary"),
        "larger type": touch(".settings label:has([name=size][value='5'])"),
        "enlarges a picture": touch("a.enlarge"),
    },
    "flipbook": {
        "turns a page": touch("[data-turn='1']"),
        "enlarges": touch("[data-zoom]"),
    },
    "search": {"types a word": typed("fuwu")},
}


def measured(browser: Browser, address: str, act: Act, before: list[Act]) -> float:
    context = browser.new_context(**PHONE, is_mobile=True, has_touch=True)
    context.add_init_script(_LONGEST)
    page = context.new_page()
    page.goto(address, wait_until="networkidle")
    context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": 4})
    for each in before:
        each(page)
        page.wait_for_timeout(500)
    page.evaluate("window.longest = 0")
    act(page)
    page.wait_for_timeout(1500)
    longest: float = page.evaluate("window.longest")
    context.close()
    return longest


def measure(site: str) -> int:
    slow = 0
    with sync_playwright() as playwright:
        path = os.environ.get("CHROMIUM", "/usr/bin/chromium")
        browser = playwright.chromium.launch(executable_path=path if Path(path).exists() else None)
        found = addresses(browser, site)
        where = {**found, "flipbook": f"{found['issue']}read/", "search": "/search/"}
        print(f"load {os.getloadavg()[0]:.1f}")
        for name, acts in DONE.items():
            before: list[Act] = []
            for what, act in acts.items():
                took = measured(browser, site + where[name], act, list(before))
                if re.match("opens", what):
                    before.append(act)
                slow += took > GOAL
                told = f"{took:.0f} ms" if took else "under 16 ms"
                print(f"{name:9} {what:20} {told}{'  slow' if took > GOAL else ''}", flush=True)
        browser.close()
    return slow


def main() -> int:
    if len(sys.argv) > 1:
        return 1 if measure(sys.argv[1].rstrip("/")) else 0
    with served() as here:
        return 1 if measure(here) else 0


if __name__ == "__main__":
    raise SystemExit(main())
