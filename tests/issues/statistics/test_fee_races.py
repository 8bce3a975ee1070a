"""Two who close or counter at the same moment, on an engine with more than one writer."""

import threading

import pytest
from django.db import connection, connections

from articles.models import Branch
from issues.models import FeeEntry, FeeSheet
from issues.statistics import fees, merits, periods
from servicejournal.roles import Role
from tests.factories import a_user

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)


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
        return sorted(raised)

    def test_of_two_who_close_from_one_page_one_closes(self, sheet, chief, administrator):
        """Without the lock both are told that they closed it."""
        fees.check(sheet, by=chief)
        seen = FeeSheet.objects.get(pk=sheet.pk).version
        others = [administrator, a_user(Role.ADMINISTRATOR)]
        acts = [lambda by=by: fees.close(sheet, by=by, seen=seen) for by in others]
        assert self.beside(*acts) == ["", "Stale"]

    def test_closing_and_changing_at_once_never_changes_what_is_closed(
        self, sheet, chief, administrator
    ):
        """Without the lock an amount changes under the signature."""
        fee = sheet.fees.first()
        for fen in (7, 8, 9):
            fees.check(sheet, by=chief)
            seen = FeeSheet.objects.get(pk=sheet.pk).version
            raised = self.beside(
                lambda seen=seen: fees.close(sheet, by=administrator, seen=seen),
                lambda seen=seen, fen=fen: fees.change(fee, fen=fen, why="改", by=chief, seen=seen),
            )
            assert raised == ["", "Stale"]
            now = FeeSheet.objects.get(pk=sheet.pk)
            fee.refresh_from_db()
            assert now.is_closed != (fee.fen == fen)
            if now.is_closed:
                return

    def test_a_new_edition_never_opens_what_is_closed_at_that_moment(
        self, sheet, chief, administrator
    ):
        """Without the lock of whoever reckons, the sheet is told to be closed and is open."""
        for _ in range(4):
            fees.check(sheet, by=chief)
            seen = FeeSheet.objects.get(pk=sheet.pk).version
            raised = self.beside(
                lambda seen=seen: fees.close(sheet, by=administrator, seen=seen),
                lambda: fees.reckon(sheet.edition, by=chief),
            )
            is_closed = FeeSheet.objects.get(pk=sheet.pk).is_closed
            assert raised == (["", ""] if is_closed else ["", "Stale"])
            if is_closed:
                return

    def test_of_two_who_begin_one_bulletin_the_slower_keeps_what_they_wrote(self, chief):
        """As from an old page, and not a fault of the program."""
        period, editor = periods.quarter(2026, 2), a_user(Role.EDITOR)
        acts = [
            lambda by=by: merits.save_bulletin(period, by=by, seen=0, heading="通报")
            for by in (chief, editor)
        ]
        assert self.beside(*acts) == ["", "Stale"]

    def test_of_two_who_praise_alike_one_does(self, issue, chief):
        """Without the lock the slower meets the database's own words."""
        article, editor = issue.articles.first(), a_user(Role.EDITOR)
        for grade in ("excellent", "headline"):
            acts = [
                lambda by=by, grade=grade: merits.praise(article, grade=grade, reason="好", by=by)
                for by in (chief, editor)
            ]
            assert self.beside(*acts) == ["", "NotAllowed"]

    def test_of_two_who_ask_for_pieces_from_one_page_one_is_told(self, issue, chief):
        """Without the lock both are told that theirs holds."""
        branch = Branch.objects.order_by("pk")[0].pk
        for year in range(2020, 2024):
            acts = [
                lambda n=n, year=year: merits.set_quotas(year, {branch: n}, {branch: 0}, by=chief)
                for n in (3, 5)
            ]
            assert self.beside(*acts) == ["", "Stale"]

    def test_two_counter_entries_take_no_more_than_there_is(self, sheet, chief, administrator):
        """Without the lock the two together go below nothing."""
        fees.check(sheet, by=chief)
        fees.close(sheet, by=administrator)
        fee = sheet.fees.get(author_name="卢青")
        acts = [
            lambda by=by: fees.counter(fee, fen=-10001, why="误计", by=by)
            for by in (chief, administrator)
        ]
        assert self.beside(*acts) == ["", "NotAllowed"]
        assert FeeEntry.objects.count() == 1
