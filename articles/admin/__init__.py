from . import accounts, house_terms, manuscripts, notices, outcomes, people, sections
from .queue import dashboard
from .staffing import deputies, heads

__all__ = [
    "accounts",
    "dashboard",
    "deputies",
    "heads",
    "house_terms",
    "manuscripts",
    "notices",
    "outcomes",
    "people",
    "sections",
]
