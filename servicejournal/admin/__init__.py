from . import accounts, masthead, record

__all__ = ["accounts", "masthead", "record"]
