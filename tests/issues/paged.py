"""An issue that is out, with an edition in pages: rows and blank pictures, no PDF is drawn."""

from collections.abc import Sequence
from functools import cache
from io import BytesIO
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from PIL import Image

from issues.exports.pages import WIDTHS
from issues.models import Edition, Issue, Page
from tests.factories import a_next_edition, an_issue


@cache
def _picture(width: int) -> bytes:
    out = BytesIO()
    Image.new("RGB", (width, width * 7 // 5), "#356").save(out, "WEBP")
    return out.getvalue()


def in_pages(texts: Sequence[str], *, issue: Issue | None = None, **facts: Any) -> Edition:
    """The edition that stands, with a page for each text: number 1 of 2026 第3期, which is out.

    Of an `issue` that is given, the next one, in the place of the one before.
    """
    if issue is None:
        issue = an_issue(published=True, year=2026, number=3, running_number=63)
        edition = issue.standing
    else:
        edition = a_next_edition(issue)
    facts = {"page_count": len(texts), "pdf": "editions/2026-03/1-abab.pdf", **facts}
    facts.setdefault("in_pages", 0 < facts["page_count"] <= len(texts))
    for name, fact in facts.items():
        setattr(edition, name, fact)
    edition.save()
    for number, text in enumerate(texts, start=1):
        page = Page(edition=edition, number=number, width=1800, height=2520, text=text)
        for width in WIDTHS:
            default_storage.save(page.file(width), ContentFile(_picture(width)))
        page.save()
    return edition
