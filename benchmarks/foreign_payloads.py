"""Other people's lists of payloads through every input, opened in Chromium: nothing may run.

    python benchmarks/foreign_payloads.py LISTS [--only N]

LISTS is a folder with packages, which `make attacks` fetches for the run alone. The pages are
opened as readers get them, and with the policy switched off, so that what the policy would have
stopped counts too.
"""

import argparse
import re
import sys
from collections.abc import Iterator
from contextlib import suppress
from itertools import cycle
from pathlib import Path

from attacked import is_known, served, session, settings  # first: see there
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.test import Client
from django.utils import timezone
from django.utils.html import escape
from django.utils.http import urlencode
from foreign_lists import counts, payloads
from playwright.sync_api import Browser, Dialog, Page, sync_playwright
from playwright.sync_api import TimeoutError as NeverCame

from articles.bodies import html
from articles.models import Article
from articles.reviewing import commenting
from issues.echoes import deciding
from issues.making.leader import links
from issues.models import Echo, Issue
from issues.reading import lookup
from servicejournal.models import User
from servicejournal.roles import Role
from tests.articles.docx import docx, p, r
from tests.articles.filling_in import posted
from tests.conftest import CHROMIUM_FLAGS, SYSTEM_CHROMIUM
from tests.factories import a_section, a_user, an_issue, printed_anew

#: Payloads of one manuscript; each stands in its body and, as far as they hold it, in its fields.
AT_ONCE = 32
LOOKS = re.compile(r"^(?!.*/ckeditor/).*[.](css|woff2|webp|avif|jpg)([?]|$)")
#: Searches that are opened, spread over all; each is a page of its own.
SEARCHES = 200
#: Documents in one page, where each payload stands alone.
FRAMES = 100
#: Manuscripts of one issue.
IN_AN_ISSUE = 40
#: What a payload does where it runs.
TRAP = """
{
  let top = window;
  try { if (window.top.document) top = window.top; } catch {}
  top.ran ??= [];
  for (const name of ["alert", "confirm", "prompt", "print", "open"])
    window[name] = (...told) => { top.ran.push(`${name}(${told})`); };
}
"""
#: What would run by a click, wherever it stands; the editor's own tools are no payload.
WAITING = """
() => {
  const runs = (value) => {
    try { return /^(javascript|vbscript|data):$/.test(new URL(value, document.baseURI).protocol); }
    catch { return false; }
  };
  return [...document.querySelectorAll("*")].filter((each) => !each.closest(".cke"))
    .flatMap((each) => [...each.attributes])
    .filter(({ name, value }) => /^on/i.test(name)
      || (/^(href|action|formaction|xlink:href|data)$/i.test(name) && runs(value)))
    .map(({ name, value }) => `${name}=${value}`);
}
"""


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


def as_word_files(client: Client, everything: list[str]) -> list[str]:
    """The bodies that the editor is given where each payload is a paragraph of a Word file."""
    bodies = []
    for at in range(0, len(everything), 200):
        told = [_plain(each) for each in everything[at : at + 200]]
        file = docx("".join(p(r(each)) for each in told))  # `p` takes what begins with < for XML
        sent = SimpleUploadedFile("来稿.docx", file)
        answer = client.post("/submit/word/", {"word": sent})
        if answer.status_code != 201:
            raise SystemExit(f"a Word file was refused, and nothing tried: {answer.content!r:.300}")
        bodies.append(answer.json()["html"])
    return bodies


def _plain(payload: str) -> str:
    """Without what XML cannot hold."""
    return "".join(each for each in payload if each.isprintable())


def assemble(articles: list[Article], short: Iterator[str]) -> Issue:
    """An issue in the making; what its editors type about it is a payload too."""
    issue = an_issue(theme=next(short)[:30], cover_lines="\n".join([next(short)[:30]] * 2))
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
    return issue


def publish(issue: Issue) -> None:
    """As it stands; `an_issue` made nothing of it that readers could open."""
    out = an_issue(published=True, theme=issue.theme, cover_lines=issue.cover_lines)
    Article.objects.filter(issue=issue).update(issue=out)
    printed_anew(out)


def say(issue: Issue, some: list[str], *, editor: User) -> str:
    """Notes of a leader behind a link to the issue, comments of the desk; the leader's address."""
    link = links.make(issue, by=editor, for_whom=some[0][:40] or "张", days=1)
    address = f"/look/{links.token_of(link)}/"
    client = Client()
    articles = list(issue.articles.all())
    for at, words in enumerate(joined(some, 1000)):
        name = words[:20].replace("\n", " ")
        client.post(address, {"step": "note", "name": name, "words": words})
        commenting.comment(articles[at % len(articles)], by=editor, words=words, audience="writer")
    return address


