from . import accounts, dashboard, house_terms, manuscripts, notices, outcomes, people

__all__ = ["accounts", "dashboard", "house_terms", "manuscripts", "notices", "outcomes", "people"]
