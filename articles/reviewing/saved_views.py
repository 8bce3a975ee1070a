"""我的视图: each person's own ways of looking at the list of manuscripts. The only writer of them.

They concern nobody else, so they are not in the record.
"""

from django.db import transaction

from servicejournal import spelling
from servicejournal.models import User

from ..models import SavedView

#: Of one person: more would hide the list.
MOST = 20


class NotAllowed(ValueError):
    """The view cannot be kept so; the message (Chinese) says why."""


@transaction.atomic
def save(*, by: User, name: str, query: str, is_default: bool = False) -> SavedView:
    """Keeps what the list shows under a name; under a name that is there, in its place."""
    name = _named(name)
    _lock(by)
    view = by.saved_views.filter(name=name).first() or SavedView(user=by, name=name)
    if view.pk is None and by.saved_views.count() >= MOST:
        raise NotAllowed(f"最多存 {MOST} 个视图，请先删去不用的。")
    if len(query) > 1000:
        raise NotAllowed("筛选的条件太长，请去掉几个再存。")
    view.query = query
    if is_default:
        by.saved_views.update(is_default=False)
        view.is_default = True
    view.save()
    return view


@transaction.atomic
def rename(view: SavedView, *, by: User, name: str) -> None:
    name = _named(name)
    _lock(by)
    if by.saved_views.filter(name=name).exclude(pk=view.pk).exists():
        raise NotAllowed(f"已经有一个叫“{name}”的视图，请换一个名称。")
    view.name = name
    view.save(update_fields=["name"])


@transaction.atomic
def open_with(view: SavedView | None, *, by: User) -> None:
    """The list opens with this one; None for all manuscripts."""
    _lock(by)
    by.saved_views.update(is_default=False)
    if view:
        by.saved_views.filter(pk=view.pk).update(is_default=True)


def delete(view: SavedView, *, by: User) -> None:
    by.saved_views.filter(pk=view.pk).delete()


def _named(name: str) -> str:
    name = spelling.line(name)
    if not name:
        raise NotAllowed("请给视图起个名称。")
    if len(name) > 20:
        raise NotAllowed("名称请不超过 20 个字。")
    return name


def _lock(user: User) -> None:
    """Of two clicks at once the second sees what the first did."""
    User.objects.select_for_update(of=("self",)).get(pk=user.pk)
