from . import accounts, icons, masthead, record

__all__ = ["accounts", "icons", "masthead", "record"]
