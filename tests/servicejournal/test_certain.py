import pytest

from servicejournal.certain import NotAsHeld, certain


@pytest.mark.parametrize("value", ["谷淳", "", 0, False, []])
def test_what_is_there_is_given_back_also_where_it_is_empty(value):
    assert certain(value, "a rule") is value


def test_what_is_missing_names_the_rule_that_promised_it():
    with pytest.raises(NotAsHeld, match="article_place_is_whole"):
        certain(None, "article_place_is_whole")
