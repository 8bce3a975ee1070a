"""Rows of every model as lines of JSON, the same whatever database they come from.

A model's first line names its columns, each further one is a row, by primary key. They are read in
one snapshot and written as they are: no signal, no `pre_save`, no clock of today.
"""

import base64
import copy
import hashlib
import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from itertools import islice
from typing import Any
from uuid import UUID

from django.apps import apps
from django.apps.registry import Apps
from django.core.management.color import no_style
from django.db import DEFAULT_DB_ALIAS, connections, models, transaction

#: What belongs to a machine or a moment: who is signed in, who guesses, who came how often this
#: hour, what somebody found helpful today and its salt, what a worker was about to do (letters
#: and editions have rows that say so), which worker lives.
LEFT_OUT = frozenset(
    {
        "sessions.session",
        "servicejournal.turn",
        "servicejournal.visit",
        "axes.accessattempt",
        "axes.accessattemptexpiration",
        "axes.accessfailurelog",
        "axes.accesslog",
        "django_tasks_database.dbtaskresult",
        "servicejournal.heartbeat",
        # Measures of the board, by digest: made again where they are missing.
        "issues.laidpart",
        "issues.laidpage",
        "issues.findingcount",
        "issues.helpfultoday",
        "issues.dailysalt",
    }
)
_SNAPSHOT = "snapshot"
#: Rows that are held in memory at once.
_AT_ONCE = 200

Model = type[models.Model]


def kept_models(of: Apps = apps) -> list[Model]:
    """Of every app, with tables between many and many, by name; of today or of a day gone by."""
    every = of.get_models(include_auto_created=True)
    kept = (m for m in every if m._meta.managed and not m._meta.proxy and not m._meta.swapped)
    return sorted((m for m in kept if label(m) not in LEFT_OUT), key=label)


def label(model: Model) -> str:
    return model._meta.label_lower


@contextmanager
def snapshot() -> Iterator[str]:
    """The alias of a second connection that sees one moment, and in whose way nobody stands."""
    default: Any = connections[DEFAULT_DB_ALIAS]
    second, is_sqlite = default.copy(), default.vendor == "sqlite"
    if is_sqlite:  # IMMEDIATE, as everybody else begins, would keep writers out
        second.settings_dict["OPTIONS"]["transaction_mode"] = "DEFERRED"
    connections[_SNAPSHOT] = second
    try:
        with transaction.atomic(using=_SNAPSHOT), second.cursor() as cursor:
            if is_sqlite:
                cursor.execute("SELECT count(*) FROM sqlite_master")  # from here on it stands still
            else:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            yield _SNAPSHOT
    finally:
        second.close()
        del connections[_SNAPSHOT]


def lines(model: Model, *, using: str = DEFAULT_DB_ALIAS) -> Iterator[bytes]:
    names = [field.attname for field in _columns(model)]
    yield _line(names)
    found = model._base_manager.using(using).order_by("pk").values_list(*names)
    for row in found.iterator(chunk_size=_AT_ONCE):
        yield _line([_plain(value) for value in row])


def sha256(model: Model, *, using: str = DEFAULT_DB_ALIAS) -> str:
    told = hashlib.sha256()
    for line in lines(model, using=using):
        told.update(line)
    return told.hexdigest()


def file_names(*, using: str = DEFAULT_DB_ALIAS) -> Iterator[str]:
    """The files that columns name, whatever model has them."""
    for model in kept_models():
        for field in _columns(model):
            if isinstance(field, models.FileField):
                named = model._base_manager.using(using).exclude(**{field.attname: ""})
                yield from filter(None, named.values_list(field.attname, flat=True).iterator())


def clear(emptied: list[Model], *, using: str = DEFAULT_DB_ALIAS) -> None:
    """Empties the tables of these models, also of what migrations put there. In a transaction."""
    connection = connections[using]
    tables = [model._meta.db_table for model in emptied]
    with connection.cursor() as cursor:
        for statement in connection.ops.sql_flush(no_style(), tables):
            cursor.execute(statement)


def load(model: Model, told: Iterator[bytes], *, using: str = DEFAULT_DB_ALIAS) -> None:
    """Raises `ValueError` where the columns are others."""
    fields = _columns(model)
    if json.loads(next(told, b"[]")) != [field.attname for field in fields]:
        raise ValueError(label(model))
    readers, bare = [_reader(field) for field in fields], [_bare(field) for field in fields]
    while batch := list(islice(told, _AT_ONCE)):
        _insert(model, bare, [_row(model, fields, readers, line) for line in batch], using)


def set_sequences(filled: list[Model], *, using: str = DEFAULT_DB_ALIAS) -> None:
    """What is added from now on gets numbers behind those that came in."""
    connection = connections[using]
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), filled):
            cursor.execute(statement)


def _columns(model: Model) -> list[models.Field[Any, Any]]:
    return [field for field in model._meta.concrete_fields if not field.generated]


def _line(values: list[Any]) -> bytes:
    # Keys in order: PostgreSQL gives those of a JSON column back in an order of its own.
    told = json.dumps(values, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    # SQLite keeps half a character in JSON, which no encoding has; it comes back as it was.
    return told.encode(errors="surrogatepass") + b"\n"


def _plain(value: Any) -> Any:
    match value:
        case datetime():
            return value.astimezone(UTC).isoformat()
        case date() | time():
            return value.isoformat()
        case bytes() | memoryview():
            return base64.b64encode(value).decode()
        case timedelta() | Decimal() | UUID():
            return str(value)
    return value


#: JSON knows text, numbers and truth; the fields of all else read what `_plain` wrote.
_READ = (
    models.DateField,
    models.TimeField,
    models.DurationField,
    models.DecimalField,
    models.UUIDField,
    models.BinaryField,
)


def _reader(field: models.Field[Any, Any]) -> Any:
    target = field
    while isinstance(target, models.ForeignKey):
        target = target.target_field
    return target.to_python if isinstance(target, _READ) else None


def _bare(field: models.Field[Any, Any]) -> models.Field[Any, Any]:
    """The field as Django has it, without what ours does to a value: bodies were cleaned when they
    were written, and a cleaner that knows more today must not keep a backup from coming back.
    """
    bare = copy.copy(field)
    mro = type(field).__mro__
    bare.__class__ = next(each for each in mro if each.__module__.startswith("django."))
    return bare


def _row(
    model: Model, fields: list[models.Field[Any, Any]], readers: list[Any], line: bytes
) -> models.Model:
    values = json.loads(line)
    pairs = zip(fields, readers, values, strict=True)
    return model(**{f.attname: read(value) if read else value for f, read, value in pairs})


def _insert(
    model: Model, fields: list[models.Field[Any, Any]], found: list[models.Model], using: str
) -> None:
    """As `loaddata` saves (raw), many at once: `pre_save` would date what comes in."""
    most = max(1, connections[using].ops.bulk_batch_size(fields, found))
    manager: Any = model._base_manager.using(using)
    rest: Iterable[models.Model] = iter(found)
    while batch := list(islice(rest, most)):
        manager._insert(batch, fields=fields, using=using, raw=True)
