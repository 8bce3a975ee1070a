from . import accounts, house_terms, manuscripts, notices, outcomes, people, sections
from .queue import dashboard

__all__ = [
    "accounts",
    "dashboard",
    "house_terms",
    "manuscripts",
    "notices",
    "outcomes",
    "people",
    "sections",
]
