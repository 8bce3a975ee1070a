"""设想: how many pages each section and the whole are to have. The only writer of `PagePlan`."""

from django.db import transaction

from issues.models import Issue, PagePlan
from servicejournal import record
from servicejournal.models import User
from servicejournal.roles import EDITORIAL

from ..publication import NotAllowed, Stale, locked, require

#: Pages by section (its key); 0 stands for the whole issue.
Pages = dict[int, int]
MOST = 400


def of(issue: Issue) -> Pages:
    """One query."""
    rows = PagePlan.objects.filter(issue=issue).values_list("section", "pages")
    return {section or 0: pages for section, pages in rows}


def written(pages: Pages) -> str:
    """For a form: what it was made from."""
    return " ".join(f"{section}:{count}" for section, count in sorted(pages.items()))


@transaction.atomic
def set_pages(issue: Issue, pages: Pages, *, by: User, made_from: str) -> None:
    """A section that is not named has no plan any more. A row in the record.

    Raises `Stale` where the plan is another by now than the page showed.
    """
    require(by, *EDITORIAL)
    current = locked(issue)
    if current.why_frozen:
        raise NotAllowed(current.why_frozen)
    now = of(current)
    if written(now) != made_from:
        raise Stale("设想刚刚有人改过，您这一次没有保存。请看过现在的，再改。")
    if not all(1 <= count <= MOST for count in pages.values()):
        raise NotAllowed(f"设想的页数要填 1 到 {MOST} 的数字，不设想就留空。")
    if pages == now:
        return
    PagePlan.objects.filter(issue=current).delete()
    PagePlan.objects.bulk_create(
        PagePlan(issue=current, section_id=section or None, pages=count)
        for section, count in pages.items()
    )
    record.write("设想", current, by=by, before=written(now), after=written(pages))
