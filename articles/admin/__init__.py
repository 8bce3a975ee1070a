from . import accounts, dashboard, house_terms, manuscripts, notices, outcomes, people, sections

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
