"""The index of what is looked up, beside its table; the one of the version before stays for it."""

from collections.abc import Iterable
from typing import Any

from django.db import migrations

# `ascii` takes every character beyond ASCII for a letter, rare ones of later Unicode too.
SQLITE = (
    "CREATE VIRTUAL TABLE articles_indexed USING fts5("
    "body, content='articles_indexedtext', content_rowid='id', tokenize='ascii')",
    "CREATE TRIGGER articles_indexed_in AFTER INSERT ON articles_indexedtext BEGIN"
    " INSERT INTO articles_indexed(rowid, body) VALUES (new.id, new.body); END",
    "CREATE TRIGGER articles_indexed_out AFTER DELETE ON articles_indexedtext BEGIN"
    " INSERT INTO articles_indexed(articles_indexed, rowid, body)"
    " VALUES ('delete', old.id, old.body); END",
    "CREATE TRIGGER articles_indexed_anew AFTER UPDATE ON articles_indexedtext BEGIN"
    " INSERT INTO articles_indexed(articles_indexed, rowid, body)"
    " VALUES ('delete', old.id, old.body);"
    " INSERT INTO articles_indexed(rowid, body) VALUES (new.id, new.body); END",
)
NOT_SQLITE = (
    "DROP TRIGGER articles_indexed_in",
    "DROP TRIGGER articles_indexed_out",
    "DROP TRIGGER articles_indexed_anew",
    "DROP TABLE articles_indexed",
)
POSTGRESQL = (
    # A function of its own, because a function has a price: without one the planner would rather
    # take every text apart than ask the index.
    "CREATE FUNCTION articles_pieces(told text) RETURNS tsvector LANGUAGE plpgsql IMMUTABLE STRICT"
    " PARALLEL SAFE COST 100000 AS"
    " $$ BEGIN RETURN array_to_tsvector(string_to_array(told, ' ')); END $$",
    "CREATE INDEX articles_indexed ON articles_indexedtext USING gin (articles_pieces(body))",
    # ANALYZE would take thirty thousand texts apart for figures that nobody asks for.
    "ALTER INDEX articles_indexed ALTER COLUMN 1 SET STATISTICS 0",
    # Packed, a text takes longer to look into than to read.
    "ALTER TABLE articles_indexedtext ALTER COLUMN body SET STORAGE EXTERNAL",
)
NOT_POSTGRESQL = (
    "DROP INDEX articles_indexed",
    "DROP FUNCTION articles_pieces(text)",
)


def make_index(apps: Any, schema_editor: Any) -> None:
    _run(schema_editor, SQLITE, POSTGRESQL)


def drop_index(apps: Any, schema_editor: Any) -> None:
    _run(schema_editor, NOT_SQLITE, NOT_POSTGRESQL)


def _run(schema_editor: Any, sqlite: Iterable[str], postgresql: Iterable[str]) -> None:
    for statement in sqlite if schema_editor.connection.vendor == "sqlite" else postgresql:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0043_indexed_text"),
    ]

    operations = [migrations.RunPython(make_index, drop_index)]
