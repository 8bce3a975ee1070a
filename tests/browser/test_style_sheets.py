"""Every word of the style sheets, put to a browser: is that a property, a value, a selector?"""

import re
from collections import defaultdict
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.style_sheets import DJANGOS, OURS, TOKENS, Declaration, at, declarations, rules

# What other browsers know and Chromium does not.
ELSEWHERE = {"hanging-punctuation", "line-clamp", "::-moz-progress-bar"}
NAMED = re.compile(r"var\(\s*(--[\w-]+)\s*(?:,\s*((?:[^()]|\([^()]*\))*))?\)")


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """An empty one: no server, no database."""
    with browser.new_page() as page:
        yield page


def is_a_question(declaration: Declaration) -> bool:
    """Not what has no meaning by itself, nor what belongs to paper or to the way between pages."""
    name, around = declaration.name, declaration.around
    of_no_element = around[0] == "@page" or not around[-1]
    return not name.startswith("--") and not of_no_element and name not in ELSEWHERE


def first_values() -> dict[str, str]:
    """What each name stands for where it is defined first: on the screen, ours before Django's."""
    every = [each for path in [TOKENS, *OURS, *DJANGOS] for each in declarations(path)]
    return {each.name: each.value for each in reversed(every) if each.name.startswith("--")}


def as_computed(value: str, time: str, known: dict[str, str]) -> str:
    """The value with what its names stand for; the innermost first."""
    value = at(time, value)
    while named := NAMED.search(value):
        name, otherwise = named.groups()
        stands_for = at(time, known[name]) if name in known else otherwise or ""
        value = value[: named.start()] + stands_for + value[named.end() :]
    return value


@pytest.mark.parametrize("time", ["day", "night"])
def test_every_property_and_value_is_one(page: Page, time):
    known = first_values()
    asked = [each for path in OURS for each in declarations(path) if is_a_question(each)]
    pairs = [[each.name, as_computed(each.value, time, known)] for each in asked]
    answers = page.evaluate("pairs => pairs.map(([n, v]) => CSS.supports(n, v))", pairs)
    assert [str(each) for each, yes in zip(asked, answers, strict=True) if not yes] == []


def test_a_name_is_a_colour_everywhere_or_nowhere(page: Page):
    known = first_values()
    values = defaultdict(set)
    for each in [each for path in OURS for each in declarations(path)]:
        if each.name.startswith("--") and each.name not in {"--day", "--night"}:
            values[each.name] |= {as_computed(each.value, time, known) for time in ("day", "night")}
    pairs = [[name, value] for name, some in values.items() for value in sorted(some)]
    answers = page.evaluate("pairs => pairs.map(([n, v]) => CSS.supports('color', v))", pairs)
    colours = {name for (name, _), yes in zip(pairs, answers, strict=True) if yes}
    assert {"--paper", "--primary"} <= colours
    assert [
        pair for pair, yes in zip(pairs, answers, strict=True) if pair[0] in colours and not yes
    ] == []


def test_every_selector_is_one(page: Page):
    every = [rule for path in OURS for rule in rules(path) if rule.selector]
    asked = [rule for rule in every if not any(each in rule.selector for each in ELSEWHERE)]
    is_one = "s => { try { document.querySelector(s); return true } catch { return false } }"
    answers = page.evaluate(f"all => all.map({is_one})", [rule.selector for rule in asked])
    assert [rule.where for rule, yes in zip(asked, answers, strict=True) if not yes] == []
