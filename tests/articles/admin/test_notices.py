"""The editors' side of the post: letters that did not arrive, and every notice to look at."""

import pytest
from django.core import mail
from django.utils import timezone

from articles.models import Notice
from servicejournal.models import User
from servicejournal.roles import Role
from tests.articles.filling_in import handed_in
from tests.articles.post_office import time_passes, worker_runs
from tests.factories import a_user
from tests.pages import seen

pytestmark = pytest.mark.django_db
AGAIN = "/admin/articles/notice/again/"


@pytest.fixture
def editor(client):
    user = a_user(Role.EDITOR)
    client.force_login(user)
    return user


def undelivered(**facts) -> Notice:
    facts = {"name": "沈一鸣", "email": "shen@example.com", "mobile": "13800000000", **facts}
    article = handed_in(a_user(**facts))
    notice = article.notices.get()
    notice.due_at, notice.given_up_at = None, timezone.now()
    notice.error = "对方邮局不收：邮箱可能写错了，或已停用（550）。"
    notice.save()
    return notice


class TestThePanel:
    def test_names_whom_to_call_and_why(self, client, editor):
        undelivered()
        words = seen(client.get("/admin/"))
        assert "没有寄到的信" in words
        assert "沈一鸣 13800000000 稿件收到了：《雨天的伞》" in words
        assert "shen@example.com：对方邮局不收：邮箱可能写错了，或已停用（550）。" in words

    def test_stays_away_where_every_letter_arrived(self, client, editor):
        handed_in(a_user(email="shen@example.com"))
        worker_runs()
        assert "没有寄到的信" not in seen(client.get("/admin/"))

    def test_says_that_nobody_takes_letters_to_the_post(self, client, editor):
        handed_in(a_user(email="shen@example.com"))
        time_passes(hours=2)
        assert "有 1 封信等了一个多小时还没有寄" in seen(client.get("/admin/"))

    def test_shows_a_person_without_a_telephone(self, client, editor):
        undelivered(mobile="")
        assert "没有留电话" in seen(client.get("/admin/"))

    def test_an_auditor_sees_it_without_the_button(self, client):
        undelivered()
        client.force_login(a_user(Role.AUDITOR))
        words = seen(client.get("/admin/"))
        assert "没有寄到的信" in words
        assert "再寄一次" not in words

    def test_an_administrator_does_not_see_it(self, client):
        undelivered()
        client.force_login(a_user(Role.ADMINISTRATOR))
        assert "没有寄到的信" not in seen(client.get("/admin/"))

    def test_the_number_of_queries_does_not_grow(self, client, editor, django_assert_num_queries):
        for rows in (1, 2):
            for _ in range(rows):
                undelivered()
            client.get("/admin/")
            with django_assert_num_queries(28):  # six for what an installation without issues lacks
                client.get("/admin/")


class TestSendingAgain:
    def test_one_letter(self, client, editor):
        notice, other = undelivered(), undelivered(email="other@example.com")
        words = seen(client.post(AGAIN, {"notice": notice.pk}, follow=True))
        assert "1 封信已经交去重寄" in words
        worker_runs()
        assert [letter.to for letter in mail.outbox] == [["shen@example.com"]]
        assert list(Notice.objects.undelivered()) == [other]

    def test_all_after_the_mail_server_was_away(self, client, editor):
        for _ in range(12):
            undelivered()
        assert "12 封信已经交去重寄" in seen(client.post(AGAIN, {"notice": "all"}, follow=True))
        worker_runs()
        assert len(mail.outbox) == 12

    def test_to_somebody_without_an_address_says_what_to_do(self, client, editor):
        notice = undelivered()
        notice.recipient.email = ""
        notice.recipient.save()
        words = seen(client.post(AGAIN, {"notice": notice.pk}, follow=True))
        assert "沈一鸣没有留邮箱，请用电话告诉他。" in words

    @pytest.mark.parametrize("notice", ["0", "x", "", "9" * 40, "\x00", "²"])
    def test_of_what_is_not_there_is_a_404(self, client, editor, notice):
        assert client.post(AGAIN, {"notice": notice}).status_code == 404

    def test_needs_a_click(self, client, editor):
        assert client.get(AGAIN).status_code == 405

    @pytest.mark.parametrize("role", [Role.AUDITOR, Role.ADMINISTRATOR])
    def test_is_the_editors_alone(self, client, role):
        notice = undelivered()
        client.force_login(a_user(role))
        assert client.post(AGAIN, {"notice": notice.pk}).status_code == 403
        assert list(Notice.objects.undelivered()) == [notice]

    def test_a_writer_is_not_let_in(self, client):
        notice = undelivered()
        client.force_login(notice.recipient)
        assert client.post(AGAIN, {"notice": notice.pk}).status_code == 302
        assert list(Notice.objects.undelivered()) == [notice]


class TestTheList:
    @pytest.mark.parametrize(
        ("letter", "shown"), [("given_up", True), ("due", False), ("sent", False), ("none", False)]
    )
    def test_finds_letters_by_what_became_of_them(self, client, editor, letter, shown):
        undelivered()
        words = seen(client.get(f"/admin/articles/notice/?letter={letter}"))
        assert ("沈一鸣" in words) == shown

    def test_is_to_look_at_and_not_to_touch(self, client, editor):
        notice = undelivered()
        page = client.get(f"/admin/articles/notice/{notice.pk}/change/")
        assert "对方邮局不收" in seen(page)
        assert client.get("/admin/articles/notice/add/").status_code == 403
        assert client.post(f"/admin/articles/notice/{notice.pk}/delete/").status_code == 403

    def test_the_queue_itself_stays_behind_the_scenes(self, client):
        client.force_login(User.objects.create_superuser("root", password="x", name="运维"))
        assert client.get("/admin/").status_code == 200
        assert client.get("/admin/django_tasks_database/dbtaskresult/").status_code == 404
