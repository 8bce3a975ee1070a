"""The panel that says whether all stands: workers, the queue, the newest backup."""

from typing import Any

from django.http import HttpRequest
from django.utils import timezone

from servicejournal import admin_site, errands
from servicejournal.access import who_acts
from servicejournal.models import Backup
from servicejournal.roles import Role
from servicejournal.standing import doctor, hearts, readiness, room


def standing(request: HttpRequest) -> tuple[str, dict[str, Any]] | None:
    """For whoever looks after the installation. Five queries at most."""
    user = who_acts(request)
    if not (user.is_superuser or user.has_role(Role.ADMINISTRATOR)):
        return None
    newest = Backup.objects.newest()
    has_worker = errands.has_worker()
    since = readiness.oldest_waiting()
    return "admin/panels/standing.html", {
        "backup": newest,
        "backup_age": doctor.age(newest.at) if newest else "",
        "backup_problem": doctor.backup_problem(),
        "room_problem": room.problem(),
        "has_worker": has_worker,
        "workers": list(hearts.alive()) if has_worker else [],
        "late": since if since and since < timezone.now() - readiness.PATIENCE else None,
    }


admin_site.current().panels.append(standing)
