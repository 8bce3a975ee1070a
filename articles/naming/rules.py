"""Who may rename, merge and close; what has to be said; and that nobody acts on an old page."""

from servicejournal import spelling
from servicejournal.models import User
from servicejournal.roles import EDITORIAL

#: Characters of a reason.
MAX_REASON = 300


class NotAllowed(ValueError):
    """It does not fit the rows or the person; the message (Chinese) says why, and what to do."""


class Changed(ValueError):
    """What the page showed is not so any more; nothing was done. The message is Chinese."""

    def __init__(self) -> None:
        super().__init__("您打开这一页以后，情况有了变化，所以还没有动。请再看一遍下面的，再确认。")


def require(user: User) -> None:
    """Raises `NotAllowed` for somebody who is no editor."""
    if not user.has_role(*EDITORIAL):
        raise NotAllowed("只有编辑能改名、合并和撤并，请交给编辑部的同事。")


def reason(why: str) -> str:
    """As it goes into the record. Raises `NotAllowed` where there is none, or a whole letter."""
    plain = spelling.line(why)
    if not plain:
        raise NotAllowed("请写明理由：几年以后，别人要从工作记录里看懂这一步。")
    if len(plain) > MAX_REASON:
        raise NotAllowed(f"理由有 {len(plain)} 个字，最多 {MAX_REASON} 个字，请写短些。")
    return plain


def unchanged(shown: str | None, now: str) -> None:
    """Raises `Changed` where the digest that a page was shown with is not today's."""
    if shown is not None and shown != now:
        raise Changed
