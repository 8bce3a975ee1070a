"""Absolute addresses name the journal's own site, whatever host a request claims."""

import re

import pytest
from django.core import mail
from django.core.checks import run_checks

from articles.writing import endorsement
from articles.writing.views import endorsing
from servicejournal.roles import Role
from servicejournal.web import site
from tests.articles.post_office import worker_runs
from tests.factories import a_user, an_article

FORGED = "evil.example"


@pytest.fixture(autouse=True)
def any_host(settings) -> None:
    """As where a server in front lets every name through."""
    settings.ALLOWED_HOSTS = ["*"]


@pytest.mark.django_db
def test_a_forged_host_never_shows_in_a_letter(client):
    a_user(email="somebody@example.com")
    headers = {"Host": FORGED, "X-Forwarded-Host": FORGED}
    client.post("/accounts/reset/", {"email": "somebody@example.com"}, headers=headers)
    worker_runs()
    [letter] = mail.outbox
    assert FORGED not in letter.body
    assert re.findall(r"https?://[^/\s]+", letter.body) == ["https://journal.example.com"]


@pytest.mark.django_db
def test_a_forged_host_never_shows_on_a_slip(client):
    client.force_login(a_user(Role.EDITOR))
    data = {"accounts": str(a_user().pk)}
    page = client.post("/admin/servicejournal/user/slips/", data, headers={"Host": FORGED})
    assert FORGED not in page.text
    assert "https://journal.example.com/accounts/set-password/" in page.text


@pytest.mark.django_db
def test_the_link_for_the_head_of_the_branch_names_the_site(settings):
    settings.BRANCH_ENDORSEMENT = True
    article = an_article()
    asked = endorsement.ask(article, by=article.contributor, declared=[])
    ways = endorsing.ways_to_send(asked)
    assert ways["link"].startswith("https://journal.example.com/")


@pytest.mark.parametrize(
    ("site_url", "hosts", "https", "address"),
    [
        ("https://a.example", ["b.example"], True, "https://a.example/x/"),
        ("", ["b.example"], True, "https://b.example/x/"),
        ("", ["*"], False, "http://localhost/x/"),
    ],
)
def test_where_it_stands(settings, site_url, hosts, https, address):
    settings.SITE_URL, settings.ALLOWED_HOSTS, settings.HTTPS = site_url, hosts, https
    assert site.absolute("/x/") == address


def test_production_without_an_address_is_an_error(settings):
    settings.SITE_URL = ""
    found = [each.id for each in run_checks(include_deployment_checks=True)]
    assert "servicejournal.E004" in found
    settings.SITE_URL = "https://journal.example.com"
    found = [each.id for each in run_checks(include_deployment_checks=True)]
    assert "servicejournal.E004" not in found
