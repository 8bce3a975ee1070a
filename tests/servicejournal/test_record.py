"""The record: rows are added, never changed."""

from datetime import timedelta

import pytest
from django.utils import timezone

from articles.models import Review
from servicejournal import clock, record
from servicejournal.models import Record, Unchangeable
from servicejournal.roles import Role
from tests.articles.filling_in import posted
from tests.factories import a_user, an_article
from tests.pages import link
from tests.spreadsheets import rows_of

pytestmark = pytest.mark.django_db


def test_it_keeps_who_what_and_why_after_the_account_is_renamed():
    user, article = a_user(name="程砚"), an_article(title="三号窗口")
    record.write("退修", article, by=user, why="缺时间", before="first_review")
    user.name = "改名"
    user.save()
    row = record.of(article).get()
    assert (row.actor, row.verb, row.subject, row.why) == ("程砚", "退修", "三号窗口", "缺时间")
    assert row.what == {"before": "first_review"}


def test_it_does_not_hold_live_data_fast():
    user, article = a_user(), an_article()
    record.write("试", article, by=user)
    article.delete()


@pytest.mark.parametrize("role", [Role.ADMINISTRATOR, Role.AUDITOR])
def test_nobody_changes_it_in_the_admin(client, role):
    client.force_login(a_user(role))
    row = record.write("试", a_user(name="三号"), by=a_user())
    assert "三号" in client.get("/admin/servicejournal/record/?q=三号").content.decode()
    assert client.get("/admin/servicejournal/record/add/").status_code == 403
    url = f"/admin/servicejournal/record/{row.pk}/"
    assert client.post(f"{url}change/", {"why": "改"}).status_code == 403
    assert client.post(f"{url}delete/", {"post": "yes"}).status_code == 403


class TestNothingIsRewritten:
    @pytest.fixture
    def kept(self):
        article = an_article(status="first_review")
        article.reviews.create(stage="first", decision="pass", reviewer=a_user(), digest="a")
        record.write("试", article, by=a_user())
        return Record.objects.latest("pk"), Review.objects.latest("pk")

    @pytest.mark.parametrize("model", [Record, Review])
    def test_what_was_recorded_is_neither_changed_nor_deleted(self, kept, model):
        rows = model.objects.all()
        for attempt in (
            lambda: rows.update(pk=0),
            lambda: rows.delete(),
            lambda: rows.bulk_update(rows, ["pk"]),
            lambda: rows.first().save(),
            lambda: rows.first().delete(),
        ):
            with pytest.raises(Unchangeable):
                attempt()
        assert rows.count() == 1

    def test_the_demo_alone_tells_of_other_days(self):
        then = timezone.now() - timedelta(days=90)
        with clock.set_to(then):
            assert record.write("试", an_article(), by=a_user()).at == then
        assert record.write("试", an_article(), by=a_user()).at > then


class TestWhereFrom:
    @pytest.fixture
    def rows(self, client):
        """Saves a draft over HTTP; gives what the record then holds of it."""

        def send(**meta) -> str | None:
            client.force_login(a_user())
            client.post("/submit/", posted(), **meta)
            return Record.objects.latest("pk").address

        return send

    def test_the_record_keeps_the_address_of_who_acted(self, rows):
        assert rows(REMOTE_ADDR="10.20.30.40") == "10.20.30.40"
        assert rows(REMOTE_ADDR="") is None
        assert record.write("试", an_article(), by=a_user()).address is None

    def test_what_a_client_claims_is_not_believed(self, rows, settings):
        claim = {"REMOTE_ADDR": "10.0.0.1", "HTTP_X_FORWARDED_FOR": "6.6.6.6, 10.20.30.40"}
        assert rows(**claim) == "10.0.0.1"
        settings.PROXIES = 1
        assert rows(**claim) == "10.20.30.40"
        assert rows(REMOTE_ADDR="10.0.0.1", HTTP_X_FORWARDED_FOR="<script>") is None


class TestTakingItAway:
    EXPORT = "/admin/servicejournal/record/export/"

    def test_an_auditor_exports_what_the_search_found_as_text(self, client):
        client.force_login(a_user(Role.AUDITOR))
        editor = a_user(name="程砚")
        at_the_desk = {"status": "revising"}
        third, fourth = (an_article(title=f"{n}号窗口", **at_the_desk) for n in "三四")
        record.write("退修", third, by=editor, why="=HYPERLINK(1)\x01")
        record.write("退修", fourth, by=editor)
        heading, row = rows_of(client.get(f"{self.EXPORT}?q=三号").content)
        assert heading[:4] == ["时间", "经手人", "来自", "事项"]
        assert (row[1], row[4], row[7]) == ("程砚", "三号窗口", "=HYPERLINK(1)")
        assert Record.objects.first().verb == "导出工作记录"

    @pytest.mark.parametrize("role", [Role.EDITOR, Role.CONTRIBUTOR])
    def test_others_do_not(self, client, role):
        client.force_login(a_user(role))
        assert client.get(self.EXPORT).status_code in (302, 403)

    def test_the_list_links_to_it_with_its_own_filters(self, client):
        client.force_login(a_user(Role.AUDITOR))
        page = client.get("/admin/servicejournal/record/?q=三号")
        assert link(page, "导出 Excel").endswith("/record/export/?q=%E4%B8%89%E5%8F%B7")

    def test_the_number_of_queries_does_not_grow(self, client, django_assert_num_queries):
        client.force_login(a_user(Role.AUDITOR))
        for rows in (1, 3):
            for _ in range(rows):
                record.write("试", an_article(), by=a_user())
            with django_assert_num_queries(10):
                client.get("/admin/servicejournal/record/")
