"""The rules that every readers' page keeps: whom it opens for, its headers, its cost."""

import re

import pytest
from django.urls import URLPattern, resolve

from articles.models import Author
from issues import urls
from issues.models import Issue
from issues.reading import store
from issues.reading.beside import more
from servicejournal import generation
from servicejournal.models import Masthead
from servicejournal.roles import Role
from tests.factories import a_call, a_picture, a_user, an_article, an_issue, printed_anew
from tests.pages import link, seen
from tests.prepared import laid_out
from tests.readers_journal import SECRETS, Journal, a_journal

pytestmark = pytest.mark.django_db

KINDS = [
    "home", "archive", "issue", "earlier issue", "edition", "article", "plain article", "sections",
    "section", "branch", "author", "call", "what is kept", "accessibility",
]  # fmt: skip


@pytest.fixture
def journal() -> Journal:
    return laid_out(a_journal)


@pytest.fixture(params=KINDS)
def address(request, journal) -> str:
    return dict(zip(KINDS, journal.pages, strict=True))[request.param]


#: Files of an issue, pages that have tests of their own, and those of writers.
NOT_AMONG_THEM = {
    "issue_cover", "issue_cover_picture", "issue_cover_small", "issue_pdf", "issue_epub",
    "page_picture", "read",
    "search", "issue_card", "article_card", "feed", "section_feed", "branch_feed", "sitemap",
    "sitemap_part", "suggest", "demo_scenes", "demo_enter", "long_picture", "article_code",
    "printed_page", "kept_issue", "standing", "service_worker",
    "issues_for_members", "letters", "helpful", "counted",
    "my_year", "branch_year", "certificate",
    "look", "look_article", "look_cover", "look_pdf", "look_picture", "look_rendition",
}  # fmt: skip


def test_every_readers_page_is_among_those_that_are_tried(journal):
    tried = {resolve(address).url_name for address in journal.pages}
    named = {each.name for each in urls.urlpatterns if isinstance(each, URLPattern) and each.name}
    assert tried | NOT_AMONG_THEM == named


class TestEveryPage:
    def test_is_served_to_anybody_as_valid_html_in_chinese(self, client, address, html_valid):
        response = client.get(address)
        assert response.status_code == 200
        assert '<html lang="zh-Hans">' in response.text
        html_valid(response.text)

    def test_answers_head(self, client, address):
        assert client.head(address).status_code == 200

    @pytest.mark.parametrize("method", ["post", "put", "delete"])
    def test_refuses_other_methods(self, client, address, method):
        assert getattr(client, method)(address).status_code == 405

    def test_names_nothing_that_is_not_out(self, client, address, journal):
        words = seen(client.get(address))
        assert [secret for secret in SECRETS if secret in words] == []

    def test_shows_nothing_that_is_not_out_to_an_editor_either(self, client, address, journal):
        client.force_login(a_user(Role.EDITOR))
        words = seen(client.get(address))
        assert [secret for secret in SECRETS if secret in words] == []

    def test_of_a_members_journal_sends_a_stranger_to_sign_in(
        self, client, address, settings, journal
    ):
        settings.READER_ACCESS = "members"
        response = client.get(address)
        assert response.status_code == 302
        assert response["Location"] == f"/accounts/login/?next={address}"
        assert response.content == b""
        assert response["X-Robots-Tag"] == "noindex, nofollow"

    def test_of_a_members_journal_opens_for_a_member_and_stays_out_of_caches_and_indexes(
        self, client, address, settings
    ):
        settings.READER_ACCESS = "members"
        client.force_login(a_user(Role.CONTRIBUTOR))
        response = client.get(address)
        assert response.status_code == 200
        assert response["Cache-Control"] == "private, no-store"
        assert response["X-Robots-Tag"] == "noindex, nofollow"
        assert '<meta name="robots" content="noindex, nofollow">' in response.text

    def test_of_a_members_journal_stays_closed_to_a_deactivated_account(
        self, client, address, settings
    ):
        user = a_user(Role.EDITOR)
        client.force_login(user)
        user.is_active = False
        user.save()
        settings.READER_ACCESS = "members"
        assert client.get(address).status_code == 302

    def test_has_a_strict_content_security_policy(self, client, address):
        policy = client.get(address)["Content-Security-Policy"]
        assert "script-src 'self'" in policy
        assert "unsafe" not in policy

    def test_says_where_it_stands_and_what_it_is(self, client, address):
        response = client.get(address)
        assert (
            f'<link rel="canonical" href="https://journal.example.com{address}">' in response.text
        )
        assert f'<meta property="og:url" content="https://journal.example.com{address}">' in (
            response.text
        )
        assert '<meta property="og:title" content="' in response.text
        assert re.search(r'<meta name="description" content="[^"]+', response.text)


