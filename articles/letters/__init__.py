"""What people are told, on the site and by letter: one verb for each occasion.

`wording` has the words, `occasions` makes the notices, `post` sends the letters.
"""

from .occasions import (
    accepted,
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
    role_asked,
    taken_back,
    taken_out,
    unsaid,
    two_hats,
)

__all__ = [
    "accepted",
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
    "role_asked",
    "taken_back",
    "taken_out",
    "unsaid",
    "two_hats",
]
