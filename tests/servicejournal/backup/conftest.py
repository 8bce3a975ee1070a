"""A journal with something in every corner, and a database that is emptied for a restore."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.management.color import no_style
from django.db import connection, transaction

from articles.writing import attachments
from servicejournal import record
from servicejournal.backup import rows
from servicejournal.models import User
from servicejournal.roles import Role
from tests.articles.docx import docx, p
from tests.factories import a_picture, a_user, an_article, an_issue


@pytest.fixture
def journal(transactional_db: None) -> User:
    """Its chief editor. Rows with files, many to many, JSON, versions, a rival's pencil marks."""
    chief = a_user(Role.CHIEF_EDITOR)
    writer = a_user()
    text = an_article(
        title="𠮷林的雪", body="<p>“雪”，\\ 与<strong>灯</strong>。</p>", contributor=writer,
        authors=[("净月支行", "谷淳"), ("", "程砚")],
    )  # fmt: skip
    a_picture(text, by=writer)
    attachments.keep(docx(p("字")), "稿.docx", by=writer)
    an_issue(published=True, articles=2)
    record.write("试", text, by=chief, why="第一行\n第二行", nested={"乙": [1, None], "a": "甲"})
    return chief


@pytest.fixture
def emptied(media: Path) -> Callable[[], None]:
    """As on a new machine: tables without rows that count from 1, a media folder without files."""

    def empty() -> None:
        tables = [model._meta.db_table for model in rows.kept_models()]
        with transaction.atomic(), connection.cursor() as cursor:
            for statement in connection.ops.sql_flush(no_style(), tables, reset_sequences=True):
                cursor.execute(statement)
        shutil.rmtree(media, ignore_errors=True)

    return empty
