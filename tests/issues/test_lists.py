"""Every list of the desk answers every address, and asks the database a fixed number of times."""

from datetime import datetime

import pytest
from django.contrib import admin
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from articles.models import Article, Call, Deputy, HouseTerm, Waiver
from articles.reviewing import assigning, workflow
from issues.models import BackIssueImport, Correction, Echo, Proof
from servicejournal import record
from servicejournal.admin.exporting import ExportingAdmin
from servicejournal.admin.lists import ListAdmin
from servicejournal.models import Masthead, Record
from servicejournal.roles import Role
from tests.factories import a_user, an_article, an_issue

pytestmark = pytest.mark.django_db

LISTS = [
    each
    for each in admin.site._registry.values()
    if each.opts.app_label in ("servicejournal", "articles", "issues")
    and each.model not in (Masthead, Deputy)  # pages of their own
]
EXPORTS = [each for each in LISTS if isinstance(each, ExportingAdmin)]


def address_of(model_admin, page="changelist") -> str:
    return reverse(f"admin:{model_admin.opts.app_label}_{model_admin.opts.model_name}_{page}")


@pytest.fixture
def all_seeing(client):
    client.force_login(a_user(Role.CHIEF_EDITOR, Role.AUDITOR, is_superuser=True))
    return client


def test_every_list_is_one_of_ours():
    assert [each for each in LISTS if not isinstance(each, ListAdmin)] == []


ODD = [
    "foo=1",
    "foo__bar=1",
    "at__year=x",
    "pk=x",
    "pk=99999999999999999999999",
    "id__in=x",
    "id__range=1",
    "id__range=1,2,3",
    "id__isnull=x",
    "id__exact=%C2%B2",
    "id__date=1",
    "id__regex=(",
    # What is read each for itself, and not refused, is asked together: pages, orders, words.
    "p=99999&o=x&q=%25_'\"\\",
    "p=0&o=99.-99.1.-1.1.2",
    "p=-1&_facets=1",
    "all=1&p=7",
    "p=x",
    "p=99999999999999999999999",
    "q=%00",
    "e=1",
    "_to_field=x",
]


def test_no_address_of_a_list_is_an_error_of_ours(all_seeing, settings):
    settings.RATE_LIMITS = 0  # it asks more than a person would
    pages = [address_of(each) for each in LISTS]
    pages += [address_of(each, "export") for each in EXPORTS]
    for page in pages:
        for query in ODD:
            assert all_seeing.get(f"{page}?{query}").status_code in (200, 400), (page, query)


TICKED = ["²", "1" * 30, "1" * 5000, "x", "\0", "-1"]


def test_no_ticked_row_is_an_error_of_ours(all_seeing, settings):
    settings.RATE_LIMITS = 0  # it asks more than a person would
    asked = 0
    for each in LISTS:
        page = all_seeing.get(address_of(each))
        for action in page.context["cl"].model_admin.get_actions(page.wsgi_request):
            for ticked in TICKED:
                sent = {"action": action, "index": "0", "_selected_action": [ticked]}
                answer = all_seeing.post(address_of(each), sent)
                assert answer.status_code == 400, (each, action, ticked)
                asked += 1
    assert asked > 6 * len(TICKED)


def test_no_value_of_a_filter_is_an_error_of_ours(all_seeing, settings):
    settings.RATE_LIMITS = 0  # it asks more than a person would
    for each in LISTS:
        for name in names_of_filters(each, all_seeing):
            for value in ("x", "%00", "99999999999999999999", "-1", "", "2026-13-41"):
                answer = all_seeing.get(f"{address_of(each)}?{name}={value}")
                assert answer.status_code in (200, 400), (each, name, value)


def names_of_filters(model_admin, client) -> list[str]:
    page = client.get(address_of(model_admin))
    shown = page.context["cl"].filter_specs
    dated = model_admin.date_hierarchy
    own = [f"{dated}__{part}" for part in ("year", "month", "day", "gte")] if dated else []
    return [*own, *(name for spec in shown for name in spec.expected_parameters())]


