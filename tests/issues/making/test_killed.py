"""Killed while signing off, publishing or correcting: the old state is left or the new, whole."""

import json
import os
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit, urlunsplit

import pytest
from django.db import connection

from articles.models import Article
from issues.making import corrections, make_up, publication
from issues.models import Issue
from servicejournal.models import User
from servicejournal.roles import Role
from tests.environment import ROOT
from tests.factories import a_user, accepted, an_article, an_issue, proofread

pytestmark = pytest.mark.django_db(transaction=True)

#: Of each verb, unless `--moments` says more; a hundred of all of them take ten minutes.
MOMENTS = 6

#: Those that make files.
MAKING = {"sign_off", "correct", "withdraw", "restore", "publish_back_issue"}


def ready(chief: User) -> Issue:
    issue = an_issue(date=date(2026, 12, 18), running_number=66)
    lamp = accepted(title="一盏灯", body="<p>灯亮着。</p>")
    make_up.place([lamp, accepted(title="两把椅子")], issue, by=a_user(Role.EDITOR))
    proofread(issue)
    return issue


def signed(chief: User) -> Issue:
    issue = ready(chief)
    publication.sign_off(issue, by=chief)
    return issue


def out(chief: User) -> None:
    publication.publish(signed(chief), by=chief)


def corrected(chief: User) -> None:
    out(chief)
    lamp = Article.objects.select_related("issue").get(title="一盏灯")
    base = corrections.base_of(lamp)
    corrections.correct(lamp, by=chief, base=base, reason="笔误", body="<p>灯灭了。</p>")


def imported(chief: User) -> None:
    facts = {"issue": an_issue(date=date(2026, 12, 18)), "origin": Article.Origin.BACK_ISSUE}
    an_article(title="一盏灯", **facts)
    proofread(facts["issue"])


def killed(verb: str, folder: Path, media: Path, moments: int) -> list[dict[str, Any]]:
    """What `killing` says, from the state of the test's database."""
    media.mkdir(exist_ok=True)
    shutil.copytree(media, folder / "old-media")
    names = {
        "DATABASE_URL": _set_aside(folder),
        "MEDIA_ROOT": str(folder / "try-media"),
        "DJANGO_SETTINGS_MODULE": "servicejournal.settings",
    }
    told = subprocess.run(
        [sys.executable, "-m", "tests.issues.making.killing", verb, str(folder), str(moments)],
        cwd=ROOT,
        env={**os.environ, **names},
        stdout=subprocess.PIPE,
        check=True,
    )
    return [json.loads(line) for line in told.stdout.splitlines()]


def _set_aside(folder: Path) -> str:
    """Copies the database to where `killing` finds it; the address of the one that it tries on."""
    connection.close()
    name = connection.settings_dict["NAME"]
    if connection.vendor == "sqlite":
        with (
            closing(sqlite3.connect(name)) as here,
            closing(sqlite3.connect(folder / "old.sqlite3")) as there,
        ):
            here.backup(there)
        return f"sqlite:///{quote(str(folder / 'try.sqlite3'))}"
    with connection._nodb_cursor() as cursor:  # type: ignore[attr-defined]
        cursor.execute('DROP DATABASE IF EXISTS "old"')
        cursor.execute(f'CREATE DATABASE "old" TEMPLATE "{name}"')
    whole = urlsplit(os.environ["DATABASE_URL"])
    return urlunsplit(whole._replace(path="/try"))


def is_like(state: dict[str, Any], other: dict[str, Any]) -> bool:
    return {**state, "stray": []} == {**other, "stray": []}


@pytest.mark.parametrize(
    ("verb", "before"),
    [
        ("sign_off", ready),
        ("publish", signed),
        ("correct", out),
        ("withdraw", out),
        ("restore", corrected),
        ("publish_back_issue", imported),
    ],
)
def test_old_or_new_and_the_next_try_cleans_up(verb, before, tmp_path, media, request):
    asked = request.config.getoption("--moments")
    if connection.vendor != "sqlite" and not asked:
        pytest.skip("SQLite shows it in a tenth of the time; --moments asks both")
    before(a_user(Role.CHIEF_EDITOR))
    whole, *tries = killed(verb, tmp_path, media, asked or MOMENTS)
    old, new = whole["old"], whole["new"]
    assert (old["broken"], new["broken"], old["stray"], new["stray"]) == ([], [], [], [])
    assert not is_like(old, new)
    assert len(tries) == min(asked or MOMENTS, whole["moments"])
    for each in tries:
        assert each["killed"]
        assert is_like(each["after"], old) or is_like(each["after"], new)
        assert each["next"] == new
    assert any(is_like(each["after"], new) for each in tries)
    assert any(each["after"]["stray"] for each in tries) == (verb in MAKING)
