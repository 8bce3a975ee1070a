"""A branch or an author is called otherwise from now on. What was printed, and what was signed in a
manuscript, keeps the name that it has; the address of a branch stays too.
"""

from collections.abc import Callable
from typing import TypeVar

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from servicejournal import generation, record, spelling
from servicejournal.models import User

from ..models import Author, Branch, FormerAuthor, FormerBranch
from . import rules, touched
from .rules import NotAllowed

Row = TypeVar("Row", Branch, Author)


@transaction.atomic
def rename_branch(
    branch: Branch, name: str, *, by: User, why: str, seen: str | None = None
) -> Branch:
    """`seen` is the digest of what was shown. Raises `NotAllowed` and `Changed`."""
    rules.require(by)
    why = rules.reason(why)
    locked = Branch.objects.select_for_update()
    before, current = _as_shown(locked.filter(pk=branch.pk).first(), seen)
    current.name = _spelt(spelling.branch, name, before)
    taken = f"已经有单位“{current.name}”了。是同一个单位，请用“合并”；不是，请换一个名称。"
    _store(current, taken)
    FormerBranch.objects.get_or_create(branch=current, name=before, number=None)
    record.write("单位改名", current, by=by, why=why, before=before, after=current.name)
    generation.turn()
    return current


@transaction.atomic
def rename_author(
    author: Author, name: str, *, by: User, why: str, seen: str | None = None
) -> Author:
    """`seen` is the digest of what was shown. Raises `NotAllowed` and `Changed`."""
    rules.require(by)
    why = rules.reason(why)
    locked = Author.objects.select_for_update(of=("self",)).select_related("branch")
    before, current = _as_shown(locked.filter(pk=author.pk).first(), seen)
    current.name = _spelt(spelling.name, name, before)
    where = current.branch or "没有单位的作者里"
    taken = (
        f"{where}已经有一位“{current.name}”了。是同一个人，请用“合并”；是两个人，请先给其中一位写上"
        "“同名区分”。"
    )
    _store(current, taken)
    FormerAuthor.objects.get_or_create(author=current, name=before, number=None)
    record.write("作者改名", current, by=by, why=why, before=before, after=current.name)
    generation.turn()
    return current


def _as_shown(current: Row | None, seen: str | None) -> tuple[str, Row]:
    """The name until now, and the row."""
    if current is None:
        raise NotAllowed("它已经被合并或删除了，什么也没有改。")
    rules.unchanged(seen, touched.of(current).digest)
    return current.name, current


def _spelt(spell: Callable[[str], str], name: str, before: str) -> str:
    try:
        plain = spell(name)
    except ValidationError as error:
        raise NotAllowed(error.messages[0]) from error
    if not plain:
        raise NotAllowed("请写上新的名称。")
    if plain == before:
        raise NotAllowed(f"“{before}”就是现在的名称，没有变。")
    return plain


def _store(row: Branch | Author, taken: str) -> None:
    """The database knows best whether the name is free: somebody may take it at this moment."""
    try:
        with transaction.atomic():
            row.save(update_fields=["name"])
    except IntegrityError as error:
        raise NotAllowed(taken) from error
