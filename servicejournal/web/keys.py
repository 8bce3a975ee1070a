"""A key as it was typed or sent: anything may come from outside.

`isdigit` is true of «²», which is no number, and `int` refuses five thousand digits; no database
holds more than nineteen.
"""

#: One less than the longest that a big integer of the database may have.
_DIGITS = 18


def key_in(typed: str) -> int:
    """The number that was typed, or 0, which is nobody's key."""
    return int(typed) if is_key(typed) else 0


def is_key(typed: str) -> bool:
    return typed.isascii() and typed.isdecimal() and len(typed) <= _DIGITS


def keys_in(typed: list[str], *, most: int = 1000) -> list[int]:
    """Those that are keys, each once."""
    return list(dict.fromkeys(map(int, filter(is_key, typed))))[:most]
