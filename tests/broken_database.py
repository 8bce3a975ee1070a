"""A database that really does not answer: SQLite locked by somebody else, PostgreSQL cut off."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection


@contextmanager
def broken_database() -> Iterator[None]:
    """Inside, whatever writes fails with the driver's own error; behind it all is well again."""
    with _locked() if connection.vendor == "sqlite" else _cut_off():
        yield


@contextmanager
def _locked() -> Iterator[None]:
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA busy_timeout = 20")
    other = sqlite3.connect(connection.settings_dict["NAME"], isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    try:
        yield
    finally:
        other.execute("ROLLBACK")
        other.close()
        connection.close()


@contextmanager
def _cut_off() -> Iterator[None]:
    """The server ends our connection, as when it is started again."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        (pid,) = cursor.fetchone()
    other = connection.copy()
    with other.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(%s, 5000)", [pid])
    other.close()
    try:
        yield
    finally:
        connection.close()
