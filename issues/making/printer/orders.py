"""印制要求: the only writer of `PrintOrder`."""

from typing import Any

from django.db import transaction

from issues.exports.pdf import printer
from issues.models import Issue, PrintOrder
from servicejournal import record
from servicejournal.models import User
from servicejournal.roles import EDITORIAL

from ..publication import Stale, locked, require

#: What an order says, and what the next issue takes from the last one.
FACTS = ("paper", "stock", "pictures", "binding", "cover_paper", "text_paper", "leaf", "words")


def of(issue: Issue) -> PrintOrder:
    """What is agreed on; or what would be, as for the last issue, not stored. Two queries."""
    stored = PrintOrder.objects.filter(issue=issue).first()
    if stored:
        return stored
    last = PrintOrder.objects.order_by("-issue__year", "-issue__number", "-pk").first()
    facts = {name: getattr(last, name) for name in FACTS} if last else {}
    return PrintOrder(issue=issue, **facts)


def told(order: PrintOrder) -> printer.Order:
    """For those who make files."""
    return printer.Order(
        paper=order.paper,
        paper_name=order.get_paper_display(),
        plates=printer.Plates(order.stock, rgb_pictures=order.pictures == "rgb"),
        binding=order.get_binding_display(),
        is_glued=order.binding == PrintOrder.Binding.GLUED,
        cover_paper=order.cover_paper,
        text_paper=order.text_paper,
        leaf=order.leaf,
        copies=order.issue.copies,
        words=order.words,
    )


def written(order: PrintOrder) -> str:
    """For a form: what it was made from."""
    return "|".join(str(getattr(order, name)) for name in FACTS) if order.pk else ""


@transaction.atomic
def agree(issue: Issue, facts: dict[str, Any], *, by: User, made_from: str) -> PrintOrder:
    """Also for an issue that is signed: it is printed then. A row in the record.

    Raises `Stale` where the order is another by now than the page showed.
    """
    require(by, *EDITORIAL)
    order = of(locked(issue))
    if written(order) != made_from:
        raise Stale("印制要求刚刚有人改过，您这一次没有保存。请看过现在的，再保存。")
    before = {name: getattr(order, name) for name in FACTS} if order.pk else {}
    for name in FACTS:
        setattr(order, name, facts[name])
    order.save()
    changed = {name: facts[name] for name in FACTS if before.get(name) != facts[name]}
    if changed:
        record.write("印制要求", issue, by=by, changed=changed)
    return order
