from . import accounts, dashboard, manuscripts, people

__all__ = ["accounts", "dashboard", "manuscripts", "people"]
