"""Colours and measures by name: each name is there on every page, and each palette has them all."""

import re

from tests.environment import ROOT
from tests.style_sheets import DJANGOS, OURS, PAIR, TOKENS, at, declarations, rules, together

NAME = re.compile(r"var\(\s*(--[\w-]+)")
SCRIPTS = sorted(ROOT.glob("static/*/*js"))
SET_BY_SCRIPTS = {
    name for path in SCRIPTS for name in re.findall(r'setProperty\("(--[\w-]+)', path.read_text())
}
SWITCH = {"--day", "--night"}


def palette(time: str) -> dict[str, str]:
    """Name → value of tokens.css by `day` or by `night`."""
    on_screen = [each for each in declarations(TOKENS) if each.around == (":root",)]
    return {each.name: at(time, each.value) for each in on_screen}


def test_every_name_is_defined_on_every_page_that_uses_it():
    for page, sheets in together():
        known = {each.name for sheet in sheets for each in declarations(sheet)}
        known |= SET_BY_SCRIPTS
        for sheet in sheets & set(OURS):
            for each in declarations(sheet):
                needed = re.findall(r"var\(\s*(--[\w-]+)\s*\)", each.value)  # without a way out
                assert set(needed) <= known, f"{each} ({page})"


def test_every_name_that_is_defined_is_used():
    sources = [*OURS, *DJANGOS, *SCRIPTS]
    used = {name for path in sources for name in NAME.findall(path.read_text())}
    for path in OURS:
        for each in declarations(path):
            assert not each.name.startswith("--") or each.name in used, each


def test_day_and_night_are_always_told_together():
    for path in OURS:
        for each in declarations(path):
            rest = PAIR.sub("", each.value)
            assert not SWITCH & set(NAME.findall(rest)), each


def test_the_night_is_switched_on_and_never_written_out_again():
    for path in OURS:
        for rule in rules(path):
            at_night = re.search(
                r"prefers-color-scheme|theme=\"dark\"", str((*rule.around, rule.selector))
            )
            if at_night:
                assert {each.name for each in rule.declarations} == SWITCH, rule.where


def test_the_browsers_frame_has_the_colours_of_the_page():
    head = (ROOT / "templates/_head.html").read_text()
    frame = re.findall(r'"theme-color" content="(#\w+)" media="\(prefers-color-scheme: (\w+)', head)
    assert frame == [(palette("day")["--paper"], "light"), (palette("night")["--paper"], "dark")]


def test_nothing_is_said_twice_in_a_rule():
    """Unless at once and otherwise: the second word for newer browsers."""
    for path in OURS:
        for rule in rules(path):
            last = None
            said = set()
            for each in rule.declarations:
                if last is None or each.name != last.name:
                    assert each.name not in said, f"{each} again"
                else:
                    assert each.value != last.value, f"{each} again"
                said.add(each.name)
                last = each


def test_no_long_line_hides_a_layout():
    """A rule of more than a hundred characters has a line for each of its declarations."""
    for path in OURS:
        for number, line in enumerate(path.read_text().splitlines(), 1):
            hides = len(line) > 100 and "{" in line and ":" in line.partition("{")[2]
            assert not hides, f"{path.relative_to(ROOT)}:{number}"
