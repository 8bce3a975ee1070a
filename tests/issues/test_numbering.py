"""What issues are called, and how a name is read back."""

from dataclasses import dataclass

import pytest
from django.urls import NoReverseMatch, reverse

from issues import numbering
from issues.numbering import EXTRA, REGULAR, SUPPLEMENT, Which


@dataclass(frozen=True)
class Called:
    year: int
    number: int
    last_number: int | None = None
    kind: str = REGULAR
    running_number: int | None = None


NAMES = [
    (Called(2026, 4), "2026年第4期", "4", "2026-04"),
    (Called(2026, 7, 8), "2026年第7–8期", "7-8", "2026-07_08"),
    (Called(2026, 11, 12), "2026年第11–12期", "11-12", "2026-11_12"),
    (Called(2026, 1, kind=SUPPLEMENT), "2026年增刊1", "s1", "2026-s1"),
    (Called(2026, 12, kind=EXTRA), "2026年号外12", "x12", "2026-x12"),
]


@pytest.mark.parametrize(("issue", "label", "slug", "stem"), NAMES)
def test_each_kind_has_its_label_its_address_and_its_files(issue, label, slug, stem):
    assert numbering.label(issue) == label
    assert numbering.slug(issue) == slug
    assert numbering.stem(issue) == stem


@pytest.mark.parametrize("issue", [row[0] for row in NAMES])
def test_an_address_is_read_back(issue):
    which = Which(issue.number, issue.last_number, issue.kind)
    assert numbering.read(numbering.slug(issue)) == which


def test_a_running_number_stands_in_brackets_where_there_is_one():
    assert numbering.full_label(Called(2022, 2, running_number=38)) == "2022年第2期（总第38期）"
    assert numbering.full_label(Called(2026, 1, kind=SUPPLEMENT)) == "2026年增刊1"


@pytest.mark.parametrize(
    "slug", ["", "0", "54", "7-7", "8-7", "7-54", "s0", "s1-2", "y1", "7-8-9", "-1", "1.5", "１"]
)
def test_what_names_no_issue_is_told_how_they_are_written(slug):
    with pytest.raises(numbering.NotAnIssue, match="写成"):
        numbering.read(slug)


def test_a_bare_number_makes_no_address():
    """It may be another issue's: that of 增刊1 is s1, and 第1期 is 1."""
    assert reverse("issue", args=[2026, "s1"]) == "/issues/2026/s1/"
    with pytest.raises(NoReverseMatch):
        reverse("issue", args=[2026, 1])
