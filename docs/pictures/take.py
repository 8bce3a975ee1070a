"""Takes the pictures of README and handbook from a running demo.

    make demo                                  # in one window
    .venv/bin/python docs/pictures/take.py     # in another

Reads the database of the demo for the addresses and to sign in without a password.
"""

import os
import sys
from io import BytesIO
from pathlib import Path

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
sys.path.insert(0, str(ROOT))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "servicejournal.settings")
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")  # Playwright's loop runs in this thread

import django  # noqa: E402

django.setup()

from django.contrib.auth import (  # noqa: E402
    BACKEND_SESSION_KEY,
    HASH_SESSION_KEY,
    SESSION_KEY,
)
from PIL import Image  # noqa: E402
from playwright.sync_api import Browser, sync_playwright  # noqa: E402

from articles.models import Article  # noqa: E402
from issues.models import Issue  # noqa: E402
from servicejournal.models import User  # noqa: E402
from servicejournal.web.visits import SessionStore  # noqa: E402

ADDRESS = sys.argv[1] if len(sys.argv) > 1 else "http://127.0.0.1:8000"
#: A part of the page, once it is drawn, by the name of the picture.
PARTS = {"make-up": ".totals", "flat-plan": ".spreads li:last-child"}
SYSTEM_CHROMIUM = Path("/usr/bin/chromium")


def pages() -> list[tuple[str, str, str]]:
    """(name of the picture, who looks, address)."""
    out = Issue.objects.published().newest_first().first()
    making = Issue.objects.in_the_making().first()
    article = out.articles.filter(body__contains="<img").order_by("-length").first()
    waiting = Article.objects.filter(status=Article.Status.SECOND_REVIEW).first()
    return [
        ("issue", "", out.get_absolute_url()),
        ("article", "", article.get_absolute_url()),
        ("flipbook", "", f"{out.get_absolute_url()}read/#p8"),
        ("dashboard", "zhubian", "/admin/"),
        ("review", "zhubian", f"/admin/articles/article/{waiting.pk}/review/"),
        ("make-up", "zhubian", f"/admin/issues/issue/{making.pk}/board/"),
        ("flat-plan", "zhubian", f"/admin/issues/issue/{making.pk}/board/"),
        ("release", "zhubian", f"/admin/issues/issue/{making.pk}/release/"),
        ("submit", "tougao", "/submit/"),
    ]


def cookie_of(username: str) -> dict:
    user = User.objects.get(username=username)
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = "servicejournal.backends.RoleBackend"
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.save()
    return {"name": "sessionid", "value": session.session_key, "url": ADDRESS}


def take(browser: Browser, name: str, username: str, path: str) -> None:
    context = browser.new_context(viewport={"width": 1280, "height": 860}, locale="zh-CN")
    if username:
        context.add_cookies([cookie_of(username)])
    page = context.new_page()
    page.goto(ADDRESS + path)
    page.wait_for_timeout(1200)  # the editor builds itself
    if name in PARTS:
        page.wait_for_function("!document.querySelector('.undrawn')", timeout=60_000)
        page.locator(PARTS[name]).scroll_into_view_if_needed()
        page.wait_for_timeout(1200)
    picture = Image.open(BytesIO(page.screenshot())).convert("RGB")
    picture.quantize(200, dither=Image.Dither.NONE).save(HERE / f"{name}.png", optimize=True)
    context.close()


def main() -> None:
    executable = str(SYSTEM_CHROMIUM) if SYSTEM_CHROMIUM.exists() else None
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=["--no-sandbox"])
        for name, username, path in pages():
            take(browser, name, username, path)
        browser.close()


if __name__ == "__main__":
    main()
