"""Other people's lists of payloads through every input, opened in Chromium: nothing may run.

    python benchmarks/foreign_payloads.py LISTS [--only N]

LISTS is a folder with two packages, which `make attacks` fetches for the run alone. The pages are
opened as readers get them, and with the policy switched off, so that what the policy would have
stopped counts too.
"""

import argparse
import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "servicejournal.settings")
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
django.setup()

from django.conf import settings  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.test import Client  # noqa: E402
from django.utils import timezone  # noqa: E402
from django.utils.http import urlencode  # noqa: E402
from playwright.sync_api import Browser, Page, sync_playwright  # noqa: E402

from articles.models import Article  # noqa: E402
from servicejournal.models import User  # noqa: E402
from servicejournal.roles import Role  # noqa: E402
from tests.articles.filling_in import posted  # noqa: E402
from tests.conftest import CHROMIUM_FLAGS, SYSTEM_CHROMIUM  # noqa: E402
from tests.factories import a_section, a_user, an_issue, printed_anew  # noqa: E402

#: Payloads of one manuscript; each stands in its body and, as far as they hold it, in its fields.
AT_ONCE = 12
#: What a payload does where it runs.
TRAP = """
window.ran = [];
for (const name of ["alert", "confirm", "prompt", "print", "open"])
  window[name] = (...told) => { window.ran.push(`${name}(${told})`); };
"""


def payloads(lists: Path) -> list[str]:
    """Of both packages, each once."""
    sys.path.insert(0, str(lists))
    package = import_module("brs_kb.payloads")
    found = [
        each.payload if hasattr(each, "payload") else str(each["payload"])
        for name, database in vars(package).items()
        if name.isupper() and isinstance(database, dict)
        for each in database.values()
        if hasattr(each, "payload") or (isinstance(each, dict) and "payload" in each)
    ]
    ini = (lists / "wapitiCore/data/attacks/xssPayloads.ini").read_text()
    found += re.findall(r"(?m)^payload\s*=\s*(.+)$", ini)
    return list(dict.fromkeys(each for each in found if each.strip()))


def chunks(everything: list[str]) -> Iterator[list[str]]:
    for at in range(0, len(everything), AT_ONCE):
        yield everything[at : at + AT_ONCE]


def write(client: Client, some: list[str]) -> Article | None:
    """As a writer sends it; where a field is refused for what it holds, without that field."""
    short = [each for each in some if len(each) <= 100] or ["短"]
    body = "".join(f"<p>{each}</p>{each}\n" for each in some)
    form = posted(
        title=short[0], body=body, note="\n".join(some)[:900], captions="\n".join(short)[:900]
    )
    form["authors-0-name"] = short[-1][:20]
    for without in ({}, {"authors-0-name": "沈一鸣"}, {"title": "题目", "note": ""}):
        form.update(without)
        before = set(Article.objects.values_list("pk", flat=True))
        if client.post("/submit/", form).status_code == 302:
            made = Article.objects.exclude(pk__in=before).first()
            if made:
                return made
    return None


def write_all(client: Client, some: list[str]) -> list[Article]:
    """One payload that a form refuses does not keep its neighbours out."""
    if made := write(client, some):
        return [made]
    if len(some) == 1:
        return []
    middle = len(some) // 2
    return write_all(client, some[:middle]) + write_all(client, some[middle:])


def publish(articles: list[Article]) -> str:
    """In an issue that is out; its address."""
    issue = an_issue(published=True)
    for position, article in enumerate(articles, start=1):
        Article.objects.filter(pk=article.pk).update(
            issue=issue,
            section=a_section(),
            position=position,
            status="accepted",
            round=1,
            receipt=f"X-{article.pk}",
            submitted_at=timezone.now(),
        )
    printed_anew(issue)
    return issue.get_absolute_url()


def pages_of(article: Article) -> tuple[list[str], list[str]]:
    """For the writer, and for the desk."""
    own = [f"/submissions/{article.pk}/{page}" for page in ("", "edit/", "preview/sheet/")]
    return own, [f"/admin/articles/article/{article.pk}/review/"]


