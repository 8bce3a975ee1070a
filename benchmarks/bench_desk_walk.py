"""What an issue of fourteen manuscripts costs three editors in clicks and page loads: `make bench`.

In Chromium, as people do it: an editor, a deputy editor and the chief go from the first page of the
desk through their reviews until all are 已采用; then the issue is made up, read three times, signed
off and published. A click is a link, a button or a box that is pressed, a load is a page that the
browser opens; signing in and typing are not counted. Walked twice: step by step, with 开始初审 and
each manuscript ticked, as it had to be before, and with a decision at first sight and 全部编入. The
issue that asked for it had counted 42 decisions with a page load each, and 79 clicks in all.
"""

import os
import secrets
import sys
import threading
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "servicejournal.settings")
# Playwright's synchronous API keeps an event loop in this thread.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
os.environ["TASK_QUEUE"] = "immediate"
os.environ["NO_PROXY"] = "127.0.0.1"

import django

django.setup()

from django.core.management import call_command  # noqa: E402
from django.core.servers.basehttp import ThreadedWSGIServer, WSGIRequestHandler  # noqa: E402
from django.core.wsgi import get_wsgi_application  # noqa: E402
from playwright.sync_api import Browser, Page, sync_playwright  # noqa: E402

from articles.authorship import Byline  # noqa: E402
from articles.models import Article, Section  # noqa: E402
from articles.writing import handing_in, saving  # noqa: E402
from articles.writing.text import Text  # noqa: E402
from servicejournal.models import RoleGrant, User  # noqa: E402
from servicejournal.roles import Role  # noqa: E402

MANUSCRIPTS = 14
PASSWORD = secrets.token_urlsafe(12)
SUBJECTS = (
    "门口的伞 窗台的花 柜台的灯 老人的眼镜 雪天的路 一把椅子 一杯热水"
    " 午后的雨 新来的人 旧算盘 夜里的铃 巷口的店 山里的信 秋天的风"
)


class Desk:
    """One person at a browser of their own; what they press is counted."""

    counts: Counter[str] = Counter()

    def __init__(self, browser: Browser, user: User, address: str) -> None:
        self.page: Page = browser.new_context(
            viewport={"width": 1280, "height": 800}, locale="zh-CN", base_url=address
        ).new_page()
        self.page.goto("/accounts/login/?next=/admin/")
        self.page.get_by_label("用户名").fill(user.username)
        self.page.get_by_label("密码").fill(PASSWORD)
        self.page.get_by_role("button", name="登录").click()
        self.page.wait_for_url("**/admin/")
        self.page.on("domcontentloaded", lambda _: self.counts.update(["loads"]))

    def press(self, kind: str, name: str) -> None:
        """And waits for the page that it leads to."""
        self.counts["clicks"] += 1
        with self.page.expect_navigation():
            self.page.get_by_role(kind, name=name, exact=True).first.click()

    def step(self, name: str) -> None:
        """On the board, which stays; what it loads to show the step is no page."""
        self.counts["clicks"] += 1
        with self.page.expect_response("**/board/step/"):
            self.page.get_by_role("button", name=name, exact=True).click()

    def sees(self, words: str) -> bool:
        return words in self.page.inner_text("body")


def fill(way: str) -> list[User]:
    """Fourteen manuscripts, handed in; the three who read them."""
    writer = User.objects.create_user(f"walk-{way}", name="高志远", password=PASSWORD)
    RoleGrant.objects.create(user=writer, role=Role.CONTRIBUTOR)
    sections = list(Section.objects.filter(retired=False, is_preamble=False))
    for number, subject in enumerate(SUBJECTS.split()[:MANUSCRIPTS]):
        body = f"<p>说说{subject}。{subject}每天都在那里，从前没有人留意，今年才有人写下来。</p>"
        section = sections[number % len(sections)]
        bylines = (Byline("高志远", None),)
        text = Text(title=subject, section=section, body=body * 3, note="", bylines=bylines)
        article = saving.save(text, by=writer)
        handing_in.hand_in(article, by=writer, declared=True)
    people = {"程砚": Role.EDITOR, "周以宁": Role.SENIOR_EDITOR, "秦望": Role.CHIEF_EDITOR}
    made = []
    for number, (name, role) in enumerate(people.items()):
        made.append(User.objects.create_user(f"walk-{way}-{number}", name=name, password=PASSWORD))
        RoleGrant.objects.create(user=made[-1], role=role)
    return made


