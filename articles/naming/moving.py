"""Rows change hands: whatever referred to some rows of a model refers to another one from now on.

Which models that are, nobody has to say: every foreign key of every app is asked, and every rule
of uniqueness that it is part of. Text that was printed stays as it is.
"""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from typing import Any

from django.db import IntegrityError, models, transaction

from ..models import relations
from .rules import NotAllowed

Key = models.ForeignKey[Any, Any]


def lock(wanted: Mapping[type[models.Model], Iterable[int]]) -> dict[int, Any]:
    """Locks the rows of these keys until the transaction ends; those of the last model, by key, as
    they are now.

    First what refers to them, then they themselves, each in the order of keys: as whoever writes a
    foreign key takes the two, so that nobody waits for each other. A row that comes to refer to
    them waits for us, and is refused by the database where its own is gone.
    """
    keys_of = {model: sorted(keys) for model, keys in wanted.items()}
    for model, keys in keys_of.items():
        for field in relations.pointing_to(model):
            rows = relations.rows_of(field).filter(**{f"{field.attname}__in": keys})
            list(rows.order_by("pk").select_for_update(of=("self",)).values_list("pk"))
    found: dict[int, Any] = {}
    for model, keys in keys_of.items():
        own: models.QuerySet[Any] = models.QuerySet(model).filter(pk__in=keys)
        found = {row.pk: row for row in own.order_by("pk").select_for_update(of=("self",))}
    return found


def clashes(field: Key, keys: Sequence[int]) -> list[Any]:
    """Rows that would become twins if all these keys were one, without one of each kind."""
    rows = relations.rows_of(field).filter(**{f"{field.attname}__in": keys}).order_by("pk")
    found: dict[int, Any] = {}
    for others, condition in _unique_with(field):
        groups: dict[Hashable, list[Any]] = defaultdict(list)
        for row in rows.filter(condition):
            beside = tuple(getattr(row, other.attname) for other in others)
            if None not in beside:  # two unknowns are not the same
                groups[beside].append(row)
        found |= {row.pk: row for group in groups.values() for row in group[1:]}
    return list(found.values())


def _unique_with(field: Key) -> Iterable[tuple[list[Any], models.Q]]:
    """The other fields of each rule of uniqueness, and the rows that it holds for."""
    options = field.model._meta
    if field.unique:
        yield [], models.Q()
    for names in options.unique_together:
        if field.name in names:
            yield [options.get_field(name) for name in names if name != field.name], models.Q()
    for rule in options.constraints:
        if isinstance(rule, models.UniqueConstraint) and field.name in rule.fields:
            others = [options.get_field(name) for name in rule.fields if name != field.name]
            yield others, rule.condition or models.Q()


def is_a_pair(field: Key) -> bool:
    """The field is of a table that many-to-many fields keep for themselves: a row more or less
    says nothing."""
    return bool(field.model._meta.auto_created)


def move(field: Key, old: Sequence[int], new: int) -> int:
    """Points every row at `new` that pointed at one of `old`; how many.

    Raises `NotAllowed` where the database allows one such row and finds two.
    """
    if is_a_pair(field):
        twins = [row.pk for row in clashes(field, [new, *old])]
        relations.rows_of(field).filter(pk__in=twins).delete()
    rows = relations.rows_of(field).filter(**{f"{field.attname}__in": old})
    try:
        with transaction.atomic():
            return rows.update(**{field.attname: new})
    except IntegrityError as error:
        what = field.model._meta.verbose_name
        raise NotAllowed(f"有的“{what}”合并以后会重复，不能合并。什么也没有改。") from error
