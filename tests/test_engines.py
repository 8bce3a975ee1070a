"""What runs beside PostgreSQL is chosen by the rule of tests/engines.py."""

import pytest

from tests import engines

NAMED = [(folder, name) for folder, names in engines.ONCE.items() for name in names.split()]


def test_every_module_that_runs_once_is_there():
    assert [named for named in NAMED if not engines.modules(*named)] == []


def test_no_module_that_is_about_rows_at_once_is_named():
    named = [path.stem for each in NAMED for path in engines.modules(*each)]
    assert [name for name in named if name.endswith(("_races", "_killed", "at_once"))] == []


def test_what_asks_no_database_runs_once(request):
    assert not engines.on_both(request.node)


@pytest.mark.django_db
def test_what_asks_one_runs_on_both(request):
    assert engines.on_both(request.node)


@pytest.mark.any_database
@pytest.mark.django_db
def test_unless_it_is_marked(request):
    assert not engines.on_both(request.node)
