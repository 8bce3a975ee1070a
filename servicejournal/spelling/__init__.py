"""What people type about themselves, made plain and checked: for forms and for lists alike.

Each function gives the text as it is stored, and raises ValidationError with a sentence.
"""

import re
import unicodedata

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from .characters import folded, line, person, seems_two_people, text, unknown

__all__ = [
    "MAX_NAME",
    "MAX_USERNAME",
    "branch",
    "email",
    "folded",
    "line",
    "mobile",
    "name",
    "person",
    "seems_two_people",
    "staff_number",
    "text",
    "username",
]

#: Characters of a name and of a branch, as bylines have room for.
MAX_NAME = 40
#: Characters of a user name, as the database has room for.
MAX_USERNAME = 150
# A digit, so that nobody registers as “system” or “admin”.
_STAFF_NUMBER = re.compile(r"(?=.*[0-9])[0-9a-z][0-9a-z._-]{1,31}")
_MOBILE = re.compile(r"1[3-9][0-9]{9}")
_BETWEEN_DIGITS = re.compile(r"[\s()\-]")


def username(text: str) -> str:
    """The one spelling of a user name: half width, small letters, no spaces."""
    return "".join(line(unicodedata.normalize("NFKC", text)).split()).lower()[:MAX_USERNAME]


def staff_number(text: str) -> str:
    number = username(text)
    if not _STAFF_NUMBER.fullmatch(number):
        raise ValidationError("工号由数字和字母组成，至少两位，其中要有数字。请照工牌填写。")
    return number


def name(text: str) -> str:
    """In its one spelling. Nothing of it is dropped: what cannot be kept is refused."""
    plain = person(text)
    _refuse_unknown("姓名", plain)
    if len(plain) > MAX_NAME:
        raise ValidationError(f"姓名有 {len(plain)} 个字，最多 {MAX_NAME} 个字，请检查。")
    if not any(map(_is_written, plain)):
        raise ValidationError("姓名里没有文字，请填写真实姓名。")
    return plain


def _is_written(character: str) -> bool:
    """A letter; a Chinese character that is newer than this Python's tables is one as well."""
    return character.isalpha() or unicodedata.category(character) == "Cn"


def _refuse_unknown(what: str, plain: str) -> None:
    if found := unknown(plain):
        number, character = found
        shown = "" if character in "?？□\ufffd" else f"（U+{ord(character):04X}）"
        raise ValidationError(
            f"{what}的第 {number} 个字{shown}别的电脑认不出来，可能是自造的字，或者传的时候丢了。"
            "请用输入法的生僻字重新输入；打不出来，请联系编辑部。"
        )


def branch(text: str) -> str:
    plain = line(text)
    _refuse_unknown("单位名称", plain)
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
