"""No number of a year stands on two regular issues: a 合刊 7–8 leaves no room for an 8.

A unique index cannot say so, because it compares values and not ranges. PostgreSQL has an exclusion
constraint for it; SQLite has none, and triggers refuse there what the constraint refuses here.
"""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import DEFAULT_DB_ALIAS, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.backends.ddl_references import Statement, Table

_FIELDS = {"kind", "year", "number", "last_number"}
_EXCLUDE = (
    "CONSTRAINT %(name)s EXCLUDE USING gist (int4range(year * 100 + number, "
    "year * 100 + COALESCE(last_number, number), '[]') WITH &&) WHERE (kind = 'regular')"
)
_TRIGGER = """CREATE TRIGGER %(name)s BEFORE %(event)s ON %(table)s WHEN NEW.kind = 'regular'
BEGIN
    SELECT RAISE(ABORT, 'constraint failed: %(rule)s') WHERE EXISTS (
        SELECT 1 FROM %(table)s AS other WHERE other.kind = 'regular' AND other.year = NEW.year
        AND other.id IS NOT NEW.id AND other.number <= COALESCE(NEW.last_number, NEW.number)
        AND COALESCE(other.last_number, other.number) >= NEW.number);
END"""
_EVENTS = {"insert": "INSERT", "update": "UPDATE OF year, number, last_number, kind"}


class NumbersDoNotOverlap(models.BaseConstraint):
    """Of `Issue` alone: the columns are named here."""

    def constraint_sql(
        self, model: type[models.Model] | None, schema_editor: BaseDatabaseSchemaEditor | None
    ) -> str:
        """Inside of CREATE TABLE. SQLite's triggers follow the table, whenever it is made anew."""
        if model is None or schema_editor is None:
            return ""
        if schema_editor.connection.vendor == "sqlite":
            schema_editor.deferred_sql += self._triggers(model, schema_editor)
            return ""
        return _EXCLUDE % {"name": schema_editor.quote_name(self.name)}

    def create_sql(
        self, model: type[models.Model] | None, schema_editor: BaseDatabaseSchemaEditor | None
    ) -> str:
        """To a table that is there (not on SQLite, where Django makes the table anew)."""
        if model is None or schema_editor is None:
            return ""
        table = schema_editor.quote_name(model._meta.db_table)
        return f"ALTER TABLE {table} ADD {self.constraint_sql(model, schema_editor)}"

    def remove_sql(
        self, model: type[models.Model] | None, schema_editor: BaseDatabaseSchemaEditor | None
    ) -> str:
        if model is None or schema_editor is None:
            return ""
        table = schema_editor.quote_name(model._meta.db_table)
        return f"ALTER TABLE {table} DROP CONSTRAINT {schema_editor.quote_name(self.name)}"

    def validate(
        self,
        model: type[models.Model],
        instance: models.Model,
        exclude: Any = None,
        using: str = DEFAULT_DB_ALIAS,
    ) -> None:
        """For forms: names the issue that has the number already."""
        values: dict[str, Any] = {name: getattr(instance, name) for name in _FIELDS}
        known = {**values, "last_number": 0}
        if _FIELDS & set(exclude or ()) or values["kind"] != "regular" or None in known.values():
            return
        rows: Any = model._default_manager
        other = rows.using(using).overlapping(instance).exclude(pk=instance.pk).first()
        if other is not None:
            raise ValidationError(f"期号已经有了：{other}。请换一个期号。", code="overlaps")

    def __eq__(self, other: object) -> bool:
        return isinstance(other, NumbersDoNotOverlap) and self.name == other.name

    __hash__ = None  # type: ignore[assignment]

    def _triggers(
        self, model: type[models.Model], schema_editor: BaseDatabaseSchemaEditor
    ) -> list[Statement]:
        table = Table(model._meta.db_table, schema_editor.quote_name)
        return [
            Statement(
                _TRIGGER,
                name=schema_editor.quote_name(f"{self.name}_{suffix}"),
                event=event,
                table=table,
                rule=self.name,
            )
            for suffix, event in _EVENTS.items()
        ]
