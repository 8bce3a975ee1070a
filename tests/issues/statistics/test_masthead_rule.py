"""The masthead's two numbers became a rule of 稿酬 that gives the same amounts, and go back."""

from datetime import date
from importlib import import_module

import pytest
from django.apps import apps
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from issues.models import FeeRule
from issues.statistics.fee_rules import earned

pytestmark = pytest.mark.django_db
moved = import_module("issues.migrations.0041_fees_of_the_masthead")


class OneMasthead:
    """The two models as the migration asks for them: the old masthead, and today's rules."""

    def __init__(self, **numbers):
        state = MigrationLoader(connection).project_state(("issues", "0040_merits")).apps
        self.row = state.get_model("servicejournal", "Masthead")(
            **{"fee_per_thousand": None, "fee_at_least": None, **numbers}
        )
        self.written: dict[str, int | None] = {}

    def get_model(self, app: str, name: str):
        return self if name == "Masthead" else apps.get_model(app, name)

    @property
    def objects(self):
        return self

    def all(self):
        return [self.row]

    def update(self, **numbers):
        self.written = numbers


def yuan(length: int) -> float | None:
    rules = FeeRule.objects.all()
    day = date(2026, 1, 1)
    own = earned(rules, day=day, section=1, grades=(), length=length, pictures=9)
    return own and own.fen / 100


@pytest.mark.parametrize(
    ("numbers", "length", "earns"),
    [
        ({}, 1256, None),
        ({"fee_per_thousand": 80}, 1256, 100),
        ({"fee_per_thousand": 50}, 1250, 63),
        ({"fee_at_least": 30}, 1256, 30),
        ({"fee_per_thousand": 80, "fee_at_least": 30}, 200, 30),
        ({"fee_per_thousand": 0}, 1256, 0),
    ],
)
def test_the_amounts_are_those_of_before_and_the_numbers_go_back(numbers, length, earns):
    before = OneMasthead(**numbers)
    moved.to_rules(before, None)
    assert yuan(length) == earns
    moved.to_masthead(before, None)
    known = {"fee_per_thousand": None, "fee_at_least": None}
    assert before.written == ({**known, **numbers} if numbers else {})
