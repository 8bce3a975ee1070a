"""Of two who save one row of the admin at the same moment, the slower sees both versions."""

import re
import threading
import time

import pytest
from django.db import connections, transaction
from django.test import Client

from articles.models import Section
from servicejournal.roles import Role
from tests.factories import a_section, a_user

pytestmark = pytest.mark.django_db(transaction=True)


def test_the_slower_of_two_is_refused_and_shown_both():
    section, client, answers = a_section(), Client(), []
    client.force_login(a_user(Role.EDITOR))
    address = f"/admin/articles/section/{section.pk}/change/"
    page = client.get(address).text
    typed = dict(re.findall(r'name="(\w+)"[^>]*value="([^"]*)"', page))
    typed |= {"name": "服务新声", "_save": "1"}

    def save() -> None:
        try:
            answers.append(client.post(address, typed))
        finally:
            connections.close_all()

    thread = threading.Thread(target=save)
    with transaction.atomic():
        Section.objects.filter(pk=section.pk).update(name="服务心声")
        thread.start()
        time.sleep(0.5)
    thread.join(20)
    assert "别人改过这一项" in answers[0].text
    assert {"服务新声", "服务心声"} <= set(re.findall("服务[新心]声", answers[0].text))
    assert Section.objects.get(pk=section.pk).name == "服务心声"
