from . import accounts, masthead, record, standing

__all__ = ["accounts", "masthead", "record", "standing"]
