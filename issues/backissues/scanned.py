"""Back issues that exist only as PDF: kept until somebody says which they are.

The PDF of such an issue is the file that was uploaded (`exports.scans` says what is kept of it).
One that came in as text before can be given its PDF too.
"""

import datetime
import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import timezone

from articles.models import Article
from articles.pictures import pixels
from issues.exports import scans
from issues.models import BackIssueImport, Issue
from issues.numbering import Which
from servicejournal import files, masthead, record
from servicejournal.models import User

from . import naming
from .load import AlreadyThere, Check, place_doubts, refuse_what_is_there

#: An upload that nobody made an issue of waits so long in the session of whoever did it.
DAYS = 30
_SHELF = str(PurePosixPath(scans.file_of("")).parent)


class NotAdmitted(ValueError):
    """What was said of the issue cannot be; the message (Chinese) says why."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A PDF that is stored and not yet an issue; `source` is the SHA-256 of what was uploaded."""

    sha256: str
    source: str
    file_name: str
    pages: int
    has_words: bool
    titles: list[str]
    first_words: str


@dataclass(frozen=True, slots=True)
class Facts:
    """What an editor says of the issue; a guess where something is None."""

    year: int | None = None
    which: Which | None = None
    running_number: int | None = None
    date: datetime.date | None = None
    theme: str = ""

    def called(self) -> tuple[int, Which]:
        """Year and number. Raises `NotAdmitted` where one of them is still open."""
        if not self.year or not self.which:
            raise NotAdmitted("看不出是哪一年第几期，请写明年份和期号。")
        return self.year, self.which


def keep(data: bytes, *, file_name: str) -> Kept:
    """Stores what is kept of the file, which is no issue yet. Raises `pages.NotReadable`."""
    scan = scans.read(data)
    files.put(scans.file_of(scan.sha256), scan.data)
    files.put(scans.cover_of(scan.sha256), scan.cover)
    return Kept(
        sha256=scan.sha256,
        source=hashlib.sha256(data).hexdigest(),
        file_name=file_name,
        pages=scan.pages,
        has_words=scan.has_words,
        titles=[title for title, _ in scan.titles[:40]],
        first_words=scan.words[:400],
    )


def sweep(*, days: int = DAYS, for_good: bool = False) -> tuple[int, int]:
    """(number, bytes) of PDFs older than so many days that became no issue; removes them with
    their covers when `for_good`.
    """
    before = timezone.now() - datetime.timedelta(days=days)
    used = set(Issue.objects.exclude(scan="").values_list("scan", flat=True)) | files.discarded()
    unused = [
        stored
        for stored in files.walk(_SHELF)
        if stored.name.endswith(".pdf") and stored.name not in used and stored.modified < before
    ]
    for stored in unused if for_good else ():
        files.discard(scans.cover_of(PurePosixPath(stored.name).stem), stored.name)
    return len(unused), sum(stored.size for stored in unused)


def known(data: bytes) -> Issue | None:
    """The issue that came from this very file."""
    sha256 = hashlib.sha256(data).hexdigest()
    intake = BackIssueImport.objects.filter(sha256=sha256).select_related("issue").first()
    return intake.issue if intake else None


def guess(kept: Kept) -> Facts:
    """What the file's name and its first page say; the name alone where the page disagrees."""
    named, printed = naming.of_file(PurePosixPath(kept.file_name).stem), kept.first_words
    mark, date = named | naming.within(printed), naming.date_in(printed)
    if (mark | naming.within(printed)) != (naming.within(printed) | mark):
        mark, date = named, None
    return Facts(mark.year, mark.which, mark.running_number, date)


