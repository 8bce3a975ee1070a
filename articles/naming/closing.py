"""A branch closes (撤并), and may open again. Its past stays: bylines, pages, authors, accounts."""

from django.db import transaction

from servicejournal import record
from servicejournal.models import User

from ..models import Branch
from . import rules
from .rules import NotAllowed


@transaction.atomic
def retire_branch(branch: Branch, *, by: User, why: str, into: Branch | None = None) -> Branch:
    """Writers are not offered it any more. `into` is the branch that it moved into, where known.

    Raises `NotAllowed`.
    """
    rules.require(by)
    why = rules.reason(why)
    keys = [branch.pk, *([into.pk] if into else [])]
    rows = _locked(keys)
    current, target = rows.get(branch.pk), rows.get(into.pk) if into else None
    if current is None or (into and target is None):
        raise NotAllowed("单位已经被合并或删除了，什么也没有改。")
    if current.retired:
        raise NotAllowed(f"{current}已经撤并了。")
    if target and (target.retired or target.pk == current.pk):
        raise NotAllowed(f"“{target}”不能接手：请选一个还在的、另外的单位，或者不选。")
    current.retired, current.moved_into = True, target
    current.save(update_fields=["retired", "moved_into"])
    told = {"into": {"id": target.pk, "name": target.name}} if target else {}
    record.write("撤并单位", current, by=by, why=why, **told)
    return current


@transaction.atomic
def reopen_branch(branch: Branch, *, by: User, why: str) -> Branch:
    """Writers are offered it again. Raises `NotAllowed`."""
    rules.require(by)
    why = rules.reason(why)
    current = _locked([branch.pk]).get(branch.pk)
    if current is None or not current.retired:
        raise NotAllowed("这个单位没有撤并，不用恢复。")
    current.retired, current.moved_into = False, None
    current.save(update_fields=["retired", "moved_into"])
    record.write("恢复单位", current, by=by, why=why)
    return current


def _locked(keys: list[int]) -> dict[int, Branch]:
    """In the order of keys, so that two that are merged into each other do not wait for ever."""
    rows = Branch.objects.select_for_update(no_key=True, of=("self",)).filter(pk__in=keys)
    return {row.pk: row for row in rows.order_by("pk")}
