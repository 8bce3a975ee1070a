"""三校: three proofs of the assembled issue by name, and the third is what goes out."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from issues.making import preflight, proofs, publication
from issues.making.proofs import NotAllowed
from issues.models import BackIssueImport, Issue, Proof
from servicejournal import record
from servicejournal.models import Masthead
from servicejournal.roles import EDITORIAL, Role
from tests.factories import a_user, an_article, an_issue, proofread, proofs_page
from tests.pages import seen

pytestmark = pytest.mark.django_db


@pytest.fixture
def issue() -> Issue:
    return an_issue(date=date(2026, 12, 18), articles=2)


def editors(number: int) -> list:
    return [a_user(Role.EDITOR, name=f"编辑{each}") for each in range(number)]


def blocking(issue: Issue) -> list[str]:
    return [finding.message for finding in preflight.check(issue) if finding.blocks]


def test_the_three_follow_each_other_each_by_name(issue):
    people = editors(3)
    made = [proofs.finish(issue, by=person, corrections=2) for person in people]
    assert [(proof.round, proof.proofreader) for proof in made] == list(
        zip(Proof.Round, people, strict=True)
    )
    assert [row.verb for row in record.of(issue)] == ["三校", "二校", "一校"]
    with pytest.raises(NotAllowed, match="之后没有改动"):
        proofs.finish(issue, by=people[0])


def test_nobody_reads_two_proofs_running(issue):
    one, two = editors(2)
    proofs.finish(issue, by=one)
    with pytest.raises(NotAllowed, match="一校是您做的，二校请换一位同事"):
        proofs.finish(issue, by=one)
    proofs.finish(issue, by=two)
    proofs.finish(issue, by=one)
    Masthead.objects.update(small_office=True)
    alone = an_issue(articles=1)
    for _ in Proof.Round:
        proofs.finish(alone, by=one)
    marked = [row.what.get("small_office", False) for row in record.of(alone)]
    assert marked == [True, True, False]


@pytest.mark.parametrize("role", Role)
def test_only_editors_proofread(issue, role):
    person = a_user(role)
    if role in EDITORIAL:
        proofs.finish(issue, by=person)
    else:
        with pytest.raises(NotAllowed, match="校对由编辑来做"):
            proofs.finish(issue, by=person)


def test_an_empty_issue_and_one_that_is_out_are_not_proofread():
    (editor,) = editors(1)
    with pytest.raises(NotAllowed, match="还没有文章"):
        proofs.finish(an_issue(), by=editor)
    with pytest.raises(NotAllowed, match="已发布"):
        proofs.finish(an_issue(published=True, articles=1), by=editor)


def test_an_issue_that_exists_only_as_pdf_is_not_proofread():
    issue = an_issue(articles=1)
    issue.scan.name = f"scans/{'ab' * 32}.pdf"
    issue.save()
    with pytest.raises(NotAllowed, match="当年的原件"):
        proofs.finish(issue, by=editors(1)[0])


class TestPublicationNeedsAllThree:
    def test_what_is_missing_blocks_and_is_named(self, issue):
        assert "缺一校、二校、三校，请在“三校”里完成。" in blocking(issue)
        proofs.finish(issue, by=editors(1)[0])
        assert "缺二校、三校，请在“三校”里完成。" in blocking(issue)

    def test_a_change_after_the_third_asks_for_it_again(self, issue):
        one, two = editors(2)
        for person in (one, two, one):
            proofs.finish(issue, by=person)
        assert not any("校" in message for message in blocking(issue))
        article = issue.articles.first()
        article.title = "改过的标题"
        article.save()
        assert "三校之后有改动，请核对改动之处，再做一次三校。" in blocking(issue)
        proofs.finish(issue, by=one)
        assert not any("校" in message for message in blocking(issue))
        assert issue.proofs.count() == 4

    def test_without_them_nothing_is_signed_off(self, issue):
        with pytest.raises(publication.NotAllowed, match="缺一校、二校、三校"):
            publication.sign_off(issue, by=a_user(Role.CHIEF_EDITOR))

    def test_a_back_issue_was_proofread_when_it_was_printed(self, issue):
        BackIssueImport.objects.create(issue=issue, file_name="old.txt", imported_by=a_user())
        assert not any("校" in message for message in blocking(Issue.objects.get(pk=issue.pk)))


class TestTakingBack:
    def test_who_did_it_takes_the_last_one_back(self, issue):
        one, two = editors(2)
        first = proofs.finish(issue, by=one)
        with pytest.raises(NotAllowed, match="校对人自己"):
            proofs.take_back(first, by=two)
        proofs.take_back(first, by=one)
        assert proofs.of(issue).due == Proof.Round.FIRST
        assert record.of(issue).first().verb == "撤回一校"
        assert issue.proofs.count() == 1

    def test_an_earlier_one_and_one_of_a_signed_off_issue_stay(self, issue):
        one, two = editors(2)
        first, second = proofs.finish(issue, by=one), proofs.finish(issue, by=two)
        with pytest.raises(NotAllowed, match="最后一次"):
            proofs.take_back(first, by=one)
        out = an_issue(published=True, articles=1)
        proofread(out)
        last = out.proofs.last()
        with pytest.raises(NotAllowed, match="不能撤回校对"):
            proofs.take_back(last, by=last.proofreader)
        proofs.take_back(second, by=two)


class TestThePage:
    def page(self, issue):
        return f"/admin/issues/issue/{issue.pk}/proofs/"

    def test_a_proof_is_finished_and_taken_back(self, client, issue, html_valid):
        editor = a_user(Role.EDITOR, name="程砚")
        client.force_login(editor)
        html_valid(client.get(self.page(issue)).text)
        done = client.post(
            self.page(issue),
            {"step": "finish", "corrections": "3", "words": "人名", **proofs_page(issue)},
            follow=True,
        )
        assert "一校完成，改正 3 处。" in seen(done)
        assert "程砚" in seen(done)
        back = client.post(
            self.page(issue), {"step": "take_back", **proofs_page(issue)}, follow=True
        )
        assert "一校已撤回。" in seen(back)

    @pytest.mark.parametrize("corrections", ["-1", "many", "10000", "10000000000000"])
    def test_a_number_that_is_none_is_said_and_the_words_stay(self, client, issue, corrections):
        client.force_login(a_user(Role.EDITOR))
        data = {
            "step": "finish",
            "corrections": corrections,
            "words": "核对了人名",
            **proofs_page(issue),
        }
        answer = client.post(self.page(issue), data)
        assert answer.status_code == 422
        assert "改正处数请写 0 到 9999 的数字。" in seen(answer)
        assert "核对了人名" in answer.text
        assert not issue.proofs.exists()

    @pytest.mark.parametrize("corrections", ["0", "9999"])
    def test_the_least_and_the_greatest_number_are_taken(self, client, issue, corrections):
        client.force_login(a_user(Role.EDITOR))
        client.post(
            self.page(issue), {"step": "finish", "corrections": corrections, **proofs_page(issue)}
        )
        assert issue.proofs.get().corrections == int(corrections)

    def test_an_auditor_looks_and_a_writer_does_not(self, client, issue):
        client.force_login(a_user(Role.AUDITOR))
        assert "校对由编辑来做" in seen(client.get(self.page(issue)))
        client.force_login(a_user(Role.CONTRIBUTOR))
        assert client.get(self.page(issue)).status_code in (302, 403)

    def test_the_number_of_queries_does_not_grow(self, client, issue, django_assert_num_queries):
        client.force_login(a_user(Role.EDITOR))
        with django_assert_num_queries(28):
            client.get(self.page(issue))
        for _ in range(3):
            an_article(issue=issue)
        with django_assert_num_queries(28):
            client.get(self.page(issue))


def test_a_proof_is_whole_in_the_database(issue):
    for facts in ({"round": 4, "digest": "a"}, {"round": 1, "digest": ""}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Proof.objects.create(issue=issue, proofreader=a_user(), **facts)
