from .append_only import AppendOnly, Unchangeable
from .generation import Generation
from .masthead import Masthead
from .record import Record
from .role import RoleGrant, RoleRequest
from .standing import Backup, Discarded, Heartbeat
from .turn import Turn
from .user import User

__all__ = [
    "AppendOnly",
    "Backup",
    "Discarded",
    "Generation",
    "Heartbeat",
    "Masthead",
    "Record",
    "RoleGrant",
    "RoleRequest",
    "Turn",
    "Unchangeable",
    "User",
]
