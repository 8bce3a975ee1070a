from .append_only import AppendOnly, Unchangeable
from .masthead import Masthead
from .record import Record
from .user import RoleGrant, User

__all__ = ["AppendOnly", "Masthead", "Record", "RoleGrant", "Unchangeable", "User"]