@transaction.atomic
def admit(kept: Kept, facts: Facts, *, by: User, check: Check | None = None) -> tuple[Issue, bool]:
    """Makes the issue, unpublished, with its intake; (issue, whether something changed).

    An unpublished issue that came in as text gets the PDF beside its articles. Raises
    `NotAdmitted`, `AlreadyThere` where the issue exists from elsewhere, and what `check` raises.
    """
    issue, is_new = _admitted(kept, facts, by=by)
    if is_new and check:
        check(issue)
    return issue, is_new


def _admitted(kept: Kept, facts: Facts, *, by: User) -> tuple[Issue, bool]:
    intake = BackIssueImport.objects.filter(sha256=kept.source).select_related("issue").first()
    if intake:
        return intake.issue, False
    year, which = facts.called()
    same = Issue.objects.select_for_update(of=("self",)).at(year, which)
    if existing := same.first():
        return existing, _give_pdf(existing, kept, by=by)
    return _make_issue(kept, facts, by=by), True


def _give_pdf(issue: Issue, kept: Kept, *, by: User) -> bool:
    """Whether the issue did not have it yet."""
    if issue.scan_sha256 == kept.sha256:
        return False
    of_text = issue.articles.exists() and not issue.articles.exclude(
        origin=Article.Origin.BACK_ISSUE
    )
    if issue.scan or not of_text:
        raise AlreadyThere(
            f"{issue}已经在系统里，没有导入。请核对年份和期号；真要重来，先删除那一期再导入。"
        )
    if issue.why_frozen:
        raise AlreadyThere(f"没有导入：{issue.why_frozen}")
    _dress(issue, kept)
    issue.save()
    record.write("配过刊 PDF", issue, by=by, file=kept.file_name, sha256=kept.sha256)
    return True


def _make_issue(kept: Kept, facts: Facts, *, by: User) -> Issue:
    year, which = facts.called()
    issue = Issue(
        year=year,
        kind=which.kind,
        number=which.number,
        last_number=which.last_number,
        running_number=facts.running_number,
        date=facts.date,
        theme=facts.theme,
        slogan=masthead.current().slogan[:60],
    )
    refuse_what_is_there(issue)
    issue.put_in_order()
    _refuse_what_cannot_be(issue)
    _dress(issue, kept)
    issue.save()
    doubts = [*place_doubts(issue), *_doubts(kept)]
    BackIssueImport.objects.create(
        issue=issue,
        file_name=kept.file_name[:200],
        sha256=kept.source,
        encoding="PDF",
        imported_by=by,
        doubts=doubts,
    )
    record.write(
        "导入过刊", issue, by=by, file=kept.file_name, sha256=kept.source, doubts=len(doubts)
    )
    return issue


def _refuse_what_cannot_be(issue: Issue) -> None:
    running = issue.running_number
    taken = running and Issue.objects.filter(running_number=running).first()
    if taken:
        raise NotAdmitted(f"总第{running}期已经是{taken}，请核对总期号，不知道就留空。")
    try:
        issue.full_clean()
    except ValidationError as error:
        said = "；".join(dict.fromkeys(error.messages)).replace("。", "")
        raise NotAdmitted(f"这一期的资料不对：{said}。请核对年份、期号和主题。") from error


def _dress(issue: Issue, kept: Kept) -> None:
    """With the PDF, and its first page for a cover where the issue has none."""
    issue.scan.name = scans.file_of(kept.sha256)
    if issue.cover:
        return
    with default_storage.open(scans.cover_of(kept.sha256)) as file:
        master, suffix = pixels.encode_master(pixels.decode(file.read()))
    issue.cover.save(f"cover{suffix}", ContentFile(master), save=False)


def _doubts(kept: Kept) -> Iterable[dict[str, Any]]:
    if not kept.has_words:
        said = "PDF 里只有图片，没有文字，读者翻得到、搜不到。有文字版的话请换一份。"
        yield {"line": 0, "code": "no-words", "message": said}
    if not kept.titles:
        said = "PDF 里没有书签，这一期的页面上不会有目录。"
        yield {"line": 0, "code": "no-bookmarks", "message": said}
