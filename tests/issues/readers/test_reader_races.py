"""Readers and editors at the same moment, on an engine with more than one writer."""

import threading

import pytest
from django.db import connection, connections
from django.utils import timezone

from issues.counts import tally
from issues.echoes import deciding, helpful, sending
from issues.models import DailyCount, Echo
from servicejournal import record
from servicejournal.roles import Role
from tests.factories import a_user, an_article, an_issue

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)


def beside(*acts) -> list[str]:
    """All at once, each on a connection of its own; what each raised."""
    start, raised = threading.Barrier(len(acts)), [""] * len(acts)

    def run(at, act):
        try:
            start.wait()
            act()
        except Exception as error:
            raised[at] = type(error).__name__
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=each) for each in enumerate(acts)]
    for each in threads:
        each.start()
    for each in threads:
        each.join(30)
    return raised


@pytest.mark.skipif(connection.vendor == "sqlite", reason="one writer at a time")
class TestRaces:
    def test_of_two_editors_one_decides_and_the_other_is_told(self):
        """Without the lock both decide, and the record tells of two decisions."""
        article = an_article(issue=an_issue(published=True))
        editors = [a_user(Role.EDITOR) for _ in range(2)]
        for number in range(4):
            letter = sending.send(article.pk, name="", branch="", words=f"第{number}封来信。")
            acts = [
                lambda letter=letter: deciding.pass_on(letter, by=editors[0]),
                lambda letter=letter: deciding.refuse(letter, by=editors[1], why="不谈文章"),
            ]
            assert sorted(beside(*acts)) == ["", "Stale"]
            assert record.of(letter).count() == 1

    def test_two_presses_make_one_manuscript(self):
        article = an_article(issue=an_issue(published=True))
        letter = sending.send(article.pk, name="", branch="", words="写得好，说几句。")
        editor = a_user(Role.EDITOR)
        deciding.pass_on(letter, by=editor)
        acts = [lambda: deciding.make_manuscript(letter, by=editor)] * 2
        assert sorted(beside(*acts)) == ["", "Stale"]
        assert Echo.objects.exclude(manuscript=None).count() == 1

    def test_presses_and_looks_that_come_at_once_are_counted_rightly(self):
        """One reader's presses are one; what four processes counted is added."""
        article = an_article(issue=an_issue(published=True))
        press = [lambda: helpful.mark(DailyCount.Kind.HELPFUL, article.pk, reader="address a b")]
        assert beside(*press * 4) == [""] * 4
        day = timezone.localdate()
        looks = {("article", key, 0, day): 3 for key in range(1, 30)}
        assert beside(*[lambda: tally.add(looks)] * 4) == [""] * 4
        assert DailyCount.objects.get(kind="helpful").number == 1
        assert set(DailyCount.objects.filter(kind="article").values_list("number", flat=True)) == {
            12
        }