def write_letters(articles: list[Article], everything: list[str], *, editor: User) -> int:
    """As strangers send them, under articles that are out; passed by the desk."""
    client = Client()
    for at, words in enumerate(joined(everything, Echo.MOST)):
        about = articles[at % len(articles)]
        name = words.splitlines()[0][:20]
        letter = {"name": name, "branch": words[:40], "words": words, "website": ""}
        client.post(f"/articles/{about.pk}/letters/", letter)
    passed = 0
    for echo in Echo.objects.all():
        try:
            deciding.pass_on(echo, by=editor)
        except deciding.NotAllowed:  # some list holds what looks like a telephone number
            continue
        passed += 1
    return passed


def joined(some: list[str], most: int) -> Iterator[str]:
    """As many as a field takes, one on a line."""
    held = ""
    for each in some:
        each = each[: most - 1].strip("\n")
        if len(held) + len(each) + 1 > most:
            yield held
            held = ""
        held += f"{each}\n"
    if held:
        yield held


def pages_of(article: Article) -> tuple[list[str], list[str]]:
    """For the writer, and for the desk."""
    own = [f"/submissions/{article.pk}/{page}" for page in ("", "edit/", "preview/sheet/")]
    return own, [f"/admin/articles/article/{article.pk}/review/"]


class Watcher:
    """Opens pages as somebody, and notes what ran or called another host."""

    def __init__(self, page: Page, site: str) -> None:
        self.page, self.site, self.opened, self.faults = page, site, 0, list[str]()
        page.on("request", self._asked)
        page.on("dialog", self._stopped)

    def _asked(self, request: object) -> None:
        url = request.url  # type: ignore[attr-defined]  # Playwright's
        if not url.startswith((self.site, "data:", "blob:", "about:")):
            self.faults.append(f"called {url[:100]}")

    def _stopped(self, dialog: Dialog) -> None:
        """Of a frame that the trap is not in; a page that asks before it is left is our own."""
        if dialog.type != "beforeunload":
            self.faults.append(f"ran {dialog.type}({dialog.message[:60]})")
        dialog.accept()

    def open(self, path: str) -> None:
        before = len(self.faults)
        answer = self.page.goto(self.site + path, wait_until="load")
        if answer is None or answer.status != 200:
            self.faults.append(f"answered {answer and answer.status}: nothing was seen")
        self.opened += 1
        if path.endswith("/edit/"):  # its words stand in a frame of the editor's
            try:
                self.page.wait_for_selector("iframe.cke_wysiwyg_frame", timeout=20_000)
            except NeverCame:
                self.faults.append("no editor: nothing was seen")
        self.look()
        for fault in self.faults[before:]:
            print(f"  {path}: {fault}")

    def look(self) -> None:
        self.page.evaluate(
            "document.querySelectorAll('main *').forEach((each) => {"
            " for (const type of ['mouseover', 'focus', 'click'])"
            " if (!each.closest('a,button,input,select,textarea'))"
            " each.dispatchEvent(new Event(type)); })"
        )
        # What follows a focus or an animation comes with the next picture of the page.
        self.page.evaluate("new Promise((go) => requestAnimationFrame(() => setTimeout(go)))")
        ran = self.page.evaluate("[window.ran ?? [], window.ran = []][0]")  # each told once
        self.faults += [f"ran {each[:80]}" for each in ran]
        self.faults += [f"would run {each[:80]}" for each in self.page.evaluate(WAITING)]


def springs(browser: Browser) -> None:
    """That nothing ran says nothing where the trap could not have told."""
    context = browser.new_context()
    context.add_init_script(TRAP)
    page = context.new_page()
    page.goto("data:text/html,<img src=x onerror=alert(1)>")
    page.wait_for_function("window.ran.length === 1", timeout=10_000)
    context.close()


def alone(browser: Browser, everything: list[str]) -> int:
    """What the cleaner leaves of each payload by itself, in a document of its own: among its
    neighbours one that swallows what follows would hide them.
    """
    left = []
    for each in everything:
        with suppress(html.Refused):
            left.append(html.clean(each))
    context = browser.new_context()
    context.add_init_script(TRAP)
    context.route("**/*", lambda route: route.abort())
    watcher = Watcher(context.new_page(), "about:")
    told = list(dict.fromkeys(each for each in left if each))
    for at in range(0, len(told), FRAMES):
        frames = "".join(
            f'<iframe srcdoc="{escape(each)}"></iframe>' for each in told[at : at + FRAMES]
        )
        watcher.page.set_content(f"<main>{frames}{''.join(told[at : at + FRAMES])}</main>")
        watcher.look()
    context.close()
    for fault in watcher.faults:
        print(f"  {fault}")
    print(f"alone: {len(left)} cleaned, {len(told)} unlike, {len(watcher.faults)} ran", flush=True)
    return len(watcher.faults)


