"""Settings that do not fit are said before anybody falls over them."""

import pytest
from django.core.checks import run_checks

SMTP = "django.core.mail.backends.smtp.EmailBackend"


def found() -> list[str]:
    return [each.id for each in run_checks() if each.id.startswith("servicejournal.")]


def test_the_settings_of_the_suite_fit():
    assert found() == []


@pytest.mark.parametrize(
    ("name", "value", "check"),
    [
        ("READER_ACCESS", "everybody", "servicejournal.E001"),
        ("TASK_QUEUE", "redis", "servicejournal.E002"),
        ("SITE_URL", "journal.example.com", "servicejournal.E003"),
        ("SITE_URL", "javascript:alert(1)", "servicejournal.E003"),
        ("SECOND_FACTOR", "on", "servicejournal.E005"),
        ("OIDC_ISSUER", "https://sso.example.com", "servicejournal.E006"),
    ],
)
def test_a_value_that_is_none_is_an_error(settings, name, value, check):
    setattr(settings, name, value)
    assert found() == [check]


def test_mail_that_leaves_needs_the_address_of_the_site_and_a_sender(settings):
    settings.EMAIL_BACKEND = SMTP
    assert found() == []
    settings.SITE_URL, settings.DEFAULT_FROM_EMAIL = "", "webmaster@localhost"
    assert found() == ["servicejournal.W001", "servicejournal.W002"]


def test_in_production_chiefs_show_a_second_factor(settings):
    for demand, ids in (("nobody", {"servicejournal.W003"}), ("chiefs", set()), ("staff", set())):
        settings.SECOND_FACTOR = demand
        told = {each.id for each in run_checks(include_deployment_checks=True)}
        assert told & {"servicejournal.W003"} == ids


def test_mail_that_stays_here_needs_neither(settings):
    settings.SITE_URL, settings.DEFAULT_FROM_EMAIL = "", "webmaster@localhost"
    assert found() == []