def serve() -> tuple[subprocess.Popen[bytes], str]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "gunicorn", "-w", "2", "-b", f"127.0.0.1:{port}"]
    server = subprocess.Popen(  # noqa: S603
        [*command, "--log-level", "error", "servicejournal.wsgi"], stderr=subprocess.DEVNULL
    )
    time.sleep(4)
    return server, f"http://127.0.0.1:{port}"


class Watcher:
    """Opens pages as somebody, and notes what ran or called another host."""

    def __init__(self, page: Page, site: str) -> None:
        self.page, self.site, self.opened, self.faults = page, site, 0, list[str]()
        page.on("request", self._asked)
        page.on("dialog", lambda dialog: dialog.dismiss())

    def _asked(self, request: object) -> None:
        url = request.url  # type: ignore[attr-defined]  # Playwright's
        if not url.startswith((self.site, "data:", "blob:", "about:")):
            self.faults.append(f"called {url[:100]}")

    def open(self, path: str) -> None:
        before = len(self.faults)
        self.page.goto(self.site + path, wait_until="load")
        self.opened += 1
        self.page.evaluate(
            "document.querySelectorAll('main *').forEach((each) => {"
            " for (const type of ['mouseover', 'focus', 'click'])"
            " if (!each.closest('a,button,input,select,textarea'))"
            " each.dispatchEvent(new Event(type)); })"
        )
        ran = self.page.evaluate("window.ran ?? []")
        self.faults += [f"ran {each[:80]}" for each in ran]
        for fault in self.faults[before:]:
            print(f"  {path}: {fault}")


def springs(browser: Browser) -> None:
    """That nothing ran says nothing where the trap could not have told."""
    context = browser.new_context()
    context.add_init_script(TRAP)
    page = context.new_page()
    page.goto("data:text/html,<img src=x onerror=alert(1)>")
    page.wait_for_function("window.ran.length === 1", timeout=10_000)
    context.close()


def session(user: User | None) -> str:
    client = Client()
    if user is None:
        return ""
    client.force_login(user)
    return client.cookies[settings.SESSION_COOKIE_NAME].value


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("lists", type=Path)
    parser.add_argument("--only", type=int, help="so many payloads, spread over all")
    told = parser.parse_args()
    call_command("migrate", verbosity=0)
    everything = payloads(told.lists)
    if told.only:
        everything = everything[:: max(1, len(everything) // told.only)]
    writer, editor = a_user(name="沈一鸣"), a_user(Role.EDITOR, name="何静")
    client = Client()
    client.force_login(writer)
    written = [article for some in chunks(everything) for article in write_all(client, some)]
    drafts = [pages_of(each) for each in written]
    server, site = serve()
    faults, opened = 0, 0
    try:
        with sync_playwright() as playwright:
            path = SYSTEM_CHROMIUM if SYSTEM_CHROMIUM.exists() else None
            browser = playwright.chromium.launch(executable_path=path, args=CHROMIUM_FLAGS)

            springs(browser)

            def go(user: User | None, addresses: list[str], *, bypass: bool) -> None:
                nonlocal faults, opened
                context = browser.new_context(bypass_csp=bypass, locale="zh-CN")
                if user:
                    cookie = {"name": settings.SESSION_COOKIE_NAME, "value": session(user)}
                    context.add_cookies([{**cookie, "url": site}])
                context.add_init_script(TRAP)
                watcher = Watcher(context.new_page(), site)
                for address in addresses:
                    watcher.open(address)
                faults, opened = faults + len(watcher.faults), opened + watcher.opened
                context.close()

            own = [page for pages, _ in drafts for page in pages]
            found = [f"/search/?{urlencode({'q': each[:60]})}" for each in everything]
            go(writer, own, bypass=True)
            go(None, found, bypass=True)
            out = publish(written)
            printed = [f"/articles/{each.pk}/" for each in written]
            go(editor, [page for _, pages in drafts for page in pages], bypass=True)
            for bypass in (True, False):
                go(None, [out, "/", *printed], bypass=bypass)
            browser.close()
    finally:
        server.terminate()
    print(
        f"{len(everything)} payloads in {len(written)} manuscripts,"
        f" {opened} pages opened, {faults} executed or called out"
    )
    return 1 if faults or not written else 0


if __name__ == "__main__":
    sys.exit(main())
