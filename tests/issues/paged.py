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
from tests.factories import a_user, an_issue


@cache
def _picture(width: int) -> bytes:
    out = BytesIO()
    Image.new("RGB", (width, width * 7 // 5), "#356").save(out, "WEBP")
    return out.getvalue()


def in_pages(texts: Sequence[str], *, issue: Issue | None = None, **facts: Any) -> Edition:
    """The next edition of the issue (2026 第3期, out, unless given), a page for each text."""
    issue = issue or an_issue(published=True, year=2026, number=3, running_number=63)
    facts = {"page_count": len(texts), "number": issue.editions.count() + 1, **facts}
    edition = Edition.objects.create(
        issue=issue, made_by=a_user(), sha256="ab" * 32, pdf="editions/2026-03/1-abab.pdf", **facts
    )
    for number, text in enumerate(texts, start=1):
        page = Page(edition=edition, number=number, width=1800, height=2520, text=text)
        for width in WIDTHS:
            default_storage.save(page.file(width), ContentFile(_picture(width)))
        page.save()
    return edition
