"""Two who check one issue at the same moment, on an engine with more than one writer."""

import threading

import pytest
from django.db import connection, connections

from articles.proofreading.weights import Kind
from issues.making import quality
from issues.models import QualityCheck
from servicejournal.roles import Role
from tests.factories import a_user, an_issue

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.skipif(connection.vendor == "sqlite", reason="one writer at a time")
class TestRaces:
    def beside(self, *acts) -> list[str]:
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

    def test_two_who_draw_make_one_check(self):
        """Without the lock the slower meets the database's no, and nobody is told a sentence."""
        editors = [a_user(Role.EDITOR) for _ in range(2)]
        for _ in range(4):
            issue = an_issue(articles=2)
            acts = [lambda by=by, issue=issue: quality.draw(issue, by=by) for by in editors]
            assert sorted(self.beside(*acts)) == ["", "NotAllowed"]
            assert issue.quality_checks.count() == 1

    def test_two_who_enter_from_one_page_the_slower_is_told(self):
        """Without the lock both faults are entered from a page that shows neither."""
        editors = [a_user(Role.EDITOR) for _ in range(2)]
        for _ in range(4):
            issue = an_issue(articles=1)
            check = quality.draw(issue, by=editors[0])
            shown, article = quality.state(check), issue.articles.get().pk
            entry = quality.Entry(article=article, kind=Kind.MARK, quote="，，")

            def enter(by, check=check, entry=entry, shown=shown):
                return lambda: quality.enter(check, entry, by=by, seen=shown)

            assert sorted(self.beside(*map(enter, editors))) == ["", "Stale"]
            assert QualityCheck.objects.get(pk=check.pk).faults.count() == 1
