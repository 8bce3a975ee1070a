"""Rows that are added and then stay as they are: the record, decisions."""

from typing import Any, TypeVar

from django.db import models

Row = TypeVar("Row", bound=models.Model)


class Unchangeable(TypeError):
    """A programming error: something wanted to change or delete what was recorded."""


class AppendOnlyQuerySet(models.QuerySet[Row]):
    def update(self, **kwargs: Any) -> int:
        raise Unchangeable(self.model)

    def delete(self) -> tuple[int, dict[str, int]]:
        raise Unchangeable(self.model)

    def bulk_update(self, *args: Any, **kwargs: Any) -> int:
        raise Unchangeable(self.model)


class AppendOnly(models.Model):
    """No way to change or delete a row, for any code of the program.

    Whoever holds the database itself can: the backups outside it show that.
    """

    objects = AppendOnlyQuerySet.as_manager()

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise Unchangeable(self)
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        raise Unchangeable(self)
