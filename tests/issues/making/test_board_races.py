"""Two who move at the same moment, two workers at one measure: on an engine with more writers."""

import threading
from collections.abc import Callable

import pytest
from django.db import connection, connections

from issues import contents
from issues.making import make_up
from issues.making.board import measuring
from issues.making.printer import orders
from servicejournal import record
from servicejournal.roles import Role
from tests.factories import a_section, a_user, accepted, an_issue

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)


@pytest.mark.skipif(connection.vendor == "sqlite", reason="one writer at a time")
class TestRaces:
    def beside(self, *acts: Callable[[], object]) -> list[str]:
        """All at once, each on a connection of its own; what each raised, or returned."""
        start, told = threading.Barrier(len(acts)), [""] * len(acts)

        def run(at: int, act: Callable[[], object]) -> None:
            try:
                start.wait()
                told[at] = str(act())
            except Exception as error:
                told[at] = type(error).__name__
            finally:
                connections.close_all()

        threads = [threading.Thread(target=run, args=each) for each in enumerate(acts)]
        for each in threads:
            each.start()
        for each in threads:
            each.join(30)
        return told

    def test_of_two_moves_from_one_page_the_slower_is_told_and_none_is_written_over(self):
        """Without the lock both are written, and the first is lost without a word."""
        editors = [a_user(Role.EDITOR) for _ in range(2)]
        for _ in range(4):
            issue = an_issue(articles=3)
            order = make_up.order_of(issue)
            here = a_section()

            def move(by, at, issue=issue, order=order, here=here):
                pks, before = [order[at][0]], order[at - 1][0]
                return lambda: make_up.move(
                    issue, pks, to=here, before=before, by=by, made_from=order
                )

            acts = [move(editors[0], 1), move(editors[1], 2)]
            assert sorted(self.beside(*acts)) == ["None", "Stale"]
            now = [article.pk for article in contents.of(issue).articles]
            one, two, three = (pk for pk, _ in order)
            assert now in ([two, one, three], [one, three, two])

    def test_a_manuscript_that_two_issues_want_stands_in_one_and_the_other_is_told(self):
        """Without the lock of the manuscript it goes into both records, and stands in the last."""
        editors, here = [a_user(Role.EDITOR) for _ in range(2)], a_section()
        issues = [an_issue(), an_issue()]
        for way in ("move", "place") * 2:
            wanted = accepted(section=here)

            def act(by, issue, way=way, wanted=wanted):
                if way == "place":
                    return lambda: make_up.place([wanted], issue, by=by)
                order = make_up.order_of(issue)
                return lambda: make_up.move(issue, [wanted.pk], to=here, by=by, made_from=order)

            told = self.beside(*(act(*each) for each in zip(editors, issues, strict=True)))
            assert told.count("NotAllowed") == 1
            assert record.of(wanted).filter(verb="编入").count() == 1

    def test_of_two_who_choose_what_leads_from_one_page_one_is_told(self):
        """Without the lock of the issue both are told that theirs leads."""
        editors = [a_user(Role.EDITOR) for _ in range(2)]
        for _ in range(4):
            issue = an_issue(articles=2)
            acts = [
                lambda by=by, pk=pk, issue=issue: make_up.lead_with(
                    issue, [pk], by=by, made_from=[]
                )
                for by, (pk, _) in zip(editors, make_up.order_of(issue), strict=True)
            ]
            assert sorted(self.beside(*acts)) == ["None", "Stale"]

    def test_two_workers_do_not_claim_one_measure(self):
        for number in range(4):
            digest = f"{number}" * 64
            claim = [lambda digest=digest: measuring._claim(digest)] * 2
            assert sorted(self.beside(*claim)) == ["False", "True"]

    def test_of_two_orders_to_the_printer_from_one_page_the_slower_is_told(self):
        """Without the lock on the issue both are written, and one editor's word is lost."""
        editor = a_user(Role.EDITOR)
        for _ in range(4):
            issue = an_issue()
            facts = {name: getattr(orders.of(issue), name) for name in orders.FACTS}
            facts["leaf"] = 100  # the last issue's is proposed: one of the two below
            orders.agree(issue, facts, by=editor, made_from="")
            seen = orders.written(orders.of(issue))
            acts = [
                lambda leaf=leaf, issue=issue, facts=facts, seen=seen: (
                    orders.agree(issue, {**facts, "leaf": leaf}, by=editor, made_from=seen).leaf
                )
                for leaf in (90, 110)
            ]
            told = self.beside(*acts)
            assert "Stale" in told
            assert str(orders.of(issue).leaf) in told
