"""What is known to be there though its type leaves it open: said where it is used, and checked."""

from typing import TypeVar

T = TypeVar("T")


class NotAsHeld(RuntimeError):
    """Something is missing that a rule promised: the rule is broken, or was never one."""


def certain(value: T | None, because: str) -> T:
    """The value itself. `because` names what holds it: a constraint of the database, or a rule.

    Raises `NotAsHeld`, where the next line would have failed with less to go by.
    """
    if value is None:
        raise NotAsHeld(because)
    return value
