from .append_only import AppendOnly, Unchangeable
from .generation import Generation
from .masthead import Masthead
from .record import Record
from .user import RoleGrant, User

__all__ = ["AppendOnly", "Generation", "Masthead", "Record", "RoleGrant", "Unchangeable", "User"]
