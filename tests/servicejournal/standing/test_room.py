"""Room on the disk gets scarce: administrators see it and get one letter, before it is full."""

import pytest
from django.core import mail

from issues import reminders
from servicejournal.models import Record
from servicejournal.roles import Role
from servicejournal.standing import room
from tests.articles.post_office import worker_runs
from tests.factories import a_user
from tests.pages import seen

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def scarce(monkeypatch):
    """Says how much of a disk has to be free: all of it, or nothing."""

    def set_to(is_scarce: bool) -> None:
        monkeypatch.setattr(room, "_FREE_BYTES", 0)
        monkeypatch.setattr(room, "_FREE_SHARE", 1.1 if is_scarce else 0)

    set_to(False)
    return set_to


def test_administrators_are_told_once_until_there_was_room_again(client, scarce):
    admin = a_user(Role.ADMINISTRATOR, name="柳青", email="liu@example.com")
    a_user(Role.EDITOR, email="editor@example.com")
    a_user(Role.ADMINISTRATOR, email="")
    client.force_login(admin)
    assert room.tell() == 0
    assert "只剩" not in seen(client.get("/admin/"))
    scarce(True)
    assert "所在的磁盘只剩" in seen(client.get("/admin/"))
    assert [room.tell(), room.tell()] == [1, 0]
    worker_runs()
    [letter] = mail.outbox
    assert letter.to == ["liu@example.com"]
    assert "磁盘快满了" in letter.subject
    assert "媒体目录所在的磁盘只剩" in letter.body
    scarce(False)
    assert room.tell() == 0
    scarce(True)
    assert room.tell() == 1
    verbs = (
        Record.objects.filter(verb__startswith="磁盘").order_by("pk").values_list("verb", flat=True)
    )
    assert [*verbs] == ["磁盘快满了", "磁盘又有地方了", "磁盘快满了"]
    assert room.tell in dict(reminders.ROUNDS).values()
