"""Archives written, and what they came from taken away."""

import shutil
from io import BytesIO, StringIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

from django.core.management import call_command

from articles.models import Article, Author, Branch, Picture, Section
from issues.models import BackIssueImport, Correction, Edition, Issue


def exported(tmp_path: Path, name: str = "issue.zip") -> Path:
    path = tmp_path / name
    slug = Issue.objects.get(year=2031, number=3).slug
    call_command(
        "export_issue", "2031", slug, "--format", "archive", "-o", str(path), stdout=StringIO()
    )
    return path


def wipe(media: Path) -> None:
    """Everything that came from the issue, as in an installation that never saw it."""
    Issue.objects.update(
        **dict.fromkeys(("published_at", "published_by", "signed_off_at", "signed_off_by")),
        signed_off_digest="",
        standing=None,
    )
    for model in (Correction, Edition, BackIssueImport, Picture, Article, Issue, Author, Branch):
        model.objects.all().delete()
    Section.objects.filter(slug="rain").delete()
    shutil.rmtree(media, ignore_errors=True)


def zipped(files: dict[str, bytes]) -> bytes:
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as file:
        for name, data in files.items():
            file.writestr(name, data)
    return out.getvalue()