def test_what_is_no_filter_is_told_and_a_page_behind_the_last_is_the_first(all_seeing):
    user = a_user()
    for number in range(51):  # two pages
        record.write("试", user, by=f"程砚{number}")
    records = address_of(admin.site._registry[Record])
    assert all_seeing.get(f"{records}?at__year=x").status_code == 400
    assert "这个请求看不懂" in all_seeing.get(f"{records}?foo=1").text
    assert "程砚50" in all_seeing.get(f"{records}?p=99999").text
    assert all_seeing.get(f"{records}export/?p=99999").status_code == 200


class TestTheWayByDates:
    LIST = "/admin/articles/article/"

    @pytest.fixture(autouse=True)
    def _dated(self):
        zone = timezone.get_current_timezone()
        for moment in (
            datetime(2024, 11, 30, 23, 30, tzinfo=zone),
            datetime(2026, 2, 3, 9, tzinfo=zone),
        ):
            an_article(
                status=Article.Status.SUBMITTED,
                title=f"{moment:%Y年}的稿子",
                submitted_at=moment,
            )

    def shown(self, client, query=""):
        cl = client.get(f"{self.LIST}{query}").context["cl"]
        return cl.back and cl.back[0], [words for words, _ in cl.periods]

    def test_it_leads_from_years_to_days_and_back(self, all_seeing):
        assert self.shown(all_seeing) == (None, ["2024年", "2025年", "2026年"])
        year = "?submitted_at__year=2024"
        assert self.shown(all_seeing, year) == ("全部日期", ["11月", "12月"])
        back, days = self.shown(all_seeing, f"{year}&submitted_at__month=11")
        assert (back, days[0], days[-1]) == ("2024年", "1日", "30日")
        day = f"{year}&submitted_at__month=11&submitted_at__day=30"
        assert self.shown(all_seeing, day) == ("2024年11月", ["11月30日"])
        assert "2024年的稿子" in all_seeing.get(f"{self.LIST}{day}").text
        assert "2026年的稿子" not in all_seeing.get(f"{self.LIST}{day}").text

    def test_an_empty_list_has_none(self, all_seeing):
        Article.objects.all().delete()
        assert self.shown(all_seeing) == (None, [])


def test_the_number_of_queries_of_no_list_grows(all_seeing):
    """With few rows and with more; whatever can be in a list is in it."""
    of_few = {address_of(each): queries_of(each, all_seeing) for each in filled(2)}
    of_more = {address_of(each): queries_of(each, all_seeing) for each in filled(3)}
    assert of_few == of_more


def filled(rows: int) -> list[ListAdmin]:
    for _ in range(rows):
        writer, editor = a_user(Role.CONTRIBUTOR), a_user(Role.EDITOR)
        issue = an_issue(published=True, articles=1)
        article = an_article(status=Article.Status.FIRST_REVIEW, contributor=writer)
        assigning.assign(article, to=editor, by=a_user(Role.CHIEF_EDITOR))
        workflow.decide(article, "hold", by=editor)
        Call.objects.create(theme="冬天", words="请来稿。", deadline=timezone.localdate())
        HouseTerm.objects.create(word=f"词{editor.pk}")
        waived = {"rule": "M01", "anchor": "a1", "quote": "词", "level": "warn", "reason": "引文"}
        Waiver.objects.create(article=article, by=editor, **waived)
        Proof.objects.create(issue=issue, round=1, proofreader=editor, digest="a" * 64)
        intake = {"file_name": "a.txt", "sha256": f"{issue.pk:064d}", "imported_by": editor}
        BackIssueImport.objects.create(issue=issue, **intake)
        corrected = {"article": issue.articles.get(), "edition": issue.standing}
        Correction.objects.create(reason="更正人名", by=editor, **corrected)
        Echo.objects.create(article=issue.articles.get(), words="读完想起一位老人。")
    return LISTS


def queries_of(model_admin: ListAdmin, client) -> int:
    with CaptureQueriesContext(connection) as queries:
        client.get(address_of(model_admin))
        return len(queries)


@pytest.mark.parametrize("typed", ["x", "-1", "²", "9" * 30])
def test_what_is_no_key_in_the_place_of_a_choice_by_name_is_told(all_seeing, typed):
    adding = "/admin/articles/author/add/"
    assert all_seeing.get(f"{adding}?branch={typed}").status_code == 200
    assert "errorlist" in all_seeing.post(adding, {"name": "谷淳", "branch": typed}).text
