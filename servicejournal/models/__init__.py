from .append_only import AppendOnly, Unchangeable
from .generation import Generation
from .masthead import Masthead
from .record import Record
from .role import RoleGrant, RoleRequest
from .signing_in import ClaimRule, Identity, PasswordSet, Visit
from .standing import Backup, Discarded, Heartbeat
from .telephone import Telephone
from .turn import Turn
from .user import User

__all__ = [
    "AppendOnly",
    "Backup",
    "ClaimRule",
    "Discarded",
    "Generation",
    "Heartbeat",
    "Identity",
    "Masthead",
    "PasswordSet",
    "Record",
    "RoleGrant",
    "RoleRequest",
    "Telephone",
    "Turn",
    "Unchangeable",
    "User",
    "Visit",
]
