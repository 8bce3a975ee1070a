"""Who refers to a row, whichever app it is in: what a merger moves, and whether a row is in use."""

from typing import Any

from django.db import models


def pointing_to(model: type[models.Model]) -> "list[models.ForeignKey[Any, Any]]":
    """Every foreign key to the model, in one order; one-to-ones, both ends of many-to-many tables
    and relations without a name («+») among them.
    """
    relations = model._meta.get_fields(include_hidden=True)
    fields = [
        each.field
        for each in relations
        if isinstance(each, models.ManyToOneRel)  # a OneToOneRel is one
        and isinstance(each.field, models.ForeignKey)
    ]
    return sorted(fields, key=lambda field: (field.model._meta.label, field.name))


def rows_of(field: "models.ForeignKey[Any, Any]") -> models.QuerySet[Any]:
    """All rows that have the field. A plain queryset: those of some models hide rows, or refuse to
    write what was recorded; which row is meant is moved, what was recorded of it is not touched.
    """
    return models.QuerySet(field.model)


def unused(rows: models.QuerySet[Any]) -> models.QuerySet[Any]:
    """Those of the rows that nothing refers to."""
    for field in pointing_to(rows.model):
        own = rows_of(field).filter(**{field.name: models.OuterRef("pk")})
        rows = rows.exclude(models.Exists(own))
    return rows
