"""How the saving of a manuscript stands: the table of `saving.mjs`, tried by itself."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, Page

TABLE = Path("static/articles/saving.mjs")
#: Each event makes of how it stands what comes next; `tries` is the wait in ms until the next try.
WALK = """async ([module, events]) => {
  const saving = await import(module);
  const steps = {
    refused: (now, status, error) => saving.refused(now, status, error),
    unreached: (now, isOnline) => saving.unreached(now, isOnline),
    back: (now) => saving.cameBack(now),
    saved: () => saving.OPEN,
    arriving: () => saving.ARRIVING,
  };
  let now = saving.OPEN;
  const tries = [];
  for (const [name, ...facts] of events) {
    now = steps[name](now, ...facts);
    tries.push(saving.wait(now));
  }
  return { ...now, ...saving.STATES[now.state], tries };
}"""
NO_ANSWER = ["unreached", True]
BACK = ["back"]


def said(reason: str, message: str = "") -> list[Any]:
    return ["refused", 409, {"reason": reason, "message": message}]


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """An empty one: no server, no database."""
    with browser.new_page() as page:
        yield page


def after(page: Page, *events: list[Any]) -> dict[str, Any]:
    module = "data:text/javascript," + quote(TABLE.read_text())
    return page.evaluate(WALK, [module, json.loads(json.dumps(events))])


def test_each_answer_leads_to_its_state_and_says_what_the_writer_is_to_do(page: Page):
    answers = [
        (["refused", 503], "trying", "服务器暂时不可用", None),
        (["refused", 429], "trying", "保存得太快了", None),
        (["refused", 413], "too much", "内容太多，服务器收不下，请删短一些", None),
        (["refused", 400], "too much", "内容太多，服务器收不下，请删短一些", None),
        (["refused", 403], "signed out", "登录已过期", "sign-in"),
        (["refused", 404], "gone", "服务器上找不到这篇稿件了", None),
        (said("signed out"), "signed out", "登录已过期", "sign-in"),
        (said("overwritten"), "overwritten", "这篇稿件在别处改过", "choose"),
        (said("another", "这是另一个人的稿件"), "another", "这是另一个人的稿件", None),
        (said("locked", "文字已经锁定。"), "locked", "文字已经锁定", None),
        (said("faults", "请填标题。"), "faulty", "还没有存到服务器：请填标题", None),
        (["unreached", True], "trying", "连不上服务器", None),
        (["unreached", False], "trying", "未联网", None),
    ]
    found = [after(page, event) for event, *_ in answers]
    assert [[now["state"], now["why"], now.get("way")] for now in found] == [
        row for _, *row in answers
    ]


def test_a_server_that_does_not_answer_is_asked_again_later_and_later(page: Page):
    assert after(page, *[NO_ANSWER] * 8)["tries"] == [
        2000,
        4000,
        8000,
        15000,
        30000,
        60000,
        60000,
        60000,
    ]


def test_only_what_time_may_mend_is_tried_by_itself(page: Page):
    assert after(page, ["refused", 500], ["refused", 413], ["refused", 403], said("locked"))[
        "tries"
    ] == [2000, None, None, None]


def test_without_a_network_no_next_try_is_promised(page: Page):
    assert (
        after(page, ["unreached", False])["after"],
        after(page, ["unreached", True])["after"],
    ) == ("", "，会自动再试")


def test_one_saving_that_arrives_forgets_the_failures_before_it(page: Page):
    assert after(page, NO_ANSWER, NO_ANSWER, ["saved"], NO_ANSWER)["tries"][-1] == 2000


@pytest.mark.parametrize("reason", ["signed out", "another", "gone"])
def test_what_another_window_may_have_mended_goes_on_when_the_writer_is_back(page: Page, reason):
    event = ["refused", 404] if reason == "gone" else said(reason)
    assert after(page, event)["sends"] is False
    assert after(page, event, BACK)["state"] == "open"


@pytest.mark.parametrize("reason", ["locked", "overwritten"])
def test_what_only_the_page_can_decide_stays_when_the_writer_is_back(page: Page, reason):
    assert after(page, said(reason), BACK)["state"] == reason


def test_a_text_with_a_fault_is_sent_again_by_the_next_word_also_after_an_outage(page: Page):
    now = after(page, NO_ANSWER, NO_ANSWER, said("faults", "请填标题。"))
    assert (now["typing"], now["failures"]) == ("send", 0)


def test_the_page_stays_where_the_next_one_could_not_say_what_is_wrong(page: Page):
    stays = [NO_ANSWER, ["refused", 413], ["refused", 404]]
    goes = [
        ["saved"],
        ["refused", 403],
        said("faults", "请填标题。"),
        said("overwritten"),
        said("locked"),
        ["arriving"],
    ]
    assert [after(page, event)["leaves"] for event in stays + goes] == [False] * 3 + [True] * 6
