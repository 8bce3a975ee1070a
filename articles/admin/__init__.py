from . import accounts, dashboard, house_terms, manuscripts, notices, people

__all__ = ["accounts", "dashboard", "house_terms", "manuscripts", "notices", "people"]