class Visitors:
    """Somebody after somebody opens pages of the site; what ran is counted over all of them."""

    def __init__(self, browser: Browser, site: str) -> None:
        self.browser, self.site, self.faults, self.opened = browser, site, 0, 0

    def go(self, user: User | None, addresses: list[str], *, bypass: bool, what: str) -> None:
        context = self.browser.new_context(bypass_csp=bypass, locale="zh-CN")
        if user:
            cookie = session(user)
            if not is_known(self.site, cookie):
                raise SystemExit(f"{user} is nobody to the site: what is opened says nothing")
            whole = {"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": self.site}
            context.add_cookies([whole])
        context.add_init_script(TRAP)
        # What a page looks like is no matter, and half of the time; the editor waits for its own.
        context.route(LOOKS, lambda route: route.abort())
        watcher = Watcher(context.new_page(), self.site)
        for address in addresses:
            watcher.open(address)
        context.close()
        self.faults += len(watcher.faults)
        self.opened += watcher.opened
        told = "without policy" if bypass else "with policy"
        print(f"{what}: {watcher.opened} pages, {told}, {len(watcher.faults)} ran", flush=True)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("lists", type=Path)
    parser.add_argument("--only", type=int, help="so many through the inputs, spread over all")
    told = parser.parse_args()
    call_command("migrate", verbosity=0)
    everything = payloads(told.lists)
    print(", ".join(f"{name} {number}" for name, number in counts(told.lists).items()), flush=True)
    whole = everything
    if told.only:
        everything = everything[:: max(1, len(everything) // told.only)]
    writer, editor = a_user(name="沈一鸣"), a_user(Role.EDITOR, name="何静")
    client = Client()
    client.force_login(writer)
    written = [article for some in chunks(everything) for article in write_all(client, some)]
    from_word = as_word_files(client, everything)
    written += [made for body in from_word if (made := write(client, [body]))]
    print(f"{len(everything)} payloads in {len(written)} manuscripts", flush=True)
    own = [page for each in written for page in pages_of(each)[0]]
    desk = [page for each in written for page in pages_of(each)[1]]
    asked = list(dict.fromkeys(" ".join(each.split())[: lookup.LONGEST] for each in everything))
    asked = asked[:: max(1, len(asked) // SEARCHES)]
    found = [f"/search/?{urlencode({'q': each})}" for each in asked]
    with served() as site, sync_playwright() as playwright:
        path = SYSTEM_CHROMIUM if SYSTEM_CHROMIUM.exists() else None
        browser = playwright.chromium.launch(executable_path=path, args=CHROMIUM_FLAGS)
        springs(browser)
        visitors = Visitors(browser, site)
        visitors.faults += alone(browser, whole)
        visitors.go(writer, own, bypass=True, what="the writer's own")
        # What stands in an issue is no longer its writer's to change, and has no editor.
        short = cycle([each for each in everything if "<" in each and len(each) <= 30] or ["短"])
        making = [assemble(some, short) for some in batched(written, IN_AN_ISSUE)]
        leader = [
            say(issue, some, editor=editor)
            for issue, some in zip(making, spread(everything, len(making)), strict=True)
        ]
        looked_at = [
            address + each
            for issue, address in zip(making, leader, strict=True)
            for each in ("", *(f"{pk}/" for pk in issue.articles.values_list("pk", flat=True)[:3]))
        ]
        visitors.go(editor, desk, bypass=True, what="the desk")
        visitors.go(None, looked_at, bypass=True, what="behind a leader's link")
        for issue in making:
            publish(issue)
        letters = write_letters(written, everything, editor=editor)
        print(f"{letters} letters of readers", flush=True)
        out = [each.get_absolute_url() for each in Issue.objects.published()]
        printed = ["/", *out, *(f"/articles/{each.pk}/" for each in written)]
        for bypass in (True, False):
            visitors.go(None, printed, bypass=bypass, what="readers'")
        waiting = ["/admin/issues/echo/", *(f"{each}edition/" for each in out)]
        visitors.go(editor, waiting, bypass=True, what="the desk's lists")
        visitors.go(None, found, bypass=True, what="searches")
        browser.close()
    print(
        f"{len(everything)} payloads in {len(written)} manuscripts,"
        f" {visitors.opened} pages opened, {visitors.faults} executed, called out or not seen"
    )
    return 1 if visitors.faults or not written else 0


def batched(some: list[Article], number: int) -> Iterator[list[Article]]:
    for at in range(0, len(some), number):
        yield some[at : at + number]


def spread(some: list[str], parts: int) -> list[list[str]]:
    return [some[at::parts] for at in range(parts)]


if __name__ == "__main__":
    sys.exit(main())
