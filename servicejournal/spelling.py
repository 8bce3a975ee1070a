"""What people type about themselves, made plain and checked: for forms and for lists alike.

Each function gives the text as it is stored, and raises ValidationError with a sentence.
"""

import re
import unicodedata

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

#: Characters of a name and of a branch, as bylines have room for.
MAX_NAME = 40
#: Characters of a user name, as the database has room for.
MAX_USERNAME = 150
# A digit, so that nobody registers as “system” or “admin”.
_STAFF_NUMBER = re.compile(r"(?=.*[0-9])[0-9a-z][0-9a-z._-]{1,31}")
_MOBILE = re.compile(r"1[3-9][0-9]{9}")
_BETWEEN_DIGITS = re.compile(r"[\s()\-]")
# Controls, bidirectional marks and zero-width characters, lone surrogates, unassigned.
_UNSEEN = frozenset(("Cc", "Cf", "Cs", "Co", "Cn"))
# Dots between the parts of a name, as keyboards and Word files bring them.
_DOTS = dict.fromkeys(map(ord, "•‧∙⋅・･●∘ꞏ᛫⸱."), "·")


def line(text: str) -> str:
    """One line of what can be seen; rare characters stay as they are."""
    seen = (c if unicodedata.category(c) not in _UNSEEN else " " * c.isspace() for c in text)
    return " ".join("".join(seen).split())


def folded(text: str) -> str:
    """What two spellings of one name have in common: widths, spaces, dots and case aside.

    To compare, never to store: 阿依 · 古丽, 阿依•古丽 and 阿依・古丽 are one.
    """
    plain = "".join(line(unicodedata.normalize("NFKC", text)).split())
    return plain.translate(_DOTS).casefold()


def username(text: str) -> str:
    """The one spelling of a user name: half width, small letters, no spaces."""
    return "".join(line(unicodedata.normalize("NFKC", text)).split()).lower()[:MAX_USERNAME]


def staff_number(text: str) -> str:
    number = username(text)
    if not _STAFF_NUMBER.fullmatch(number):
        raise ValidationError("工号由数字和字母组成，至少两位，其中要有数字。请照工牌填写。")
    return number


def name(text: str) -> str:
    plain = line(text)
    if len(plain) > MAX_NAME:
        raise ValidationError(f"姓名有 {len(plain)} 个字，最多 {MAX_NAME} 个字，请检查。")
    if not any(character.isalpha() for character in plain):
        raise ValidationError("姓名里没有文字，请填写真实姓名。")
    return plain


def branch(text: str) -> str:
    plain = line(text)
    if len(plain) > MAX_NAME:
        raise ValidationError(f"单位名称有 {len(plain)} 个字，最多 {MAX_NAME} 个字，请用简称。")
    return plain


def mobile(text: str) -> str:
    digits = _BETWEEN_DIGITS.sub("", unicodedata.normalize("NFKC", line(text)))
    digits = digits.removeprefix("+86")
    if not _MOBILE.fullmatch(digits):
        raise ValidationError("手机号是 1 开头的 11 位数字，请检查。")
    return digits


def email(text: str) -> str:
    address = "".join(unicodedata.normalize("NFKC", line(text)).split())
    try:
        validate_email(address)
    except ValidationError:
        raise ValidationError("邮箱地址不完整，应当像 name@example.com，请检查。") from None
    if len(address) > 254:
        raise ValidationError("邮箱地址太长，请另填一个。")
    return address
