"""The page of notices, the number in the masthead, and what is new above my manuscripts."""

import pytest

from articles.models import Notice
from tests.articles.filling_in import handed_in, sent_back
from tests.articles.post_office import time_passes
from tests.factories import a_user
from tests.pages import seen

pytestmark = pytest.mark.django_db


@pytest.fixture
def notice(writer) -> Notice:
    handed_in(writer)
    return Notice.objects.get()


def some(writer, count: int, **facts) -> list[Notice]:
    start = Notice.objects.count()
    return [
        Notice.objects.create(
            recipient=writer, kind="out", key=f"k{start + n}", subject=f"第{n}条",
            words="下一步。\n话。", path="/submissions/", **facts,
        )
        for n in range(count)
    ]  # fmt: skip


class TestWhoMay:
    def test_strangers_sign_in_first(self, client, notice):
        assert client.get("/notices/")["Location"] == "/accounts/login/?next=/notices/"
        assert client.post(f"/notices/{notice.pk}/").status_code == 302
        assert client.post("/notices/read/", {"newest": notice.pk}).status_code == 302
        assert Notice.objects.unread().count() == 1

    @pytest.mark.parametrize("role", ["contributor", "editor", "administrator"])
    def test_anothers_notice_is_not_there(self, client, notice, role):
        client.force_login(a_user(role))
        assert client.post(f"/notices/{notice.pk}/").status_code == 404
        client.post("/notices/read/", {"newest": notice.pk})
        assert notice.subject not in seen(client.get("/notices/"))
        assert Notice.objects.unread().count() == 1

    @pytest.mark.parametrize("pk", [0, 10**6, 10**30])
    def test_what_is_not_there_is_a_404(self, signed_in, pk):
        assert signed_in.post(f"/notices/{pk}/").status_code == 404

    def test_other_methods_are_refused(self, signed_in, notice):
        """So nothing is marked as read by a link that some program follows."""
        assert signed_in.post("/notices/").status_code == 405
        assert signed_in.get(f"/notices/{notice.pk}/").status_code == 405
        assert signed_in.get("/notices/read/").status_code == 405
        assert Notice.objects.unread().count() == 1


class TestThePage:
    def test_says_the_next_step_and_leads_to_the_manuscript(self, signed_in, notice):
        assert "稿件收到了：《雨天的伞》 您现在不用做什么" in seen(signed_in.get("/notices/"))
        response = signed_in.post(f"/notices/{notice.pk}/")
        assert response["Location"] == f"/submissions/{notice.article_id}/"

    def test_opening_one_marks_it_and_no_other_as_read(self, signed_in, writer):
        first, second = some(writer, 2)
        signed_in.post(f"/notices/{first.pk}/")
        assert list(Notice.objects.unread()) == [second]
        when = Notice.objects.get(pk=first.pk).read_at
        signed_in.post(f"/notices/{first.pk}/")
        assert Notice.objects.get(pk=first.pk).read_at == when

    def test_one_without_a_page_stays_among_the_notices(self, signed_in, writer):
        (notice,) = some(writer, 1)
        Notice.objects.update(path="")
        assert signed_in.post(f"/notices/{notice.pk}/")["Location"] == "/notices/"

    def test_what_is_unread_comes_first(self, signed_in, writer):
        old, middle, new = some(writer, 3)
        signed_in.post(f"/notices/{new.pk}/")
        page = signed_in.get("/notices/")
        assert [each.pk for each in page.context["page"]] == [middle.pk, old.pk, new.pk]

    def test_all_are_marked_at_once_but_not_what_came_since(self, signed_in, writer):
        some(writer, 3)
        newest = signed_in.get("/notices/").context["newest_pk"]
        (later,) = some(writer, 1)
        assert signed_in.post("/notices/read/", {"newest": newest})["Location"] == "/notices/"
        assert list(Notice.objects.unread()) == [later]

    @pytest.mark.parametrize("newest", ["", "x", "-1", "9" * 40, "\x00"])
    def test_nonsense_marks_nothing(self, signed_in, writer, newest):
        some(writer, 2)
        assert signed_in.post("/notices/read/", {"newest": newest}).status_code == 302
        assert Notice.objects.unread().count() == 2

    def test_when_there_is_none_says_what_will_come(self, signed_in, html_valid):
        page = signed_in.get("/notices/")
        assert "还没有通知" in seen(page)
        assert "全部标为已读" not in seen(page)
        html_valid(page.text)

    def test_a_letter_that_did_not_arrive_is_said(self, signed_in, notice, writer):
        Notice.objects.update(
            address="shen@example.com", given_up_at=notice.created_at, error="对方邮局不收。"
        )
        assert "信没有寄到 shen@example.com" in seen(signed_in.get("/notices/"))

    def test_is_valid_html_and_kept_by_no_cache(self, signed_in, writer, html_valid):
        some(writer, 21, article=handed_in(writer))
        page = signed_in.get("/notices/")
        assert "no-store" in page["Cache-Control"]
        assert "第 1 页，共 2 页" in seen(page)
        html_valid(page.text)

    @pytest.mark.parametrize("page", ["2", "99", "x", "", "９"])
    def test_any_page_number_is_answered(self, signed_in, writer, page):
        some(writer, 21)
        assert signed_in.get(f"/notices/?page={page}").status_code == 200

    @pytest.mark.parametrize("rows", [1, 3])
    def test_asks_the_database_the_same_for_one_and_for_many(
        self, signed_in, writer, rows, django_assert_num_queries
    ):
        some(writer, rows)
        with django_assert_num_queries(8):
            signed_in.get("/notices/")


class TestTheMasthead:
    """On readers' pages, which are the same for everybody, it comes with a request of its own."""

    PAGES = pytest.mark.parametrize("path", ["/accounts/mine/", "/submissions/"])

    @PAGES
    def test_shows_how_many_are_unread(self, signed_in, writer, path):
        some(writer, 2)
        assert "通知 2 条未读" in seen(signed_in.get(path))
        some(writer, 98)
        assert "通知 99+ 条未读" in seen(signed_in.get(path))

    @PAGES
    def test_shows_no_number_where_all_is_read(self, signed_in, writer, path):
        some(writer, 2, read_at=writer.date_joined)
        words = seen(signed_in.get(path))
        assert "通知" in words
        assert "条未读" not in words

    @PAGES
    def test_of_others_counts_nothing(self, client, notice, path):
        client.force_login(a_user())
        words = seen(client.get(path))
        assert "通知" in words
        assert "条未读" not in words

    def test_asks_nothing_for_a_stranger(self, client, notice):
        answer = client.get("/accounts/mine/")
        assert (answer.status_code, answer.content) == (204, b"")
        assert "通知" not in seen(client.get("/"))

    def test_of_a_readers_page_names_nobodys_notices(self, signed_in, writer):
        some(writer, 2)
        page = signed_in.get("/")
        assert page.status_code == 200
        assert "通知" not in seen(page)
        assert 'data-mine="/accounts/mine/"' in page.text


class TestAboveMyManuscripts:
    def test_the_newest_unread_stand_with_their_next_step(self, signed_in, writer):
        sent_back(writer)
        time_passes(minutes=10)
        words = seen(signed_in.get("/submissions/"))
        assert "新的通知" in words
        assert words.index("请您修改：《雨天的伞》") < words.index("稿件收到了：《雨天的伞》")

    def test_what_was_read_is_gone(self, signed_in, writer):
        sent_back(writer)
        Notice.objects.update(read_at=writer.date_joined)
        assert "新的通知" not in seen(signed_in.get("/submissions/"))
