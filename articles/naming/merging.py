"""Two rows that are one branch, or one person, become one. Print stays; there is no way back.

Whatever referred to the others refers to the one that is kept (`moving`), the others go, and their
addresses lead on. All in one transaction, under locks, with all that was in the record.
"""

from collections.abc import Collection, Iterable, Sequence
from typing import Any, TypeVar

from django.db import models, transaction

from servicejournal import generation, record
from servicejournal.models import User

from .. import people
from ..models import Author, Branch, FormerAuthor, FormerBranch, relations
from . import moving, rules, touched
from .rules import NotAllowed

Row = TypeVar("Row", Branch, Author)
_GONE = "其中有的已经被合并或删除了，什么也没有改。请回到列表重新选。"


@transaction.atomic
def merge_branches(
    keep: Branch,
    others: Sequence[Branch],
    *,
    by: User,
    why: str,
    same: Collection[int] = (),
    seen: str | None = None,
) -> Branch:
    """`others` become part of `keep`: accounts, authors, bylines, whatever refers to them.

    `same` are keys of authors (of `touched.Namesake`) who are the same person as their namesake in
    the branch that stays; the others of one name are told apart by the branch that they come from.
    `seen` is the digest of what was shown. Raises `NotAllowed` and `Changed`.
    """
    why, keys = _ready(keep, others, by=by, why=why)
    authors = Author.objects.filter(branch__in=keys).values_list("pk", flat=True)
    rows = moving.lock({Author: list(authors), Branch: keys})
    keep, others = _as_they_are(rows, keep, others)
    shown = _look(keep, others, seen=seen)
    settled = [_settle(each, same, by=by) for each in shown.namesakes]
    if keep.moved_into_id in keys:
        keep.moved_into = None
        keep.save(update_fields=["moved_into"])
    moved = _move_all(Branch, [other.pk for other in others], keep.pk)
    FormerBranch.objects.bulk_create(
        FormerBranch(branch=keep, name=each.name, number=each.pk, slug=each.slug) for each in others
    )
    what = {"kept": _facts(keep), "merged": [*map(_facts, others)], "moved": moved}
    record.write("合并单位", keep, by=by, why=why, **what, people=settled)
    _delete(others)
    generation.turn()
    return keep


@transaction.atomic
def merge_authors(
    keep: Author, others: Sequence[Author], *, by: User, why: str, seen: str | None = None
) -> Author:
    """`others` are the same person as `keep`, who has their account, where one had any.

    Name, branch and 同名区分 are those of `keep`. Raises `NotAllowed` and `Changed`.
    """
    why, keys = _ready(keep, others, by=by, why=why)
    keep, others = _as_they_are(moving.lock({Author: keys}), keep, others)
    _look(keep, others, seen=seen)
    what = {"kept": _facts(keep), "merged": [*map(_facts, others)]}
    moved = _join(keep, others, by=by)
    record.write("合并作者", keep, by=by, why=why, **what, moved=moved)
    generation.turn()
    return keep


def _ready(keep: Row, others: Sequence[Row], *, by: User, why: str) -> tuple[str, list[int]]:
    """The reason, and the keys of all; refuses before anything is locked."""
    rules.require(by)
    keys = [keep.pk, *(other.pk for other in others)]
    if len(keys) < 2 or len(keys) > len(set(keys)):
        raise NotAllowed("请至少选两个不同的，再合并。")
    return rules.reason(why), keys


def _as_they_are(
    rows: dict[int, Any], keep: Row, others: Sequence[Row]
) -> tuple[Row, Sequence[Row]]:
    if not {keep.pk, *(other.pk for other in others)} <= rows.keys():
        raise NotAllowed(_GONE)
    return rows[keep.pk], [rows[other.pk] for other in others]


def _look(keep: Row, others: Sequence[Row], *, seen: str | None) -> touched.Touched:
    shown = touched.of_merging(keep, others)
    rules.unchanged(seen, shown.digest)
    if shown.obstacles:
        raise NotAllowed("".join(shown.obstacles))
    return shown


def _settle(each: touched.Namesake, same: Collection[int], *, by: User) -> dict[str, Any]:
    """One person, or two who are told apart; what goes into the record."""
    authors = Author.objects.select_related("branch").in_bulk([each.pk, each.stays])
    author, stays = authors[each.pk], authors[each.stays]
    told = {"id": each.pk, "name": each.name}
    if each.pk in same:
        if each.apart:
            raise NotAllowed(f"{each.name}：{each.apart}")
        _join(stays, [author], by=by)
        return {**told, "into": each.stays}
    author.namesake = _apart(author)
    author.save(update_fields=["namesake"])
    return {**told, "namesake": author.namesake}


def _apart(author: Author) -> str:
    """原东岭支行: nobody else of that name, in whichever branch, is told apart so."""
    longest = 16  # of twenty, with room for a number
    from_where = f"原{author.branch.name if author.branch else '无单位'}"[:longest]
    there = set(Author.objects.filter(name=author.name).values_list("namesake", flat=True))
    names = [from_where, *(f"{from_where}{number}" for number in range(2, 1000))]
    return next(name for name in names if name not in there)


def _join(keep: Author, others: Sequence[Author], *, by: User) -> dict[str, int]:
    """The others' bylines, account and all else are those of `keep`; how many of each kind."""
    keys = [other.pk for other in others]
    account = next((other for other in others if other.user_id), None)
    moved = _move_all(Author, keys, keep.pk)
    if account and account.user:
        if keep.user_id:
            raise NotAllowed(f"{keep}和{account}各有账号，不能合并。什么也没有改。")
        _hand_over(account, keep, by=by)
    FormerAuthor.objects.bulk_create(
        FormerAuthor(author=keep, name=each.name, number=each.pk) for each in others
    )
    _delete(others)
    return moved


def _hand_over(of: Author, to: Author, *, by: User) -> None:
    """The account, and that it was tied by confirming it, which taking that back undoes."""
    user = of.user
    Author.objects.filter(pk=of.pk).update(user=None)
    to.user = user
    to.save(update_fields=["user"])
    if user and people.ties(of).filter(what__account=user.pk).exists():
        record.write(people.LINKED, to, by=by, account=user.pk, made=False)


def _move_all(model: type[models.Model], old: Sequence[int], new: int) -> dict[str, int]:
    """Everything that refers to the old ones; how many rows of each kind, for the record."""
    moved = {}
    for field in relations.pointing_to(model):
        if count := moving.move(field, old, new):
            moved[f"{field.model._meta.label_lower}.{field.name}"] = count
    return moved


def _delete(rows: Iterable[Branch | Author]) -> None:
    """Nothing refers to them any more; where something did, the database would not let them go."""
    for row in rows:
        type(row).objects.filter(pk=row.pk).delete()


def _facts(row: Branch | Author) -> dict[str, Any]:
    if isinstance(row, Branch):
        return {"id": row.pk, "name": row.name, "slug": row.slug}
    branch = row.branch.name if row.branch else ""
    return {"id": row.pk, "name": row.name, "branch": branch, "account": row.user_id}
