"""The record: rows are added, never changed."""

import pytest

from servicejournal import record
from servicejournal.roles import Role
from tests.factories import a_user, an_article

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
    row = record.write("试", an_article(title="三号窗口"), by=a_user())
    assert "三号窗口" in client.get("/admin/servicejournal/record/?q=三号").content.decode()
    assert client.get("/admin/servicejournal/record/add/").status_code == 403
    url = f"/admin/servicejournal/record/{row.pk}/"
    assert client.post(f"{url}change/", {"why": "改"}).status_code == 403
    assert client.post(f"{url}delete/", {"post": "yes"}).status_code == 403
