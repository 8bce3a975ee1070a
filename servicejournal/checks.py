"""Wrong configuration is a system check with an id and a hint."""

from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.checks import CheckMessage, Error, Warning, register

from .privacy.holdings import RECORD_DAYS


@register
def reader_access_is_known(app_configs: Any, **kwargs: Any) -> list[Error]:
    if settings.READER_ACCESS in ("public", "members"):
        return []
    return [
        Error(
            f"READER_ACCESS is “{settings.READER_ACCESS}”.",
            hint="Set it to “public” (anybody reads) or “members” (readers sign in).",
            id="servicejournal.E001",
        )
    ]


@register
def rejected_texts_are_kept_long_enough(app_configs: Any, **kwargs: Any) -> list[Error]:
    """Of what was rejected somebody may complain for half a year, as the record is kept."""
    if settings.REJECTED_DAYS == 0 or settings.REJECTED_DAYS >= RECORD_DAYS:
        return []
    return [
        Error(
            f"REJECTED_DAYS is {settings.REJECTED_DAYS}.",
            hint=f"Set it to {RECORD_DAYS} or more, or to 0 (nothing is removed).",
            id="servicejournal.E004",
        )
    ]


@register
def task_queue_is_known(app_configs: Any, **kwargs: Any) -> list[Error]:
    if settings.TASK_QUEUE in ("database", "immediate"):
        return []
    return [
        Error(
            f"TASK_QUEUE is “{settings.TASK_QUEUE}”.",
            hint="Set it to “database” (a worker sends letters) or “immediate” (the click does).",
            id="servicejournal.E002",
        )
    ]


@register
def letters_say_where_the_site_is(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """SITE_URL is an address; it and the sender are there where letters really leave."""
    parts = urlsplit(settings.SITE_URL)
    if settings.SITE_URL and not (parts.scheme in ("http", "https") and parts.netloc):
        return [
            Error(
                f"SITE_URL is “{settings.SITE_URL}”, which is no address.",
                hint="Set it to the address of the site, such as https://journal.example.com.",
                id="servicejournal.E003",
            )
        ]
    if not settings.EMAIL_BACKEND.endswith(".smtp.EmailBackend"):
        return []
    found: list[CheckMessage] = []
    if not settings.SITE_URL:
        found.append(_missing("SITE_URL", "letters hold no links", "servicejournal.W001"))
    if settings.DEFAULT_FROM_EMAIL == "webmaster@localhost":
        found.append(_missing("MAIL_FROM", "mail servers will refuse it", "servicejournal.W002"))
    return found


@register(deploy=True)
def the_site_has_an_address(app_configs: Any, **kwargs: Any) -> list[Error]:
    """In production: slips of paper and letters name it, and never a request's host."""
    if settings.SITE_URL:
        return []
    return [
        Error(
            "SITE_URL is not set: one-time links would name the first of ALLOWED_HOSTS.",
            hint="Set it to the address of the site, such as https://journal.example.com.",
            id="servicejournal.E004",
        )
    ]


@register
def demand_of_a_second_factor_is_known(app_configs: Any, **kwargs: Any) -> list[Error]:
    if settings.SECOND_FACTOR in ("chiefs", "staff", "nobody"):
        return []
    return [
        Error(
            f"SECOND_FACTOR is “{settings.SECOND_FACTOR}”.",
            hint="Set it to “chiefs” (chief editors, administrators), “staff” or “nobody”.",
            id="servicejournal.E005",
        )
    ]


@register(deploy=True)
def chiefs_show_a_second_factor(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    if settings.SECOND_FACTOR != "nobody":
        return []
    return [
        Warning(
            "SECOND_FACTOR is “nobody”: a stolen password signs an issue off.",
            hint="Set it to “chiefs”, or say elsewhere why not.",
            id="servicejournal.W003",
        )
    ]


@register
def single_sign_on_is_whole(app_configs: Any, **kwargs: Any) -> list[Error]:
    given = [settings.OIDC_ISSUER, settings.OIDC_CLIENT_ID, settings.OIDC_CLIENT_SECRET]
    if all(given) or not any(given):
        return []
    return [
        Error(
            "Of OIDC_ISSUER, OIDC_CLIENT_ID and OIDC_CLIENT_SECRET some are set and some are not.",
            hint="Set all three, or none; see .env.example.",
            id="servicejournal.E006",
        )
    ]


def _missing(name: str, consequence: str, check_id: str) -> Warning:
    return Warning(
        f"Mail is on (EMAIL_URL), but {name} is not set: {consequence}.",
        hint=f"Set {name}; see .env.example.",
        id=check_id,
    )
