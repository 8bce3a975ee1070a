"""Two at the same moment around a preview link, on an engine with more than one writer."""

import threading
from typing import Any

import pytest
from django.db import connection, connections

from issues.making import proofs
from issues.making.leader import consent, links, notes
from issues.models import Consent, PageNote
from servicejournal.models import Masthead
from servicejournal.roles import Role
from tests.factories import a_user, an_issue

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.skipif(connection.vendor == "sqlite", reason="one writer at a time")
class TestRaces:
    def beside(self, *acts: Any) -> list[str]:
        """All at once, each on a connection of its own; what each raised."""
        start, raised = threading.Barrier(len(acts)), [""] * len(acts)

        def run(at: int, act: Any) -> None:
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

    def test_of_two_who_settle_one_note_the_slower_is_told(self):
        """Without the lock the second writes over the first, and nobody knows."""
        editors = [a_user(Role.EDITOR) for _ in range(2)]
        for _ in range(4):
            link = links.make(an_issue(articles=1), by=editors[0], for_whom="张行长")
            note = notes.by_link(link, name="张", said=notes.Said("一"))

            def settle(by: Any, note: PageNote = note) -> Any:
                return lambda: notes.settle(note, by=by, outcome="taken")

            assert sorted(self.beside(*map(settle, editors))) == ["", "Stale"]

    def test_two_presses_of_the_button_are_one_consent_and_a_sentence(self):
        """Without the lock the slower meets the database's no."""
        Masthead.objects.update_or_create(pk=1, defaults={"leader_agrees": True})
        editor = a_user(Role.EDITOR)
        for _ in range(4):
            issue = an_issue(articles=1)
            link = links.make(issue, by=editor, for_whom="张行长", may_agree=True)
            digest = consent.digest_of(issue)

            def agree(link: Any = link, digest: str = digest) -> None:
                consent.by_link(link, name="张", words="", digest=digest)

            assert sorted(self.beside(agree, agree)) == ["", "NotAllowed"]
            assert Consent.objects.filter(issue=issue).count() == 1

    def test_no_correction_slips_into_a_proof_that_is_being_signed(self):
        """Without the lock a proof may be signed over a note that nobody settled."""
        one, other = a_user(Role.EDITOR), a_user(Role.EDITOR)
        for _ in range(4):
            issue = an_issue(articles=1)
            article, said = issue.articles.get(), notes.Said("改一字。")

            def note(issue: Any = issue, article: Any = article, said: Any = said) -> None:
                notes.by_proofreader(issue, article, by=other, said=said, round=1)

            raised = self.beside(lambda issue=issue: proofs.finish(issue, by=one), note)
            assert sorted(raised) in (["", "NotAllowed"], ["", "Stale"])
