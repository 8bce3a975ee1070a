from . import accounts, dashboard, house_terms, manuscripts, notices, outcomes, people, sections
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