def review(desk: Desk, *, step_by_step: bool) -> int:
    """From the first page through all that waits, one after the other; the decisions made."""
    made = 0
    desk.counts["clicks"] += 1
    with desk.page.expect_navigation():
        desk.page.locator(".queue a").first.click()
    while "/review/" in desk.page.url:
        if step_by_step and desk.page.get_by_role("button", name="开始初审").count():
            desk.press("button", "开始初审")
        desk.press("button", "通过")
        made += 1
    return made


def make_up_and_publish(editor: Desk, senior: Desk, chief: Desk, *, step_by_step: bool) -> None:
    editor.press("link", "新建一期")
    editor.page.get_by_label("出刊日期").fill("2026-12-18")
    editor.page.get_by_label("本期主题").fill("冬天里的那盏灯")
    editor.press("button", "保存")
    if step_by_step:
        for box in editor.page.locator("[data-section=pile]").get_by_role("checkbox").all():
            editor.counts["clicks"] += 1
            box.check()
        editor.step("编入所选稿件")
    else:
        editor.step("全部编入")
    for desk, proof in ((editor, "一校"), (senior, "二校"), (chief, "三校")):
        if desk is not editor:
            desk.page.goto("/admin/")
        desk.press("link", "三校")
        desk.page.get_by_label("改正了几处").fill("0")
        desk.press("button", f"{proof}完成，签上我的名字")
    chief.press("link", "签发与发布")
    for warning in chief.page.get_by_role("checkbox", name="照此签发").all():
        warning.check()
        Desk.counts["clicks"] += 1
    if (why := chief.page.get_by_label("没有单独写理由的，理由都是")).count():
        why.fill("看过，照此签发")
    chief.press("button", "签发")
    chief.page.get_by_role("button", name="现在发布").wait_for()  # the page goes on by itself
    chief.press("button", "现在发布")


def report(name: str, before: Counter[str]) -> None:
    now = Desk.counts - before
    print(f"    {name:<26}{now['clicks']:4} clicks{now['loads']:5} page loads", flush=True)


def main() -> None:
    call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    server = ThreadedWSGIServer(("127.0.0.1", 0), WSGIRequestHandler)
    server.set_app(get_wsgi_application())
    threading.Thread(target=server.serve_forever, daemon=True).start()
    address = f"http://127.0.0.1:{server.server_port}"
    there = Path("/usr/bin/chromium")  # the system's, as in the tests
    system = {"executable_path": str(there)} if there.exists() else {}
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(**system)
        for step_by_step in (True, False):
            people = fill("before" if step_by_step else "now")
            desks = [Desk(browser, each, address) for each in people]
            walk(desks, step_by_step=step_by_step)
        browser.close()
    server.shutdown()


def walk(desks: list[Desk], *, step_by_step: bool) -> None:
    decided, start = 0, Counter(Desk.counts)
    there = Article.objects.filter(status=Article.Status.ACCEPTED).count()
    for desk in desks:
        desk.page.goto("/admin/")
        decided += review(desk, step_by_step=step_by_step)
    accepted = Article.objects.filter(status=Article.Status.ACCEPTED).count() - there
    print(
        f"  {'step by step' if step_by_step else 'now'}: {accepted} accepted, {decided} decisions"
    )
    report("the reviews", start)
    middle = Counter(Desk.counts)
    desks[0].page.goto("/admin/")
    make_up_and_publish(*desks, step_by_step=step_by_step)
    report("make-up to publication", middle)
    report("the whole issue", start)


if __name__ == "__main__":
    main()
