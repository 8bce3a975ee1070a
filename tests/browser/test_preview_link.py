"""A leader on a telephone: opens the link, touches a paragraph, notes it; and consents."""

from datetime import date

import pytest
from axe_playwright_python.sync_playwright import Axe

from issues.making.leader import links
from issues.models import Consent, PageNote
from servicejournal.models import Masthead
from servicejournal.roles import Role
from tests.factories import a_user, an_article, an_issue

pytestmark = pytest.mark.django_db(transaction=True)

BODY = "<p>雨下到第三天，大堂里多了一把旧伞。</p><p>伞柄上缠着一圈红线，谁也不认得。</p>"
OPTIONS = {"resultTypes": ["violations"], "preload": False}


def test_a_paragraph_is_touched_noted_and_the_issue_let_go_to_print(live_server, phone):
    Masthead.objects.update_or_create(pk=1, defaults={"leader_agrees": True})
    issue = an_issue(date=date(2026, 12, 18), theme="冬天里的伞")
    article = an_article(issue=issue, title="一把旧伞", body=BODY)
    link = links.make(issue, by=a_user(Role.EDITOR), for_whom="张行长", may_agree=True)
    phone.goto(f"{live_server.url}/look/{links.token_of(link)}/")
    assert phone.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert Axe().run(phone, options=OPTIONS).response["violations"] == []
    phone.get_by_role("link", name="一把旧伞").first.tap()
    phone.get_by_text("伞柄上缠着一圈红线").tap()
    phone.get_by_role("button", name="对这一段提意见").tap()
    phone.get_by_label("意见", exact=True).fill("改成红绳。")
    phone.get_by_role("button", name="交给编辑部").tap()
    phone.get_by_text("编辑部还没有处理").wait_for()
    note = PageNote.objects.get()
    assert (note.article, note.quote) == (article, "伞柄上缠着一圈红线，谁也不认得。")
    assert note.before.endswith("多了一把旧伞。\n")
    assert Axe().run(phone, options=OPTIONS).response["violations"] == []
    phone.get_by_role("link", name="对整期的意见、付印").tap()
    phone.get_by_role("button", name="同意付印").tap()
    phone.get_by_text("张行长已同意付印").wait_for()
    assert Consent.objects.get().link == link
    assert phone.evaluate("navigator.serviceWorker.getRegistrations().then(all => all.length)") == 0
    assert phone.context.cookies() == []
