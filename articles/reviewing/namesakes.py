"""One person with two accounts: whoever reviews bears the writer's name, or the same numbers.

The program cannot know who is who, so it forbids nothing: it says so to everybody who reviews, and
in the record.
"""

import re
from collections.abc import Iterator

from servicejournal import spelling
from servicejournal.models import User

from ..models import Article

#: A staff number, whatever stands around it in a user name: 204417, n204417, 204417-2.
_NUMBER = re.compile(r"[0-9]{4,}")


def of(article: Article, user: User) -> tuple[str, ...]:
    """What this person and those who wrote the manuscript have in common, in Chinese, a sentence
    each. Nothing of those who are the same account: they do not review at all.
    """
    accounts = list(_accounts(article, user))
    said = any("姓名" in sentence for sentence in accounts)
    return tuple(dict.fromkeys([*accounts, *(() if said else _names(article, user))]))


def _accounts(article: Article, user: User) -> Iterator[str]:
    signed = article.authorships.exclude(author__user=None).select_related("author__user")
    accounts = {each.author.user for each in signed} | {article.contributor}
    for account in sorted(filter(None, accounts), key=lambda account: account.pk):
        common = "、".join(_in_common(user, account))
        if account.pk != user.pk and common:
            whose = "投稿人" if account.pk == article.contributor_id else "作者"
            yield (
                f"{whose}{account}（账号 {account.username}）和{user}（账号 {user.username}）"
                f"{common}相同。"
            )


def _in_common(user: User, account: User) -> Iterator[str]:
    if spelling.folded(user.name) == spelling.folded(account.name):
        yield "姓名"
    if set(_NUMBER.findall(user.username)) & set(_NUMBER.findall(account.username)):
        yield "工号"
    if user.mobile and user.mobile == account.mobile:
        yield "手机"
    if user.email and user.email.casefold() == account.email.casefold():
        yield "邮箱"


def _names(article: Article, user: User) -> Iterator[str]:
    """Authors whom no account is tied to."""
    for each in article.authorships.select_related("author"):
        if each.author.user_id is None and _is_called(user, each.author_name):
            yield f"署名里的{each}和{user}（账号 {user.username}）姓名相同。"


def _is_called(user: User, name: str) -> bool:
    return spelling.folded(user.name) == spelling.folded(name)
