from .append_only import AppendOnly, Unchangeable
from .generation import Generation
from .masthead import Masthead
from .record import Record
from .role import RoleGrant, RoleRequest
from .user import User

__all__ = [
    "AppendOnly",
    "Generation",
    "Masthead",
    "Record",
    "RoleGrant",
    "RoleRequest",
    "Unchangeable",
    "User",
]
