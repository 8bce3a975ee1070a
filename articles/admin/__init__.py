from . import accounts, house_terms, manuscripts, notices, outcomes, people, sections
from .queue import dashboard
from .staffing import deputies

__all__ = [
    "accounts",
    "dashboard",
    "deputies",
    "house_terms",
    "manuscripts",
    "notices",
    "outcomes",
    "people",
    "sections",
]
