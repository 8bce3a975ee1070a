"""征稿启事: on the home page, on its own, in the writer's form, in the admin."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from articles.models import Article, Call
from articles.writing import handing_in
from servicejournal.roles import Role
from tests.articles.filling_in import a_draft, handed_in, posted
from tests.factories import a_call, a_user, an_issue
from tests.pages import link, seen

pytestmark = pytest.mark.django_db
LIST = "/admin/articles/call/"


@pytest.fixture
def writer():
    return a_user(name="沈一鸣")


@pytest.fixture
def signed_in(client, writer):
    client.force_login(writer)
    return client


@pytest.fixture
def at_the_editors(client):
    client.force_login(a_user(Role.EDITOR))
    return client


class TestTheHomePage:
    def test_shows_what_is_asked_for_until_when_and_the_way_to_it(self, client):
        an_issue(published=True, articles=1)
        call = a_call(days=12, theme="年关前的一天", words="写一件小事。\n\n一千字。")
        page = client.get("/")
        words = seen(page)
        assert "年关前的一天 写一件小事。" in words
        assert "还有 12 天" in words
        assert link(page, "应征投稿") == f"/submit/?call={call.pk}"
        assert link(page, "年关前的一天") == f"/calls/{call.pk}/"

    def test_shows_it_before_the_first_issue_too(self, client, html_valid):
        a_call(theme="年关前的一天")
        page = client.get("/")
        assert "年关前的一天" in seen(page)
        html_valid(page.text)

    @pytest.mark.parametrize("facts", [{"days": -1}, {"closed": True}])
    def test_shows_none_that_is_over(self, client, facts):
        a_call(theme="年关前的一天", **facts)
        assert "年关前的一天" not in seen(client.get("/"))

    def test_of_a_members_journal_asks_to_sign_in(self, client, settings):
        settings.READER_ACCESS = "members"
        call = a_call()
        for path in ("/", call.get_absolute_url()):
            assert client.get(path)["Location"] == f"/accounts/login/?next={path}"

    def test_an_issues_own_page_shows_none(self, client):
        issue = an_issue(published=True, articles=1)
        a_call(theme="年关前的一天")
        assert "年关前的一天" not in seen(client.get(issue.get_absolute_url()))


class TestItsPage:
    def test_shows_all_that_is_asked_for(self, client, html_valid):
        issue = an_issue(year=2026, number=6)
        call = a_call(words="写一件小事。\n\n一千到两千字。", issue=issue)
        page = client.get(call.get_absolute_url())
        assert "拟刊于2026年第6期" in seen(page)
        assert "<p>一千到两千字。</p>" in page.text
        html_valid(page.text)

    @pytest.mark.parametrize(
        ("facts", "state"), [({"days": -1}, "已经截稿"), ({"closed": True}, "已经结束")]
    )
    def test_of_one_that_is_over_says_so_and_offers_the_other_way(self, client, facts, state):
        page = client.get(a_call(**facts).get_absolute_url())
        assert state in seen(page)
        assert "应征投稿" not in seen(page)
        assert link(page, "自由投稿") == "/submit/"

    def test_shows_marks_as_words(self, client):
        page = client.get(a_call(theme="<b>粗", words="<script>x</script>").get_absolute_url())
        assert "&lt;script&gt;x" in page.text

    @pytest.mark.parametrize("pk", [0, 10**6, 10**30])
    def test_what_is_not_there_is_a_404(self, client, pk):
        assert client.get(f"/calls/{pk}/").status_code == 404

    def test_other_methods_are_refused(self, client):
        assert client.post(a_call().get_absolute_url()).status_code == 405


class TestTheLastDay:
    @pytest.mark.parametrize(
        ("days", "words"), [(12, "还有 12 天"), (1, "明天截稿"), (0, "今天截稿"), (-1, "")]
    )
    def test_counts_whole(self, days, words):
        call = a_call(days=days)
        assert call.time_left == words
        assert call.is_open == (days >= 0)
        assert Call.objects.open().exists() == (days >= 0)


class TestTheForm:
    def test_offers_open_calls_beside_free_manuscripts(self, signed_in, html_valid):
        a_call(days=3, theme="年关前的一天")
        a_call(days=-3, theme="过了的")
        a_call(closed=True, theme="关了的")
        page = signed_in.get("/submit/")
        words = seen(page)
        assert "自由来稿 不应征，写什么都可以。 年关前的一天" in words
        assert "过了的" not in words
        assert "关了的" not in words
        html_valid(page.text)

    def test_asks_nothing_where_there_is_no_call(self, signed_in):
        assert "自由来稿" not in seen(signed_in.get("/submit/"))

    def test_chooses_the_call_that_the_writer_came_from(self, signed_in):
        a_call(theme="另一则")
        call = a_call(theme="年关前的一天")
        form = signed_in.get(f"/submit/?call={call.pk}").context["form"]
        assert [radio.data["selected"] for radio in form["call"]] == [False, False, True]

    def test_chooses_none_otherwise(self, signed_in):
        a_call()
        form = signed_in.get("/submit/").context["form"]
        assert [radio.data["selected"] for radio in form["call"]] == [True, False]

    @pytest.mark.parametrize("wanted", ["0", "x", "9" * 40, "１", "%00", "-1", "²"])
    def test_answers_any_address_and_says_what_is_left(self, signed_in, wanted):
        a_call()
        page = signed_in.get(f"/submit/?call={wanted}")
        assert "这次征稿已经结束，您仍然可以作自由来稿投。" in seen(page)
        assert page.context["form"]["call"].value() == ""

    def test_keeps_the_answer_with_the_draft(self, signed_in):
        call = a_call()
        signed_in.post("/submit/", posted(call=call.pk))
        article = Article.objects.get()
        assert article.call == call
        page = signed_in.get(f"/submissions/{article.pk}/edit/")
        assert page.context["form"]["call"].value() == call.pk
        signed_in.post(f"/submissions/{article.pk}/edit/", posted(call=""))
        article.refresh_from_db()
        assert article.call is None
        assert article.history.count() == 2

    @pytest.mark.parametrize("call", ["0", "x", "9" * 40])
    def test_a_call_that_is_none_is_said_beside_the_field(self, signed_in, call):
        a_call()
        page = signed_in.post("/submit/", posted(call=call))
        assert page.status_code == 422
        assert "这次征稿已经结束，请另选，或选“自由来稿”。" in seen(page)

    def test_a_null_byte_is_no_fault_of_ours(self, signed_in):
        a_call()
        assert signed_in.post("/submit/", posted(call="\x00")).status_code == 422

    def test_one_that_ended_meanwhile_is_not_taken(self, signed_in):
        call = a_call(days=-1)
        assert signed_in.post("/submit/", posted(call=call.pk)).status_code == 422

    def test_one_that_ended_is_kept_where_it_was_chosen(self, signed_in, writer):
        call = a_call(theme="年关前的一天")
        article = a_draft(writer, call=call)
        Call.objects.update(deadline=timezone.localdate() - timedelta(days=1))
        path = f"/submissions/{article.pk}/edit/"
        assert "年关前的一天 已过截稿，按自由来稿处理" in seen(signed_in.get(path))
        signed_in.post(path, posted(call=call.pk, title="改了标题"))
        article.refresh_from_db()
        assert (article.call, article.title) == (call, "改了标题")


class TestTheManuscript:
    def test_says_what_it_answers_and_until_when(self, signed_in, writer):
        article = a_draft(writer, call=a_call(days=0, theme="年关前的一天"))
        page = signed_in.get(f"/submissions/{article.pk}/")
        assert "应征 年关前的一天" in seen(page)
        assert "今天截稿" in seen(page)

    def test_a_draft_after_the_last_day_can_be_handed_in_and_is_told_as_what(
        self, signed_in, writer
    ):
        call = a_call(days=-1)
        article = a_draft(writer, call=call)
        page = seen(signed_in.get(f"/submissions/{article.pk}/"))
        assert "已过截稿，仍可以提交，按自由来稿处理" in page
        handing_in.hand_in(article, by=writer, declared=True)
        page = seen(signed_in.get(f"/submissions/{article.pk}/"))
        assert "截稿后投来，按自由来稿处理" in page

    def test_in_time_is_not_late_though_the_day_passes(self, signed_in, writer):
        article = a_draft(writer, call=a_call(days=0))
        handing_in.hand_in(article, by=writer, declared=True)
        Call.objects.update(deadline=timezone.localdate())
        assert not Article.objects.get().is_late
        Article.objects.update(submitted_at=timezone.now() + timedelta(days=1))
        assert Article.objects.get().is_late

    def test_the_review_page_says_so_to_the_editor(self, client, at_the_editors, writer):
        article = a_draft(writer, call=a_call(days=-1, theme="年关前的一天"))
        handing_in.hand_in(article, by=writer, declared=True)
        words = seen(client.get(f"/admin/articles/article/{article.pk}/review/"))
        assert "年关前的一天 · 截稿后投来，按自由来稿" in words


class TestTheAdmin:
    def facts(self, **changes) -> dict:
        day = timezone.localdate() + timedelta(days=9)
        return {"theme": "年关前的一天", "words": "写一件小事。", "deadline": day, **changes}

    def test_an_editor_writes_a_call(self, client, at_the_editors):
        issue = an_issue()
        answer = client.post(f"{LIST}add/", self.facts(issue=issue.pk))
        assert answer.status_code == 302, answer.context["errors"]
        assert Call.objects.get().issue == issue
        assert "年关前的一天" in seen(client.get("/"))

    def test_only_issues_that_are_coming_are_offered(self, client, at_the_editors):
        an_issue(published=True, year=1999, number=1)
        an_issue(year=1999, number=2)
        page = seen(client.get(f"{LIST}add/"))
        assert "1999年第2期" in page
        assert "1999年第1期" not in page

    @pytest.mark.parametrize(
        ("changes", "words"),
        [
            ({"theme": "\u202e\u200b"}, "这一项只有看不见的符号，请写上文字。"),
            ({"deadline": "2020-01-01"}, "截稿日期已经过去，请选今天或以后的日子。"),
            ({"theme": "长" * 41}, "40"),
            ({"words": ""}, "这个字段是必填项。"),
            ({"theme": "年\x00关"}, "不允许"),
            ({"deadline": "99999-99-99"}, "输入一个有效的日期。"),
        ],
    )
    def test_what_is_wrong_is_said(self, client, at_the_editors, changes, words):
        answer = client.post(f"{LIST}add/", self.facts(**changes))
        assert words in seen(answer)
        assert not Call.objects.exists()

    def test_an_old_call_can_still_be_corrected(self, client, at_the_editors):
        call = a_call(days=-9)
        answer = client.post(
            f"{LIST}{call.pk}/change/", self.facts(deadline=call.deadline, theme="改正了的")
        )
        assert answer.status_code == 302
        assert Call.objects.get().theme == "改正了的"

    def test_the_list_says_state_and_number_of_manuscripts(self, client, at_the_editors, writer):
        call = a_call(days=4, theme="年关前的一天")
        handed_in_for(writer, call)
        handed_in_for(writer, call)
        a_draft(writer, call=call)
        page = client.get(LIST)
        assert "征稿中，还有 4 天" in seen(page)
        assert link(page, "2 篇") == f"/admin/articles/article/?call__id__exact={call.pk}"

    def test_the_list_of_manuscripts_can_be_held_to_one_call(self, client, at_the_editors, writer):
        call = a_call()
        handed_in_for(writer, call)
        other = handed_in(writer)
        Article.objects.filter(pk=other.pk).update(title="自由来的")
        words = seen(client.get(f"/admin/articles/article/?call__id__exact={call.pk}"))
        assert "雨天的伞" in words
        assert "自由来的" not in words

    @pytest.mark.parametrize(("state", "shown"), [("open", 0), ("over", 1), ("closed", 2)])
    def test_the_list_can_be_held_to_a_state(self, client, at_the_editors, state, shown):
        a_call(theme="第零则")
        a_call(theme="第一则", days=-1)
        a_call(theme="第二则", closed=True)
        themes = ["第零则", "第一则", "第二则"]
        words = seen(client.get(f"{LIST}?state={state}"))
        assert [theme for theme in themes if theme in words] == [themes[shown]]

    def test_one_that_somebody_answers_is_not_deleted(self, client, at_the_editors, writer):
        call = a_call()
        a_draft(writer, call=call)
        assert client.post(f"{LIST}{call.pk}/delete/", {"post": "yes"}).status_code == 403
        unanswered = a_call()
        assert client.post(f"{LIST}{unanswered.pk}/delete/", {"post": "yes"}).status_code == 302
        assert list(Call.objects.all()) == [call]

    def test_the_number_of_queries_does_not_grow(
        self, client, at_the_editors, writer, django_assert_num_queries
    ):
        for rows in (1, 2):
            for _ in range(rows):
                handed_in_for(writer, a_call(issue=an_issue()))
            client.get(LIST)
            with django_assert_num_queries(7):
                client.get(LIST)

    @pytest.mark.parametrize("role", [Role.AUDITOR, Role.ADMINISTRATOR, Role.CONTRIBUTOR])
    def test_is_the_editors_alone(self, client, role):
        client.force_login(a_user(role))
        client.post(f"{LIST}add/", self.facts())
        assert not Call.objects.exists()


def handed_in_for(writer, call) -> Article:
    return handing_in.hand_in(a_draft(writer, call=call), by=writer, declared=True)


def test_a_call_without_a_theme_is_refused_by_the_database():
    with pytest.raises(IntegrityError), transaction.atomic():
        a_call(theme="")
