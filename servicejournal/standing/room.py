"""Whether the disks have room: said by the doctor and on the administrators' first page, and in one
letter to each of them when room gets scarce. Not again before there was enough in between.
"""

import shutil
import tempfile
from functools import partial
from pathlib import Path

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.template.loader import render_to_string
from django_tasks import task

from .. import errands, files, masthead, record
from ..models import Record, User

#: Less than this is soon full: pages of one issue and a backup beside them take that much.
_FREE_BYTES, _FREE_SHARE = 2 * 1000**3, 0.05
_SCARCE, _ENOUGH = "磁盘快满了", "磁盘又有地方了"


def problem() -> str:
    """Which disk, and what to do; "" where there is room."""
    places = {"页面目录": settings.PAGES_ROOT, "临时目录": tempfile.gettempdir()}
    if folder := files.shelf().folder:
        places = {"媒体目录": folder, **places}
    for name, place in places.items():
        told = shutil.disk_usage(_nearest(Path(place)))
        if told.free < max(_FREE_BYTES, told.total * _FREE_SHARE):
            free = told.free / 1000**3
            return (
                f"{name}所在的磁盘只剩 {free:.1f} GB（{place}）。请清理或扩容，满了就存不进稿件。"
            )
    return ""


def _nearest(path: Path) -> Path:
    """What of it is there."""
    return next(each for each in (path, *path.parents) if each.exists())


@transaction.atomic
def tell() -> int:
    """To be asked now and then: writes to whoever looks after the server, and in the record, when
    room became scarce. How many letters.
    """
    system = User.objects.select_for_update().get(pk=User.objects.system().pk)
    last = record.of(system).filter(verb__in=[_SCARCE, _ENOUGH]).first()
    was_scarce, found = _says_scarce(last), problem()
    if bool(found) == was_scarce:
        return 0
    if not found:
        record.write(_ENOUGH, system, by=system)
        return 0
    record.write(_SCARCE, system, by=system, why=found)
    addresses = sorted(
        set(User.objects.seconds().exclude(email="").values_list("email", flat=True))
    )
    for address in addresses:
        transaction.on_commit(partial(send.enqueue, address, found))
    return len(addresses)


def _says_scarce(row: Record | None) -> bool:
    return row is not None and row.verb == _SCARCE


@task(queue_name=errands.LETTERS)
def send(address: str, found: str) -> None:
    current = masthead.current()
    body = render_to_string("letters/room.txt", {"problem": found, "masthead": current})
    subject = " ".join(f"{current.name}：服务器的磁盘快满了".split())
    send_mail(subject, body, settings.DEFAULT_FROM_EMAIL, [address])
