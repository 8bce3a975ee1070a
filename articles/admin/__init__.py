from . import dashboard, manuscripts, people

__all__ = ["dashboard", "manuscripts", "people"]