#: Queries by which a page that is stored learns what it is made from.
THE_STATE = 1
#: Queries that render a page, however many rows it lists.
QUERIES = {
    "/": 5,
    "/issues/": 3,
    "/issues/2026/3/": 4,
    "/sections/": 6,
    "/sections/service-management/": 4,
    "/branches/{branch}/": 4,
    "/authors/{author}/": 4,
    "/articles/{article}/": 3,
    "/calls/{call}/": 2,
}


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize(("path", "queries"), QUERIES.items())
def test_a_page_takes_the_same_queries_for_one_row_and_for_three(
    client, path, queries, rows, django_assert_num_queries
):
    issue = an_issue(published=True, year=2026, number=3, cover_lines="一\n二")
    for number in range(rows):
        an_issue(published=True, year=2020, number=number + 1, articles=1)
        written = an_article(
            issue=issue, authors=[("东岭支行", "高志远")] + [("", f"甲{n}") for n in range(number)]
        )
        token = a_picture(written).token
        written.body = f'<p>图</p><figure><img src="/pictures/{token}/" alt=""></figure>'
        written.save()
    printed_anew(issue)
    author = Author.objects.get(name="高志远")
    slots = {
        "call": a_call().pk,
        "author": author.pk,
        "branch": author.branch.slug,
        "article": written.pk,
    }
    store.state()
    more.known()  # once a process and state: what any article leads on to
    with django_assert_num_queries(queries + THE_STATE):
        response = client.get(path.format(**slots))
    assert response.status_code == 200
    with django_assert_num_queries(THE_STATE):
        assert client.get(path.format(**slots)).content == response.content


def test_the_next_article_of_an_issue_asks_for_itself_alone(client, django_assert_num_queries):
    first, second = an_issue(published=True, articles=2).articles.order_by("position")
    more.known()
    client.get(first.get_absolute_url())
    with django_assert_num_queries(1 + THE_STATE):
        assert first.title in client.get(second.get_absolute_url()).text  # the neighbour


class TestFurniture:
    def test_the_menu_of_a_stranger_leads_to_reading_writing_and_signing_in(self, client, journal):
        response = client.get("/")
        assert link(response, "往期") == "/issues/"
        assert link(response, "栏目") == "/sections/"
        assert link(response, "投稿") == "/submit/"
        assert link(response, "登录") == "/accounts/login/"
        assert "编辑部" not in seen(response)

    def test_an_editor_finds_the_desk_and_the_way_out(self, client, journal):
        """By a request of its own: the page itself is the same for everybody."""
        strangers = client.get("/").content
        client.force_login(a_user(Role.EDITOR, name="宋编辑"))
        assert client.get("/").content == strangers
        assert 'data-mine="/accounts/mine/"' in strangers.decode()
        response = client.get("/accounts/mine/")
        assert link(response, "编辑部") == "/admin/"
        assert link(response, "我的稿件") == "/submissions/"
        assert "宋编辑 修改密码 我的登录设备 退出登录" in seen(response)
        assert "private" in response["Cache-Control"]
        assert "no-store" in response["Cache-Control"]

    def test_the_masthead_is_the_editors_before_the_first_issue(self, client):
        Masthead.objects.update_or_create(pk=1, defaults={"name": "厅堂", "about": "写小事。"})
        words = seen(client.get("/"))
        assert words.count("厅堂") >= 2
        assert "写小事。" in words

    def test_from_then_on_a_page_bears_the_name_that_its_issue_bore(self, client, journal):
        Masthead.objects.update_or_create(pk=1, defaults={"name": "厅堂", "about": "写小事。"})
        generation.turn()
        for address in ("/", "/issues/", journal.plain.get_absolute_url()):
            words = seen(client.get(address))
            assert "服务文化专刊" in words
            assert "写小事。" not in words
        printed_anew(Issue.objects.get(pk=journal.current.pk))
        assert seen(client.get("/")).count("厅堂") >= 2
        earlier = seen(client.get(journal.earlier.get_absolute_url()))
        assert "服务文化专刊" in earlier
        assert "厅堂" not in earlier

    def test_an_unknown_address_is_a_page_in_chinese(self, client, html_valid):
        response = client.get("/no-such-page/")
        assert response.status_code == 404
        assert "没有这一页" in seen(response)
        html_valid(response.text)
