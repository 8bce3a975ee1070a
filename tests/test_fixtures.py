"""The suite's own instruments find what they are there to find."""

import pytest
from django.test import override_settings

from articles.models import Section
from tests.browser_watch import Watch

VALID = """<!doctype html><html lang="zh-Hans">
<head><meta charset="utf-8"><title>服务</title></head>
<body><search><h1>服务</h1></search><img src="a.png" alt="" fetchpriority="high"></body></html>"""


def test_a_valid_page_of_today_passes_the_html_checker(html_valid):
    html_valid(VALID)


def test_an_invalid_page_fails_the_html_checker_with_line_and_reason(html_checker):
    (error,) = html_checker.errors(VALID.replace(' alt=""', ""))
    assert error.startswith("3:")
    assert "alt" in error


def test_a_setting_that_is_none_cannot_be_set(settings):
    for name in ("CLIENT_ADDRESS_HEADER", "READER_ACESS"):
        with pytest.raises(AttributeError, match=f"{name} is a setting neither"):
            setattr(settings, name, "members")
        with pytest.raises(AttributeError, match=name), override_settings(**{name: "members"}):
            pass
        assert not hasattr(settings, name)


def test_a_setting_of_ours_and_one_of_djangos_can_be_set(settings):
    settings.REGISTRATIONS_PER_HOUR = 1
    with override_settings(SESSION_COOKIE_AGE=60):
        assert (settings.REGISTRATIONS_PER_HOUR, settings.SESSION_COOKIE_AGE) == (1, 60)


@pytest.fixture
def watched(new_context, live_server):
    """A page on the site, and the list of its faults."""
    context = new_context(base_url=live_server.url)
    watch = Watch(context, live_server.url)
    page = context.new_page()
    page.goto("/healthz")
    return page, watch.faults


def test_a_page_that_keeps_to_itself_has_no_faults(watched):
    page, faults = watched
    page.goto("/no-such-page/")
    page.evaluate("console.log('fine')")
    assert faults == []


@pytest.mark.parametrize(
    ("script", "fault"),
    [
        ("console.error('broken')", "console: broken"),
        ("setTimeout(() => { throw new Error('thrown') })", "script: thrown"),
        (
            "setTimeout(() => { location = 'https://elsewhere.example/' })",
            "third party: https://elsewhere",
        ),
        ("document.body.append(Object.assign(new Image(), {src: '/none.png'}))", "console: Failed"),
    ],
)
def test_what_a_page_must_not_do_is_noted(watched, script, fault):
    page, faults = watched
    page.evaluate(script)
    page.wait_for_timeout(500)
    assert [found for found in faults if found.startswith(fault)], faults


def test_a_phone_is_as_wide_as_a_phone_and_can_be_touched(phone):
    phone.goto("/healthz")
    assert phone.evaluate("[screen.width, devicePixelRatio, navigator.maxTouchPoints > 0]") == [
        390,
        2,
        True,
    ]
    assert phone.evaluate("[navigator.language, new Date().getTimezoneOffset()]") == ["zh-CN", -480]


def test_a_desktop_is_1280_wide(desktop):
    desktop.goto("/healthz")
    assert desktop.evaluate("innerWidth") == 1280


@pytest.mark.parametrize("_time", ["first", "second"])
@pytest.mark.django_db(transaction=True)
def test_a_test_that_commits_finds_the_rows_of_the_migrations(_time):
    assert Section.objects.count() == 10
    Section.objects.create(slug="left-behind", name="留下的", name_en="Left behind", order=99)
