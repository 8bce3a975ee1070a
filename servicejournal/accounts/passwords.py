"""What a password must be, as a bank's rules ask: each rule is a switch of the settings."""

import re
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth.hashers import check_password, is_password_usable
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from .. import masthead
from ..models import PasswordSet, User

_OF_FOUR = "大写字母、小写字母、数字、符号"
_NUMBERS = ("", "一", "两", "三", "四")
#: Why somebody sets a new password before they come in.
ISSUED, OLD = "issued", "old"


def rules() -> str:
    """All rules that are on, as one sentence beside the field."""
    classes = min(settings.PASSWORD_CLASSES, 4)
    several = f"{_OF_FOUR}里至少要有{_NUMBERS[classes]}种，" if classes > 1 else "不要全是数字，"
    last = settings.PASSWORD_NOT_LAST
    again = f"，也不要用最近 {last} 次用过的" if last else ""
    length = settings.PASSWORD_LENGTH
    return f"至少 {length} 个字符，{several}不要用姓名、工号或别人常用的密码{again}。"


class OfSeveralClasses:
    def validate(self, password: str, user: Any = None) -> None:
        found = {_class_of(character) for character in password}
        wanted = min(settings.PASSWORD_CLASSES, 4)
        if len(found) < wanted:
            raise ValidationError(
                f"密码里{_OF_FOUR}至少要有{_NUMBERS[wanted]}种，现在只有{_NUMBERS[len(found)]}种。",
                code="password_of_too_few_classes",
            )

    def get_help_text(self) -> str:
        return rules()


def _class_of(character: str) -> str:
    if character.isupper():
        return "A"
    if character.islower():
        return "a"
    return "1" if character.isdecimal() else "."


#: What people write for a letter.
_MEANT = str.maketrans("013457@$!", "oleastasi")
#: Letters of a password that must be left where words of the house are taken out.
_OF_ONES_OWN = 4


class NotOfOurWords:
    """Whoever tries passwords here tries the names of the house first, with a year behind them."""

    def validate(self, password: str, user: Any = None) -> None:
        words, small = _our_words(), password.lower()
        if any(_is_of(words, each) for each in (small, small.translate(_MEANT))):
            raise ValidationError(
                "这个密码是用本刊或本行的名称拼成的，别人一猜就中，请换一个。",
                code="password_of_our_words",
            )

    def get_help_text(self) -> str:
        return rules()


def _is_of(words: set[str], password: str) -> bool:
    typed = left = re.sub("[^a-z]", "", password)
    for word in sorted(words, key=len, reverse=True):
        left = left.replace(word, "")
    return left != typed and len(left) < _OF_ONES_OWN


def _our_words() -> set[str]:
    """Of the settings, and of the name in English; none where the rule is off."""
    told: list[str] = settings.PASSWORD_WORDS
    english = re.findall("[a-z]{4,}", masthead.current().name_en.lower()) if told else []
    return {word.lower() for word in (*told, *english) if word}


class NotOneOfTheLast:
    """Also keeps what was set: Django tells every rule when a new password was stored."""

    def validate(self, password: str, user: Any = None) -> None:
        last = settings.PASSWORD_NOT_LAST
        if not last or user is None or user.pk is None:
            return
        kept = PasswordSet.objects.filter(user=user).values_list("digest", flat=True)
        digests = dict.fromkeys([_stored(user), *kept[:last]])
        if any(check_password(password, digest) for digest in digests if digest):
            raise ValidationError(
                f"这个密码最近用过，请换一个（不能和最近 {last} 次的相同）。",
                code="password_was_used",
            )

    def get_help_text(self) -> str:
        return rules()

    def password_changed(self, password: str, user: Any = None) -> None:
        if user is None or user.pk is None or not is_password_usable(user.password):
            return
        PasswordSet.objects.create(user=user, digest=user.password)
        older = PasswordSet.objects.filter(user=user).values_list("pk", flat=True)
        kept = list(older[: max(settings.PASSWORD_NOT_LAST, 1)])
        PasswordSet.objects.filter(user=user).exclude(pk__in=kept).delete()


def _stored(user: Any) -> str:
    """As the database has it: a form may have put the new one on the object before it asks."""
    return User.objects.filter(pk=user.pk).values_list("password", flat=True).first() or ""


@transaction.atomic
def issue(user: User) -> None:
    """Somebody else set the password of this account: its owner sets another at the next sign-in.
    Who it was is in the record (设密码, 建立账号).
    """
    newest = PasswordSet.objects.filter(user=user).first()
    if newest is not None:
        newest.issued = True
        newest.save(update_fields=["issued"])


def due(user: User) -> str:
    """Why a new password must be set before this account is entered: `ISSUED`, `OLD`, or ""."""
    newest = PasswordSet.objects.filter(user=user).first()
    if newest is None:
        return ""
    if newest.issued:
        return ISSUED
    days = settings.PASSWORD_DAYS
    return OLD if days and newest.at < timezone.now() - timedelta(days=days) else ""
