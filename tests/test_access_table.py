"""Every address × every role × GET and POST: who gets in, as `access_table.txt` says, and no other.

An address that is new fails this until it has a line. The failure prints lines that are ready to be
entered; whether they are right is for whoever enters them to say.
"""

import logging
from collections.abc import Iterator

import pytest
from django.urls import Resolver404, resolve

from issues.exports import pdf
from servicejournal.papers import typesetting
from servicejournal.roles import Role
from tests import access

#: Answered before the resolver is asked.
PROBES = {"/healthz", "/readyz"}
#: Addresses that a link opens for whoever was given it: that is the permission.
BY_A_LINK = ("/endorse/", "/look/")
#: Who may come upon the title of a manuscript that is not out.
INSIDE = access.members("both+desk")
#: Of the table, so that each core tries one.
PARTS = 2


AUTHENTICATION = "django.contrib.auth.middleware.AuthenticationMiddleware"


@pytest.fixture
def world(db, settings, monkeypatch) -> Iterator[access.World]:
    before = settings.MIDDLEWARE.index(AUTHENTICATION)
    settings.MIDDLEWARE = [
        *settings.MIDDLEWARE[:before],
        "tests.access.Known",
        *settings.MIDDLEWARE[before + 1 :],
        "tests.access.Unrendered",
    ]
    for press in (pdf, typesetting):
        monkeypatch.setattr(press, "_set", access.SetOnce(press._set))
    settings.RATE_LIMITS = 0  # everybody knocks at everything within a minute
    logging.disable(logging.CRITICAL)  # thousands are refused, each with a traceback
    yield access.a_world()
    logging.disable(logging.NOTSET)


def test_every_role_knocks():
    assert set(access._GIVEN.values()) | {Role.CONTRIBUTOR} == set(Role)


@pytest.mark.any_database
@pytest.mark.parametrize("part", range(PARTS))
def test_every_address_is_in_the_table_and_lets_in_whom_it_says(world, part):
    lines = access.lines()
    wrong = [*_not_entered(world, lines), *_otherwise(world, lines[part::PARTS])]
    assert not wrong, "\n" + "\n".join(wrong)


def _not_entered(world: access.World, lines: list[access.Line]) -> Iterator[str]:
    entered = set()
    for line in lines:
        path = world.path(line.address).partition("?")[0]
        try:
            entered.add(resolve(path).route)
        except Resolver404:
            assert path in PROBES, line.address
    for route in sorted(access.routes() - entered):
        yield f"not entered: {route}   (an address of it, who by GET, who by POST)"


def _otherwise(world: access.World, lines: list[access.Line]) -> Iterator[str]:
    for line in lines:
        path = world.path(line.address)
        found = {}
        for method in ("GET", "POST"):
            answers = {role: world.knock(role, method, path) for role in access.ROLES}
            for role, answer in answers.items():
                assert answer.status < 500, f"{answer.status}: {role} {method} {path}"
                if answer.status == 405 and not answer.content and path not in PROBES:
                    yield f"a blank page: {role} {method} {line.address}"
                is_told = role in INSIDE or line.address.startswith(BY_A_LINK)
                if not is_told and access.SECRET.encode() in answer.content:
                    yield f"tells {role} of another's manuscript: {method} {line.address}"
            found[method] = {role for role, answer in answers.items() if answer.lets_in}
        if any(found[method] != line.who(method) for method in found):
            get, post = (access.told(found[method]) for method in ("GET", "POST"))
            yield f"found, not as entered: {line.address} {get} {post}"
