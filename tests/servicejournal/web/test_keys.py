"""A key as it was typed: no address and no form makes an error of what is none."""

import pytest

from servicejournal.roles import Role
from servicejournal.web.keys import is_key, key_in, keys_in
from tests.factories import a_user, an_article, an_issue

ODD = ("²", "١", "-1", "1.0", " 1", "", "x", "\0", "1" * 19, "1" * 5000)


@pytest.mark.parametrize("typed", ODD)
def test_what_is_no_key_is_nobody_s(typed):
    assert not is_key(typed)
    assert key_in(typed) == 0
    assert keys_in([typed, "3", "3"]) == [3]


@pytest.mark.django_db
@pytest.mark.parametrize("odd", [each for each in ODD if each])
class TestAPageIsCivilTo:
    def test_a_version_that_is_none(self, client, odd):
        client.force_login(a_user(Role.EDITOR))
        article = an_article(status="submitted")
        page = f"/admin/articles/article/{article.pk}/history/"
        assert client.get(page, {"version": odd}).status_code == 404

    def test_a_version_beside_a_stale_decision(self, client, odd):
        client.force_login(a_user(Role.EDITOR))
        article = an_article(status="first_review")
        page = f"/admin/articles/article/{article.pk}/review/"
        typed = {"action": "pass", "state": "x.1.2.3", "digest": "z", "version": odd}
        assert client.post(page, typed).status_code in (409, 422)

    def test_what_make_up_was_sent(self, client, odd):
        client.force_login(a_user(Role.EDITOR))
        issue = an_issue(articles=1)
        article = issue.articles.get()
        page = f"/admin/issues/issue/{issue.pk}/board/"
        for typed in (
            {"undo": odd},
            {"take_out": odd},
            {"article": odd},
            {"chosen": odd, "place": "1"},
            {"seen": f"{odd}:1"},
            {"article": article.pk, f"section-{article.pk}": odd, f"place-{article.pk}": "1"},
            {"article": article.pk, f"section-{article.pk}": "1", f"place-{article.pk}": odd},
        ):
            assert client.post(page, typed).status_code in (302, 409, 422), typed
