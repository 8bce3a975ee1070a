"""核对通过 and 恢复版次 carry what their page showed; an old page is refused, the reason kept."""

from dataclasses import replace

import pytest

from issues.making import corrections, publication, withdrawals
from issues.models import BackIssueImport, Issue
from servicejournal.roles import Role
from tests.factories import a_user, an_article, an_issue, made, release_page
from tests.issues.making.desks import Desk, made_up, put_out
from tests.pages import seen
from tests.prepared import laid_out

pytestmark = pytest.mark.django_db


def page_of(issue) -> str:
    return f"/admin/issues/issue/{issue.pk}/release/"


def out_in_its_second_edition() -> Desk:
    desk = put_out()
    article = desk.issue.articles.first()
    base = corrections.base_of(article)
    corrections.correct(article, by=desk.chief, base=base, reason="笔误", title="改正的题")
    return replace(desk, issue=Issue.objects.get(pk=desk.issue.pk))


@pytest.fixture
def desk(request, db) -> Desk:
    return laid_out(out_in_its_second_edition if "out" in request.fixturenames else made_up)


class TestRestoring:
    def test_from_an_old_page_is_refused_and_the_reason_kept(self, client, out, chief, html_valid):
        client.force_login(chief)
        old = {"step": "restore", "number": 1, "edition": out.standing_id, "why": "弄错了"}
        article = out.articles.first()
        base = corrections.base_of(article)
        corrections.correct(article, by=chief, base=base, reason="又一处", title="再改的题")
        answer = client.post(page_of(out), old)
        assert answer.status_code == 409
        assert "您打开页面之后" in seen(answer)
        assert 'value="弄错了"' in answer.text
        html_valid(answer.text)
        made()
        assert out.editions.count() == 3
        fresh = {**old, "edition": Issue.objects.get(pk=out.pk).standing_id}
        assert client.post(page_of(out), fresh).status_code == 302
        made()
        assert out.editions.count() == 4

    def test_without_a_reason_asks_for_one(self, client, out, chief):
        client.force_login(chief)
        sent = {"step": "restore", "number": 1, "edition": out.standing_id, "why": " "}
        answer = client.post(page_of(out), sent)
        assert (answer.status_code, "请写明恢复的理由" in seen(answer)) == (422, True)

    def test_the_verb_refuses_what_was_seen_before(self, out, chief):
        with pytest.raises(publication.Stale):
            withdrawals.restore(out, 1, by=chief, why="弄错了", seen=out.standing_id - 1)


class TestPassingAnIntake:
    @pytest.fixture
    def back(self, editor) -> Issue:
        issue = an_issue(articles=1)
        facts = {"file_name": "old.txt", "sha256": "0" * 64, "imported_by": editor}
        BackIssueImport.objects.create(issue=issue, **facts)
        return issue

    def accept(self, client, back, **shown):
        return client.post(page_of(back), {"step": "accept", **release_page(back), **shown})

    def test_of_what_has_changed_since_is_refused(self, client, editor, back):
        client.force_login(editor)
        old = release_page(back)
        an_article(issue=back, title="后来补上的一篇")
        answer = self.accept(client, back, **old)
        assert answer.status_code == 409
        assert "又有改动" in seen(answer)
        assert BackIssueImport.objects.get().accepted_at is None
        assert self.accept(client, back).status_code == 302
        assert BackIssueImport.objects.get().accepted_by == editor

    def test_of_two_the_second_is_told_that_it_is_done(self, client, editor, back):
        client.force_login(editor)
        self.accept(client, back)
        client.force_login(a_user(Role.EDITOR))
        answer = self.accept(client, back)
        assert (answer.status_code, f"已由{editor}核对通过" in seen(answer)) == (409, True)
        assert BackIssueImport.objects.get().accepted_by == editor
