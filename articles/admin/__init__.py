from . import dashboard, manuscripts, notices, people

__all__ = ["dashboard", "manuscripts", "notices", "people"]
