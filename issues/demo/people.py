"""The demo's accounts: one for each role, with a random password, and one for every author."""

import secrets
from dataclasses import dataclass

from articles.models import Author, Branch, BranchHead
from articles.slugs import slug_of
from servicejournal.accounts import granting, registration
from servicejournal.accounts.registration import Person
from servicejournal.models import User
from servicejournal.roles import Role

#: (user name, name, role, branch): the accounts that somebody signs in with.
ACCOUNTS = (
    ("bianji", "程砚", Role.EDITOR, ""),
    ("fushen", "周以宁", Role.SENIOR_EDITOR, ""),
    ("zhubian", "秦望", Role.CHIEF_EDITOR, ""),
    ("shenji", "方正清", Role.AUDITOR, ""),
    ("guanli", "柳青", Role.ADMINISTRATOR, ""),
    ("tougao", "沈一鸣", Role.CONTRIBUTOR, "南湖支行"),
    ("fuze", "许静川", Role.BRANCH_HEAD, "南湖支行"),
)


@dataclass(frozen=True, slots=True)
class NewAccount:
    username: str
    name: str
    role: str
    password: str


def make_accounts() -> list[NewAccount]:
    """Makes the accounts, each with a password that is shown once and stored nowhere."""
    made = []
    for username, name, role, branch in ACCOUNTS:
        user = User.objects.create_user(username, name=name)
        granting.grant_at_the_command_line(user, role, why="演示")
        if branch:
            user.branch = Branch.objects.named(branch)
            user.save(update_fields=["branch"])
            author = Author.objects.of_byline(name, user.branch)
            author.user = user
            author.save()
        if role == Role.BRANCH_HEAD and user.branch:
            administrator = User.objects.get(username="guanli")
            BranchHead.objects.create(user=user, branch=user.branch, appointed_by=administrator)
        made.append(NewAccount(username, name, role.label, new_password(user)))
    return made


def make_newcomer() -> None:
    """Somebody who registered and waits to be confirmed; nobody knows the password."""
    branch = Branch.objects.named("东岭支行")
    person = Person(staff_number="204417", name="何晓棠", branch=branch, mobile="13800000000")
    registration.register(person, password=secrets.token_urlsafe(32))


def new_passwords() -> list[NewAccount]:
    """Fresh passwords for the accounts of `make_accounts`."""
    users = {user.username: user for user in User.objects.all()}
    return [
        NewAccount(username, name, role.label, new_password(users[username]))
        for username, name, role, _ in ACCOUNTS
        if username in users
    ]


def new_password(user: User) -> str:
    password = secrets.token_urlsafe(9)
    user.set_password(password)
    user.save(update_fields=["password"])
    return password


def account_of(author: Author) -> User:
    """The author's own account; nobody can sign in with it until an editor gives it a password."""
    if author.user is None:
        username = f"{slug_of(author.name)}-{author.pk}"
        author.user = User.objects.create_user(username, name=author.name, branch=author.branch)
        granting.grant_at_the_command_line(author.user, Role.CONTRIBUTOR, why="演示")
        author.save()
    return author.user
