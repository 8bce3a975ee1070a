"""The page that says what readers can rely on, and that each test it names is there."""

import ast
from functools import cache
from pathlib import Path

import pytest

from issues.reading.beside import conformance
from issues.reading.beside.conformance import Met
from tests.environment import ROOT
from tests.issues.exports.test_epub import opened, page
from tests.pages import seen

LINES = [line for part in conformance.parts() for line in part.lines]


@cache
def named_in(path: Path) -> set[str]:
    """Names of the functions of a file of tests, those of its classes too."""
    found = ast.walk(ast.parse(path.read_text()))
    return {each.name for each in found if isinstance(each, ast.FunctionDef)}


@pytest.mark.parametrize("line", LINES, ids=lambda line: line.number)
def test_each_line_has_a_test_that_is_there(line):
    assert bool(line.test) or line.met is not Met.YES, f"{line.number} is said to be met"
    if line.test:
        file, _, name = line.test.partition("::")
        assert name in named_in(ROOT / file), line.test


def test_each_number_stands_once():
    numbers = [line.number for line in LINES]
    assert len(set(numbers)) == len(numbers)


@pytest.mark.django_db
def test_says_of_each_line_how_it_stands_and_by_which_test(client):
    words = seen(client.get("/accessibility/"))
    for line in LINES:
        assert f"{line.number} {line.asked} {line.clause} {line.met}" in words
        assert line.test in words


def test_the_e_book_says_what_it_offers():
    package = page(opened(), "package.opf")
    for told in (
        'property="schema:accessMode">textual',
        'property="schema:accessModeSufficient">textual',
        'property="schema:accessibilityFeature">alternativeText',
        'property="schema:accessibilityFeature">tableOfContents',
        'property="schema:accessibilityHazard">none',
        "<dc:language>zh-Hans</dc:language>",
    ):
        assert told in package
