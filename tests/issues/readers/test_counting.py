"""What is read: counted honestly, in sums of a day, by several processes; and read again."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from issues.counts import figures, honest, tally
from issues.models import DailyCount, Edition, SearchedInVain
from servicejournal import generation
from servicejournal.roles import Role
from tests.factories import a_section, a_user, an_article, an_issue
from tests.pages import seen

pytestmark = pytest.mark.django_db

BROWSER = "Mozilla/5.0 (X11; Linux x86_64) Chrome/130.0"
OURS = {"Sec-Fetch-Site": "same-origin", "User-Agent": BROWSER}
TODAY = date(2026, 11, 20)


@pytest.fixture(autouse=True)
def nothing_counted_yet() -> None:
    for counted in (tally._looks, tally._in_vain, honest._seen):
        counted.clear()


def tell(client, kind: str, key: int, *, headers: dict | None = None, **more):
    told = {"kind": kind, "key": key, **more}
    answer = client.post("/counted/", told, headers={**OURS, **(headers or {})})
    assert (answer.status_code, answer.content) == (204, b"")


def numbers() -> dict[tuple[str, int, int], int]:
    rows = DailyCount.objects.values_list("kind", "key", "part", "number")
    return {(kind, key, part): number for kind, key, part, number in rows}


def count(kind: str, key: int, number: int, *, day: date = TODAY, part: int = 0) -> None:
    DailyCount.objects.create(kind=kind, key=key, part=part, day=day, number=number)


class TestHonesty:
    def test_what_a_reader_sees_counts(self, client):
        issue = an_issue(published=True, articles=1)
        Edition.objects.update(page_count=3)
        article = issue.articles.get().pk
        for _ in range(2):
            tell(client, "article", article)
        tell(client, "issue", issue.pk)
        tell(client, "page", issue.pk, parts="1 3 3 4 0 x")
        assert numbers() == {
            ("article", article, 0): 2,
            ("issue", issue.pk, 0): 1,
            ("page", issue.pk, 1): 1,
            ("page", issue.pk, 3): 1,
        }

    @pytest.mark.parametrize(
        "headers",
        [
            {"Sec-Purpose": "prefetch;prerender"},
            {"Purpose": "prefetch"},
            {"User-Agent": "Mozilla/5.0 (compatible; Baiduspider/2.0)"},
            {"User-Agent": ""},
            {"Sec-Fetch-Site": "cross-site"},
        ],
    )
    def test_no_look_ahead_no_program_and_no_other_page(self, client, headers):
        issue = an_issue(published=True)
        tell(client, "issue", issue.pk, headers=headers)
        assert not numbers()

    def test_nobody_of_the_desk_counts_and_a_signed_in_reader_does(self, client):
        issue = an_issue(published=True)
        for role in (Role.EDITOR, Role.AUDITOR, Role.ADMINISTRATOR):
            client.force_login(a_user(role))
            tell(client, "issue", issue.pk)
        assert not numbers()
        client.force_login(a_user())
        tell(client, "issue", issue.pk)
        assert numbers() == {("issue", issue.pk, 0): 1}

    def test_nothing_that_is_not_out_and_no_nonsense(self, client):
        making, waiting = an_issue(), an_article(status="submitted")
        for kind, key in (("issue", making.pk), ("article", waiting.pk), ("issue", 10**17)):
            tell(client, kind, key)
        tell(client, "helpful", 1)
        for nonsense in ({}, {"kind": "issue"}, {"kind": "issue", "key": "1;2"}):
            assert client.post("/counted/", nonsense, headers=OURS).status_code == 204
        assert not numbers()
        assert client.get("/counted/").status_code == 405

    def test_one_address_is_believed_so_often_a_minute(self, client, monkeypatch):
        issue = an_issue(published=True)
        monkeypatch.setattr(honest, "MOST_A_MINUTE", 3)
        for _ in range(5):
            tell(client, "issue", issue.pk)
        assert numbers() == {("issue", issue.pk, 0): 3}

    def test_a_page_that_is_out_says_what_it_is_and_a_preview_does_not(self, client):
        out, making = an_issue(published=True, articles=1), an_issue(articles=1)
        shown = client.get(out.articles.get().get_absolute_url()).text
        assert f'data-kind="article" data-key="{out.articles.get().pk}"' in shown
        assert f'data-kind="issue" data-key="{out.pk}"' in client.get("/").text
        client.force_login(a_user(Role.EDITOR))
        for address in (making.get_absolute_url(), making.articles.get().get_absolute_url()):
            answer = client.get(address)
            assert answer.status_code == 200
            assert "data-counted" not in answer.text


class TestBatches:
    def test_a_look_costs_no_query_until_many_are_written_at_once(
        self, client, settings, django_assert_num_queries, monkeypatch
    ):
        issue = an_issue(published=True, articles=3)
        settings.COUNTS_EVERY = 3600
        monkeypatch.setattr(tally, "Timer", _Never)
        for article in issue.articles.all():
            for _ in range(20):
                with django_assert_num_queries(0):
                    tell(client, "article", article.pk)
        assert not numbers()
        with django_assert_num_queries(4):  # one savepoint and its end, one question, one writing
            tally.write()
        assert sorted(numbers().values()) == [20, 20, 20]
        with django_assert_num_queries(0):
            tally.write()

    def test_processes_add_to_the_same_sums(self):
        day = timezone.localdate()
        for number in (2, 5):
            tally.add({("article", 7, 0, day): number, ("article", 8, 0, day): 1})
        assert numbers() == {("article", 7, 0): 7, ("article", 8, 0): 2}

    def test_more_rows_than_a_statement_takes(self):
        day = timezone.localdate()
        tally.add({("article", key, 0, day): 1 for key in range(1, 402)})
        assert len(numbers()) == 401


class _Never:
    """A timer that never comes: the test writes by itself."""

    daemon = True

    def __init__(self, *args: object) -> None: ...

    def start(self) -> None: ...


class TestSearches:
    @pytest.mark.parametrize(
        ("words", "kept"),
        [
            ("  假日  轮班 ", "假日 轮班"),
            ("ＡＴＭ", "atm"),
            ("2022年第2期", "2022年第2期"),
            ("138 0013 8000", ""),
            ("li@example.com", ""),
            ("住在柳条路3号2单元402室", ""),
            ("长" * 60, "长" * 40),
        ],
    )
    def test_what_may_be_somebodys_is_not_kept(self, words, kept):
        assert tally.without_persons(words) == kept

    def test_what_was_looked_up_in_vain_is_counted_a_day(self, client):
        an_issue(published=True, articles=1)
        for _ in range(2):
            client.get("/search/?q=没有这样的词")
        client.force_login(a_user(Role.EDITOR))
        client.get("/search/?q=没有这样的词")
        row = SearchedInVain.objects.get()
        assert (row.words, row.number, row.day) == ("没有这样的词", 2, timezone.localdate())
        assert figures.in_vain(5) == [("没有这样的词", 2)]


class TestFigures:
    def test_most_read_of_what_is_out_in_the_days_that_count(self):
        issue, gone = an_issue(published=True, articles=3), an_issue(articles=1)
        first, second, third = issue.articles.order_by("pk").values_list("pk", flat=True)
        count("article", first, 5)
        count("article", second, 9)
        count("article", second, 1, day=TODAY - timedelta(days=1))
        count("article", third, 99, day=TODAY - timedelta(days=40))
        count("article", gone.articles.get().pk, 1000)
        found = figures.most_read(2, since=TODAY - timedelta(days=30), until=TODAY)
        assert [(each.article.article_id, each.number) for each in found] == [
            (second, 10),
            (first, 5),
        ]

    def test_by_section_issue_and_branch(self):
        issue = an_issue(published=True)
        both = [("南湖支行", "沈一鸣"), ("净月支行", "方圆")]
        one = an_article(issue=issue, section=a_section("service-emotion"), authors=both)
        other = an_article(issue=issue, section=a_section("service-emotion"))
        count("article", one.pk, 4)
        count("article", other.pk, 2)
        assert figures.by_section() == {a_section("service-emotion").pk: 6}
        assert figures.by_issue() == {issue.pk: 6}
        branches = {each.branch_id for each in one.authorships.all()}
        told = figures.by_branch()
        assert {told[branch] for branch in branches} == {4}

    def test_how_far_an_issue_is_leafed_through(self):
        count("page", 5, 9, part=1)
        count("page", 5, 1, part=1, day=TODAY - timedelta(days=1))
        count("page", 5, 3, part=2)
        assert figures.pages_of(5) == {1: 10, 2: 3}


class TestShown:
    def test_pages_name_what_was_read_most_until_yesterday(self, client):
        issue = an_issue(published=True, articles=4)
        yesterday = timezone.localdate() - timedelta(days=1)
        keys = list(issue.articles.order_by("pk").values_list("pk", flat=True))
        for number, key in enumerate(keys[:2], start=1):
            count("article", key, number, day=yesterday)
        assert "读得多" not in seen(client.get("/"))
        count("article", keys[2], 7, day=yesterday)
        count("article", keys[3], 99, day=timezone.localdate())
        generation.turn()
        for address in ("/", issue.get_absolute_url()):
            shown = client.get(address).text
            listed = shown[shown.index("most-read-title") :]
            places = [
                listed.index(f'href="/articles/{key}/"') for key in (keys[2], keys[1], keys[0])
            ]
            assert places == sorted(places), address
            assert "99 次" not in shown

    def test_the_desk_sees_its_own_numbers(self, client):
        issue = an_issue(published=True, articles=2)
        article = issue.articles.first()
        count("issue", issue.pk, 12)
        count("article", article.pk, 34)
        count("helpful", article.pk, 5)
        count("page", issue.pk, 8, part=1)
        client.force_login(a_user(Role.EDITOR))
        assert f'/{issue.pk}/reading/">12</a>' in client.get("/admin/issues/issue/").text
        shown = seen(client.get(f"/admin/issues/issue/{issue.pk}/reading/"))
        assert f"{article.title} 34 5 0" in shown
        assert "第 1 页 8" in shown
        client.force_login(a_user())
        assert client.get(f"/admin/issues/issue/{issue.pk}/reading/").status_code == 302
