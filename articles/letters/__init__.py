"""What people are told, on the site and by letter: one verb for each occasion.

`wording` has the words, `occasions` makes the notices, `post` sends the letters.
"""

from .occasions import (
    accepted,
    corrected,
    deadline_near,
    decided,
    deputy_granted,
    deputy_revoked,
    endorsed,
    held,
    nobody_confirms,
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
    to_confirm,
    two_hats,
    unsaid,
)

__all__ = [
    "accepted",
    "corrected",
    "deadline_near",
    "decided",
    "deputy_granted",
    "deputy_revoked",
    "endorsed",
    "held",
    "nobody_confirms",
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
    "to_confirm",
    "two_hats",
    "unsaid",
]
