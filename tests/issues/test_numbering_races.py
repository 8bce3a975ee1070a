"""Two who number an issue at the same moment, on an engine with more than one writer."""

import threading

import pytest
from django.db import connection, connections, transaction
from django.test import Client

from issues.making import next_issue
from issues.models import Issue
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

    def test_the_slower_of_two_forms_is_told_and_keeps_what_was_typed(self):
        """Without the lock both find the numbers free, and the slower meets the database's no."""
        editors, pages = [a_user(Role.EDITOR) for _ in range(2)], [""] * 2

        def add(at: int, **numbers: int):
            def act():
                client = Client()
                client.force_login(editors[at])
                sent = {"kind": "regular", "year": 2026, "theme": f"主题{at}", **numbers}
                pages[at] = client.post("/admin/issues/issue/add/", sent).content.decode()

            return act

        for year in range(4):
            Issue.objects.all().delete()
            assert self.beside(add(0, number=7, last_number=8), add(1, number=8)) == ["", ""], year
            assert Issue.objects.count() == 1
            (refused,) = [page for page in pages if page]
            assert "期号已经有了" in refused
            assert 'value="主题' in refused

    def test_whoever_writes_past_the_forms_meets_the_database(self):
        def write(**numbers: int):
            def act():
                with transaction.atomic():
                    an_issue(year=2026, **numbers)

            return act

        raised = self.beside(write(number=7, last_number=8), write(number=8))
        assert sorted(raised) == ["", "IntegrityError"]

    def test_who_waits_for_the_numbers_sees_what_the_other_wrote(self):
        taken, seen = threading.Event(), []

        def first():
            with transaction.atomic():
                next_issue.hold_numbers()
                taken.set()
                an_issue(year=2026, number=5)

        def second():
            taken.wait(10)
            with transaction.atomic():
                next_issue.hold_numbers()
                seen.append(Issue.objects.count())

        assert self.beside(first, second) == ["", ""]
        assert seen == [1]
