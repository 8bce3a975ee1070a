"""`docs/security-asvs.md` answers every number once, and what its rows name is there."""

import csv
import re
from pathlib import Path

import pytest

from tests.environment import ROOT

TOLD = ROOT / "docs" / "security-asvs.md"
NUMBERS = Path(__file__).with_name("asvs_numbers.txt")
#: The standard itself stands beside the checkout where somebody put it; its words are not ours.
STANDARD = ROOT.parent / "shared" / "asvs" / "asvs-5.0.0-en.csv"
#: Chapters that are answered up to level 3: authentication, authorization, logging.
TO_THE_LAST = {"V6", "V8", "V16"}
ANSWERS = {"met", "partly", "no", "server", "none"}


def rows() -> list[list[str]]:
    lines = TOLD.read_text().splitlines()
    return [[cell.strip() for cell in line.split("|")[1:-1]] for line in lines if "| V" in line]


def asked() -> list[str]:
    lines = NUMBERS.read_text().splitlines()
    return [number for line in lines if not line.startswith("#") for number in line.split()]


def test_every_number_is_answered_exactly_once():
    answered = [number for row in rows() for number in row[0].split()]
    assert sorted(answered) == sorted(asked())


def test_every_answer_is_one_of_five_and_says_where_or_why():
    for number, answer, where, held in rows():
        assert answer in ANSWERS, number
        assert where, number
        if answer == "met" and not held:
            assert number in NOT_BY_A_TEST, f"{number}: which test holds it?"


#: What is met by the way the code is written and checked.
NOT_BY_A_TEST = {"V15.3.2", "V15.3.5", "V15.3.6"}


def test_every_file_and_test_that_a_row_names_is_there():
    for number, _, where, held in rows():
        for name in re.findall(r"`([\w/.-]+/[\w/.-]*)`", f"{where} {held}"):
            if not name.startswith("/"):  # an address: `tests/test_papers.py` asks for it
                assert (ROOT / name).exists(), f"{number}: {name}"


@pytest.mark.skipif(not STANDARD.exists(), reason="the standard is not beside this checkout")
def test_the_numbers_are_those_of_the_standard():
    with STANDARD.open() as file:
        standard = [
            row["req_id"]
            for row in csv.DictReader(file)
            if int(row["L"]) <= 2 or row["chapter_id"] in TO_THE_LAST
        ]
    assert asked() == standard
    assert len([n for n in standard if n not in _of_level_3()]) == 253


def _of_level_3() -> set[str]:
    with STANDARD.open() as file:
        return {row["req_id"] for row in csv.DictReader(file) if row["L"] == "3"}
