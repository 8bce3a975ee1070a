"""What many pages show alike is read once for a state of readers' pages, in each process.

The rows of a state do not change before another one stands: whoever changes what pages show turns
the generation. What comes a moment later shows in the next state, as in the store itself.
"""

from collections.abc import Callable, Hashable
from typing import Any, TypeVar

from . import store

Read = TypeVar("Read")

#: Answers that a process keeps at hand; an issue's are some kilobytes.
_MOST = 200

_held: tuple[object, dict[Hashable, Any]] = (None, {})


def in_a_state(key: Hashable, read: Callable[[], Read]) -> Read:
    """What `read` gives, or gave before in this state under the same key."""
    global _held
    era = store.era()
    if _held[0] is not era:
        _held = (era, {})
    answers = _held[1]
    found: Read | None = answers.get(key)
    if found is None:
        if len(answers) >= _MOST:
            answers.clear()
        found = answers[key] = read()
    return found
