"""Databases that earlier versions filled: what was written, decided and published is there after
today's migrations, on either engine, and a backup of then comes back.

How the files of `tests/files/versions/` were made is told in `tests.older_versions`.
"""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.db import connection

from articles.models import Article
from issues.models import Edition
from servicejournal.backup import making, package, restoring
from servicejournal.models import User
from tests.environment import ROOT

VERSIONS = sorted((ROOT / "tests/files/versions").glob("*.backup"))
IS_SQLITE = "sqlite" in settings.DATABASES["default"]["ENGINE"]
#: What people wrote and decided: no later version takes it away, or reckons it anew.
KEPT = {
    "articles.article": ("id", "title", "standfirst", "body", "status", "receipt", "issue_id"),
    "articles.historicalarticle": ("history_id", "id", "title", "body", "history_date"),
    "articles.review": ("id", "article_id", "stage", "decision", "opinion", "note", "digest"),
    "issues.issue": ("id", "year", "number", "running_number", "published_at"),
    "issues.edition": ("id", "issue_id", "number", "sha256"),
    "servicejournal.user": ("id", "username", "name", "password"),
}
Facts = dict[str, list[tuple[Any, ...]]]

pytestmark = pytest.mark.django_db(transaction=True)
of_each_version = pytest.mark.parametrize("path", VERSIONS, ids=lambda path: path.stem)


def facts(path: Path) -> Facts:
    """Of the tables of `KEPT` that the backup has."""
    told = {}
    with package.opened(path) as kept:
        for label in KEPT.keys() & kept.manifest["models"].keys():
            columns, *lines = map(json.loads, kept.lines(label))
            places = [columns.index(name) for name in KEPT[label]]
            told[label] = [tuple(line[place] for place in places) for line in lines]
    return told


def assert_nothing_was_lost(before: Facts, after: Facts) -> None:
    assert len(before["articles.article"]) > 10
    for label, rows in before.items():
        assert set(rows) <= set(after[label]), label
        # What was out before there were editions got one each.
        assert len(rows) == len(after[label]) or label == "issues.edition", label


@of_each_version
def test_a_backup_of_an_earlier_version_comes_back_as_today_has_it(path, emptied, tmp_path, client):
    emptied()
    assert restoring.restore(path, by="命令行").steps > 0
    now = tmp_path / "now.backup"
    making.make(now, by="命令行")
    assert_nothing_was_lost(facts(path), facts(now))
    assert Edition.objects.out().exists()
    read = Article.objects.exclude(issue__published_at=None).first()
    assert read.title in client.get(f"/articles/{read.pk}/").content.decode()
    writer = User.objects.get(username="tougao")
    client.force_login(writer)
    assert client.get("/submissions/").status_code == 200


@pytest.fixture
def another_database() -> str:
    """The address of an empty one, on the PostgreSQL that the suite runs on."""
    url = urlsplit(os.environ["DATABASE_URL"])
    with connection.cursor() as cursor:
        cursor.execute("CREATE DATABASE upgraded")
    yield url._replace(path="/upgraded").geturl()
    with connection.cursor() as cursor:
        cursor.execute("DROP DATABASE upgraded WITH (FORCE)")


@pytest.mark.skipif(IS_SQLITE, reason="the restore above does it on SQLite")
@of_each_version
def test_a_database_of_an_earlier_version_is_upgraded_on_postgresql(
    path, another_database, tmp_path
):
    def manage(*arguments: str | Path) -> str:
        answer = subprocess.run(
            [sys.executable, "manage.py", *map(str, arguments)],
            cwd=ROOT,
            env={**os.environ, "DATABASE_URL": another_database},
            capture_output=True,
            text=True,
            check=False,
        )
        assert answer.returncode == 0, answer.stderr
        return answer.stdout

    assert "升级了" in manage("carry_forward", path)
    manage("backup", tmp_path / "now.backup")
    assert_nothing_was_lost(facts(path), facts(tmp_path / "now.backup"))
