"""Where visits of those who are signed in are kept: in rows that know whose they are, so that their
owner sees and ends them. A visit ends when nothing happens for a while, and at last in any case.
"""

from datetime import UTC, datetime, timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends import db
from django.utils import timezone

from . import whereabouts

#: In the data of a visit: when it began, in seconds.
STARTED = "visit-started"
#: Only when so much of the idle time is over does a request write that something happened.
_UNWRITTEN = timedelta(minutes=5)


class SessionStore(db.SessionStore):
    @classmethod
    def get_model_class(cls) -> Any:
        from ..models import Visit  # the registry of apps is not there when settings are read

        return Visit

    def load(self) -> dict[str, Any]:
        """What happens keeps the visit going; `stands_still` is for requests of the page's own."""
        row = self._get_session_from_db()  # type: ignore[attr-defined]  # not in its stubs
        if row is None:
            return {}
        data: dict[str, Any] = self.decode(row.session_data)
        if SESSION_KEY in data and row.expire_date < _end(data) - _UNWRITTEN:
            self.modified = True
        return data

    def get_expiry_date(self, **kwargs: Any) -> datetime:
        data = self._session  # type: ignore[attr-defined]  # not in its stubs
        return _end(data) if STARTED in data else super().get_expiry_date(**kwargs)

    def create_model_instance(self, data: dict[str, Any]) -> Any:
        if SESSION_KEY in data:
            data.setdefault(STARTED, int(timezone.now().timestamp()))
        row: Any = super().create_model_instance(data)
        if SESSION_KEY in data:
            row.account_pk, row.began_at = int(data[SESSION_KEY]), _began(data)
            row.address, row.browser = whereabouts.address(), whereabouts.browser()
        return row


def stands_still(session: Any) -> None:
    """What a page asks by itself, while nobody sits before it, keeps no visit going."""
    session.modified = False


def begins(session: Any) -> None:
    """Somebody signs in: the time that a visit may last counts from here."""
    session.pop(STARTED, None)


def _began(data: dict[str, Any]) -> datetime:
    return datetime.fromtimestamp(data.get(STARTED, timezone.now().timestamp()), tz=UTC)


def _end(data: dict[str, Any]) -> datetime:
    idle = timezone.now() + timedelta(minutes=settings.SESSION_IDLE_MINUTES)
    return min(idle, _began(data) + timedelta(seconds=settings.SESSION_COOKIE_AGE))
