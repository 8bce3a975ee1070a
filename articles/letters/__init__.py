"""What people are told, on the site and by letter: one verb for each occasion.

`wording` has the words, `occasions` makes the notices, `post` sends the letters.
"""

from .occasions import (
    accepted,
    assigned,
    corrected,
    deadline_near,
    decided,
    endorsed,
    held,
    not_endorsed,
    out,
    placed,
    received,
    rejected,
    returned,
    review_due,
    taken_back,
    taken_off,
)

__all__ = [
    "accepted",
    "assigned",
    "corrected",
    "deadline_near",
    "decided",
    "endorsed",
    "held",
    "not_endorsed",
    "out",
    "placed",
    "received",
    "rejected",
    "returned",
    "review_due",
    "taken_back",
    "taken_off",
]
