from . import accounts, icons, masthead, record, standing

__all__ = ["accounts", "icons", "masthead", "record", "standing"]
