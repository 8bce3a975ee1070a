"""Numbers as texts write them: 1,200 · 3.5万 · 十二 · 两百三十 · 伍万圆整. Pure."""

import re
from decimal import Decimal

_DIGITS = {char: value for value, char in enumerate("〇一二三四五六七八九")}
_DIGITS |= {"零": 0, "两": 2}
_DIGITS |= {char: value for value, char in enumerate("零壹贰叁肆伍陆柒捌玖")}
_DIGITS |= {"貳": 2, "陸": 6, "弍": 2}
_TENS = {"十": 10, "百": 100, "千": 1000, "拾": 10, "佰": 100, "仟": 1000}
_GROUPS = {"万": 10_000, "亿": 100_000_000, "萬": 10_000}

#: Matches one number; what stands beside it is the caller's.
NUMBER = (
    r"(?:\d{1,12}(?:,\d{3}){0,4}(?:\.\d{1,4})?[万亿]{0,2}|"
    r"[〇零一二两三四五六七八九十百千]{1,9}[万亿]{0,2})"
)
#: In capital characters, as amounts are written on vouchers.
CAPITALS = "[零壹贰叁肆伍陆柒捌玖拾佰仟万亿]{1,24}"


def value(written: str) -> Decimal | None:
    """The number that is written, or None where it is none (一百百, 十〇)."""
    written = written.replace(",", "")
    arabic = re.fullmatch(r"(\d+(?:\.\d+)?)([万亿]*)", written)
    if arabic:
        number = Decimal(arabic[1])
        for group in arabic[2]:
            number *= _GROUPS[group]
        return number
    return _hanzi(written)


def _hanzi(written: str) -> Decimal | None:
    if not written:
        return None
    if all(char in _DIGITS for char in written):
        digits = [_DIGITS[char] for char in written]
        return Decimal("".join(map(str, digits))) if len(digits) == 1 else None
    total = group = digit = 0
    for char in written:
        if char in _DIGITS:
            digit = _DIGITS[char]
        elif char in _TENS:
            group += (digit or 1) * _TENS[char]
            digit = 0
        elif char in _GROUPS:
            total = (total + group + digit) * _GROUPS[char]
            group = digit = 0
        else:
            return None
    return Decimal(total + group + digit)


def grain(*written: str) -> Decimal:
    """What sums of these may be off by as they were rounded: one of the coarsest last place.

    Whole numbers are exact.
    """
    return max(map(_grain, written))


def _grain(written: str) -> Decimal:
    decimal = re.fullmatch(r"\d+\.(\d+)([万亿]*)", written.replace(",", ""))
    if not decimal:
        return Decimal(0)
    last = Decimal(1).scaleb(-len(decimal[1]))
    for group in decimal[2]:
        last *= _GROUPS[group]
    return last


def shown(number: Decimal) -> str:
    """As a reader writes it: without an exponent or zeros at the end."""
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
