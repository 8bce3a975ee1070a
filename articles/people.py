"""Accounts and authors: who confirmed an account is also that author, and lists make accounts.

What `servicejournal.accounts.registration` does for an account, with what the desk adds: authors,
branches.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.db import transaction
from django.db.models import QuerySet

from servicejournal import record, spelling
from servicejournal.accounts import granting, registration
from servicejournal.accounts.registration import Person
from servicejournal.accounts.staff_lists import Fault, Row, StaffList
from servicejournal.certain import certain
from servicejournal.models import Record, User
from servicejournal.roles import Role

from .models import Author, Branch, BranchHead, relations

#: In the record: an account is tied to its author; `account` is its key, `made` a new author.
LINKED = "关联作者"


@transaction.atomic
def confirm(user: User, *, by: User, branch: Branch | None = None) -> bool:
    """Confirms the account and ties it to its author; False where it was confirmed before."""
    if not registration.confirm(user, by=by, branch=branch):
        return False
    claim_author(User.objects.get(pk=user.pk), by=by)
    return True


@transaction.atomic
def take_back(user: User, *, by: User) -> bool:
    """Takes the confirmation back, and the tie to an author that it made."""
    if not registration.take_back(user, by=by):
        return False
    author = Author.objects.filter(user=user).first()
    if author and ties(author).filter(what__account=user.pk).exists():
        author.user = None
        author.save(update_fields=["user"])
        record.write("取消关联作者", author, by=by, account=user.pk)
        _forget_if_made_for_nothing(author)
    return True


def note_account(author: Author, before: User | None, *, by: User) -> None:
    """Records that an editor chose whose account an author is, where that has changed. The author's
    `save` remembers who wrote what until then.
    """
    if before == author.user:
        return
    if before is not None:
        record.write("解除作者与账号", author, by=by, account=before.pk, name=str(before))
    if author.user is not None:
        record.write("选定作者的账号", author, by=by, account=author.user.pk, name=str(author.user))


def ties(author: Author) -> QuerySet[Record]:
    """That an account was tied to the author by confirming it, the newest first."""
    return record.of(author).filter(verb=LINKED)


def _forget_if_made_for_nothing(author: Author) -> None:
    if ties(author).filter(what__made=True).exists():
        relations.unused(Author.objects.filter(pk=author.pk)).delete()


def author_of(user: User) -> Author | None:
    return Author.objects.filter(user=user).first()


def claim_author(user: User, *, by: User) -> Author | None:
    """The author that the account is: its own, the only one of that name in that branch that no
    account has, or a new one. None where several could be meant: an editor chooses.
    """
    if own := author_of(user):
        return own
    longest = certain(Author._meta.get_field("name").max_length, "a name is a CharField")
    if len(user.name) > longest:
        return None
    namesakes = Author.objects.spelt_like(user.name, user.branch)
    free = [author for author in namesakes if author.user_id is None]
    if len(free) > 1:
        return None
    author = free[0] if free else _new_author(user, has_namesake=bool(namesakes))
    author.user = user
    author.save()
    record.write(LINKED, author, by=by, account=user.pk, made=not free)
    return author


def _new_author(user: User, *, has_namesake: bool) -> Author:
    """Namesakes in a branch are told apart by the staff number, which is not printed."""
    namesake = user.username[-20:] if has_namesake else ""
    return Author(name=user.name, branch=user.branch, namesake=namesake)


@dataclass(frozen=True, slots=True)
class Plan:
    """What a list would do; who is in `lacking` waits for the branch to be made. `renamed` are
    branches that the list calls by a name of before, with the names of today.
    """

    new: tuple[Row, ...]
    there: tuple[tuple[Row, User], ...]
    faults: tuple[Fault, ...]
    lacking: dict[str, tuple[Row, ...]]
    renamed: dict[str, str]


def plan(staff: StaffList) -> Plan:
    """Looks, and changes nothing."""
    accounts = User.objects.in_bulk([row.staff_number for row in staff.rows], field_name="username")
    branches = Branch.objects.known_as(row.branch for row in staff.rows)
    new: list[Row] = []
    there: list[tuple[Row, User]] = []
    faults = [*staff.faults]
    lacking: dict[str, list[Row]] = {}
    for row in staff.rows:
        if row.staff_number in accounts:
            there.append((row, accounts[row.staff_number]))
        elif row.branch not in branches:
            lacking.setdefault(row.branch, []).append(row)
        elif branches[row.branch].retired:
            faults.append(Fault(row.number, row.name, _closed(branches[row.branch])))
        else:
            new.append(row)
    faults.sort(key=lambda fault: fault.number)
    waiting = {branch: tuple(rows) for branch, rows in lacking.items()}
    renamed = {old: branch.name for old, branch in branches.items() if old != branch.name}
    return Plan(tuple(new), tuple(there), tuple(faults), waiting, renamed)


def _closed(branch: Branch) -> str:
    into = f"到{branch.moved_into}" if branch.moved_into else ""
    return f"{branch}已经撤并{into}，请写现在的单位。"


@transaction.atomic
def enrol(
    staff: StaffList, *, by: User, list_id: str, branches: Collection[str] = ()
) -> list[User]:
    """Makes the accounts that the list asks for, and those of the unknown branches that are named
    in `branches`; authors of these names get their accounts. All or nothing.

    Raises `registration.Taken` where somebody registered in the meantime. The same list sent again
    makes nothing twice.
    """
    planned = plan(staff)
    rows = [*planned.new]
    for name, waiting in planned.lacking.items():
        if name in branches:
            record.write("按名单新建单位", Branch.objects.named(name), by=by, list=list_id)
            rows += waiting
    users = registration.enrol(_persons(rows), by=by, list_id=list_id)
    _tie_to_authors(users, by=by)
    return users


def _persons(rows: Iterable[Row]) -> list[Person]:
    rows = sorted(rows, key=lambda row: row.number)
    branches = Branch.objects.known_as(row.branch for row in rows)
    return [
        Person(
            staff_number=row.staff_number,
            name=row.name,
            branch=branches[row.branch],
            mobile=row.mobile,
            email=row.email,
        )
        for row in rows
    ]


def _tie_to_authors(users: list[User], *, by: User) -> None:
    """Authors that are there; those who never wrote become authors with their first byline."""
    free = Author.objects.filter(user=None).values_list("name", "branch_id")
    known = {(spelling.folded(name), branch) for name, branch in free}
    for user in users:
        if (spelling.folded(user.name), user.branch_id) in known:
            claim_author(user, by=by)


@transaction.atomic
def appoint_head(user: User, branch: Branch, *, by: User, why: str = "") -> BranchHead:
    """单位负责人 of this branch, and the role where they have it not. Nobody appoints themselves.

    Raises `registration.NotAllowed`.
    """
    if not by.has_perm("articles.add_branchhead"):
        raise registration.NotAllowed("单位负责人由管理员指定。")
    if by.pk == user.pk:
        raise registration.NotAllowed("不能指定自己，请另一位管理员来做。")
    current = User.objects.select_for_update(of=("self",)).get(pk=user.pk)
    if not current.is_active or current.is_unconfirmed:
        raise registration.NotAllowed("这个账号停用了，或者还没有核实。")
    if BranchHead.objects.filter(user=current, branch=branch).exists():
        raise registration.NotAllowed(f"{current}已经是{branch}的负责人。")
    if not current.has_role(Role.BRANCH_HEAD):
        granting.grant(current, Role.BRANCH_HEAD, by=by, why=why or f"{branch}负责人")
    head = BranchHead.objects.create(user=current, branch=branch, appointed_by=by)
    record.write("指定单位负责人", current, by=by, why=why, branch=str(branch))
    return head


@transaction.atomic
def dismiss_head(head: BranchHead, *, by: User, why: str = "") -> None:
    """No longer of this branch; of no branch any more, the role goes too."""
    if not by.has_perm("articles.delete_branchhead"):
        raise registration.NotAllowed("单位负责人由管理员指定和取消。")
    user = User.objects.select_for_update(of=("self",)).get(pk=head.user_id)
    record.write("取消单位负责人", user, by=by, why=why, branch=str(head.branch))
    BranchHead.objects.filter(pk=head.pk).delete()
    if user.has_role(Role.BRANCH_HEAD) and not user.heads.exists():
        granting.revoke(user, Role.BRANCH_HEAD, by=by, why=why or "不再是单位负责人")


def branches_led_by(user: User) -> QuerySet[Branch]:
    """Those whose figures the account sees as their head."""
    if not user.has_role(Role.BRANCH_HEAD):
        return Branch.objects.none()
    return Branch.objects.filter(heads__user=user).order_by("slug")
