from . import accounts, dashboard, manuscripts, notices, people

__all__ = ["accounts", "dashboard", "manuscripts", "notices", "people"]
