from .masthead import Masthead
from .record import Record
from .user import RoleGrant, User

__all__ = ["Masthead", "Record", "RoleGrant", "User"]
