"""Puts the tests' database back to what the migrations left, behind a test that writes for good.

Django empties every table and loads the migrations' rows again through the models, which cost
each such test most of a second. Here the rows come back from a copy inside the database: on SQLite
by its backup interface from the file that `tests.migrated` keeps, on PostgreSQL from a schema
`kept` by one function. Sequences go on on PostgreSQL, as behind Django's own flush.
"""

import sqlite3
from pathlib import Path

from django.db import connection
from django.test import TransactionTestCase

# Foreign keys and triggers rest meanwhile: what comes back was whole.
KEEP_ON_POSTGRESQL = """
DROP SCHEMA IF EXISTS kept CASCADE;
CREATE SCHEMA kept;
CREATE FUNCTION kept.keep() RETURNS void LANGUAGE plpgsql AS $$
DECLARE name text; filled boolean;
BEGIN
  FOR name IN SELECT tablename FROM pg_tables WHERE schemaname = 'public' LOOP
    EXECUTE format('SELECT EXISTS (SELECT 1 FROM public.%I)', name) INTO filled;
    IF filled THEN
      EXECUTE format('CREATE TABLE kept.%I AS TABLE public.%I', name, name);
    END IF;
  END LOOP;
END $$;
CREATE FUNCTION kept.put_back() RETURNS void LANGUAGE plpgsql
SET session_replication_role = replica AS $$
DECLARE name text;
BEGIN
  FOR name IN SELECT tablename FROM pg_tables WHERE schemaname = 'public' LOOP
    EXECUTE format('DELETE FROM public.%I', name);
  END LOOP;
  FOR name IN SELECT tablename FROM pg_tables WHERE schemaname = 'kept' LOOP
    EXECUTE format('INSERT INTO public.%I OVERRIDING SYSTEM VALUE SELECT * FROM kept.%I',
                   name, name);
  END LOOP;
END $$;
SELECT kept.keep();
"""


def keep(file: Path | None) -> None:
    """Remembers the database as it is now; `file` holds the same one where it is SQLite's."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(KEEP_ON_POSTGRESQL)
        connection.close()

    def put_back(self: TransactionTestCase) -> None:
        if file is not None:
            _copy(file)
        else:
            with connection.cursor() as cursor:
                cursor.execute("SELECT kept.put_back()")

    TransactionTestCase._fixture_teardown = put_back


def _copy(file: Path) -> None:
    connection.ensure_connection()
    source = sqlite3.connect(file)
    try:
        source.backup(connection.connection)
    finally:
        source.close()
