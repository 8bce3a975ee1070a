"""代行主编: signs off, publishes, confirms and takes back for the chief, and it says so."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from articles.models import Deputy, Notice
from articles.reviewing import deputies, staffing
from issues.making import corrections, proposals, publication, withdrawals
from issues.making.publication import NotAllowed
from issues.models import Issue
from servicejournal import record
from servicejournal.roles import Role
from tests.articles.reviewing.test_staffing import a_deputy
from tests.factories import a_user, made, release_page
from tests.pages import seen

pytestmark = pytest.mark.django_db


@pytest.fixture
def deputy():
    return a_user(Role.SENIOR_EDITOR, name="程砚")


def appointed(user) -> Deputy:
    return a_deputy(user, "chief", last=6)


class TestTheVerbs:
    def test_are_the_chiefs_until_somebody_is_appointed(self, ready, deputy):
        with pytest.raises(NotAllowed, match="主编"):
            publication.sign_off(ready, by=deputy)
        a_deputy(deputy, "final")
        with pytest.raises(NotAllowed, match="主编"):
            publication.sign_off(ready, by=deputy)

    def test_the_deputy_signs_and_publishes_and_the_issue_remembers_as_what(self, ready, deputy):
        grant = appointed(deputy)
        edition = publication.sign_off(ready, by=deputy)
        publication.publish(ready, by=deputy)
        stored = Issue.objects.get(pk=ready.pk)
        assert (stored.signed_off_deputy, stored.published_deputy) == (grant, grant)
        assert stored.signer == stored.publisher == edition.signer == "程砚（代行主编）"
        rows = record.of(stored).filter(verb__in=("签发", "发布"))
        assert [row.what["acting"] for row in rows] == ["代行主编"] * 2

    def test_the_mark_stays_when_the_days_are_over_and_no_further_step_is_theirs(
        self, ready, deputy
    ):
        grant = appointed(deputy)
        publication.sign_off(ready, by=deputy)
        deputies.revoke(grant, by=deputy, why="主编回来了")
        with pytest.raises(NotAllowed, match="主编"):
            publication.publish(ready, by=deputy)
        assert Issue.objects.get(pk=ready.pk).signer == "程砚（代行主编）"

    def test_the_chiefs_own_signature_bears_no_mark(self, ready, chief, deputy):
        appointed(deputy)
        assert "代行" not in publication.sign_off(ready, by=chief).signer
        assert Issue.objects.get(pk=ready.pk).signed_off_deputy is None

    def test_a_signature_taken_back_takes_its_mark_along(self, ready, deputy):
        appointed(deputy)
        publication.sign_off(ready, by=deputy)
        publication.take_back_sign_off(ready, by=deputy, why="换一篇")
        assert Issue.objects.get(pk=ready.pk).signed_off_deputy is None

    @pytest.mark.parametrize("name", ["signed_off_deputy", "published_deputy"])
    def test_the_database_holds_no_mark_without_the_deed(self, ready, deputy, name):
        grant = appointed(deputy)
        with pytest.raises(IntegrityError, match="issue_deputy"), transaction.atomic():
            Issue.objects.filter(pk=ready.pk).update(**{name: grant})

    def test_who_is_no_senior_editor_any_more_is_not_the_chiefs_deputy(self, ready):
        editor = a_user(Role.EDITOR)
        appointed(editor)
        with pytest.raises(NotAllowed, match="主编"):
            publication.sign_off(ready, by=editor)

    def test_confirms_and_refuses_corrections_is_told_of_them_and_takes_an_issue_back(
        self, ready, chief, deputy
    ):
        appointed(deputy)
        publication.sign_off(ready, by=chief)
        publication.publish(ready, by=chief)
        article, senior = ready.articles.first(), a_user(Role.SENIOR_EDITOR)
        base, body = corrections.base_of(article), f"<p>{'改' * 70}。</p>"
        asked = proposals.propose(article, by=senior, base=base, reason="重写", body=body)
        assert Notice.objects.filter(recipient=deputy, kind=Notice.Kind.CONFIRM).exists()
        proposals.refuse(asked, by=deputy, why="先问作者")
        assert record.of(article).get(verb="不同意更正").what["acting"] == "代行主编"
        withdrawals.withdraw(Issue.objects.get(pk=ready.pk), by=deputy, why="署名有误")
        assert record.of(ready).get(verb="撤下").what["acting"] == "代行主编"

    def test_appoints_nobody(self, deputy):
        appointed(deputy)
        today = timezone.localdate()
        days = {"starts": today, "ends": today + timedelta(days=1)}
        with pytest.raises(deputies.NotAllowed, match="您的角色不能指定"):
            deputies.grant(a_user(Role.EDITOR), "final", by=deputy, why="忙", **days)


class TestThePage:
    def test_says_who_can_sign_today_and_what_helps(self, client, ready, chief, deputy):
        client.force_login(deputy)
        page = f"/admin/issues/issue/{ready.pk}/release/"
        words = seen(client.get(page))
        assert f"签发、发布和撤下由主编（今天是{chief}）操作" in words
        assert "请一位副主编代行主编" in words

    def test_offers_the_deputy_the_button_and_shows_the_mark(
        self, client, ready, deputy, html_valid
    ):
        appointed(deputy)
        client.force_login(deputy)
        page = f"/admin/issues/issue/{ready.pk}/release/"
        answer = client.get(page)
        assert "写作“程砚（代行主编）”" in seen(answer)
        html_valid(answer.text)
        assert client.post(page, {"step": "sign_off", **release_page(ready)}).status_code == 302
        made()
        words = seen(client.get(page))
        assert "由程砚（代行主编）签发" in words
        assert "程砚（代行主编）：签发" in words
        assert client.post(page, {"step": "publish", **release_page(ready)}).status_code == 302
        out = Issue.objects.get(pk=ready.pk)
        assert "程砚（代行主编）" in seen(client.get(f"{out.get_absolute_url()}edition/"))


def test_who_answers_for_an_issue_today_by_name(chief, deputy):
    assert list(staffing.chiefs()) == [chief]
    appointed(deputy)
    assert {*staffing.chiefs()} == {chief, deputy}
